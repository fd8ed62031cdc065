"""The published Ed-Fi sample "Grand Bend" in this school system, every row of it."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, select

from examples.school import note_types
from examples.school.accounts import NamedPeople
from examples.school.database import db
from examples.school.edfi import Event, Files, Student
from examples.school.grandbend_accounts import name_people
from examples.school.models import (
    Guardianship,
    LessonNote,
    Municipality,
    NoteType,
    Person,
    Pupil,
    School,
    TeachingGroup,
)
from examples.school.school_year import start_year

#: The autumn in which the published school year begins.
PUBLISHED_YEAR = 2021
#: The published pupils of grade level 1 were born in this year, those of level 12 eleven earlier.
FIRST_GRADERS_BORN = 2016
#: A pupil of grade level 1 turns seven in the autumn term's year.
AGE_ON_GRADE_1 = 7
#: The schools by the highest grade level they teach, as the pupils with attendance show.
SCHOOL_BY_LEVEL = {5: "255901107", 8: "255901044", 12: "255901001"}
GROUP_SIZE = 20
GROUP_LETTERS = "ABCD"
#: category -> (type of note, minutes, explained).
CATEGORIES: dict[str, tuple[str, int | None, bool | None]] = {
    "Excused Absence": ("85", 270, True),
    "Unexcused Absence": ("86", 270, False),
    "Tardy": ("90", None, None),
    "Partial": ("85", None, True),
}


def seed_grandbend(today: date, folder: Path) -> NamedPeople:
    """Import every pupil, contact, link and event into an empty database; the caller commits."""
    files = Files(folder)
    students, events = list(files.students()), list(files.events())
    district = Municipality(name="Grand Bend", name_sv="Grand Bend")
    second = Municipality(name="Harjun kunta", name_sv="Harju kommun")
    db.session.add_all([district, second])
    db.session.flush()
    db.session.add(School(municipality_id=second.id, name="Harjun koulu", language="fi"))
    db.session.execute(insert(NoteType), note_types.rows())
    schools = _import_schools(files, district)
    given = {event.student: event.school for event in events}
    pupils = _import_pupils(students, given, schools, start_year(today))
    _import_contacts(files, pupils)
    moved = _import_events(events, pupils, today)
    facts = (_spread_fact(students, given), *moved, _birth_fact(start_year(today)))
    school_ids = tuple(school.id for school in schools.values())
    return name_people(district.id, second.id, school_ids, today, facts)


def count_line() -> str:
    """Count what the database holds."""

    def count(table: type) -> int:
        return db.session.scalar(select(func.count()).select_from(table)) or 0

    return (
        f"{count(Pupil)} pupils, {count(Guardianship)} guardian links, "
        f"{count(LessonNote)} attendance events"
    )


def _import_schools(files: Files, district: Municipality) -> dict[str, School]:
    schools = {
        number: School(municipality_id=district.id, name=name, language="fi")
        for number, name in files.schools().items()
    }
    db.session.add_all(schools.values())
    db.session.flush()
    return schools


def _import_pupils(
    students: list[Student], given: dict[str, str], schools: dict[str, School], year: int
) -> dict[str, Pupil]:
    """Put each student in a school and a group of its grade level, in the order of the file."""
    groups: dict[tuple[str, int, int], TeachingGroup] = {}
    placed: dict[tuple[str, int], int] = {}
    pupils = {}
    for student in students:
        level = grade_level(student)
        number = given.get(student.number) or school_of(level)
        place = placed[number, level] = placed.get((number, level), -1) + 1
        key = (number, level, min(place // GROUP_SIZE, len(GROUP_LETTERS) - 1))
        if key not in groups:
            groups[key] = _group(schools[number], level, GROUP_LETTERS[key[2]])
        pupils[student.number] = Pupil(
            school_id=schools[number].id,
            group_id=groups[key].id,
            given_names=student.given_names,
            family_name=student.family_name,
            birth_date=_years_later(student.birth_date, _birth_shift(year)),
        )
    db.session.add_all(pupils.values())
    db.session.flush()
    return pupils


def _group(school: School, level: int, letter: str) -> TeachingGroup:
    group = TeachingGroup(school_id=school.id, name=f"{level}{letter}", grade_level=level)
    db.session.add(group)
    db.session.flush()
    return group


def _import_contacts(files: Files, pupils: dict[str, Pupil]) -> None:
    contacts = {
        contact.reference: Person(
            given_names=contact.given_names, family_name=contact.family_name, language="en"
        )
        for contact in files.contacts()
    }
    db.session.add_all(contacts.values())
    db.session.flush()
    db.session.add_all(
        Guardianship(
            pupil_id=pupils[link.student].id,
            guardian_id=contacts[link.contact].id,
            may_decide=link.legal_guardian,
        )
        for link in files.links()
    )
    db.session.flush()


def _import_events(events: list[Event], pupils: dict[str, Pupil], today: date) -> tuple[str, ...]:
    """Move the events by whole school years, to the same day of the week; say so in words."""
    types = {row.code: row.id for row in db.session.execute(select(NoteType.code, NoteType.id))}
    year = start_year(today)
    years = year - PUBLISHED_YEAR
    weeks = round(years * 365.2425 / 7)
    rows: list[dict[str, Any]] = []
    for event in events:
        code, minutes, explained = CATEGORIES[event.category]
        rows.append(
            {
                "pupil_id": pupils[event.student].id,
                "type_id": types[code],
                "day": event.day + timedelta(weeks=weeks),
                "minutes": minutes,
                "explained": explained,
            }
        )
    db.session.execute(insert(LessonNote.__table__), rows)
    return (
        f"the school year {PUBLISHED_YEAR}-{PUBLISHED_YEAR + 1} of the files is moved by "
        f"{years} school years ({weeks} weeks, so that weekdays stay) to {year}-{year + 1}",
        f"{sum(row['day'] > today for row in rows)} of the events are therefore still ahead",
    )


def grade_level(student: Student) -> int:
    """Return the grade level, which the files give by year of birth: twelve years, 1 to 12."""
    return min(12, max(1, FIRST_GRADERS_BORN + 1 - student.birth_date.year))


def school_of(level: int) -> str:
    """Return the school that teaches the grade level."""
    return next(number for highest, number in SCHOOL_BY_LEVEL.items() if level <= highest)


def _birth_shift(year: int) -> int:
    return year - AGE_ON_GRADE_1 - FIRST_GRADERS_BORN


def _years_later(day: date, years: int) -> date:
    last_of_february = (day.month, day.day) == (2, 29)
    return (day.replace(day=28) if last_of_february else day).replace(year=day.year + years)


def _spread_fact(students: list[Student], given: dict[str, str]) -> str:
    with_school = sum(student.number in given for student in students)
    return (
        f"{with_school} pupils have a school through their attendance; the other "
        f"{len(students) - with_school} are placed by year of birth: grades 1-5, 6-8 and 9-12 "
        "in the three schools that teach them"
    )


def _birth_fact(year: int) -> str:
    return (
        f"birth dates are moved by {_birth_shift(year)} years, so that pupils of a grade level "
        "have the age of that level"
    )
