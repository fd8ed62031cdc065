"""What a reminder rests on, for many pupils at once: who decides, and whose answer counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import FromClause, Select, and_, bindparam, case, exists, func, or_, select, true
from sqlalchemy.orm import aliased

from wilma_ext.models import Answer, AnswerChoice, ConsentForm
from wilma_ext.register import SchoolRegister
from wilma_ext.register.reference import Native, as_reference
from wilma_ext.register.relation import id_type, native_id
from wilma_ext.rights.access.bearing import Bearing, fenced, fenced_named, pupil_layer
from wilma_ext.rights.access.bound import AT, PROVIDER_REF, values_at
from wilma_ext.rights.access.period import open_ended
from wilma_ext.rights.consent.standing import Pair, Standing
from wilma_ext.rights.decider.entitled import in_chunks
from wilma_ext.rights.person import schools_of
from wilma_ext.vocabulary import Capacity, Choice
from wilma_ext.work import Work


@dataclass(frozen=True)
class Person:
    """Somebody in the capacity in which they answer."""

    ref: str
    capacity: Capacity


@dataclass(frozen=True)
class Yes:
    """A yes that counts: whose, and until when."""

    person: Person
    until: datetime | None


@dataclass(frozen=True)
class AskedPupil:
    """A pupil of the provider's schools, and who decides about them today."""

    pupil_id: Native
    pupil_ref: str
    person_ref: str | None
    given_names: str
    family_name: str
    group_name: str
    school_name: str
    school_name_sv: str | None
    birth_date: date | None
    contact_protected: bool | None
    capacity_decision: str | None
    stage: str


def asked_county(work: Work, provider_ref: str, at: datetime) -> str | None:
    """Return the county whose form is in force; a provider works with one at a time."""
    return work.session.scalar(
        select(func.min(ConsentForm.county)).where(
            ConsentForm.provider_ref == provider_ref, ConsentForm.published_at <= at
        )
    )


def pupils_of_schools(
    work: Work,
    register: SchoolRegister,
    provider_ref: str,
    school_refs: frozenset[str] | None,
    at: datetime,
) -> list[AskedPupil]:
    """Return the enrolled pupils of the provider's schools, or of the named ones."""
    schools = {
        school.school_ref: school
        for school in schools_of(work, register, provider_ref)
        if school_refs is None or school.school_ref in school_refs
    }
    natives = [native_id(register, "schools", "id", ref) for ref in schools]
    values = {**_values(register, provider_ref, at), "schools": natives}
    found = []
    for row in work.connection.execute(_pupils(register), values).mappings():
        school, person = schools[row["school_ref"]], row["pupil_person_id"]
        own = {name: row[name] for name in _OWN}
        own |= {"school_name": school.name, "school_name_sv": school.name_sv}
        found.append(AskedPupil(person_ref=None if person is None else as_reference(person), **own))
    return found


def answered_of(
    work: Work,
    register: SchoolRegister,
    *,
    provider_ref: str,
    county: str,
    rows: Sequence[AskedPupil],
    at: datetime,
) -> dict[str, frozenset[Person]]:
    """Return by pupil who has answered: only no, or a yes that counts, or one taken back since the
    form in force was published."""
    found: dict[str, set[Person]] = {}
    values = {**_values(register, provider_ref, at), "county": county}
    for some in in_chunks(rows):
        values["pupils"] = [row.pupil_id for row in some]
        for ref, giver, capacity in work.connection.execute(_heard(register), values):
            found.setdefault(ref, set()).add(Person(giver, Capacity(capacity)))
    for ref, giver, capacity in _withdrawn(work, provider_ref, county, at):
        found.setdefault(ref, set()).add(Person(giver, Capacity(capacity)))
    return {ref: frozenset(persons) for ref, persons in found.items()}


def counting_yes_of(
    work: Work,
    register: SchoolRegister,
    *,
    provider_ref: str,
    county: str,
    rows: Sequence[AskedPupil],
    at: datetime,
) -> dict[str, list[Yes]]:
    """Return by pupil every yes that counts today, once for each person and end."""
    found: dict[str, list[Yes]] = {}
    values = {**_values(register, provider_ref, at), "county": county}
    for some in in_chunks(rows):
        values["pupils"] = [row.pupil_id for row in some]
        for ref, giver, capacity, until in work.connection.execute(_counting(register), values):
            found.setdefault(ref, []).append(Yes(Person(giver, Capacity(capacity)), until))
    return found


_OWN = (
    *("pupil_id", "pupil_ref", "given_names", "family_name", "group_name"),
    *("birth_date", "contact_protected", "capacity_decision", "stage"),
)


def _values(register: SchoolRegister, provider_ref: str, at: datetime) -> dict[str, Any]:
    provider = native_id(register, "schools", "provider_id", provider_ref)
    return {**values_at(at), "provider_ref": provider_ref, "provider": provider}


@lru_cache(maxsize=16)
def _pupils(register: SchoolRegister) -> Select[Any]:
    layer, pupil = pupil_layer(register, with_member=False)
    kind = id_type(register, "schools", "id")
    wanted = bindparam("schools", type_=kind, expanding=True)
    row = fenced(register, layer.where(pupil.c.school_id.in_(wanted))).row.c
    columns = [row[name] for name in (*_OWN, "school_ref", "pupil_person_id")]
    return select(*columns).where(row.enrolled.is_(true()))


def _bearing(register: SchoolRegister) -> Bearing:
    layer, pupil = pupil_layer(register, with_member=False)
    kind = id_type(register, "pupils", "id")
    wanted = bindparam("pupils", type_=kind, expanding=True)
    return fenced_named(register, layer, pupil, wanted)


@lru_cache(maxsize=16)
def _heard(register: SchoolRegister) -> Select[Any]:
    """Who has said only no, or of whom one yes counts: the search ends at the first."""
    bearing, choice = _bearing(register), AnswerChoice.__table__.alias()
    person = _who_spoke()
    standing = Standing(bearing, Pair(choice.c.profession, choice.c.category, choice.c.county))
    counting = (
        exists(select(choice.c.id))
        .where(
            standing.stands(choice),
            choice.c.county == bindparam("county"),
            choice.c.giver_ref == person.c.giver_ref,
            choice.c.capacity == person.c.capacity,
            standing.counts(choice),
        )
        .correlate(bearing.row, person)
    )
    return (
        select(person.c.pupil_ref, person.c.giver_ref, person.c.capacity)
        .select_from(bearing.row)
        .join(person, person.c.pupil_ref == bearing.row.c.pupil_ref)
        .where(or_(person.c.yes == 0, counting))
    )


def _who_spoke() -> FromClause:
    """Everybody of whom a choice stands, and on how many pairs it is a yes."""
    said = AnswerChoice.__table__.alias()
    person = (said.c.pupil_ref, said.c.giver_ref, said.c.capacity)
    return (
        select(*person, func.count(case((said.c.value == Choice.YES.value, 1))).label("yes"))
        .where(
            said.c.provider_ref == PROVIDER_REF,
            said.c.county == bindparam("county"),
            said.c.given_at <= AT,
            open_ended(said.c.superseded_at),
        )
        .group_by(*person)
        .subquery()
    )


@lru_cache(maxsize=16)
def _counting(register: SchoolRegister) -> Select[Any]:
    bearing, choice = _bearing(register), AnswerChoice.__table__.alias()
    standing = Standing(bearing, Pair(choice.c.profession, choice.c.category, choice.c.county))
    return (
        select(choice.c.pupil_ref, choice.c.giver_ref, choice.c.capacity, choice.c.valid_until)
        .select_from(bearing.row)
        .join(choice, and_(standing.stands(choice), standing.counts(choice)))
        .where(choice.c.county == bindparam("county"))
        .distinct()
    )


def _withdrawn(
    work: Work, provider_ref: str, county: str, at: datetime
) -> list[tuple[str, str, str]]:
    """Whose latest act is a withdrawal, since the form in force was published."""
    last = select(func.max(ConsentForm.published_at)).where(
        ConsentForm.provider_ref == provider_ref,
        ConsentForm.county == county,
        ConsentForm.published_at <= at,
    )
    later = aliased(Answer)
    said_since = exists().where(
        later.provider_ref == Answer.provider_ref,
        later.pupil_ref == Answer.pupil_ref,
        later.giver_ref == Answer.giver_ref,
        later.capacity == Answer.capacity,
        later.given_at > Answer.given_at,
    )
    statement = select(Answer.pupil_ref, Answer.giver_ref, Answer.capacity).where(
        Answer.provider_ref == provider_ref,
        Answer.county == county,
        Answer.act == "withdrawal",
        Answer.given_at >= last.scalar_subquery(),
        ~said_since,
    )
    return [(ref, giver, capacity) for ref, giver, capacity in work.session.execute(statement)]
