"""The list of the desk: its filter, its order, its addresses (S2, S12, S13)."""

import re
from collections.abc import Iterable
from typing import Any

from flask import request, url_for

from wilma_ext.blueprints.collation import collation_key
from wilma_ext.blueprints.field import option
from wilma_ext.blueprints.label import profession_title, school_name
from wilma_ext.blueprints.secretary.forms import DeskFilterForm
from wilma_ext.blueprints.secretary.view import state_label
from wilma_ext.blueprints.visit import current_visit, gettext
from wilma_ext.identity import OfficeHolder
from wilma_ext.rights.desk.desk import DeskPupil, DeskState
from wilma_ext.rights.desk.desk_filter import MARKS, DeskFilter
from wilma_ext.vocabulary import Profession

#: How many pupils a page may have, and has where nobody says (S12).
SIZES = (25, 50, 100)
USUAL = 50
SORTS = ("name", "group", "state", "answered")

#: What of the address goes along to another page of the list.
KEPT = (
    *("state", "school", "group", "grade", "profession", "answered_from", "answered_until"),
    *("search", "sort", "size", "welfare_group"),
)


def filter_form(everyone: list[DeskPupil]) -> Any:
    """Return the filter's form with what there is to choose among the pupils."""
    form = DeskFilterForm.of()
    form.state.choices = [
        option("", gettext("All")),
        *(option(str(word), state_label(word)) for word in (*DeskState, *MARKS)),
    ]
    of_school = {pupil.school_ref: pupil for pupil in everyone}
    schools = sorted((school_name(pupil), ref) for ref, pupil in of_school.items())
    form.school.choices = _some(gettext("All schools"), [(ref, name) for name, ref in schools])
    groups = sorted({pupil.group_name for pupil in everyone}, key=natural)
    form.group.choices = _some(gettext("All classes"), [(name, name) for name in groups])
    grades = sorted({pupil.grade_level for pupil in everyone if pupil.grade_level}, key=natural)
    form.grade.choices = _some(gettext("All grade levels"), [(one, one) for one in grades])
    named = [(one.value, profession_title(one.value)) for one in Profession]
    form.profession.choices = _some(gettext("All professions"), named)
    if "state" not in request.args:
        form.state.data = DeskState.WAITING.value
    form.validate()
    return form


def _some(every: str, pairs: list[tuple[str, str]]) -> list[Any]:
    return [option("", every), *(option(*pair) for pair in pairs)]


def filter_of(form: Any) -> DeskFilter:
    """Return the filter; a word that is not on offer is no condition."""
    state = form.state.data if form.state.data in {*DeskState, *MARKS} else ""
    return DeskFilter(
        state=str(state),
        school=form.school.data or "",
        group=form.group.data or "",
        grade=form.grade.data or "",
        profession=form.profession.data or "",
        answered_from=form.answered_from.day,
        answered_until=form.answered_until.day,
        search=(form.search.data or "").strip()[:100],
    )


def page_size() -> int:
    """Return how many pupils the address wants on a page."""
    return next((size for size in SIZES if request.args.get("size") == str(size)), USUAL)


def sort_word() -> str:
    """Return by what the address sorts; a minus in front turns it round."""
    word = request.args.get("sort", "name")
    return word if word.removeprefix("-") in SORTS else "name"


def in_order(pupils: Iterable[DeskPupil], sort: str = "name") -> list[DeskPupil]:
    """Return the pupils by the sort, and those alike by name in the order of the language."""
    language = current_visit().speech.code
    found = sorted(
        pupils, key=lambda one: (collation_key(language, one.name, one.group_name), one.pupil_ref)
    )
    states = list(DeskState)
    keys: dict[str, Any] = {
        "group": lambda one: natural(one.group_name),
        "state": lambda one: states.index(one.state),
        "answered": lambda one: (one.answered_on is not None, one.answered_on),
    }
    word = sort.removeprefix("-")
    if word in keys:
        found.sort(key=keys[word], reverse=sort.startswith("-"))
    elif sort.startswith("-"):
        found.reverse()
    return found


def natural(name: str) -> tuple[Any, ...]:
    """Sort 9B before 10A."""
    parts = re.split(r"([0-9]+)", name)
    return tuple((0, int(p), "") if p.isdecimal() else (1, 0, p.casefold()) for p in parts if p)


def address(holder: OfficeHolder, **changes: Any) -> str:
    """Return the address of the list with the present filters and some change."""
    kept = {key: request.args[key] for key in KEPT if key in request.args}
    values = {key: value for key, value in {**kept, **changes}.items() if value is not None}
    return url_for("wilma_ext.secretary.pupils", provider=holder.provider_handle, **values)


def sort_columns(holder: OfficeHolder) -> dict[str, dict[str, str]]:
    """Return the heads of the sortable columns, each a link that says how it is sorted now."""
    now = sort_word()
    names = {
        "name": gettext("Name"),
        "group": gettext("Class"),
        "state": gettext("State"),
        "answered": gettext("Answered"),
    }
    way = "descending" if now.startswith("-") else "ascending"
    return {
        word: {
            "text": names[word],
            "url": address(holder, sort=f"-{word}" if now == word else word, page=1),
            "sort": way if now.removeprefix("-") == word else "",
        }
        for word in SORTS
    }
