"""The audit vocabulary: every event with the exact keys it carries; values are never prose."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Event(StrEnum):
    """What may happen; the values are storage and never change."""

    PROVIDER_CREATED = "provider:created"
    POLICY_CHANGED = "policy:changed"
    AGREEMENT_RECORDED = "agreement:recorded"
    GROUP_CREATED = "welfare_group:created"
    MEMBERSHIP_STARTED = "membership:started"
    MEMBERSHIP_ENDED = "membership:ended"
    ASSIGNMENT_STARTED = "assignment:started"
    ASSIGNMENT_ENDED = "assignment:ended"
    EXCEPTION_RECORDED = "exception:recorded"
    EXCEPTION_ENDED = "exception:ended"
    MATRIX_PUBLISHED = "matrix:published"
    FORM_PUBLISHED = "consent_form:published"
    CONSENT_ANSWERED = "consent:answered"
    CONSENT_WITHDRAWN = "consent:withdrawn"
    CAPACITY_RECORDED = "capacity_decision:recorded"
    CAPACITY_ENDED = "capacity_decision:ended"
    CHANGE_OBSERVED = "register_change:observed"
    GUARDIAN_RECORDED = "guardian_decision:recorded"
    GUARDIAN_ENDED = "guardian_decision:ended"
    CONSENT_LISTED = "consent:listed"
    ACTIVATION_STARTED = "activation:started"
    ACTIVATION_ENDED = "activation:ended"
    BULK_STARTED = "bulk_run:started"
    BULK_FINISHED = "bulk_run:finished"
    BULK_CANCELLED = "bulk_run:cancelled"
    LOOK_UP_OPENED = "look_up:opened"
    LOOK_UP_SHOWN = "look_up:shown"
    LOOK_UP_DENIED = "look_up:denied"
    PUPILS_LISTED = "look_up:listed"
    NOTE_TYPES_CHANGED = "note_types:changed"
    HAND_OFF_CHANGED = "hand_off:changed"
    AUDIT_READ = "audit:read"
    LOG_EXTRACT_SHOWN = "log_extract:shown"


#: Event -> the keys of its data, no more and no fewer.
KEYS: Mapping[Event, frozenset[str]] = {
    Event.PROVIDER_CREATED: frozenset({"name"}),
    Event.POLICY_CHANGED: frozenset({"version", "changed"}),
    Event.AGREEMENT_RECORDED: frozenset({"county", "document", "from", "until"}),
    Event.GROUP_CREATED: frozenset({"group", "county"}),
    Event.MEMBERSHIP_STARTED: frozenset({"membership", "person", "group", "profession"}),
    Event.MEMBERSHIP_ENDED: frozenset({"membership", "person"}),
    Event.ASSIGNMENT_STARTED: frozenset({"membership", "school", "until"}),
    Event.ASSIGNMENT_ENDED: frozenset({"membership", "school"}),
    Event.EXCEPTION_RECORDED: frozenset({"membership", "category", "effect"}),
    Event.EXCEPTION_ENDED: frozenset({"membership", "category", "effect"}),
    Event.MATRIX_PUBLISHED: frozenset({"group", "version", "before", "after"}),
    Event.FORM_PUBLISHED: frozenset({"form", "version", "county", "material"}),
    Event.CONSENT_ANSWERED: frozenset(
        {"answer", "giver", "capacity", "channel", "form", "language", "text", "yes", "no"}
    ),
    Event.CONSENT_WITHDRAWN: frozenset({"answer", "giver", "capacity", "channel", "pairs"}),
    Event.CAPACITY_RECORDED: frozenset({"decision", "decides", "document"}),
    Event.CAPACITY_ENDED: frozenset({"decision"}),
    Event.CHANGE_OBSERVED: frozenset({"kind"}),
    Event.GUARDIAN_RECORDED: frozenset({"decision", "person", "document"}),
    Event.GUARDIAN_ENDED: frozenset({"decision", "person"}),
    Event.CONSENT_LISTED: frozenset({"list", "count"}),
    Event.ACTIVATION_STARTED: frozenset({"activation", "group", "pairs"}),
    Event.ACTIVATION_ENDED: frozenset({"group", "pairs", "reason"}),
    Event.BULK_STARTED: frozenset({"run", "kind", "group", "total"}),
    Event.BULK_FINISHED: frozenset({"run", "done", "already", "skipped", "failed"}),
    Event.BULK_CANCELLED: frozenset({"run", "done", "left"}),
    Event.LOOK_UP_OPENED: frozenset({"look_up", "membership", "purpose", "categories"}),
    Event.LOOK_UP_SHOWN: frozenset({"look_up", "membership", "purpose", "categories"}),
    Event.LOOK_UP_DENIED: frozenset({"membership", "reasons"}),
    Event.PUPILS_LISTED: frozenset({"membership", "count", "search"}),
    Event.NOTE_TYPES_CHANGED: frozenset({"codes"}),
    Event.HAND_OFF_CHANGED: frozenset({"county", "addresses"}),
    Event.AUDIT_READ: frozenset({"filter", "count"}),
    Event.LOG_EXTRACT_SHOWN: frozenset({"count"}),
}


class Outcome(StrEnum):
    """Whether what was asked for happened."""

    DONE = "done"
    DENIED = "denied"


Value = str | int | bool | None | list[str] | dict[str, str]


@dataclass(frozen=True)
class Actor:
    """Who acts: a person in one role, or an operator at the command line."""

    ref: str
    role: str


@dataclass(frozen=True)
class Recorded:
    """An event on its way into the chain."""

    provider_ref: str
    event: Event
    actor: Actor
    data: Mapping[str, object] = field(default_factory=dict)
    pupil_ref: str | None = None
    outcome: Outcome = Outcome.DONE
    source: str = ""

    def __post_init__(self) -> None:
        if frozenset(self.data) != KEYS[self.event]:
            wrong = frozenset(self.data) ^ KEYS[self.event]
            raise ValueError(f"{self.event} has wrong keys: {sorted(wrong)}")
