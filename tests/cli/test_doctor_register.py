"""`flask wilma-ext doctor`: registers that break the contract, each named in plain words."""

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import (
    Boolean,
    Select,
    String,
    case,
    cast,
    event,
    false,
    func,
    literal,
    literal_column,
    null,
    select,
    table,
    text,
    true,
    type_coerce,
)
from sqlalchemy import column as sql_column
from sqlalchemy.orm import with_loader_criteria

from examples.school.models import Guardianship, LessonNote
from tests.cli.host import KEY, Host
from tests.cli.test_doctor import findings, the_one
from tests.hosts import plain
from tests.hosts.plain import Absence, House, Mark, User, plain_register
from wilma_ext import WilmaExt
from wilma_ext.doctor import Level
from wilma_ext.errors import RegisterError
from wilma_ext.register import NoteType, SchoolRegister
from wilma_ext.register.category import Labels
from wilma_ext.state import State

PLAIN = plain_register()
WORDS = Labels("a", "b", "c")


def changed(of: Select[Any], **columns: Any) -> Select[Any]:
    """Return the SELECT with columns replaced, or left out for None."""
    given = {c.key: c for c in of.selected_columns if c.key is not None}
    for name, expression in columns.items():
        given[name] = None if expression is None else expression.label(name)
    return of.with_only_columns(*(c for c in given.values() if c is not None))


def odd(key: Any, value: str, expression: Any, other: Any) -> Any:
    """Return the expression in one row only."""
    return case((key == value, other), else_=expression)


CASES: dict[str, tuple[dict[str, Any], str, str, str]] = {
    "column missing": (
        {"pupils": changed(PLAIN.pupils, birth_date=None)},
        *("contract", "pupils.birth_date", "the column is missing"),
    ),
    "date as text": (
        {"pupils": changed(PLAIN.pupils, birth_date=cast(User.born, String))},
        *("contract", "pupils.birth_date", "the contract wants date"),
    ),
    "truth as number": (
        {"pupils": changed(PLAIN.pupils, enrolled=type_coerce(literal_column("7"), Boolean))},
        *("value_wrong", "pupils.enrolled", "not of kind truth: 7"),
    ),
    "id with a line end": (
        {"pupils": changed(PLAIN.pupils, person_id=User.id + literal("\n"))},
        *("value_wrong", "pupils.person_id", "written down and found again: 'u-"),
    ),
    "id of another type": (
        {"lesson_notes": changed(PLAIN.lesson_notes, pupil_id=Absence.id)},
        *("id_types", "lesson_notes.pupil_id", "the ids are of type integer, those of pupils text"),
    ),
    "id given twice": (
        {"schools": PLAIN.schools.join(User, true())},
        *("id_repeated", "schools.id", "an id is given more than once: s-1, s-2, s-9"),
    ),
    "empty name": (
        {"people": changed(PLAIN.people, display_name=odd(User.id, "u-0101", User.first, null()))},
        *("empty", "people.display_name", "1 row is empty in a column that must be filled"),
    ),
    "unknown birth date": (
        {"pupils": changed(PLAIN.pupils, birth_date=odd(User.id, "u-0001", User.born, null()))},
        *("empty", "pupils.birth_date", "1 row is empty: nobody can consent for them"),
    ),
    "no rows": (
        {"grades": PLAIN.grades.where(Mark.id < 0)},
        *("rows", "grades", "the SELECT gives no row"),
    ),
    "a statement that fails": (
        {
            "schools": select(
                sql_column("id", String),
                sql_column("provider_id", String),
                sql_column("name", String),
            ).select_from(table("no_such_table"))
        },
        *("select_fails", "schools", "no_such_table"),
    ),
    "pupils of no school": (
        {"schools": PLAIN.schools.where(House.id != "s-1")},
        *("link", "pupils.school_id", "3 rows lead to nothing in schools"),
    ),
    "guardians who are nobody": (
        {"people": PLAIN.people.where(User.id != "u-0101")},
        *("link", "guardianships.guardian_id", "2 rows lead to nothing in people"),
    ),
    "notes of nobody": (
        {"pupils": PLAIN.pupils.where(User.id != "u-0003")},
        *("link", "lesson_notes.pupil_id", "2 rows lead to nothing in pupils"),
    ),
    "an office of no provider": (
        {"offices": changed(PLAIN.offices, provider_id=literal("t-7"))},
        *("link", "offices.provider_id", "4 rows lead to nothing in schools"),
    ),
    "unknown office": (
        {"offices": changed(PLAIN.offices, office=odd(User.id, "u-0301", User.office, "boss"))},
        *("office_unknown", "offices.office", "unknown offices give nobody any right: boss (1)"),
    ),
    "unknown kind of grade": (
        {"grades": changed(PLAIN.grades, kind=literal("test"))},
        *("grade_kind_unknown", "grades.kind", "test (4)"),
    ),
    "unknown note types": (
        {"note_types": {"late": PLAIN.note_types["late"]}},
        *("note_type_unknown", "lesson_notes.type_code", "with their rows: away (4), ill (4)"),
    ),
    "unknown kind of note": (
        {"note_types": {**PLAIN.note_types, "x": NoteType("x", "absent", WORDS)}},
        *("note_kind_unknown", "note_types", "unknown kind are hidden: x (absent)"),
    ),
    "nothing to show": (
        {"grades": None},
        *("select_absent", "grades", "absent: grades cannot be shown"),
    ),
    "nobody decides": (
        {"guardianships": PLAIN.guardianships.where(false())},
        *("family", "guardianships", "4 of 4 enrolled pupils under 18 have no guardian"),
    ),
    "an empty office": (
        {"offices": PLAIN.offices.where(User.office != "officer")},
        *("office_empty", "provider t-1", "nobody holds the office: officer"),
    ),
    "a provider that went": (
        {"schools": changed(PLAIN.schools, provider_id=literal("t-2"))},
        *("provider_unknown", "provider t-1", "the host gives no school of it"),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_broken_register_is_named_in_words(used: Host, name: str) -> None:
    changes, code, subject, words = CASES[name]

    def break_it(_host: Host, state: State) -> None:
        state.register = replace(PLAIN, **changes)

    found = the_one(findings(used, break_it), code, subject)
    assert words in found.message


def test_a_register_without_a_column_does_not_start() -> None:
    def guest(app: Any, database: Any) -> None:
        broken = replace(PLAIN, pupils=changed(PLAIN.pupils, enrolled=None))
        WilmaExt(database, register=broken).init_app(app)

    with pytest.raises(RegisterError, match="pupils.enrolled: the column is missing"):
        plain.create_host("sqlite://", guest=guest, SECRET_KEY=KEY)


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("stored", "code", "words"),
    [
        ("21.11.2014", "value_wrong", "not of kind date: '21.11.2014'"),
        ("20141121", "value_wrong", "not of kind date: 20141121"),
        ("2014-11-21 00:00:00", "value_wrong", "2014-11-21 00:00:00"),
        ("2014-02-30", "value_unreadable", "a value cannot be read as date"),
    ],
)
def test_a_date_that_is_stored_otherwise(used: Host, stored: str, code: str, words: str) -> None:
    def spoil(_host: Host, state: State) -> None:
        with state.engine.begin() as connection:
            connection.execute(
                text("UPDATE users SET born = :day WHERE id = 'u-0001'"), {"day": stored}
            )

    found = findings(used, spoil)
    assert words in the_one(found, code, "pupils.birth_date").message


def test_rows_that_the_host_hides_in_its_orm(used: Host) -> None:
    def hide(state: Any) -> None:
        mine = with_loader_criteria(House, House.id != "s-9", include_aliases=True)
        state.statement = state.statement.options(mine)

    factory = plain.db.session.session_factory
    event.listen(factory, "do_orm_execute", hide)
    try:
        found = the_one(findings(used), "hidden_by_host", "schools")
    finally:
        event.remove(factory, "do_orm_execute", hide)
    assert found.message == "the SELECT gives 3 rows, the host's own session 2"
    assert "soft delete" in found.advice


def scanning(register: SchoolRegister) -> dict[str, Any]:
    notes, guardians = register.lesson_notes, register.guardianships
    assert notes is not None
    return {
        "lesson_notes": changed(notes, pupil_id=func.coalesce(LessonNote.pupil_id, 0)),
        "guardianships": changed(guardians, pupil_id=Guardianship.pupil_id + 0),
    }


def test_a_computed_id_hides_the_index(school: Host) -> None:
    def compute(_host: Host, state: State) -> None:
        state.register = replace(state.register, **scanning(state.register))

    found = the_one(findings(school, compute), "plan_scans", "lesson_notes.pupil_id")
    assert found.level == Level.WARNING
    assert "lesson_notes" in found.message
    assert "index" in found.advice


def test_a_declared_category_without_its_column(school: Host) -> None:
    def spoil(_host: Host, state: State) -> None:
        [category] = state.register.categories
        less = changed(category.select, served=None)
        state.register = replace(state.register, categories=(replace(category, select=less),))

    found = the_one(findings(school, spoil), "contract", "detentions.served")
    assert found.message == "the column is missing"
