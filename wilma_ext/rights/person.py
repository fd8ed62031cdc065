"""What the rights ask of the register by id: a person, a school, a pupil, a guardian."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from wilma_ext.errors import NotFound
from wilma_ext.register import SchoolRegister
from wilma_ext.register.reference import as_reference
from wilma_ext.register.relation import column, native_id, native_ids, relation
from wilma_ext.work import Work


@dataclass(frozen=True)
class Pupil:
    """A pupil as the register has them today."""

    pupil_ref: str
    provider_ref: str
    school_ref: str
    school_name: str
    school_name_sv: str | None
    person_ref: str | None
    given_names: str
    family_name: str
    group_name: str
    birth_date: date | None
    enrolled: bool

    @property
    def name(self) -> str:
        """Given names and family name, as one reads them."""
        return f"{self.given_names} {self.family_name}"


def pupil_of(
    work: Work, register: SchoolRegister, pupil_ref: str, provider_ref: str | None = None
) -> Pupil:
    """Return the pupil; an unknown one, or another provider's where one is given, is `NotFound`."""
    native = native_id(register, "pupils", "id", pupil_ref)
    found = pupils_where(work, register, lambda pupil, _: pupil.c.id == native)
    if len(found) != 1 or provider_ref not in (None, found[0].provider_ref):
        raise NotFound("no such pupil")
    return found[0]


def pupils_who_are(work: Work, register: SchoolRegister, person_ref: str) -> list[Pupil]:
    """Return the pupil (or pupils) that the person is."""
    pupils = register.pupils.selected_columns
    if "person_id" not in pupils:
        return []
    person = native_id(register, "people", "id", person_ref)
    return pupils_where(work, register, lambda pupil, _: pupil.c.person_id == person)


def pupils_where(
    work: Work,
    register: SchoolRegister,
    wanted: Any,
    values: dict[str, Any] | None = None,
    *,
    most: int | None = None,
) -> list[Pupil]:
    """Return the pupils who fulfil a condition on their row and on that of their school.

    With `most` the first of them, in the order of their names.
    """
    pupil, school = relation(register, "pupils"), relation(register, "schools")
    statement = (
        select(
            pupil.c.id,
            school.c.provider_id,
            pupil.c.school_id,
            school.c.name,
            column(school, "name_sv"),
            column(pupil, "person_id"),
            pupil.c.given_names,
            pupil.c.family_name,
            pupil.c.group_name,
            pupil.c.birth_date,
            pupil.c.enrolled,
        )
        .join(school, school.c.id == pupil.c.school_id)
        .where(wanted(pupil, school))
    )
    if most is not None:
        names = (pupil.c.family_name, pupil.c.given_names, pupil.c.id)
        statement = statement.order_by(*names).limit(most)
    return [_pupil(row) for row in work.connection.execute(statement, values or {})]


def _pupil(row: Any) -> Pupil:
    identifier, provider, school, name, name_sv, person, *rest = row
    return Pupil(
        as_reference(identifier),
        as_reference(provider),
        as_reference(school),
        name,
        name_sv,
        None if person is None else as_reference(person),
        *rest,
    )


def person_exists(work: Work, register: SchoolRegister, person_ref: str) -> str:
    """Return the person's display name, or raise `NotFound`."""
    native = native_id(register, "people", "id", person_ref)
    people = relation(register, "people")
    name = work.connection.scalar(select(people.c.display_name).where(people.c.id == native))
    if name is None:
        raise NotFound("no such person")
    return str(name)


def display_names(
    work: Work, register: SchoolRegister, person_refs: frozenset[str]
) -> dict[str, str]:
    """Return the names of the persons that the register knows among the ids."""
    natives = list(native_ids(register, "people", "id", person_refs).values())
    people = relation(register, "people")
    statement = select(people.c.id, people.c.display_name).where(people.c.id.in_(natives))
    return {as_reference(ref): name for ref, name in work.connection.execute(statement)}


@dataclass(frozen=True)
class School:
    """A school of a provider."""

    school_ref: str
    name: str
    name_sv: str | None


def schools_of(work: Work, register: SchoolRegister, provider_ref: str) -> list[School]:
    """Return the provider's schools in the order of their names."""
    native = native_id(register, "schools", "provider_id", provider_ref)
    school = relation(register, "schools")
    statement = (
        select(school.c.id, school.c.name, column(school, "name_sv"))
        .where(school.c.provider_id == native)
        .order_by(school.c.name)
    )
    rows = work.connection.execute(statement)
    return [School(as_reference(ref), name, name_sv) for ref, name, name_sv in rows]


def school_of_provider(
    work: Work, register: SchoolRegister, provider_ref: str, school_ref: str
) -> School:
    """Return the provider's school, or raise `NotFound`."""
    for school in schools_of(work, register, provider_ref):
        if school.school_ref == school_ref:
            return school
    raise NotFound("no such school")


def person_language(work: Work, register: SchoolRegister, person_ref: str) -> str | None:
    """Return the language that the host knows of the person, if it knows any."""
    people = relation(register, "people")
    native = native_id(register, "people", "id", person_ref)
    found = work.connection.scalar(
        select(column(people, "language")).select_from(people).where(people.c.id == native)
    )
    return None if found is None else str(found)


def same_human(work: Work, register: SchoolRegister, one_ref: str, other_ref: str) -> bool:
    """Tell whether two person ids are one human, by the id itself or by `human_id` (T35)."""
    if one_ref == other_ref:
        return True
    people = relation(register, "people")
    natives = list(native_ids(register, "people", "id", (one_ref, other_ref)).values())
    if len(natives) < 2:
        return False  # an operator is nobody of the register
    statement = select(column(people, "human_id")).where(people.c.id.in_(natives))
    humans = [human for human in work.connection.scalars(statement) if human is not None]
    return len(humans) == len(natives) and len(set(humans)) == 1
