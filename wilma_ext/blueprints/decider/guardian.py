"""Views of a decision on a guardian: search the person, look at it again, save it; end it."""

from functools import partial

from flask import request

from wilma_ext.blueprints.decider import review as words
from wilma_ext.blueprints.decider import step, view
from wilma_ext.blueprints.decider.forms import LONGEST, EndForm, GuardianForm, PersonSearch
from wilma_ext.blueprints.decider.own_pupil import own_pupil
from wilma_ext.blueprints.guard import permit
from wilma_ext.blueprints.page import Outcome
from wilma_ext.blueprints.permission import Permission
from wilma_ext.blueprints.visit import gettext
from wilma_ext.errors import Conflict
from wilma_ext.identity import OfficeHolder
from wilma_ext.rights.decider.deciding import deciding_of
from wilma_ext.rights.decider.guardian_decision import (
    end_guardian,
    guardian_decision_of,
    record_guardian,
)
from wilma_ext.rights.person import Pupil
from wilma_ext.rights.welfare.membership_list import FoundPeople, find_people
from wilma_ext.state import current_state
from wilma_ext.work import Work


@permit(Permission.DECIDER_CHANGE)
def review(work: Work, holder: OfficeHolder, pupil: str) -> Outcome:
    """Search the person and write the decision down, and show what it would change."""
    found = own_pupil(work, holder, pupil)
    people = _people(work, holder)
    form = _form("guardian", pupil, people)
    if form.accepted():
        return _look_again(work, holder, pupil, found, form, people)
    return _edit(work, holder, pupil, found, form, people)


@permit(Permission.DECIDER_CHANGE)
def record(work: Work, holder: OfficeHolder, pupil: str) -> Outcome:
    """Save the decision that was looked at."""
    found = own_pupil(work, holder, pupil, hold=True)
    people = _people(work, holder)
    form, again = (_form(purpose, pupil, people) for purpose in ("record-guardian", "guardian"))
    if not step.wants_change():
        if form.accepted() and _saved(work, holder, found, form):
            return step.onwards(holder, pupil, "guardian_recorded")
        step.repeat_errors(form, again)
    return _edit(work, holder, pupil, found, again, people)


@permit(Permission.DECIDER_CHANGE)
def end(work: Work, holder: OfficeHolder, pupil: str, decision: str) -> Outcome:
    """Ask once more, then end the decision now."""
    form = EndForm.of(f"end-guardian:{decision}")
    found = own_pupil(work, holder, pupil, hold=request.method == "POST")
    row = guardian_decision_of(work, holder.provider_ref, found.pupil_ref, decision)
    if form.accepted():
        end_guardian(
            work,
            actor=step.actor_of(holder),
            provider_ref=holder.provider_ref,
            pupil_ref=found.pupil_ref,
            decision_id=decision,
        )
        return step.onwards(holder, pupil, "guardian_ended")
    now = deciding_of(work, current_state.register, found, work.now())
    name = view.person_names(work, row.person_ref)[row.person_ref]
    return step.page(
        "end.html",
        work,
        holder,
        found,
        form=form,
        what=gettext("%(name)s acts as a guardian", name=name),
        period=words.period(row),
        effects=words.guardian_end_effects(now, name),
        back_url=view.address(holder, "pupil", pupil=pupil),
    )


def _saved(work: Work, holder: OfficeHolder, pupil: Pupil, form: GuardianForm) -> bool:
    act = partial(
        record_guardian,
        work,
        current_state.register,
        actor=step.actor_of(holder),
        provider_ref=holder.provider_ref,
        pupil_ref=pupil.pupil_ref,
    )
    try:
        return step.saved(form, act, person_ref=form.person.data)
    except Conflict:
        told = gettext("A decision on this person is in force already. End it first.")
        step.tell(form, "person", told)
        return False


def _searched() -> str:
    return (PersonSearch.of().search.data or "")[:LONGEST]


def _people(work: Work, holder: OfficeHolder) -> FoundPeople:
    return find_people(work, current_state.register, holder.provider_ref, _searched())


def _form(purpose: str, handle: str, people: FoundPeople) -> GuardianForm:
    form: GuardianForm = GuardianForm.of(f"{purpose}:{handle}")
    form.offer([(person.person_ref, _label(person.name, person.email)) for person in people.people])
    return form


def _label(name: str, email: str) -> str:
    return f"{name}, {email}" if email else name


def _edit(
    work: Work,
    holder: OfficeHolder,
    handle: str,
    pupil: Pupil,
    form: GuardianForm,
    people: FoundPeople,
) -> Outcome:
    return step.page(
        "guardian.html",
        work,
        holder,
        pupil,
        form=form,
        people=people,
        search_form=PersonSearch.of(),
        review_url=view.address(holder, "guardian", pupil=handle, search=_searched()),
        back_url=view.address(holder, "pupil", pupil=handle),
    )


def _look_again(
    work: Work,
    holder: OfficeHolder,
    handle: str,
    pupil: Pupil,
    form: GuardianForm,
    people: FoundPeople,
) -> Outcome:
    now = deciding_of(work, current_state.register, pupil, work.now())
    ref = form.person.data
    person = next(person for person in people.people if person.person_ref == ref)
    who = words.Line(gettext("Who acts as a guardian"), _label(person.name, person.email))
    return step.page(
        "review.html",
        work,
        holder,
        pupil,
        form=_form("record-guardian", handle, people),
        lines=[who, *words.grounds(form)],
        effects=words.guardian_effects(now, ref, person.name),
        sent=step.sent(form, "person"),
        save_url=view.address(holder, "record_guardian", pupil=handle, search=_searched()),
        back_url=view.address(holder, "pupil", pupil=handle),
    )
