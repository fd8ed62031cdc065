"""Lists for the school's own messages: who has not answered, and whose consent ends soon (S16).

A list holds names and nothing of what was said; that it was taken along is logged.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from wtforms import SelectField

from wilma_ext.blueprints.collation import collation_key
from wilma_ext.blueprints.field import option
from wilma_ext.blueprints.form import FilterForm
from wilma_ext.blueprints.guard import permit
from wilma_ext.blueprints.label import school_label
from wilma_ext.blueprints.page import Download, Outcome, Page
from wilma_ext.blueprints.permission import Permission
from wilma_ext.blueprints.secretary.frame import secretary_frame
from wilma_ext.blueprints.secretary.paging import address_of, own_schools, paged
from wilma_ext.blueprints.table_file import CSV_TYPE, csv_bytes
from wilma_ext.blueprints.visit import current_visit, gettext, lazy
from wilma_ext.clock import civil_date
from wilma_ext.identity import OfficeHolder
from wilma_ext.oversight.event import Actor, Event, Recorded
from wilma_ext.rights.desk.reminder import Reminder, expiring, unanswered
from wilma_ext.rights.person import School
from wilma_ext.rights.provider import handles_of
from wilma_ext.state import current_state
from wilma_ext.work import Work

UNANSWERED, EXPIRING = "unanswered", "expiring"

_LISTS: Mapping[str, Callable[..., list[Reminder]]] = {UNANSWERED: unanswered, EXPIRING: expiring}

#: What of the address goes along to another page and into the file.
_KEPT = ("school", "group")


class ListFilter(FilterForm):
    """What the list shows; all of it stands in the URL (S2)."""

    school = SelectField(lazy("School"), validate_choice=False)
    group = SelectField(lazy("Class"), validate_choice=False)


@dataclass(frozen=True)
class Line:
    """One pupil of the list, and whom to remind."""

    handle: str
    name: str
    group_name: str
    school_name: str
    people: str
    until: str


@permit(Permission.CONSENT_LIST)
def not_answered(work: Work, holder: OfficeHolder) -> Outcome:
    """List the pupils whose deciders have not answered."""
    return _page(work, holder, UNANSWERED)


@permit(Permission.CONSENT_LIST)
def ending_soon(work: Work, holder: OfficeHolder) -> Outcome:
    """List the pupils of whom a consent ends within thirty days."""
    return _page(work, holder, EXPIRING)


@permit(Permission.CONSENT_LIST)
def not_answered_file(work: Work, holder: OfficeHolder) -> Outcome:
    """Give the same list as a file."""
    return _file(work, holder, UNANSWERED)


@permit(Permission.CONSENT_LIST)
def ending_soon_file(work: Work, holder: OfficeHolder) -> Outcome:
    """Give the same list as a file."""
    return _file(work, holder, EXPIRING)


def _page(work: Work, holder: OfficeHolder, name: str) -> Page:
    form = ListFilter.of()
    found, groups = _listed(work, holder, name, form)
    _offer(form, own_schools(work, holder), groups)
    page, address = paged(found), address_of(holder, *_KEPT)
    handles = handles_of(work, holder.provider_ref, [one.pupil_ref for one in page.items])
    context = {
        "provider": holder.provider_handle,
        "list": name,
        "form_filter": form,
        "lines": [_line(one, handles[one.pupil_ref]) for one in page.items],
        "paged": page,
        "url_for_page": lambda number: address(page=number),
        "file_url": address(f"wilma_ext.secretary.{name}_file"),
        "clear_url": address_of(holder)(),
    }
    return Page("secretary/reminders.html", {**context, **secretary_frame(work, holder)})


def _file(work: Work, holder: OfficeHolder, name: str) -> Download:
    """Log the taking along before the file leaves (D10)."""
    found, _groups = _listed(work, holder, name, ListFilter.of())
    head = [gettext("Pupil"), gettext("Class"), gettext("School"), gettext("Whom to remind")]
    if name == EXPIRING:
        head.append(gettext("Last day"))
    rows = []
    for one in found:
        line = _line(one, "")
        row = [line.name, line.group_name, line.school_name, line.people, line.until]
        rows.append(row[: len(head)])
    data = {"list": name, "count": len(found)}
    actor = Actor(holder.person_ref, holder.office.value)
    work.record(Recorded(holder.provider_ref, Event.CONSENT_LISTED, actor, data=data))
    day = civil_date(work.now()).isoformat()
    return Download(f"{name}-{day}.csv", CSV_TYPE, csv_bytes(head, rows))


def _listed(
    work: Work, holder: OfficeHolder, name: str, form: Any
) -> tuple[list[Reminder], list[str]]:
    """Return what the filters leave, in the order of the language, and the classes there are."""
    schools = {school.school_ref for school in own_schools(work, holder)}
    if form.school.data:
        schools &= {form.school.data}
    of_school = _LISTS[name](
        work, current_state.register, holder.provider_ref, school_refs=frozenset(schools)
    )
    group, language = form.group.data, current_visit().speech.code
    found = [one for one in of_school if not group or one.group_name == group]
    found.sort(key=lambda one: collation_key(language, one.pupil_name, one.group_name))
    return found, sorted({one.group_name for one in of_school})


def _offer(form: Any, schools: list[School], groups: list[str]) -> None:
    named = [(school.school_ref, school_label(school.name, school.name_sv)) for school in schools]
    form.school.choices = [option("", gettext("All schools")), *(option(*one) for one in named)]
    form.group.choices = [
        option("", gettext("All classes")),
        *(option(group, group) for group in groups),
    ]


def _line(one: Reminder, handle: str) -> Line:
    until = current_visit().speech.date(one.until) if one.until else ""
    school = school_label(one.school_name, one.school_name_sv)
    return Line(handle, one.pupil_name, one.group_name, school, ", ".join(one.people), until)
