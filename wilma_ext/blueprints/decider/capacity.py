"""Views of a decision on who decides: write it down, look at it again, save it; end it."""

from flask import request

from wilma_ext.blueprints.decider import review as words
from wilma_ext.blueprints.decider import step
from wilma_ext.blueprints.decider.forms import CapacityForm, EndForm
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
from wilma_ext.vocabulary import Decider
from wilma_ext.work import Work


@permit(Permission.DECIDER_CHANGE)
def review(work: Work, holder: OfficeHolder, pupil: str) -> Outcome:
    """Let the decision be written down, and show what it would change."""
    case = step.case_of(work, holder, pupil)
    form = _form("capacity", pupil)
    return _look_again(case, form) if form.accepted() else _edit(case, form)


@permit(Permission.DECIDER_CHANGE)
def record(work: Work, holder: OfficeHolder, pupil: str) -> Outcome:
    """Save the decision that was looked at."""
    case = step.case_of(work, holder, pupil, hold=True)
    form, again = (_form(purpose, pupil) for purpose in ("record-capacity", "capacity"))
    if not step.wants_change():
        if form.accepted() and _saved(case, form):
            return case.onwards("capacity_recorded")
        step.repeat_errors(form, again)
    return _edit(case, again)


@permit(Permission.DECIDER_CHANGE)
def end(work: Work, holder: OfficeHolder, pupil: str, decision: str) -> Outcome:
    """Ask once more, then end the decision now."""
    case = step.case_of(work, holder, pupil, hold=request.method == "POST")
    row = capacity_decision_of(work, **case.place, decision_id=decision)
    form = EndForm.of(f"end-capacity:{decision}")
    if form.accepted():
        return step.ended(case, end_capacity, decision, "capacity_ended")
    others = capacity_decisions(work, **case.place)
    effects = words.capacity_end_effects(case.deciding(), row, others, work.now())
    return step.ask_end(case, form, row, decider_label(row.decides), effects)


def _saved(case: step.Case, form: CapacityForm) -> bool:
    return step.saved(case, form, record_capacity, decides=Decider(form.decides.data))


def _form(purpose: str, handle: str) -> CapacityForm:
    form: CapacityForm = CapacityForm.of(f"{purpose}:{handle}")
    form.offer()
    return form


def _edit(case: step.Case, form: CapacityForm) -> Outcome:
    return case.page("capacity.html", form=form, review_url=case.address("capacity"))


def _look_again(case: step.Case, form: CapacityForm) -> Outcome:
    now, stage = case.deciding(), Decider(form.decides.data)
    return case.page(
        "review.html",
        form=_form("record-capacity", case.handle),
        lines=[*words.capacity_lines(now, stage), *words.grounds(form)],
        effects=words.capacity_effects(now, stage),
        sent=step.sent(form, "decides"),
        save_url=case.address("record_capacity"),
    )
