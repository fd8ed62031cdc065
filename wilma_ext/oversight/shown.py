"""What the log tells of the look-ups of one pupil."""

import json

from sqlalchemy import select

from wilma_ext.models import AuditEvent
from wilma_ext.oversight.event import Event
from wilma_ext.work import Work


def categories_shown(work: Work, provider_ref: str, pupil_ref: str) -> dict[str, frozenset[str]]:
    """Return the categories that were really shown, by look-up.

    Each showing decides anew, so that one may show what the look-up did not open.
    """
    event = AuditEvent
    canons = work.session.scalars(
        select(event.canon).where(
            event.provider_ref == provider_ref,
            event.pupil_ref == pupil_ref,
            event.event == Event.LOOK_UP_SHOWN.value,
        )
    )
    found: dict[str, frozenset[str]] = {}
    for canon in canons:
        data = json.loads(canon)["data"]
        key = data["look_up"]
        found[key] = found.get(key, frozenset()) | frozenset(data["categories"])
    return found
