"""What the views of both decisions share: who acts, the pages, and the refusals at their field."""

from collections.abc import Callable
from typing import Any

from flask import request

from wilma_ext.blueprints.day import end_of
from wilma_ext.blueprints.decider import view
from wilma_ext.blueprints.page import Onwards, Page
from wilma_ext.blueprints.problem import problem_text
from wilma_ext.errors import Invalid
from wilma_ext.identity import OfficeHolder
from wilma_ext.oversight.event import Actor
from wilma_ext.rights.person import Pupil
from wilma_ext.work import Work

#: Field of a refusal -> field of the form.
_FIELDS = {"valid_until": "last_day"}


def actor_of(holder: OfficeHolder) -> Actor:
    return Actor(holder.person_ref, holder.office.value)


def wants_change() -> bool:
    """Tell whether the review was left to change what was typed."""
    return "change" in request.form


def page(template: str, work: Work, holder: OfficeHolder, pupil: Pupil, **context: Any) -> Page:
    """Return a page about the pupil."""
    status = 422 if context["form"].errors else 200
    about = {"name": pupil.name, "caption": view.caption(pupil)}
    return Page(f"decider/{template}", {**about, **context, **view.frame_of(work, holder)}, status)


def onwards(holder: OfficeHolder, handle: str, notice: str) -> Onwards:
    """Return to the pupil's page after an act."""
    values = {"provider": holder.provider_handle, "pupil": handle}
    return Onwards("wilma_ext.decider.pupil", values, notice)


def saved(form: Any, act: Callable[..., Any], **said: Any) -> bool:
    """Record the decision; what the rules refuse is told at its field, and nothing is changed."""
    day = form.last_day.day
    try:
        act(
            reason=form.reason.data,
            document=form.document.data,
            valid_until=end_of(day) if day else None,
            **said,
        )
    except Invalid as error:
        tell(form, _FIELDS.get(error.field, error.field), problem_text(error.code))
        return False
    return True


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
