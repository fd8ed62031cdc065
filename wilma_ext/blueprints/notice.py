"""Notices that a page shows once after an act; the cookie holds a word, never a sentence."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Request, Response

from wilma_ext.blueprints.visit import NOTICE_COOKIE, lazy
from wilma_ext.state import current_state


@dataclass(frozen=True)
class Notice:
    """A banner: what kind, and what it says."""

    kind: str
    text: str


#: The word in the cookie -> kind and message.
NOTICES: Mapping[str, tuple[str, object]] = {
    "answered": ("success", lazy("Your answer has been saved.")),
    "withdrawn": ("success", lazy("The consent has been withdrawn. It took effect at once.")),
    "enabled": ("success", lazy("The welfare group has been enabled.")),
    "enabled_some": (
        "success",
        lazy("The welfare group has been enabled where consent was still in force."),
    ),
    "nothing_enabled": ("error", lazy("Nobody was enabled. The consents had changed.")),
    "disabled": ("success", lazy("The welfare group has been disabled for the pupil.")),
    "member_added": ("success", lazy("The member has been added to the group.")),
    "member_ended": ("success", lazy("The membership has ended. Access ended at once.")),
    "published": ("success", lazy("The rights matrix has been published. It is in force now.")),
    "look_up_over": ("error", lazy("The look-up has ended. State the purpose again to go on.")),
}


def notice_of(request: Request) -> list[Notice]:
    """Return the notice that the last act left, if it is one of ours."""
    found = NOTICES.get(request.cookies.get(NOTICE_COOKIE, ""))
    return [] if found is None else [Notice(found[0], str(found[1]))]


def forget_notice(request: Request, response: Response) -> Response:
    """Delete a notice once a page has shown it, so that a reload does not repeat it (X10)."""
    if NOTICE_COOKIE in request.cookies and response.status_code < 300:
        response.delete_cookie(NOTICE_COOKIE, path=current_state.settings.url_prefix)
    return response
