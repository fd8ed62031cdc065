"""Views of a decision on a guardian: search the person, look at it again, save it; end it."""

from flask import request

from wilma_ext.blueprints.decider import review as words
from wilma_ext.blueprints.decider import step, view
from wilma_ext.blueprints.decider.forms import EndForm, GuardianForm
from wilma_ext.blueprints.guard import permit
from wilma_ext.blueprints.page import Outcome
from wilma_ext.blueprints.permission import Permission
from wilma_ext.blueprints.person_search import (
    PersonSearch,
    choices,
    people_found,
    person_label,
)
from wilma_ext.blueprints.visit import gettext
from wilma_ext.errors import Conflict
from wilma_ext.identity import OfficeHolder
from wilma_ext.rights.decider.guardian_decision import (
    end_guardian,
    guardian_decision_of,
    record_guardian,
)
from wilma_ext.rights.welfare.membership_list import FoundPeople
from wilma_ext.work import Work


@permit(Permission.DECIDER_CHANGE)
def review(work: Work, holder: OfficeHolder, pupil: str) -> Outcome:
    """Search the person and write the decision down, and show what it would change."""
    case = step.case_of(work, holder, pupil)
    search = _search(pupil)
    people = people_found(work, holder, search)
    form = _form("guardian", pupil, people)
    if not search.sent and form.accepted():
        return _look_again(case, form, search, people)
    return _edit(case, form, search, people)


@permit(Permission.DECIDER_CHANGE)
def record(work: Work, holder: OfficeHolder, pupil: str) -> Outcome:
    """Save the decision that was looked at."""
    case = step.case_of(work, holder, pupil, hold=True)
    search = _search(pupil)
    people = people_found(work, holder, search)
    form, again = (_form(purpose, pupil, people) for purpose in ("record-guardian", "guardian"))
    if not step.wants_change():
        if form.accepted() and _saved(case, form):
            return case.onwards("guardian_recorded")
        step.repeat_errors(form, again)
    return _edit(case, again, search, people)


@permit(Permission.DECIDER_CHANGE)
def end(work: Work, holder: OfficeHolder, pupil: str, decision: str) -> Outcome:
    """Ask once more, then end the decision now."""
    case = step.case_of(work, holder, pupil, hold=request.method == "POST")
    row = guardian_decision_of(work, **case.place, decision_id=decision)
    form = EndForm.of(f"end-guardian:{decision}")
    if form.accepted():
        return step.ended(case, end_guardian, decision, "guardian_ended")
    name = view.person_names(work, row.person_ref)[row.person_ref]
    what = gettext("%(name)s acts as a guardian", name=name)
    effects = words.guardian_end_effects(case.deciding(), name)
    return step.ask_end(case, form, row, what, effects)


def _saved(case: step.Case, form: GuardianForm) -> bool:
    try:
        return step.saved(case, form, record_guardian, person_ref=form.person.data)
    except Conflict:
        told = gettext("A decision on this person is in force already. End it first.")
        step.tell(form, "person", told)
        return False


def _search(handle: str) -> PersonSearch:
    search: PersonSearch = PersonSearch.of(f"find-guardian:{handle}")
    return search


def _form(purpose: str, handle: str, people: FoundPeople) -> GuardianForm:
    form: GuardianForm = GuardianForm.of(f"{purpose}:{handle}")
    form.offer(choices(people))
    return form


def _edit(
    case: step.Case, form: GuardianForm, search: PersonSearch, people: FoundPeople
) -> Outcome:
    return case.page(
        "guardian.html",
        form=form,
        people=people,
        search_form=search,
        review_url=case.address("guardian"),
    )


def _look_again(
    case: step.Case, form: GuardianForm, search: PersonSearch, people: FoundPeople
) -> Outcome:
    ref = form.person.data
    person = next(person for person in people.people if person.person_ref == ref)
    who = words.Line(gettext("Who acts as a guardian"), person_label(person))
    return case.page(
        "review.html",
        form=_form("record-guardian", case.handle, people),
        lines=[who, *words.grounds(form)],
        effects=words.guardian_effects(case.deciding(), ref, person.name),
        sent=[*step.sent(form, "person"), ("search", search.text)],
        save_url=case.address("record_guardian"),
    )
