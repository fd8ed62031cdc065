"""The pupil in the URL of a secretary's page, and what tells them from others (S17)."""

from typing import Any

from wilma_ext.blueprints.label import school_name
from wilma_ext.blueprints.secretary.view import day
from wilma_ext.errors import NotFound
from wilma_ext.identity import OfficeHolder
from wilma_ext.rights.desk.namesake import has_namesake
from wilma_ext.rights.person import Pupil, pupil_of
from wilma_ext.rights.provider import pupil_behind
from wilma_ext.state import current_state
from wilma_ext.work import Work


def own_pupil(work: Work, holder: OfficeHolder, handle: str) -> Pupil:
    """Return the enrolled pupil behind the handle; any other is not found, all alike (X18)."""
    provider_ref, pupil_ref = pupil_behind(work, handle)
    if provider_ref != holder.provider_ref:
        raise NotFound("another provider's pupil")
    pupil = pupil_of(work, current_state.register, pupil_ref, provider_ref)
    if not pupil.enrolled:
        raise NotFound("not enrolled")
    if holder.school_refs is not None and pupil.school_ref not in holder.school_refs:
        raise NotFound("another school's pupil")
    return pupil


def group_and_school(pupil: Pupil) -> str:
    """Return the class and the school, as they stand beside the name."""
    return f"{pupil.group_name} · {school_name(pupil)}"


def pupil_frame(work: Work, holder: OfficeHolder, handle: str, pupil: Pupil) -> dict[str, Any]:
    """Return what a page needs on which one acts for one pupil: nobody is taken for another."""
    return {
        "provider": holder.provider_handle,
        "handle": handle,
        "name": pupil.name,
        "meta": group_and_school(pupil),
        "born": day(pupil.birth_date),
        "namesake": has_namesake(work, current_state.register, pupil, holder.school_refs),
    }
