"""`decider show|record-capacity|end-capacity|record-guardian|end-guardian`: who decides (R6)."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

import click
from flask.cli import AppGroup

from wilma_ext.cli.failure import NotUnderstood
from wilma_ext.cli.operator import operator_option
from wilma_ext.cli.output import iso, json_option, show
from wilma_ext.clock import midnight
from wilma_ext.oversight.event import Actor
from wilma_ext.rights.decider.capacity import capacity_decisions, end_capacity, record_capacity
from wilma_ext.rights.decider.deciding import Deciding, deciding_of
from wilma_ext.rights.decider.guardian_decision import (
    end_guardian,
    guardian_decisions,
    record_guardian,
)
from wilma_ext.rights.person import pupil_of
from wilma_ext.state import current_state
from wilma_ext.vocabulary import Decider

Command = TypeVar("Command", bound=Callable[..., Any])

decider = AppGroup("decider", help="Who decides about a pupil: shown, and decisions recorded.")


def _place(command: Command) -> Command:
    pupil = click.option("--pupil", "pupil_ref", required=True, metavar="REF", help="The pupil.")
    provider = click.option(
        "--provider",
        "provider_ref",
        required=True,
        metavar="REF",
        help="The provider that has the pupil.",
    )
    return provider(pupil(command))


def _grounds(command: Command) -> Command:
    """Give a command that records a decision what it stands on, its last day, and who acts."""
    last_day = click.option(
        "--last-day",
        "valid_until",
        callback=_end_of,
        metavar="DAY",
        help="As 2027-07-31; none: open.",
    )
    document = click.option(
        "--document", required=True, help="The reference of the decision itself."
    )
    reason = click.option("--reason", required=True, help="Only main users see it.")
    return reason(document(last_day(operator_option(json_option(command)))))


def _ending(command: Command) -> Command:
    """Give a command that ends a decision its pupil, the decision, and who acts."""
    decision = click.argument("decision")
    return _place(decision(operator_option(json_option(command))))


def _end_of(
    _context: click.Context, _parameter: click.Parameter, day: str | None
) -> datetime | None:
    """The last day is a part of the period."""
    if day is None:
        return None
    try:
        return midnight(date.fromisoformat(day) + timedelta(days=1))
    except (ValueError, OverflowError) as error:
        raise NotUnderstood(f"{day[:40]!r} is not a day such as 2027-07-31") from error


@decider.command("show")
@_place
@json_option
def show_decider(provider_ref: str, pupil_ref: str, as_json: bool) -> None:
    """Print who decides about the pupil now, why, and every decision recorded on it."""
    register = current_state.register
    with current_state.work() as work:
        pupil = pupil_of(work, register, pupil_ref, provider_ref)
        now = deciding_of(work, register, pupil, work.now())
        capacity = [
            {**_shown(row), "decides": row.decides}
            for row in capacity_decisions(work, provider_ref, pupil_ref)
        ]
        guardian = [
            {**_shown(row), "person": row.person_ref}
            for row in guardian_decisions(work, provider_ref, pupil_ref)
        ]
    document = {**_now(now), "capacity_decisions": capacity, "guardian_decisions": guardian}
    lines = [f"{key}: {_told(value)}" for key, value in document.items()]
    show(document, "\n".join(lines), as_json=as_json)


@decider.command("record-capacity")
@_place
@click.option("--decides", required=True, type=click.Choice([word.value for word in Decider]))
@_grounds
def record_capacity_command(decides: str, **said: Any) -> None:
    """Record who decides for the pupil from now on, whatever the age; no answer is lost."""
    _record(record_capacity, decides=Decider(decides), **said)


@decider.command("end-capacity")
@_ending
def end_capacity_command(**said: Any) -> None:
    """End a decision on who decides now: an earlier one in force, or the age, decides again."""
    _end(end_capacity, **said)


@decider.command("record-guardian")
@_place
@click.option(
    "--person", "person_ref", required=True, metavar="REF", help="Who decides as a guardian."
)
@_grounds
def record_guardian_command(**said: Any) -> None:
    """Record that a person decides as a guardian from now on, beside the pupil's guardians."""
    _record(record_guardian, **said)


@decider.command("end-guardian")
@_ending
def end_guardian_command(**said: Any) -> None:
    """End a decision on a guardian now: the person is a former guardian."""
    _end(end_guardian, **said)


def _record(act: Callable[..., str], operator: Actor, as_json: bool, **said: Any) -> None:
    with current_state.work() as work:
        decision = act(work, current_state.register, actor=operator, **said)
    show({"decision": decision}, f"Decision {decision} is in force.", as_json=as_json)


def _end(
    act: Callable[..., None], decision: str, operator: Actor, as_json: bool, **place: str
) -> None:
    with current_state.work() as work:
        act(work, actor=operator, decision_id=decision, **place)
    show({"decision": decision}, f"Decision {decision} has ended.", as_json=as_json)


def _now(now: Deciding) -> dict[str, Any]:
    return {
        "decides": now.stage.value if now.stage else None,
        "ground": now.ground.value,
        "entitled": [guardian.person_ref for guardian in now.entitled],
        "not_entitled": [g.person_ref for g in now.guardians if not g.entitled],
        "closed": now.closed,
    }


def _shown(row: Any) -> dict[str, Any]:
    return {
        "decision": row.id,
        "from": iso(row.valid_from),
        "until": iso(row.valid_until),
        "reason": row.reason,
        "document": row.document,
        "by": row.decided_by,
    }


def _told(value: Any) -> str:
    """Return a value in words: a list as lines of its own, nothing as a dash."""
    if not isinstance(value, list):
        return "-" if value is None else str(value)
    if not value:
        return "-"
    return "".join(f"\n  {_item(item)}" for item in value)


def _item(item: Any) -> str:
    pairs = item.items() if isinstance(item, dict) else ()
    return ", ".join(f"{key} {_told(value)}" for key, value in pairs) or str(item)
