"""The named demo accounts among the imported people of Grand Bend."""

from datetime import date

from sqlalchemy import ScalarSelect, func, select

from examples.school.accounts import (
    MUNICIPAL_STAFF,
    WELFARE_STAFF,
    NamedPeople,
    new_person,
    open_accounts,
)
from examples.school.database import db
from examples.school.models import Guardianship, LessonNote, Person, Pupil, TeachingGroup


def name_people(
    district_id: int,
    second_id: int,
    school_ids: tuple[int, ...],
    today: date,
    facts: tuple[str, ...],
) -> NamedPeople:
    """Give imported people sign-in names; no pupil and no guardian link is added."""
    shared, teachers, kuraattoris = _families(3)
    persons = {name: new_person(name, "fi") for name in _staff()}
    db.session.add_all(persons.values())
    db.session.flush()
    persons["huoltaja"], persons["huoltaja2"] = _guardians(shared)
    persons["opettaja"] = _guardians(teachers)[0]
    _guardians(kuraattoris)[0].human_key = persons["kuraattori"].human_key = "human-1"
    pupils = {name: _pupil_of_age(today, age) for name, age in _AGES.items()}
    persons |= {name: _as_person(pupil) for name, pupil in pupils.items()}
    _teach(persons["opettaja"], shared, teachers)
    open_accounts(persons, district_id, second_id)
    return NamedPeople(
        municipality_id=district_id,
        second_municipality_id=second_id,
        school_ids=school_ids,
        persons={username: person.id for username, person in persons.items()},
        shared_child_id=shared.id,
        children_ids=(shared.id,),
        teachers_child_id=teachers.id,
        kuraattoris_child_id=kuraattoris.id,
        pupil16_id=pupils["opiskelija16"].id,
        pupil18_id=pupils["opiskelija18"].id,
        facts=facts,
    )


_AGES = {"opiskelija16": 16, "opiskelija18": 18}


def _staff() -> tuple[str, ...]:
    others = (name for name in MUNICIPAL_STAFF if name != "opettaja")
    return (*others, *WELFARE_STAFF, "sihteeri2")


def _families(count: int) -> list[Pupil]:
    """Return pupils of grade level 7 with two guardians and attendance, one of each group."""
    two = select(Guardianship.pupil_id).group_by(Guardianship.pupil_id).having(func.count() == 2)
    query = (
        select(Pupil)
        .join(TeachingGroup, TeachingGroup.id == Pupil.group_id)
        .where(TeachingGroup.grade_level == 7, Pupil.id.in_(two))
        .order_by(_notes().desc(), Pupil.id)
    )
    chosen: dict[int, Pupil] = {}
    for pupil in db.session.scalars(query):
        chosen.setdefault(pupil.group_id, pupil)
    return list(chosen.values())[:count]


def _notes() -> ScalarSelect[int]:
    return (
        select(func.count())
        .where(LessonNote.pupil_id == Pupil.id)
        .correlate(Pupil)
        .scalar_subquery()
    )


def _guardians(pupil: Pupil) -> list[Person]:
    query = (
        select(Person)
        .join(Guardianship, Guardianship.guardian_id == Person.id)
        .where(Guardianship.pupil_id == pupil.id)
        .order_by(Guardianship.id)
    )
    return list(db.session.scalars(query))


def _pupil_of_age(today: date, age: int) -> Pupil:
    """Return a pupil with guardians who has just reached the age, or the nearest to it."""
    last_of_february = (today.month, today.day) == (2, 29)
    born_by = today.replace(year=today.year - age, day=28 if last_of_february else today.day)
    query = select(Pupil).order_by(Pupil.birth_date.desc(), Pupil.id)
    reached = db.session.scalars(query.where(Pupil.birth_date <= born_by)).first()
    return reached or db.session.scalars(select(Pupil).order_by(Pupil.birth_date).limit(1)).one()


def _as_person(pupil: Pupil) -> Person:
    person = Person(given_names=pupil.given_names, family_name=pupil.family_name, language="en")
    db.session.add(person)
    db.session.flush()
    pupil.person_id = person.id
    return person


def _teach(teacher: Person, shared: Pupil, own_child: Pupil) -> None:
    """Let the teacher teach the group of the shared child and one more, not the own child's."""
    group = db.session.get_one(TeachingGroup, shared.group_id)
    next_group = db.session.scalars(
        select(TeachingGroup)
        .where(
            TeachingGroup.school_id == shared.school_id,
            TeachingGroup.id.not_in([shared.group_id, own_child.group_id]),
            TeachingGroup.grade_level == 8,
        )
        .order_by(TeachingGroup.id)
    ).first()
    for taught in (group, next_group):
        if taught is not None:
            taught.teacher_id = teacher.id
    db.session.flush()
