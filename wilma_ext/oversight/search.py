"""Searching one provider's log: filters in SQL, paged by position (D1-D8)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select

from wilma_ext.errors import NotFound
from wilma_ext.models import AuditEvent, AuditHead
from wilma_ext.oversight.event import Event
from wilma_ext.work import Work

#: Group -> its events; every event is in one group.
EVENT_GROUPS: Mapping[str, tuple[Event, ...]] = {
    "look_up": (
        Event.LOOK_UP_OPENED,
        Event.LOOK_UP_SHOWN,
        Event.LOOK_UP_DENIED,
        Event.PUPILS_LISTED,
    ),
    "consent": (
        Event.CONSENT_ANSWERED,
        Event.CONSENT_WITHDRAWN,
        Event.CAPACITY_RECORDED,
        Event.CAPACITY_ENDED,
        Event.GUARDIAN_RECORDED,
        Event.GUARDIAN_ENDED,
        Event.CHANGE_OBSERVED,
        Event.CONSENT_LISTED,
    ),
    "activation": (
        Event.ACTIVATION_STARTED,
        Event.ACTIVATION_ENDED,
        Event.BULK_STARTED,
        Event.BULK_FINISHED,
        Event.BULK_CANCELLED,
    ),
    "membership": (
        Event.GROUP_CREATED,
        Event.MEMBERSHIP_STARTED,
        Event.MEMBERSHIP_ENDED,
        Event.ASSIGNMENT_STARTED,
        Event.ASSIGNMENT_ENDED,
        Event.EXCEPTION_RECORDED,
        Event.EXCEPTION_ENDED,
    ),
    "matrix": (Event.MATRIX_PUBLISHED,),
    "setting": (
        Event.PROVIDER_CREATED,
        Event.POLICY_CHANGED,
        Event.AGREEMENT_RECORDED,
        Event.FORM_PUBLISHED,
        Event.NOTE_TYPES_CHANGED,
        Event.HAND_OFF_CHANGED,
    ),
    "audit": (Event.AUDIT_READ, Event.LOG_EXTRACT_SHOWN),
}

PAGE = 50
#: So many readings of the log are looked through for the last verification.
_MOST_READINGS = 200


@dataclass(frozen=True)
class LogFilter:
    """What is searched for; None does not narrow, an empty set finds nothing."""

    since: datetime | None = None
    until: datetime | None = None
    actor_refs: frozenset[str] | None = None
    pupil_refs: frozenset[str] | None = None
    group: str = ""
    outcome: str = ""


@dataclass(frozen=True)
class LoggedEvent:
    """One event of the log, as its searchable projection tells it."""

    sequence: int
    at: datetime
    event: str
    actor_ref: str
    actor_role: str
    pupil_ref: str | None
    outcome: str


@dataclass(frozen=True)
class LogPage:
    """Some events, newest first, and whether there are more on either side."""

    events: tuple[LoggedEvent, ...]
    newer: bool
    older: bool


def find_events(
    work: Work,
    provider_ref: str,
    wanted: LogFilter,
    *,
    before: int | None = None,
    after: int | None = None,
) -> LogPage:
    """Return a page of the provider's events: the newest, or those next to a position."""
    statement = _filtered(provider_ref, wanted)
    if after is not None:
        nearest = statement.where(AuditEvent.sequence > after).order_by(AuditEvent.sequence)
        rows = _read(work, nearest)
        return LogPage(tuple(reversed(rows[:PAGE])), newer=len(rows) > PAGE, older=True)
    if before is not None:
        statement = statement.where(AuditEvent.sequence < before)
    rows = _read(work, statement.order_by(AuditEvent.sequence.desc()))
    return LogPage(tuple(rows[:PAGE]), newer=before is not None, older=len(rows) > PAGE)


def _read(work: Work, statement: Select[Any]) -> list[LoggedEvent]:
    return [LoggedEvent(*row) for row in work.session.execute(statement.limit(PAGE + 1))]


def _filtered(provider_ref: str, wanted: LogFilter) -> Select[Any]:
    event = AuditEvent
    columns = [getattr(event, name) for name in LoggedEvent.__dataclass_fields__]
    statement: Select[Any] = select(*columns).where(event.provider_ref == provider_ref)
    if wanted.since is not None:
        statement = statement.where(event.at >= wanted.since)
    if wanted.until is not None:
        statement = statement.where(event.at < wanted.until)
    if wanted.actor_refs is not None:
        statement = statement.where(event.actor_ref.in_(wanted.actor_refs))
    if wanted.pupil_refs is not None:
        statement = statement.where(event.pupil_ref.in_(wanted.pupil_refs))
    if wanted.group:
        statement = statement.where(event.event.in_(EVENT_GROUPS[wanted.group]))
    if wanted.outcome:
        statement = statement.where(event.outcome == wanted.outcome)
    return statement


def event_document(work: Work, provider_ref: str, sequence: int) -> dict[str, Any]:
    """Return everything that is stored of one event, or `NotFound`."""
    if sequence >= 2**63:
        raise NotFound("no such event")
    canon = work.session.scalar(
        select(AuditEvent.canon).where(
            AuditEvent.provider_ref == provider_ref, AuditEvent.sequence == sequence
        )
    )
    if canon is None:
        raise NotFound("no such event")
    document: dict[str, Any] = json.loads(canon)
    return document


def log_length(work: Work, provider_ref: str) -> int:
    """Return the number of the provider's last event."""
    head = select(AuditHead.sequence).where(AuditHead.provider_ref == provider_ref)
    return work.session.scalar(head) or 0


@dataclass(frozen=True)
class Verification:
    """A walk along the chain that the log tells of."""

    at: datetime
    checked: int
    bad_sequence: int | None


def last_verification(work: Work, provider_ref: str) -> Verification | None:
    """Return the latest verification among the recent readings of the log."""
    event = AuditEvent
    rows = work.session.execute(
        select(event.at, event.canon)
        .where(event.provider_ref == provider_ref, event.event == Event.AUDIT_READ)
        .order_by(event.sequence.desc())
        .limit(_MOST_READINGS)
    )
    for at, canon in rows:
        data = json.loads(canon)["data"]
        if data["filter"].get("act") == "verify":
            bad = data["filter"].get("bad")
            return Verification(at, data["count"], int(bad) if bad else None)
    return None


def actors_in_log(work: Work, provider_ref: str, refs: frozenset[str]) -> frozenset[str]:
    """Return those of the persons who have acted in this provider's log."""
    statement = (
        select(AuditEvent.actor_ref)
        .where(AuditEvent.provider_ref == provider_ref, AuditEvent.actor_ref.in_(refs))
        .distinct()
    )
    return frozenset(work.session.scalars(statement))
