"""The sections of a look-up, one for each category in a fixed order.

A category that is not permitted has a section that says so and nothing else: it is the same
whatever the reason, and whether there are data or not (W3).
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from wilma_ext.blueprints.label import category_label
from wilma_ext.blueprints.visit import current_visit, gettext, ngettext
from wilma_ext.blueprints.welfare.absence import AbsenceFigures, absence_figures
from wilma_ext.blueprints.welfare.grade import GradeFigures, grade_figures
from wilma_ext.register import SchoolRegister
from wilma_ext.rights.access.categories import shown_categories
from wilma_ext.rights.look_up.disclosure import DeclaredRows, Disclosed
from wilma_ext.rights.look_up.look_up import Shown
from wilma_ext.vocabulary import Detail


@dataclass(frozen=True)
class DatedTable:
    """The rows of a declared category, ready to be read; none where only totals are permitted."""

    summary: str
    head: tuple[str, ...]
    rows: tuple[tuple[date, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Section:
    """One category: its figures, or none where it is not available."""

    key: str
    title: str
    absences: AbsenceFigures | None = None
    grades: GradeFigures | None = None
    table: DatedTable | None = None

    @property
    def available(self) -> bool:
        """Whether the category is permitted."""
        return any((self.absences, self.grades, self.table))


def sections_of(register: SchoolRegister, shown: Shown) -> tuple[Section, ...]:
    """Return a section for every category that the school system has."""
    details = {item.category: item.detail for item in shown.permitted}
    return tuple(
        _section(register, shown.data, key, details.get(key)) for key in shown_categories(register)
    )


def _section(register: SchoolRegister, data: Disclosed, key: str, detail: Detail | None) -> Section:
    title = category_label(register, key)
    if detail is None:
        return Section(key, title)
    with_rows = detail != Detail.TOTALS
    if key == "absences" and data.absences is not None:
        figures = absence_figures(data, with_rows=with_rows)
        return Section(key, title, absences=figures)
    if key == "grades" and data.grades is not None:
        return Section(key, title, grades=grade_figures(data.grades, with_rows=with_rows))
    for declared in data.declared:
        if declared.category.key == key:
            return Section(key, title, table=_table(declared, data.since, with_rows=with_rows))
    return Section(key, title)


def _table(declared: DeclaredRows, since: date, *, with_rows: bool) -> DatedTable:
    speech = current_visit().speech
    labels = {c.name: c.labels.in_language(speech.code) for c in declared.category.columns}
    entries = ngettext("%(num)s entry", "%(num)s entries", len(declared.rows))
    return DatedTable(
        gettext("%(entries)s since %(date)s.", entries=entries, date=speech.date(since)),
        (gettext("Day"), *(labels[name] for name in declared.names)),
        tuple((day, tuple(_text(v) for v in rest)) for day, *rest in declared.rows)
        if with_rows
        else (),
    )


def _text(value: Any) -> str:
    """Return a value of the host as one reads it."""
    speech = current_visit().speech
    if value is None:
        return "–"
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if isinstance(value, datetime):
        return speech.instant(value) if value.tzinfo else speech.date(value.date())
    if isinstance(value, date):
        return speech.date(value)
    if isinstance(value, float):
        return str(value).replace(".", "," if speech.code in ("fi", "sv") else ".")
    return str(value)
