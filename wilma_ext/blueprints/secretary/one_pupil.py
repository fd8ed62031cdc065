"""Views of one pupil on the desk. Look-ups are never shown here, nor that anyone is a client."""

from wilma_ext.blueprints.guard import permit
from wilma_ext.blueprints.page import Onwards, Outcome, Page
from wilma_ext.blueprints.permission import Permission
from wilma_ext.blueprints.secretary import pupil_view, view
from wilma_ext.blueprints.secretary.forms import DisableForm, PupilForm
from wilma_ext.blueprints.secretary.frame import secretary_frame
from wilma_ext.blueprints.secretary.office import actor_of, desk, require_group
from wilma_ext.blueprints.secretary.own_pupil import own_pupil, pupil_frame
from wilma_ext.errors import Conflict, Invalid, NotFound
from wilma_ext.identity import OfficeHolder
from wilma_ext.rights.consent.activation import activate
from wilma_ext.rights.consent.deactivation import deactivate
from wilma_ext.rights.consent.open_pair import open_pairs
from wilma_ext.rights.desk.desk_pupil import answers_about, opened_for
from wilma_ext.rights.person import display_names
from wilma_ext.state import current_state
from wilma_ext.work import Work


@permit(Permission.ACTIVATION_SEE)
def pupil_page(work: Work, holder: OfficeHolder, pupil: str) -> Outcome:
    """Show one pupil: every consent, what is open to whom, since when, by whom (S14, S17)."""
    found, group_id = own_pupil(work, holder, pupil), require_group(work, holder)
    ref = found.pupil_ref
    everyone = desk(work, holder, group_id)
    line = next((item for item in everyone if item.pupil_ref == ref), None)
    if line is None:
        raise NotFound("left between two questions to the register")
    answers = answers_about(work, holder.provider_ref, ref)
    opened = opened_for(work, holder.provider_ref, ref, group_id)
    people = {a.giver_ref for a in answers} | {item.by for item in opened}
    people |= {a.entered_by for a in answers if a.entered_by}
    names = display_names(work, current_state.register, frozenset(people))
    now = [item for item in opened if item.until is None]
    return Page(
        "secretary/pupil.html",
        {
            "provider": holder.provider_handle,
            "handle": pupil,
            "welfare_group": group_id,
            "name": found.name,
            "line": view.lines([line], {ref: pupil}, everyone)[0],
            "can_disable": bool(now),
            "waiting_rows": view.pair_rows(line.waiting),
            "opened_rows": pupil_view.opened_rows(now, names),
            "ended_rows": pupil_view.opened_rows([item for item in opened if item.until], names),
            "events": pupil_view.events(answers, names),
            "form": PupilForm.of(f"pupil:{pupil}"),
            **secretary_frame(work, holder),
        },
    )


@permit(Permission.ACTIVATION_CHANGE)
def enable_one(work: Work, holder: OfficeHolder, pupil: str) -> Outcome:
    """Enable the group for one pupil; who was faster is told (S11)."""
    ref = _posted_pupil(work, holder, pupil)
    done = activate(
        work,
        current_state.register,
        actor=actor_of(holder),
        provider_ref=holder.provider_ref,
        pupil_refs=[ref],
        group_id=require_group(work, holder),
    )
    if ref not in done:
        return _back(holder, pupil, "nothing_enabled")
    return _back(holder, pupil, "enabled" if done[ref].opened else "enabled_already")


@permit(Permission.ACTIVATION_CHANGE)
def disable(work: Work, holder: OfficeHolder, pupil: str) -> Outcome:
    """Ask why, then disable the group for one pupil; the consents stay as they are (S14)."""
    found, group_id = own_pupil(work, holder, pupil), require_group(work, holder)
    form = DisableForm.of(f"disable:{pupil}")
    form.offer()
    if form.accepted():
        try:
            deactivate(
                work,
                current_state.register,
                actor=actor_of(holder),
                provider_ref=holder.provider_ref,
                pupil_ref=found.pupil_ref,
                group_id=group_id,
                reason=form.reason,
            )
        except Conflict:
            return _back(holder, pupil, "disabled_already")
        return _back(holder, pupil, "disabled")
    if not open_pairs(work, holder.provider_ref, found.pupil_ref, group_id):
        return _back(holder, pupil, "disabled_already")
    context = {"form": form, "welfare_group": group_id}
    context |= pupil_frame(work, holder, pupil, found)
    status = 422 if form.errors else 200
    return Page("secretary/disable.html", {**context, **secretary_frame(work, holder)}, status)


def _posted_pupil(work: Work, holder: OfficeHolder, handle: str) -> str:
    if not PupilForm.of(f"pupil:{handle}").accepted():
        raise Invalid("form_expired")
    return own_pupil(work, holder, handle).pupil_ref


def _back(holder: OfficeHolder, handle: str, notice: str) -> Onwards:
    values = {"provider": holder.provider_handle, "pupil": handle}
    return Onwards("wilma_ext.secretary.pupil", values, notice)
