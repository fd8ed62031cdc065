"""Pupils who have left their school while the welfare group is still enabled for them (S20)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from wilma_ext.models import Answer
from wilma_ext.register import SchoolRegister
from wilma_ext.register.reference import as_reference
from wilma_ext.register.relation import native_id, relation
from wilma_ext.rights.decider.entitled import in_chunks
from wilma_ext.rights.desk.desk import opened_pairs
from wilma_ext.rights.noticing.enrolment import natives_of
from wilma_ext.work import Work


@dataclass(frozen=True)
class Leaver:
    """A pupil who is not where the consent was given; without a name if the register has none.

    The class is told of a pupil who is in one of the office's own schools.
    """

    pupil_ref: str
    name: str
    group_name: str
    #: The school of the latest answer, and the present one of the provider, if any.
    from_school: str | None
    to_school: str | None


def leavers_of(
    work: Work,
    register: SchoolRegister,
    *,
    provider_ref: str,
    group_id: str,
    school_refs: frozenset[str] | None,
) -> list[Leaver]:
    """Return the pupils who are enrolled no more, or in another school than at the last answer.

    Those of an office of some schools have left one of them, or come to one.
    """
    opened = opened_pairs(work, provider_ref, group_id, work.now())
    before = _schools_then(work, provider_ref, opened)
    today = _today(work, register, provider_ref, list(opened))
    found = []
    for ref in sorted(opened):
        row = today.get(ref)
        then, now = before.get(ref), _school_now(row)
        own = school_refs is None or bool({then, now} & school_refs)
        if own and (now is None or (then is not None and now != then)):
            name = f"{row.family_name} {row.given_names}" if row else ""
            found.append(Leaver(ref, name, _class_of(row, school_refs), then, now))
    return found


def _class_of(row: Any, school_refs: frozenset[str] | None) -> str:
    if row is None:
        return ""
    own = school_refs is None or as_reference(row.school_id) in school_refs
    return str(row.group_name) if own else ""


def _school_now(row: Any) -> str | None:
    return as_reference(row.school_id) if row is not None and row.enrolled else None


def _schools_then(work: Work, provider_ref: str, refs: Mapping[str, Any]) -> dict[str, str]:
    found: dict[str, str] = {}
    for some in in_chunks(sorted(refs)):
        statement = (
            select(Answer.pupil_ref, Answer.school_ref)
            .where(Answer.provider_ref == provider_ref, Answer.pupil_ref.in_(some))
            .order_by(Answer.given_at, Answer.id)
        )
        for ref, school_ref in work.session.execute(statement):
            found[ref] = school_ref
    return found


def _today(
    work: Work, register: SchoolRegister, provider_ref: str, refs: list[str]
) -> dict[str, Any]:
    """What the register says of those who are in a school of the provider."""
    pupil, school = relation(register, "pupils"), relation(register, "schools")
    provider = native_id(register, "schools", "provider_id", provider_ref)
    columns = ("id", "school_id", "given_names", "family_name", "group_name", "enrolled")
    found: dict[str, Any] = {}
    for some in in_chunks(natives_of(register, refs)):
        statement = (
            select(*[pupil.c[name] for name in columns])
            .join(school, school.c.id == pupil.c.school_id)
            .where(pupil.c.id.in_(some), school.c.provider_id == provider)
        )
        for row in work.connection.execute(statement):
            found[as_reference(row.id)] = row
    return found
