"""Views of a decision on who decides: write it down, look at it again, save it; end it."""

from functools import partial

from flask import request

from wilma_ext.blueprints.decider import review as words
from wilma_ext.blueprints.decider import step, view
from wilma_ext.blueprints.decider.forms import CapacityForm, EndForm
from wilma_ext.blueprints.decider.own_pupil import own_pupil
from wilma_ext.blueprints.guard import permit
from wilma_ext.blueprints.label import decider_label
from wilma_ext.blueprints.page import Outcome
from wilma_ext.blueprints.permission import Permission
from wilma_ext.identity import OfficeHolder
from wilma_ext.rights.decider.capacity import (
    capacity_decision_of,
    capacity_decisions,
    end_capacity,
    record_capacity,
)
from wilma_ext.rights.decider.deciding import deciding_of
from wilma_ext.rights.person import Pupil
from wilma_ext.state import current_state
from wilma_ext.vocabulary import Decider
from wilma_ext.work import Work


@permit(Permission.DECIDER_CHANGE)
def review(work: Work, holder: OfficeHolder, pupil: str) -> Outcome:
    """Let the decision be written down, and show what it would change."""
    found = own_pupil(work, holder, pupil)
    form = _form("capacity", pupil)
    if form.accepted():
        return _look_again(work, holder, pupil, found, form)
    return _edit(work, holder, pupil, found, form)


@permit(Permission.DECIDER_CHANGE)
def record(work: Work, holder: OfficeHolder, pupil: str) -> Outcome:
    """Save the decision that was looked at."""
    found = own_pupil(work, holder, pupil, hold=True)
    form, again = _form("record-capacity", pupil), _form("capacity", pupil)
    if step.wants_change():
        return _edit(work, holder, pupil, found, again)
    act = partial(
        record_capacity,
        work,
        current_state.register,
        actor=step.actor_of(holder),
        provider_ref=holder.provider_ref,
        pupil_ref=found.pupil_ref,
    )
    if form.accepted() and step.saved(form, act, decides=Decider(form.decides.data)):
        return step.onwards(holder, pupil, "capacity_recorded")
    step.repeat_errors(form, again)
    return _edit(work, holder, pupil, found, again)


@permit(Permission.DECIDER_CHANGE)
def end(work: Work, holder: OfficeHolder, pupil: str, decision: str) -> Outcome:
    """Ask once more, then end the decision now."""
    form = EndForm.of(f"end-capacity:{decision}")
    found = own_pupil(work, holder, pupil, hold=request.method == "POST")
    row = capacity_decision_of(work, holder.provider_ref, found.pupil_ref, decision)
    if form.accepted():
        end_capacity(
            work,
            actor=step.actor_of(holder),
            provider_ref=holder.provider_ref,
            pupil_ref=found.pupil_ref,
            decision_id=decision,
        )
        return step.onwards(holder, pupil, "capacity_ended")
    now = deciding_of(work, current_state.register, found, work.now())
    others = capacity_decisions(work, holder.provider_ref, found.pupil_ref)
    return step.page(
        "end.html",
        work,
        holder,
        found,
        form=form,
        what=decider_label(row.decides),
        period=words.period(row),
        effects=words.capacity_end_effects(now, row, others, work.now()),
        back_url=view.address(holder, "pupil", pupil=pupil),
    )


def _form(purpose: str, handle: str) -> CapacityForm:
    form: CapacityForm = CapacityForm.of(f"{purpose}:{handle}")
    form.offer()
    return form


def _edit(
    work: Work, holder: OfficeHolder, handle: str, pupil: Pupil, form: CapacityForm
) -> Outcome:
    return step.page(
        "capacity.html",
        work,
        holder,
        pupil,
        form=form,
        review_url=view.address(holder, "capacity", pupil=handle),
        back_url=view.address(holder, "pupil", pupil=handle),
    )


def _look_again(
    work: Work, holder: OfficeHolder, handle: str, pupil: Pupil, form: CapacityForm
) -> Outcome:
    now = deciding_of(work, current_state.register, pupil, work.now())
    stage = Decider(form.decides.data)
    return step.page(
        "review.html",
        work,
        holder,
        pupil,
        form=_form("record-capacity", handle),
        lines=[*words.capacity_lines(now, stage), *words.grounds(form)],
        effects=words.capacity_effects(now, stage),
        sent=step.sent(form, "decides"),
        save_url=view.address(holder, "record_capacity", pupil=handle),
        back_url=view.address(holder, "pupil", pupil=handle),
    )
