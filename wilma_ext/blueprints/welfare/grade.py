"""Grades of one pupil as figures: by subject and month, never against other pupils (W6)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from wilma_ext.blueprints.collation import collation_key
from wilma_ext.blueprints.trend import GRADE_MAX, GRADE_MIN, Trend
from wilma_ext.blueprints.visit import current_visit, gettext, lazy, ngettext
from wilma_ext.rights.look_up.disclosure import GradeMark

_NUMBER = re.compile(r"(\d{1,2})(?:[.,](\d{1,2}))?\s*([½+\-−–]?)")

#: What teachers write after the number.
_SHARE = {"": 0.0, "½": 0.5, "+": 0.25, "-": -0.25, "−": -0.25, "–": -0.25}

_KINDS: Mapping[str, object] = {
    "exam": lazy("Exam"),
    "interim": lazy("Interim"),
    "final": lazy("Final"),
}


@dataclass(frozen=True)
class GradeRow:
    """One grade."""

    subject: str
    day: date
    value: str
    kind: str


@dataclass(frozen=True)
class GradeFigures:
    """How many grades there are, and where they are permitted the trend and the rows."""

    summary: str
    chart: Trend | None
    rows: tuple[GradeRow, ...]


def grade_figures(grades: tuple[GradeMark, ...], *, with_rows: bool) -> GradeFigures:
    """Return the figures, subjects in the order of the language."""
    language = current_visit().speech.code
    ordered = sorted(grades, key=lambda mark: (collation_key(language, mark.subject), mark.day))
    subjects = {mark.subject for mark in ordered}
    summary = gettext(
        "%(grades)s in %(subjects)s.",
        grades=ngettext("%(num)s grade", "%(num)s grades", len(ordered)),
        subjects=ngettext("%(num)s subject", "%(num)s subjects", len(subjects)),
    )
    if not with_rows or not ordered:
        return GradeFigures(summary, None, ())
    rows = (GradeRow(m.subject, m.day, _written(m.value), _kind(m.kind)) for m in ordered)
    return GradeFigures(summary, _trend(ordered), tuple(rows))


def _trend(ordered: list[GradeMark]) -> Trend:
    months = sorted({(mark.day.year, mark.day.month) for mark in ordered})
    series = {
        subject: _by_month(list(marks), months)
        for subject, marks in groupby(ordered, key=lambda mark: mark.subject)
    }
    return Trend.build("grades", [f"{month}/{year}" for year, month in months], series)


def _by_month(
    marks: list[GradeMark], months: list[tuple[int, int]]
) -> list[tuple[float | None, str]]:
    """Return each month's latest number, and all that was given in it as one text."""
    cells: list[tuple[float | None, str]] = []
    for month in months:
        found = [mark for mark in marks if (mark.day.year, mark.day.month) == month]
        numbers = [number for mark in found if (number := number_of(mark.value)) is not None]
        text = " · ".join(_written(mark.value) for mark in found)
        cells.append((numbers[-1] if numbers else None, text))
    return cells


def number_of(value: str) -> float | None:
    """Return the number of a mark such as 8, 8½, 9- or 8,5; a verbal mark has none."""
    match = _NUMBER.fullmatch(value.strip())
    if match is None:
        return None
    whole, decimals, sign = match.groups()
    number = float(f"{whole}.{decimals or 0}") + _SHARE[sign]
    return number if GRADE_MIN <= number <= GRADE_MAX else None


def _written(value: str) -> str:
    """Return the mark with the decimal sign of the language."""
    decimal = "," if current_visit().speech.code in ("fi", "sv") else "."
    return re.sub(r"(?<=\d)[.,](?=\d)", decimal, value)


def _kind(key: str) -> str:
    return str(_KINDS.get(key, key))
