"""Which roles a person has: what may be done is asked of the role worn, never of their union.

Source: R21, design D8 (an actor is a person in one role) and D9 (no superuser).
"""

import uuid
from dataclasses import dataclass

from sqlalchemy import select

from wilma_ext.errors import NotFound
from wilma_ext.models import Membership, Provider
from wilma_ext.register import SchoolRegister
from wilma_ext.register.reference import as_reference, family
from wilma_ext.register.relation import column, id_type, native_id, relation
from wilma_ext.rights.access.decision import Member
from wilma_ext.vocabulary import Office
from wilma_ext.work import Work


@dataclass(frozen=True)
class OfficeHolder:
    """A person in one office of one provider; `school_refs` narrows it, None = every school."""

    person_ref: str
    office: Office
    provider_ref: str
    provider_handle: str
    school_refs: frozenset[str] | None


def person_of(register: SchoolRegister, identifier: object | None) -> str | None:
    """Return the person's reference, or None for an id that the register cannot know."""
    if identifier is None:
        return None
    text = as_reference(_undashed(register, identifier))
    try:
        native_id(register, "people", "id", text)
    except NotFound:
        return None
    return text


def _undashed(register: SchoolRegister, identifier: object) -> object:
    """A sign-in gives a UUID as text with dashes; references have none."""
    if family(id_type(register, "people", "id")) != "uuid" or not isinstance(identifier, str):
        return identifier
    try:
        return uuid.UUID(identifier)
    except ValueError:
        return identifier


def member_behind(work: Work, person_ref: str, membership_id: str) -> Member:
    """Return the welfare role in the URL, if it is this person's own; else `NotFound`."""
    found = work.session.get(Membership, membership_id)
    if found is None or found.person_ref != person_ref:
        raise NotFound("no such membership")
    return Member(found.provider_ref, found.id, found.person_ref)


def memberships_of(work: Work, person_ref: str) -> list[Membership]:
    """Return every membership of the person, ended ones too, newest first."""
    return list(
        work.session.scalars(
            select(Membership)
            .where(Membership.person_ref == person_ref)
            .order_by(Membership.valid_from.desc())
        )
    )


def office_behind(
    work: Work, register: SchoolRegister, person_ref: str, office: Office, handle: str
) -> OfficeHolder:
    """Return the office at the provider in the URL, if the host gives it; else `NotFound`."""
    for holder in offices_of(work, register, person_ref):
        if holder.office == office and holder.provider_handle == handle:
            return holder
    raise NotFound("no such office")


def offices_of(work: Work, register: SchoolRegister, person_ref: str) -> list[OfficeHolder]:
    """Return the person's offices at the providers that use the plugin."""
    office = relation(register, "offices")
    person = native_id(register, "people", "id", person_ref)
    statement = select(office.c.office, office.c.provider_id, column(office, "school_id")).where(
        office.c.person_id == person
    )
    known = {row.ref: row.handle for row in work.session.scalars(select(Provider))}
    # Matrix and log are the whole provider's: only a secretary's office can be one school's.
    schools: dict[tuple[str, str], set[str | None]] = {}
    for name, provider, school in work.connection.execute(statement):
        ref = as_reference(provider)
        whole = school is None or name == Office.SECRETARY.value
        if ref in known and name in set(Office) and whole:
            of_school = None if school is None else as_reference(school)
            schools.setdefault((name, ref), set()).add(of_school)
    return [
        OfficeHolder(
            person_ref,
            Office(name),
            ref,
            known[ref],
            None if None in refs else frozenset(school for school in refs if school),
        )
        for (name, ref), refs in sorted(schools.items())
    ]
