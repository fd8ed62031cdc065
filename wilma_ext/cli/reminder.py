"""`reminder unanswered|expiring`: whom the host may remind, as names alone."""

from dataclasses import asdict
from typing import Any

import click
from flask.cli import AppGroup

from wilma_ext.cli.operator import ROLE
from wilma_ext.cli.output import json_option, show
from wilma_ext.oversight.event import Actor, Event, Recorded
from wilma_ext.rights.desk.reminder import SOON, Reminder, expiring, unanswered
from wilma_ext.rights.policy.policy import policy_at
from wilma_ext.state import current_state
from wilma_ext.work import Work

reminder = AppGroup("reminder", help="Pupils whose families the host may remind.")
_ACTOR = Actor(f"{ROLE}:reminder", ROLE)
_PROVIDER = click.option("--provider", "ref", required=True, metavar="REF", help="The provider.")


@reminder.command("unanswered")
@_PROVIDER
@json_option
def tell_unanswered(ref: str, as_json: bool) -> None:
    """Print the pupils whose deciders have not answered the form in force."""
    with current_state.work() as work:
        work.lock_provider(ref)
        policy_at(work, ref, work.now())
        found = unanswered(work, current_state.register, ref)
        _record(work, ref, "unanswered", len(found))
    _show(found, "Everybody has answered.", as_json=as_json)


@reminder.command("expiring")
@_PROVIDER
@click.option("--days", type=click.IntRange(1, 400), default=SOON, show_default=True)
@json_option
def tell_expiring(ref: str, days: int, as_json: bool) -> None:
    """Print the pupils of whom a living yes ends within the days."""
    with current_state.work() as work:
        work.lock_provider(ref)
        policy_at(work, ref, work.now())
        found = expiring(work, current_state.register, ref, days=days)
        _record(work, ref, "expiring", len(found))
    _show(found, "No consent ends so soon.", as_json=as_json)


def _record(work: Work, ref: str, name: str, count: int) -> None:
    """A list of names that leaves the system leaves a trace (R14)."""
    data = {"list": name, "count": count}
    work.record(Recorded(ref, Event.CONSENT_LISTED, _ACTOR, data=data))


def _show(found: list[Reminder], none: str, *, as_json: bool) -> None:
    lines = [_line(item) for item in found]
    show([_told(item) for item in found], "\n".join(lines) or none, as_json=as_json)


def _told(item: Reminder) -> dict[str, Any]:
    until = None if item.until is None else item.until.isoformat()
    return {**asdict(item), "people": list(item.people), "until": until}


def _line(item: Reminder) -> str:
    until = "" if item.until is None else f", until {item.until.isoformat()}"
    people = ", ".join(item.people) or "(names withheld)"
    return f"{item.school_name}, {item.group_name}, {item.pupil_name}: {people}{until}"
