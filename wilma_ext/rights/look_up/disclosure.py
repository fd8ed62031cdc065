"""What a permitted category shows: lesson notes and grades read from the register, minimised."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from wilma_ext.clock import HELSINKI, civil_date, school_year_start, utc
from wilma_ext.register import Category, NoteType, SchoolRegister, Sensitivity
from wilma_ext.register.relation import column, has, native_id, relation
from wilma_ext.rights.look_up.note_type import absence_types
from wilma_ext.vocabulary import Detail, Period
from wilma_ext.work import Work


@dataclass(frozen=True)
class Absence:
    """One lesson missed or begun late; never with a reason or a text."""

    day: date
    starts_at: str | None
    subject: str | None
    type: NoteType
    unexplained: bool


@dataclass(frozen=True)
class GradeMark:
    """One grade; `value` is a number from 4 to 10 or a mark such as S."""

    day: date
    subject: str
    value: str
    kind: str


@dataclass(frozen=True)
class DeclaredRows:
    """The rows of a category that the host declared: its columns and values."""

    category: Category
    names: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True)
class Disclosed:
    """The data of one look-up: a category that is not permitted is None, not empty."""

    since: date
    until: date
    absences: tuple[Absence, ...] | None = None
    grades: tuple[GradeMark, ...] | None = None
    declared: tuple[DeclaredRows, ...] = ()


def disclose(
    work: Work,
    register: SchoolRegister,
    *,
    provider_ref: str,
    pupil_ref: str,
    details: dict[str, Detail],
    period: Period,
    at: datetime,
) -> Disclosed:
    """Read the permitted categories of one pupil, within the present school year (P12).

    `details` names the permitted categories with their level of detail; no other is read.
    """
    until = civil_date(at)
    since = first_day(period, until)
    types = absence_types(work, register, provider_ref, at) if "absences" in details else None
    pupil = native_id(register, "pupils", "id", pupil_ref)
    declared = [item for item in register.categories if item.key in details]
    return Disclosed(
        since,
        until,
        None if types is None else _absences(work, register, pupil, (since, until), types),
        _grades(work, register, pupil, since, at) if "grades" in details else None,
        tuple(_declared(work, item, pupil, (since, until), details[item.key]) for item in declared),
    )


def first_day(period: Period, today: date) -> date:
    """Return where a period begins: never before the school year does."""
    year = school_year_start(today)
    if period == Period.FOUR_WEEKS:
        return max(year, today - timedelta(days=27))
    if period == Period.TERM:
        return max(year, date(today.year, 1, 1))
    return year


def _absences(
    work: Work,
    register: SchoolRegister,
    pupil: Any,
    period: tuple[date, date],
    types: Mapping[str, NoteType],
) -> tuple[Absence, ...]:
    """Health-class marks, conduct and unknown types are left out, of totals too (R17, P10)."""
    notes = relation(register, "lesson_notes")
    starts = [notes.c.starts_at] if has(notes, "starts_at") else []
    statement = (
        select(
            notes.c.day,
            column(notes, "starts_at"),
            column(notes, "subject"),
            notes.c.type_code,
            column(notes, "explained"),
        )
        .where(
            notes.c.pupil_id == pupil,
            notes.c.type_code.in_(types),
            notes.c.day >= period[0],
            notes.c.day <= period[1],
        )
        .order_by(notes.c.day.desc(), *starts, notes.c.id)
    )
    rows = work.connection.execute(statement)
    return tuple(
        Absence(day, starts_at, subject, types[code], types[code].unexplained or explained is False)
        for day, starts_at, subject, code, explained in rows
    )


def _grades(
    work: Work, register: SchoolRegister, pupil: Any, since: date, at: datetime
) -> tuple[GradeMark, ...]:
    grades = relation(register, "grades")
    statement = (
        select(
            grades.c.day,
            grades.c.subject,
            grades.c.value,
            grades.c.kind,
            column(grades, "visible_from"),
        )
        .where(grades.c.pupil_id == pupil, grades.c.day >= since, grades.c.day <= civil_date(at))
        .order_by(grades.c.subject, grades.c.day, grades.c.id)
    )
    rows = work.connection.execute(statement)
    return tuple(
        GradeMark(day, subject, value, kind)
        for day, subject, value, kind, visible_from in rows
        if value and _is_visible(visible_from, at)
    )


def _is_visible(visible_from: datetime | None, at: datetime) -> bool:
    """R18: a grade held back by the host stays hidden; a naive instant is Helsinki time."""
    if visible_from is None:
        return True
    if visible_from.tzinfo is None:
        visible_from = visible_from.replace(tzinfo=HELSINKI)
    return utc(visible_from) <= utc(at)


def _declared(
    work: Work, category: Category, pupil: Any, period: tuple[date, date], detail: Detail
) -> DeclaredRows:
    """Rows of a declared category: plain columns, reasons at that level; never text or health."""
    open_classes = {Sensitivity.PLAIN}
    if detail == Detail.REASONS:
        open_classes.add(Sensitivity.REASON)
    columns = [item for item in category.columns if item.sensitivity in open_classes]
    source = category.select.subquery()
    statement = (
        select(source.c.day, *[source.c[item.name] for item in columns])
        .where(source.c.pupil_id == pupil, source.c.day >= period[0], source.c.day <= period[1])
        .order_by(source.c.day.desc())
    )
    rows = tuple(tuple(row) for row in work.connection.execute(statement))
    return DeclaredRows(category, tuple(item.name for item in columns), rows)
