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
    pupil = click.option("--pupil", required=True, metavar="REF", help="The pupil.")
    provider = click.option(
        "--provider", "ref", required=True, metavar="REF", help="The provider that has the pupil."
    )
    return provider(pupil(command))


def _grounds(command: Command) -> Command:
    """Give a command that records a decision what it stands on, and its last day."""
    for option in (
        click.option("--last-day", callback=_end, metavar="DAY", help="As 2027-07-31; none: open."),
        click.option("--document", required=True, help="The reference of the decision itself."),
        click.option("--reason", required=True, help="Only main users see it."),
    ):
        command = option(command)
    return command


def _end(_context: click.Context, _parameter: click.Parameter, day: str | None) -> datetime | None:
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
def show_decider(ref: str, pupil: str, as_json: bool) -> None:
    """Print who decides about the pupil now, why, and every decision recorded on it."""
    register = current_state.register
    with current_state.work() as work:
        now = deciding_of(work, register, pupil_of(work, register, pupil, ref), work.now())
        capacity = [
            {**_decision(row), "decides": row.decides}
            for row in capacity_decisions(work, ref, pupil)
        ]
        guardian = [
            {**_decision(row), "person": row.person_ref}
            for row in guardian_decisions(work, ref, pupil)
        ]
    document = {**_now(now), "capacity_decisions": capacity, "guardian_decisions": guardian}
    lines = [f"{key}: {_told(value)}" for key, value in document.items()]
    show(document, "\n".join(lines), as_json=as_json)


@decider.command("record-capacity")
@_place
@click.option("--decides", required=True, type=click.Choice([word.value for word in Decider]))
@_grounds
@operator_option
@json_option
def record_capacity_command(
    ref: str, pupil: str, decides: str, operator: Actor, as_json: bool, **grounds: Any
) -> None:
    """Record who decides for the pupil from now on, whatever the age; no answer is lost."""
    with current_state.work() as work:
        decision = record_capacity(
            work,
            current_state.register,
            actor=operator,
            provider_ref=ref,
            pupil_ref=pupil,
            decides=Decider(decides),
            **_said(grounds),
        )
    _show_recorded(decision, as_json=as_json)


@decider.command("end-capacity")
@_place
@click.argument("decision")
@operator_option
@json_option
def end_capacity_command(
    ref: str, pupil: str, decision: str, operator: Actor, as_json: bool
) -> None:
    """End a decision on who decides now: an earlier one in force, or the age, decides again."""
    with current_state.work() as work:
        end_capacity(work, actor=operator, provider_ref=ref, pupil_ref=pupil, decision_id=decision)
    _show_ended(decision, as_json=as_json)


@decider.command("record-guardian")
@_place
@click.option("--person", required=True, metavar="REF", help="Who decides as a guardian.")
@_grounds
@operator_option
@json_option
def record_guardian_command(
    ref: str, pupil: str, person: str, operator: Actor, as_json: bool, **grounds: Any
) -> None:
    """Record that a person decides as a guardian from now on, beside the pupil's guardians."""
    with current_state.work() as work:
        decision = record_guardian(
            work,
            current_state.register,
            actor=operator,
            provider_ref=ref,
            pupil_ref=pupil,
            person_ref=person,
            **_said(grounds),
        )
    _show_recorded(decision, as_json=as_json)


@decider.command("end-guardian")
@_place
@click.argument("decision")
@operator_option
@json_option
def end_guardian_command(
    ref: str, pupil: str, decision: str, operator: Actor, as_json: bool
) -> None:
    """End a decision on a guardian now: the person is a former guardian."""
    with current_state.work() as work:
        end_guardian(work, actor=operator, provider_ref=ref, pupil_ref=pupil, decision_id=decision)
    _show_ended(decision, as_json=as_json)


def _said(grounds: dict[str, Any]) -> dict[str, Any]:
    return {
        "reason": grounds["reason"],
        "document": grounds["document"],
        "valid_until": grounds["last_day"],
    }


def _show_recorded(decision: str, *, as_json: bool) -> None:
    show({"decision": decision}, f"Decision {decision} is in force.", as_json=as_json)


def _show_ended(decision: str, *, as_json: bool) -> None:
    show({"decision": decision}, f"Decision {decision} has ended.", as_json=as_json)


def _now(now: Deciding) -> dict[str, Any]:
    return {
        "decides": now.stage.value if now.stage else None,
        "ground": now.ground.value,
        "entitled": [guardian.person_ref for guardian in now.entitled],
        "not_entitled": [g.person_ref for g in now.guardians if not g.entitled],
        "closed": now.closed,
    }


def _decision(row: Any) -> dict[str, Any]:
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
