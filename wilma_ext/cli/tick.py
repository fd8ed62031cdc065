"""`tick`: the periodic work, for cron (design D5)."""

from dataclasses import asdict
from typing import Any

import click
from flask.cli import with_appcontext

from wilma_ext.cli.failure import EXPECTED, FAILED, NotUnderstood, failure_of
from wilma_ext.cli.output import json_option, show
from wilma_ext.cli.rest import rested_work
from wilma_ext.rights.noticing.tick import Ticked, tick
from wilma_ext.rights.provider import providers
from wilma_ext.state import current_state

_WORDS = {
    "pupils": "pupils looked at",
    "changes_noticed": "changes noticed in the school system",
    "pairs_closed": "enabled pairs closed whose consent has ended",
    "ends_told": "ended consents told to the host",
    "conflicts_told": "new disagreements told to the host",
    "runs_finished": "bulk runs left behind and finished now",
}


@click.command("tick")
@with_appcontext
@click.option("--provider", "ref", metavar="REF", help="This provider only; all by default.")
@json_option
def tick_command(ref: str | None, as_json: bool) -> None:
    """Notice changes of the register, close what has lapsed, and tell the host by signals.

    To be run by cron at least once a day. Running it again does nothing twice; a second run at
    the same moment waits for its turn. A provider that fails keeps no other from its turn, and
    the command then ends with 1.
    """
    told = [_one(provider_ref) for provider_ref in _refs(ref)]
    show(told, "\n".join(_line(item) for item in told) or "No provider.", as_json=as_json)
    if any(item["error"] for item in told):
        click.get_current_context().exit(FAILED)


def _refs(ref: str | None) -> list[str]:
    with current_state.work() as work:
        known = [row.ref for row in providers(work)]
    if ref is not None and ref not in known:
        raise NotUnderstood(f"no provider {ref[:40]!r} uses the plugin")
    return known if ref is None else [ref]


def _one(provider_ref: str) -> dict[str, Any]:
    done, error = Ticked(), None
    try:
        done = tick(rested_work, current_state.register, provider_ref)
    except EXPECTED as problem:
        error = failure_of(problem).message
    return {"provider": provider_ref, **asdict(done), "error": error}


def _line(item: dict[str, Any]) -> str:
    if item["error"]:
        return f"provider {item['provider']}: FAILED: {item['error']}"
    counts = ", ".join(f"{item[key]} {words}" for key, words in _WORDS.items())
    return f"provider {item['provider']}: {counts}"
