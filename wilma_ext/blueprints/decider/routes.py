"""Views of who decides: find a pupil, and see who decides about them and why."""

from wilma_ext.blueprints.decider import view, word
from wilma_ext.blueprints.decider.forms import PupilSearch
from wilma_ext.blueprints.decider.own_pupil import own_pupil
from wilma_ext.blueprints.guard import permit
from wilma_ext.blueprints.page import Outcome, Page
from wilma_ext.blueprints.permission import Permission
from wilma_ext.identity import OfficeHolder
from wilma_ext.rights.decider.deciding import deciding_of
from wilma_ext.rights.desk.pupil_search import find_pupils
from wilma_ext.rights.provider import handles_of
from wilma_ext.state import current_state
from wilma_ext.work import Work


@permit(Permission.DECIDER_SEE)
def pupils(work: Work, holder: OfficeHolder) -> Outcome:
    """Find a pupil by name or class; there is no list of everybody."""
    form = PupilSearch.of(f"find-pupil:{holder.provider_handle}")
    status = 422 if form.refused() else 200
    found = find_pupils(work, current_state.register, holder.provider_ref, form.text)
    refs = [pupil.pupil_ref for pupil in found.pupils]
    handles = handles_of(work, holder.provider_ref, refs)
    context = {
        "search_form": form,
        "hits": view.hits(holder, found.pupils, handles),
        "more": found.more,
    }
    return Page("decider/pupils.html", {**context, **view.frame_of(work, holder)}, status)


@permit(Permission.DECIDER_SEE)
def pupil_page(work: Work, holder: OfficeHolder, pupil: str) -> Outcome:
    """Show who decides about the pupil, why, and every decision recorded on it."""
    found = own_pupil(work, holder, pupil)
    now = deciding_of(work, current_state.register, found, work.now())
    in_force = now.capacity.id if now.capacity else None
    context = {
        "name": found.name,
        "caption": view.caption(found),
        "title": word.stage_title(now.stage),
        "why": word.why_text(now),
        "effects": word.effects(now.stage, now.policy, entitled=bool(now.entitled)),
        "closed": now.closed,
        "guardians": view.guardian_lines(now),
        "capacity": view.capacity_lines(work, holder, found, pupil, in_force),
        "appointments": view.appointment_lines(work, holder, found, pupil),
        "capacity_url": view.address(holder, "capacity", pupil=pupil),
        "guardian_url": view.address(holder, "guardian", pupil=pupil),
    }
    return Page("decider/pupil.html", {**context, **view.frame_of(work, holder)})
