"""What the officer's list shows, as frozen values: names beside the log's own references."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import request, url_for

from wilma_ext.blueprints.area import area, surroundings
from wilma_ext.blueprints.event_label import event_label, outcome_label
from wilma_ext.blueprints.label import role_label
from wilma_ext.blueprints.visit import gettext
from wilma_ext.identity import OfficeHolder
from wilma_ext.oversight.event import Outcome
from wilma_ext.oversight.pupil import pupil_names
from wilma_ext.oversight.search import LoggedEvent, LogPage, Verification
from wilma_ext.rights.person import display_names
from wilma_ext.state import current_state
from wilma_ext.work import Work

#: What of the address goes along to another page of the list.
_KEPT = ("since", "until", "actor", "pupil", "group", "outcome")


def frame_of(work: Work, holder: OfficeHolder) -> dict[str, Any]:
    """Return the frame of every page of the role."""
    endpoint, handle = "wilma_ext.oversight.events", holder.provider_handle
    return {
        **surroundings(work, holder.provider_ref, area(gettext("Log"), endpoint, provider=handle)),
        "log_url": url_for(endpoint, provider=handle),
        "verify_url": url_for("wilma_ext.oversight.verify", provider=handle),
    }


@dataclass(frozen=True)
class EventRow:
    """One event of the list."""

    sequence: int
    at: datetime
    actor: str
    role: str
    pupil: str
    event: str
    outcome: str
    denied: bool
    url: str


@dataclass(frozen=True)
class ShownLog:
    """A page of the list with the ways to its neighbours."""

    rows: tuple[EventRow, ...]
    newer_url: str
    older_url: str


def shown_log(work: Work, holder: OfficeHolder, log: LogPage) -> ShownLog:
    """Return the events with the names that the school system knows today."""
    actors, pupils = names_for(work, holder.provider_ref, log.events)
    rows = tuple(_row(holder, event, actors, pupils) for event in log.events)
    newer = older = ""
    if log.events:
        newer = _beside(holder, after=log.events[0].sequence) if log.newer else ""
        older = _beside(holder, before=log.events[-1].sequence) if log.older else ""
    return ShownLog(rows, newer, older)


def names_for(
    work: Work, provider_ref: str, events: tuple[LoggedEvent, ...]
) -> tuple[dict[str, str], dict[str, str]]:
    """Return the names of actors and of pupils."""
    register = current_state.register
    actors = frozenset(event.actor_ref for event in events)
    pupils = frozenset(event.pupil_ref for event in events if event.pupil_ref)
    return (
        display_names(work, register, actors),
        pupil_names(work, register, provider_ref, pupils),
    )


def _row(
    holder: OfficeHolder,
    event: LoggedEvent,
    actors: Mapping[str, str],
    pupils: Mapping[str, str],
) -> EventRow:
    pupil = event.pupil_ref or ""
    return EventRow(
        event.sequence,
        event.at,
        actors.get(event.actor_ref, event.actor_ref),
        role_label(event.actor_role),
        pupils.get(pupil, pupil),
        event_label(event.event),
        outcome_label(event.outcome),
        event.outcome == Outcome.DENIED,
        url_for(
            "wilma_ext.oversight.event",
            provider=holder.provider_handle,
            sequence=event.sequence,
        ),
    )


def _beside(holder: OfficeHolder, **place: int) -> str:
    """Return the same search from another place on."""
    kept: dict[str, Any] = {k: v for k, v in request.args.items() if k in _KEPT}
    kept |= {"provider": holder.provider_handle, **place}
    return url_for("wilma_ext.oversight.events", **kept)


@dataclass(frozen=True)
class ChainState:
    """How far the chain was last found whole."""

    length: int
    checked: int
    at: datetime | None
    bad_sequence: int | None


def chain_state(length: int, last: Verification | None) -> ChainState:
    """Return the state for the list; None where nobody has verified lately."""
    if last is None:
        return ChainState(length, 0, None, None)
    return ChainState(length, last.checked, last.at, last.bad_sequence)
