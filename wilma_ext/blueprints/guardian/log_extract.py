"""Who has looked at the data through this service, or how to ask for it (G18, P19)."""

from dataclasses import dataclass

from flask import url_for

from wilma_ext.blueprints.area import provider_name
from wilma_ext.blueprints.guard import permit
from wilma_ext.blueprints.guardian import row, view
from wilma_ext.blueprints.label import profession_title, purpose_label
from wilma_ext.blueprints.page import Onwards, Outcome, Page
from wilma_ext.blueprints.permission import Permission
from wilma_ext.blueprints.secretary.paging import paged
from wilma_ext.blueprints.visit import current_visit
from wilma_ext.errors import NotFound
from wilma_ext.rights.look_up.extract import Entry, Extract, Way, extract_of
from wilma_ext.rights.provider import pupil_behind
from wilma_ext.state import current_state
from wilma_ext.work import Work


@dataclass(frozen=True)
class Line:
    """One look-up in words."""

    day: str
    organisation: str
    profession: str
    purpose: str
    categories: str


@permit(Permission.LOG_EXTRACT_SEE)
def log_extract(work: Work, person_ref: str, pupil: str) -> Outcome:
    """Show the extract or how to ask for it; who has no part in it gets the child's own page."""
    provider_ref, pupil_ref = pupil_behind(work, pupil)
    extract = extract_of(
        work,
        current_state.register,
        person_ref=person_ref,
        provider_ref=provider_ref,
        pupil_ref=pupil_ref,
    )
    if extract.way == Way.NOT_MADE:
        raise NotFound("no extracts here")
    if extract.way == Way.NOT_YOURS:
        return Onwards("wilma_ext.guardian.child", {"pupil": pupil})
    return _page(work, extract, pupil)


def _page(work: Work, extract: Extract, handle: str) -> Page:
    part = paged(extract.entries)
    consent = extract.consent
    context = {
        "head": view.head_of(consent, handle, work.now()),
        "way": extract.way.value,
        "lines": [_line(entry) for entry in part.items],
        "paged": part,
        "url_for_page": lambda number: url_for(
            "wilma_ext.guardian.log_extract", pupil=handle, page=number
        ),
        "provider": provider_name(work, consent.giver.provider_ref),
        "privacy_url": consent.form.privacy_url if consent.form else "",
    }
    return Page("guardian/log_extract.html", context)


def _line(entry: Entry) -> Line:
    speech = current_visit().speech
    return Line(
        day=speech.date(entry.day),
        organisation=entry.county.in_language(speech.code),
        profession=profession_title(entry.profession),
        purpose=purpose_label(entry.purpose.value),
        categories=row.category_names(entry.categories),
    )
