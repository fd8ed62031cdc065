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
    "paper_saved": ("success", lazy("What the paper says has been recorded.")),
    "withdrawn": ("success", lazy("The consent has been withdrawn. It took effect at once.")),
    "enabled": ("success", lazy("The welfare group has been enabled.")),
    "enabled_some": (
        "success",
        lazy("The welfare group has been enabled where consent was still in force."),
    ),
    "nobody_selected": ("error", lazy("Select at least one pupil.")),
    "nothing_enabled": ("error", lazy("Nobody was enabled. The consents had changed.")),
    "enabled_already": ("info", lazy("Somebody else had enabled the pupil already.")),
    "disabled_already": ("info", lazy("Somebody else had disabled the pupil already.")),
    "disabled": ("success", lazy("The welfare group has been disabled for the pupil.")),
    "member_added": ("success", lazy("The member has been added to the group.")),
    "member_ended": ("success", lazy("The membership has ended. Access ended at once.")),
    "published": ("success", lazy("The rights matrix has been published. It is in force now.")),
    "hand_offs_saved": ("success", lazy("The links have been saved.")),
    "note_types_saved": ("success", lazy("What the types mean has been saved.")),
    "form_draft_started": ("success", lazy("The draft has been started. It is in force nowhere.")),
    "form_draft_saved": ("success", lazy("The draft has been saved. It is in force nowhere.")),
    "form_draft_discarded": ("success", lazy("The draft has been thrown away.")),
    "form_draft_exists": ("error", lazy("There is a draft already. Go on with it.")),
    "form_published": ("success", lazy("The form has been published. It is in force now.")),
    "policy_saved": ("success", lazy("The policy has been changed. It is in force now.")),
    "capacity_recorded": ("success", lazy("The decision has been saved. It is in force now.")),
    "capacity_ended": ("success", lazy("The decision has ended.")),
    "guardian_recorded": ("success", lazy("The decision has been saved. It is in force now.")),
    "guardian_ended": ("success", lazy("The decision has ended.")),
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
