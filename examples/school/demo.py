"""The generated demo data: two municipalities, four schools, their people and their marks."""

from datetime import date

from sqlalchemy import insert

from examples.school import note_types
from examples.school.accounts import (
    DEMO_ACCOUNTS,
    NamedPeople,
    new_person,
    open_accounts,
)
from examples.school.database import db
from examples.school.families import Chosen, Family, Population
from examples.school.marks import NoteBook, Subject
from examples.school.models import Municipality, NoteType, Person, Pupil, School, TeachingGroup
from examples.school.report_cards import ReportCards
from examples.school.school_year import start_year

#: Each group is (name, grade level, pupils).
Groups = tuple[tuple[str, int, int], ...]


def _classes(levels: range, letters: str, size: int) -> Groups:
    return tuple((f"{level}{letter}", level, size) for level in levels for letter in letters)


#: Each school is (municipality, Finnish name, Swedish name, language, groups).
SCHOOLS: tuple[tuple[int, str, str, str, Groups], ...] = (
    (1, "Koivurannan alakoulu", "Koivuranta lågstadium", "fi", _classes(range(1, 7), "ABC", 22)),
    (
        1,
        "Koivurannan yläkoulu ja lukio",
        "Koivuranta högstadium och gymnasium",
        "fi",
        (*_classes(range(7, 10), "ABC", 22), ("L1", 10, 18), ("L2", 11, 18), ("L3", 12, 18)),
    ),
    (1, "Björkstrands skola", "Björkstrands skola", "sv", _classes(range(1, 10), "S", 14)),
    (2, "Harjun koulu", "Harju skola", "fi", (("2H", 2, 18), ("4H", 4, 18), ("6H", 6, 18))),
)
TEACHERS_GROUPS = ("7B", "8A")


def seed_host(today: date) -> NamedPeople:
    """Fill an empty database; the caller commits. The same day gives the same data."""
    home, second = _municipalities()
    population = Population(start_year(today))
    persons = {account.username: new_person(account.username) for account in DEMO_ACCOUNTS}
    persons["terveydenhoitaja"].language = persons["laakari"].language = "sv"
    db.session.add_all(persons.values())
    db.session.flush()
    chosen = _chosen(persons, population)
    for municipality, name, name_sv, language, groups in SCHOOLS:
        provider = home if municipality == 1 else second
        if provider is second:
            # Brothers and sisters live in one municipality.
            population.families.clear()
        school = School(
            municipality_id=provider.id,
            name=name,
            name_sv=name_sv,
            language=language,
        )
        _fill_school(school, groups, population, chosen, persons["opettaja"])
    _write_marks(today)
    open_accounts(persons, home.id, second.id)
    return _named(home, second, persons)


def _municipalities() -> tuple[Municipality, Municipality]:
    home = Municipality(name="Koivurannan kaupunki", name_sv="Staden Björkstrand")
    second = Municipality(name="Harjun kunta", name_sv="Harju kommun")
    db.session.add_all([home, second])
    db.session.flush()
    db.session.execute(insert(NoteType), note_types.rows())
    return home, second


def _chosen(persons: dict[str, Person], population: Population) -> dict[str, list[Chosen]]:
    """Return the pupils around the named accounts, by group."""
    anna, mikael, outi = persons["huoltaja"], persons["huoltaja2"], persons["opettaja"]
    parent_of_adult, parent = population.person("fi", "Nieminen"), population.person("fi")
    katja = persons["kuraattori"]
    katja.human_key = "human-1"
    katja_at_home = Person(
        given_names=katja.given_names,
        family_name=katja.family_name,
        language="fi",
        human_key=katja.human_key,
    )
    other_parents = [population.person("fi", "Rantanen"), population.person("fi")]
    year = population.year
    return {
        "7B": [Chosen(Family("Virtanen", [anna, mikael]), "Elli", date(year - 13, 4, 17))],
        "3A": [Chosen(Family("Virtanen", [anna]), "Onni")],
        "5A": [Chosen(Family("Virtanen", [anna, population.person("fi")]), "Helmi")],
        "2A": [Chosen(Family("Mäkelä", [outi, population.person("fi")]), "Veikko")],
        "8A": [Chosen(Family("Salonen", [katja_at_home]), "Ilona")],
        "L1": [
            Chosen(
                Family("Rantanen", other_parents),
                "Eetu",
                date(year - 16, 7, 31),
                persons["opiskelija16"],
            )
        ],
        "L3": [
            Chosen(
                Family("Nieminen", [parent_of_adult, parent]),
                "Aino",
                date(year - 18, 7, 31),
                persons["opiskelija18"],
            )
        ],
    }


def _fill_school(
    school: School,
    groups: Groups,
    population: Population,
    chosen: dict[str, list[Chosen]],
    named_teacher: Person,
) -> None:
    db.session.add(school)
    db.session.flush()
    for name, grade_level, size in groups:
        teacher = named_teacher
        if name not in TEACHERS_GROUPS:
            teacher = population.person(school.language)
            db.session.add(teacher)
            db.session.flush()
        group = TeachingGroup(
            school_id=school.id, name=name, grade_level=grade_level, teacher_id=teacher.id
        )
        db.session.add(group)
        db.session.flush()
        population.fill(group, school.language, size, chosen.get(name, []))


def _write_marks(today: date) -> None:
    query = (
        db.select(Pupil.id, TeachingGroup.grade_level, School.language)
        .join(TeachingGroup, TeachingGroup.id == Pupil.group_id)
        .join(School, School.id == Pupil.school_id)
        .order_by(Pupil.id)
    )
    pupils = [Subject(*row) for row in db.session.execute(query)]
    NoteBook(today).write(pupils)
    ReportCards(today).write(pupils)


def _named(home: Municipality, second: Municipality, persons: dict[str, Person]) -> NamedPeople:
    def pupil_id(family_name: str, given_names: str, group: str) -> int:
        query = (
            db.select(Pupil.id)
            .join(TeachingGroup, TeachingGroup.id == Pupil.group_id)
            .where(
                TeachingGroup.name == group,
                Pupil.family_name == family_name,
                Pupil.given_names == given_names,
            )
            .order_by(Pupil.id)
        )
        return int(db.session.scalars(query).first() or 0)

    shared = pupil_id("Virtanen", "Elli", "7B")
    schools = db.select(School.id).filter_by(municipality_id=home.id).order_by(School.id)
    return NamedPeople(
        municipality_id=home.id,
        second_municipality_id=second.id,
        school_ids=tuple(db.session.scalars(schools)),
        persons={username: person.id for username, person in persons.items()},
        shared_child_id=shared,
        children_ids=(
            shared,
            pupil_id("Virtanen", "Onni", "3A"),
            pupil_id("Virtanen", "Helmi", "5A"),
        ),
        teachers_child_id=pupil_id("Mäkelä", "Veikko", "2A"),
        kuraattoris_child_id=pupil_id("Salonen", "Ilona", "8A"),
        pupil16_id=pupil_id("Rantanen", "Eetu", "L1"),
        pupil18_id=pupil_id("Nieminen", "Aino", "L3"),
    )
