"""What the views of both decisions share: the case, its pages, and the refusals at their field."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import request

from wilma_ext.blueprints.day import end_of
from wilma_ext.blueprints.decider import view
from wilma_ext.blueprints.decider.own_pupil import own_pupil
from wilma_ext.blueprints.decider.review import period
from wilma_ext.blueprints.page import Onwards, Page
from wilma_ext.blueprints.problem import problem_text
from wilma_ext.errors import Invalid
from wilma_ext.identity import OfficeHolder
from wilma_ext.oversight.event import Actor
from wilma_ext.rights.decider.deciding import Deciding, deciding_of
from wilma_ext.rights.person import Pupil
from wilma_ext.state import current_state
from wilma_ext.work import Work

#: Field of a refusal -> field of the form.
_FIELDS = {"valid_until": "last_day"}


@dataclass(frozen=True)
class Case:
    """A main user at the decisions about one pupil."""

    work: Work
    holder: OfficeHolder
    handle: str
    pupil: Pupil

    @property
    def actor(self) -> Actor:
        return Actor(self.holder.person_ref, self.holder.office.value)

    @property
    def place(self) -> dict[str, str]:
        """Return where a decision belongs, as every command asks."""
        return {"provider_ref": self.holder.provider_ref, "pupil_ref": self.pupil.pupil_ref}

    def deciding(self) -> Deciding:
        """Return who decides about the pupil now."""
        return deciding_of(self.work, current_state.register, self.pupil, self.work.now())

    def address(self, page: str, **values: Any) -> str:
        return view.address(self.holder, page, pupil=self.handle, **values)

    def page(self, template: str, **context: Any) -> Page:
        """Return a page about the pupil, from which one can go back to the decisions."""
        forms = [context[name] for name in ("form", "search_form") if name in context]
        status = 422 if any(form.errors for form in forms) else 200
        about = {"name": self.pupil.name, "caption": view.caption(self.pupil)}
        frame = {**view.frame_of(self.work, self.holder), "back_url": self.address("pupil")}
        return Page(f"decider/{template}", {**about, **context, **frame}, status)

    def onwards(self, notice: str) -> Onwards:
        """Return to the pupil's page after an act."""
        values = {"provider": self.holder.provider_handle, "pupil": self.handle}
        return Onwards("wilma_ext.decider.pupil", values, notice)


def case_of(work: Work, holder: OfficeHolder, handle: str, *, hold: bool = False) -> Case:
    """Return the case behind the handle; with `hold` no other act comes between."""
    return Case(work, holder, handle, own_pupil(work, holder, handle, hold=hold))


def wants_change() -> bool:
    """Tell whether the review was left to change what was typed."""
    return "change" in request.form


def saved(case: Case, form: Any, act: Callable[..., str], **said: Any) -> bool:
    """Record the decision; what the rules refuse is told at its field, and nothing is changed."""
    day = form.last_day.day
    try:
        act(
            case.work,
            current_state.register,
            actor=case.actor,
            reason=form.reason.data,
            document=form.document.data,
            valid_until=end_of(day) if day else None,
            **case.place,
            **said,
        )
    except Invalid as error:
        tell(form, _FIELDS.get(error.field, error.field), problem_text(error.code))
        return False
    return True


def ended(case: Case, act: Callable[..., None], decision: str, notice: str) -> Onwards:
    """End the decision now."""
    act(case.work, actor=case.actor, decision_id=decision, **case.place)
    return case.onwards(notice)


def ask_end(case: Case, form: Any, row: Any, what: str, effects: list[str]) -> Page:
    """Ask once more before the decision is ended."""
    return case.page("end.html", form=form, what=what, period=period(row), effects=effects)


def tell(form: Any, name: str, message: str) -> None:
    """Add an error to the field, or to the form where it has no such field."""
    if name in form:
        form[name].errors = [*form[name].errors, message]
    else:
        form.form_errors.append(message)


def repeat_errors(form: Any, again: Any) -> None:
    """Tell the errors of the review in the form that is filled in once more."""
    for field in form:
        again[field.name].errors = list(field.errors)
    again.form_errors.extend(form.form_errors)


def sent(form: Any, *names: str) -> list[tuple[str, str]]:
    """Return what was typed, to be sent again with the review."""
    return [(name, form[name].data or "") for name in ("reason", "document", "last_day", *names)]
