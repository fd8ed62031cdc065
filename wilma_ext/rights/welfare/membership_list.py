"""Who is in a welfare group now, and whom of the register one could add (A17)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, FromClause, and_, exists, or_, select

from wilma_ext.models import Assignment, Membership
from wilma_ext.register import SchoolRegister
from wilma_ext.register.name_search import named_like, search_words
from wilma_ext.register.reference import as_reference
from wilma_ext.register.relation import column, native_id, relation
from wilma_ext.rights.person import School, display_names, schools_of
from wilma_ext.work import Work

MOST_PEOPLE = 20


@dataclass(frozen=True)
class ListedMember:
    """A live membership with its schools."""

    membership_id: str
    person_ref: str
    name: str
    profession: str
    schools: tuple[School, ...]
    since: datetime
    until: datetime | None


@dataclass(frozen=True)
class FoundPerson:
    """A person of the register."""

    person_ref: str
    name: str
    email: str


@dataclass(frozen=True)
class FoundPeople:
    """The first hits of a search, and whether there were more."""

    people: tuple[FoundPerson, ...]
    more: bool


def members_of(
    work: Work, register: SchoolRegister, provider_ref: str, group_id: str, at: datetime
) -> list[ListedMember]:
    """Return the group's members at the instant, with profession and schools."""
    live = or_(Membership.valid_until.is_(None), Membership.valid_until > at)
    rows = work.session.scalars(
        select(Membership)
        .where(Membership.provider_ref == provider_ref, Membership.group_id == group_id, live)
        .order_by(Membership.valid_from, Membership.id)
    ).all()
    names = display_names(work, register, frozenset(row.person_ref for row in rows))
    schools = _schools(work, register, provider_ref, [row.id for row in rows], at)
    return [
        ListedMember(
            row.id,
            row.person_ref,
            names.get(row.person_ref, ""),
            row.profession,
            schools.get(row.id, ()),
            row.valid_from,
            row.valid_until,
        )
        for row in rows
    ]


def _schools(
    work: Work,
    register: SchoolRegister,
    provider_ref: str,
    membership_ids: list[str],
    at: datetime,
) -> dict[str, tuple[School, ...]]:
    rows = work.session.execute(
        select(Assignment.membership_id, Assignment.school_ref).where(
            Assignment.provider_ref == provider_ref,
            Assignment.membership_id.in_(membership_ids),
            Assignment.valid_from <= at,
            or_(Assignment.valid_until.is_(None), Assignment.valid_until > at),
        )
    )
    assigned: dict[str, set[str]] = {}
    for membership_id, school_ref in rows:
        assigned.setdefault(membership_id, set()).add(school_ref)
    known = schools_of(work, register, provider_ref)
    return {
        membership_id: tuple(school for school in known if school.school_ref in refs)
        for membership_id, refs in assigned.items()
    }


def find_people(
    work: Work,
    register: SchoolRegister,
    provider_ref: str,
    text: str,
    *,
    most: int = MOST_PEOPLE,
) -> FoundPeople:
    """Return people by a part of name or e-mail address; fewer than two letters find nobody.

    The register does not say whose staff a person is. Families of other providers are left out:
    another municipality's guardians and pupils are nobody's business here (T03).
    """
    words = search_words(text)
    if not words:
        return FoundPeople((), False)
    people = relation(register, "people")
    email = column(people, "email")
    searched = [people.c.display_name, *([email] if "email" in people.c else [])]
    statement = (
        select(people.c.id, people.c.display_name, email)
        .where(named_like(searched, words), ~_of_another_family(register, people, provider_ref))
        .order_by(people.c.display_name, people.c.id)
        .limit(most + 1)
    )
    rows = work.connection.execute(statement).all()
    found = [FoundPerson(as_reference(ref), name, mail or "") for ref, name, mail in rows]
    return FoundPeople(tuple(found[:most]), len(found) > most)


def _of_another_family(
    register: SchoolRegister, people: FromClause, provider_ref: str
) -> ColumnElement[bool]:
    """The person is a guardian or a pupil of another provider, and of none of this one's."""
    provider = native_id(register, "schools", "provider_id", provider_ref)

    def belongs(elsewhere: bool) -> ColumnElement[bool]:
        pupil, school = relation(register, "pupils"), relation(register, "schools")
        guardian = relation(register, "guardianships")
        whose = school.c.provider_id != provider if elsewhere else school.c.provider_id == provider
        families = pupil.join(school, school.c.id == pupil.c.school_id).outerjoin(
            guardian, guardian.c.pupil_id == pupil.c.id
        )
        mine = or_(guardian.c.guardian_id == people.c.id, column(pupil, "person_id") == people.c.id)
        return exists(select(pupil.c.id).select_from(families).where(mine, whose)).correlate(people)

    return and_(belongs(elsewhere=True), ~belongs(elsewhere=False))
