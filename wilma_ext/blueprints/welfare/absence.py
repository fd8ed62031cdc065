"""Absences of one pupil as figures: what a sentence, a chart and a table say of them (W5)."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from babel.dates import format_date

from wilma_ext.blueprints.heat_map import HeatMap
from wilma_ext.blueprints.visit import current_visit, gettext, ngettext
from wilma_ext.rights.look_up.disclosure import Absence, Disclosed
from wilma_ext.vocabulary import NoteKind

#: A school day has no more lessons; a host with more start times tells something else.
_MOST_LESSONS = 12

_MONDAY = date(2026, 11, 16)


@dataclass(frozen=True)
class TypeTotal:
    """How many entries of one type there are."""

    label: str
    letter: str
    count: int


@dataclass(frozen=True)
class AbsenceRow:
    """One entry."""

    day: date
    starts_at: str
    subject: str
    label: str
    unexplained: bool
    #: Whether the type's own name says that it is unexplained.
    says_so: bool


@dataclass(frozen=True)
class AbsenceFigures:
    """Totals, and where entries are permitted the chart and the rows."""

    summary: str
    totals: tuple[TypeTotal, ...]
    chart: HeatMap | None
    #: By the hour of the lesson, where the school system tells it.
    by_lesson: HeatMap | None
    rows: tuple[AbsenceRow, ...]
    with_times: bool
    with_subjects: bool


def absence_figures(data: Disclosed, *, with_rows: bool) -> AbsenceFigures:
    """Return the figures; without rows neither a day nor a subject is told."""
    absences = data.absences or ()
    rows = tuple(_row(absence) for absence in absences) if with_rows else ()
    return AbsenceFigures(
        _summary(absences, data.since),
        _totals(absences),
        _chart(absences, data) if rows else None,
        _by_lesson(absences, data) if rows else None,
        rows,
        with_times=any(row.starts_at for row in rows),
        with_subjects=any(row.subject for row in rows),
    )


def _summary(absences: tuple[Absence, ...], since: date) -> str:
    missed = sum(absence.type.kind == NoteKind.ABSENCE for absence in absences)
    late = len(absences) - missed
    unexplained = sum(absence.unexplained for absence in absences)
    told = gettext(
        "%(missed)s and %(late)s since %(date)s.",
        missed=ngettext("%(num)s lesson missed", "%(num)s lessons missed", missed),
        late=ngettext("%(num)s late arrival", "%(num)s late arrivals", late),
        date=current_visit().speech.date(since),
    )
    if not unexplained:
        return told
    more = ngettext(
        "%(num)s entry is still unexplained.", "%(num)s entries are still unexplained.", unexplained
    )
    return f"{told} {more}"


def _totals(absences: tuple[Absence, ...]) -> tuple[TypeTotal, ...]:
    language = current_visit().speech.code
    counts = Counter(absence.type.code for absence in absences)
    types = {absence.type.code: absence.type for absence in absences}.values()
    totals = (TypeTotal(t.labels.in_language(language), t.letter, counts[t.code]) for t in types)
    return tuple(sorted(totals, key=lambda total: (-total.count, total.label)))


def _row(absence: Absence) -> AbsenceRow:
    note = absence.type
    label = note.labels.in_language(current_visit().speech.code)
    return AbsenceRow(
        absence.day,
        str(absence.starts_at or ""),
        absence.subject or "",
        f"{label} ({note.letter})" if note.letter else label,
        absence.unexplained,
        note.unexplained,
    )


def _chart(absences: tuple[Absence, ...], data: Disclosed) -> HeatMap:
    missed = Counter(absence.day for absence in absences if absence.type.kind == NoteKind.ABSENCE)
    days = 7 if any(day.weekday() > 4 for day in missed) else 5
    return HeatMap.build(
        "absences",
        dict(missed),
        (data.since, data.until),
        [_weekday(number, "ccc") for number in range(days)],
        [_weekday(number, "cccc") for number in range(days)],
    )


def _by_lesson(absences: tuple[Absence, ...], data: Disclosed) -> HeatMap | None:
    missed = Counter(
        (absence.day, str(absence.starts_at))
        for absence in absences
        if absence.type.kind == NoteKind.ABSENCE and absence.starts_at
    )
    starts = sorted({start for _, start in missed})
    if not 2 <= len(starts) <= _MOST_LESSONS:
        return None
    return HeatMap.by_lesson("lessons", missed, (data.since, data.until), starts)


def _weekday(number: int, pattern: str) -> str:
    day = _MONDAY + timedelta(days=number)
    return format_date(day, pattern, locale=current_visit().speech.locale)
