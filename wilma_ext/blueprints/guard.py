"""The guard of every view: a permission mark, the role in the URL, one unit of work (D9, D10)."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import current_app, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest, Forbidden, NotFound, Unauthorized

from wilma_ext.blueprints.page import Outcome
from wilma_ext.blueprints.permission import HELD_BY, Permission, Role
from wilma_ext.blueprints.visit import current_visit
from wilma_ext.identity import member_behind, office_behind
from wilma_ext.rights.person import person_language
from wilma_ext.state import current_state
from wilma_ext.vocabulary import Office
from wilma_ext.work import Work

View = TypeVar("View", bound=Callable[..., Outcome])

_OFFICES = {
    Role.SECRETARY: Office.SECRETARY,
    Role.MAIN_USER: Office.MAIN_USER,
    Role.OFFICER: Office.OFFICER,
}


def permit(permission: Permission) -> Callable[[View], Callable[..., ResponseReturnValue]]:
    """Mark a view with its permission and run it in one unit of work.

    The view gets the work and the actor in the role that the permission belongs to, and returns
    a page that is rendered after the commit: what is shown was recorded before (D10).
    """

    def mark(view: View) -> Callable[..., ResponseReturnValue]:
        @wraps(view)
        def guarded(**values: Any) -> ResponseReturnValue:
            visit = current_visit()
            if visit.person_ref is None:
                return _sign_in()
            with current_state.work() as work:
                _speak_the_persons_language(work)
                actor = _actor(work, HELD_BY[permission], visit.person_ref, values)
                outcome = view(work, actor, **values)
            return outcome.respond()

        # A function's type knows no such mark.
        guarded.permission = permission  # type: ignore[attr-defined]
        return guarded

    return mark


def permit_anybody(permission: Permission) -> Callable[[Any], Any]:
    """Mark a view that shows nothing about anybody and needs no unit of work."""
    if HELD_BY[permission] != Role.ANYBODY:
        raise ValueError(f"{permission} is not for anybody")

    def mark(view: Any) -> Any:
        view.permission = permission
        return view

    return mark


def refuse_unmarked() -> None:
    """Answer 403 for a view without a permission mark; runs before every request of ours."""
    if request.endpoint is None or request.endpoint.endswith(".static"):
        return
    view = current_app.view_functions[request.endpoint]
    if not isinstance(getattr(view, "permission", None), Permission):
        raise Forbidden


def refuse_unreadable() -> None:
    """Refuse a NUL, which no browser sends and PostgreSQL cannot take; before every request."""
    if any("\0" in str(value) for value in (request.view_args or {}).values()):
        raise NotFound
    for name, values in (*request.args.lists(), *request.form.lists()):
        if "\0" in name or any("\0" in value for value in values):
            raise BadRequest


def _actor(work: Work, role: Role, person_ref: str, values: dict[str, Any]) -> Any:
    """Return the actor in the role, from the handle in the URL; an unknown one is not found."""
    if role == Role.WELFARE:
        return member_behind(work, person_ref, values.pop("membership"))
    if role in _OFFICES:
        handle = values.pop("provider")
        return office_behind(work, current_state.register, person_ref, _OFFICES[role], handle)
    return person_ref


def _speak_the_persons_language(work: Work) -> None:
    visit = current_visit()
    if visit.chosen or visit.person_ref is None:
        return
    code = person_language(work, current_state.register, visit.person_ref)
    if code is not None and code in current_state.languages:
        visit.speech = current_state.languages[code]


def _sign_in() -> ResponseReturnValue:
    """Hand over to the host's own sign-in, which brings the person back."""
    manager = getattr(current_app, "login_manager", None)
    if manager is None:
        raise Unauthorized
    answer: ResponseReturnValue = manager.unauthorized()
    return answer
