"""One event in plain words first, then field by field as it is stored (D5)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from wilma_ext.blueprints.event_label import event_label, outcome_label
from wilma_ext.blueprints.label import role_label
from wilma_ext.blueprints.oversight.fact import Fact, facts_of
from wilma_ext.clock import utc
from wilma_ext.oversight.event import Outcome
from wilma_ext.oversight.pupil import pupil_names
from wilma_ext.rights.person import display_names
from wilma_ext.state import current_state
from wilma_ext.work import Work


@dataclass(frozen=True)
class ShownEvent:
    """An event as the officer reads it."""

    sequence: int
    title: str
    at: datetime
    at_utc: str
    actor: str
    role: str
    pupil: str
    outcome: str
    denied: bool
    facts: tuple[Fact, ...]
    fields: tuple[tuple[str, str], ...]


def shown_event(work: Work, provider_ref: str, document: Mapping[str, Any]) -> ShownEvent:
    """Return the event with today's names beside the references of its day."""
    at, actor, pupil = (
        utc(datetime.fromisoformat(document["at"])),
        document["actor"],
        document["pupil"],
    )
    register = current_state.register
    actors = display_names(work, register, frozenset({actor["ref"]}))
    pupils = pupil_names(work, register, provider_ref, frozenset({pupil} if pupil else ()))
    return ShownEvent(
        sequence=document["sequence"],
        title=event_label(document["event"]),
        at=at,
        at_utc=f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC",
        actor=actors.get(actor["ref"], actor["ref"]),
        role=role_label(actor["role"]),
        pupil=pupils.get(pupil, pupil) if pupil else "",
        outcome=outcome_label(document["outcome"]),
        denied=document["outcome"] == Outcome.DENIED,
        facts=facts_of(work, provider_ref, document["data"]),
        fields=tuple(_fields(document)),
    )


def _fields(document: Mapping[str, Any], within: str = "") -> list[tuple[str, str]]:
    """Return every stored field by its path, values as they are written."""
    fields: list[tuple[str, str]] = []
    for key, value in sorted(document.items()):
        name = f"{within}{key}"
        if isinstance(value, dict) and value:
            fields += _fields(value, f"{name}.")
        else:
            text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            fields.append((name, text))
    return fields
