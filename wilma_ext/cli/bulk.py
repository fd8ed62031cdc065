"""`bulk list|run`: runs that a closed browser left behind, and going on with one."""

import io
import sys
from typing import Any

import click
from flask.cli import AppGroup

from wilma_ext.cli.failure import Failure
from wilma_ext.cli.operator import operator_option
from wilma_ext.cli.output import iso, json_option, show
from wilma_ext.cli.rest import rested_work
from wilma_ext.errors import Conflict
from wilma_ext.oversight.event import Actor
from wilma_ext.rights.desk.bulk import advance
from wilma_ext.rights.desk.bulk_run import ItemOutcome, Run, RunState, run_of, runs_of
from wilma_ext.state import current_state

bulk = AppGroup("bulk", help="Bulk runs of the school secretaries: listed, and gone on with.")
_PROVIDER = click.option("--provider", "ref", required=True, metavar="REF", help="The provider.")


@bulk.command("list")
@_PROVIDER
@json_option
def list_runs(ref: str, as_json: bool) -> None:
    """Print the latest runs, the newest first."""
    with current_state.work() as work:
        found = runs_of(work, ref, None)
    lines = [
        f"{run.id}  {run.kind}  {run.state}  {run.treated} of {run.total}  {iso(run.created_at)}"
        for run in found
    ]
    text = "\n".join(lines) or "There is no bulk run."
    show([_told(run) for run in found], text, as_json=as_json)


@bulk.command("run")
@_PROVIDER
@operator_option
@click.argument("run_id", metavar="RUN")
@json_option
def go_on(ref: str, operator: Actor, run_id: str, as_json: bool) -> None:
    """Go on with a run until it is finished; safe beside a browser that does the same."""
    with current_state.work() as work:
        run = run_of(work, ref, run_id, None)
    watched = sys.stderr.isatty() and not as_json
    told = sys.stderr if watched else io.StringIO()  # click before 8.2 cannot hide a bar
    with click.progressbar(length=run.total, label=str(run.kind), file=told) as bar:
        bar.update(run.treated)
        while run.state == RunState.RUNNING:
            before = run.treated
            run = _chunk(ref, run_id, operator)
            bar.update(run.treated - before)
    counts = {outcome.value: run.counts.get(outcome, 0) for outcome in ItemOutcome}
    words = ", ".join(f"{number} {outcome}" for outcome, number in counts.items())
    show(_told(run), f"{run.state}: {words}", as_json=as_json)
    if run.counts.get(ItemOutcome.FAILED):
        raise Failure("some pupils failed")


def _chunk(ref: str, run_id: str, operator: Actor) -> Run:
    """One chunk is one transaction; who collides with a secretary tries again."""
    try:
        with rested_work() as work:
            return advance(
                work,
                current_state.register,
                actor=operator,
                provider_ref=ref,
                run_id=run_id,
            )
    except Conflict:
        with current_state.work() as work:
            return run_of(work, ref, run_id, None)


def _told(run: Run) -> dict[str, Any]:
    return {
        "run": run.id,
        "kind": run.kind.value,
        "state": run.state.value,
        "total": run.total,
        "started_by": run.started_by,
        "created_at": iso(run.created_at),
        "finished_at": iso(run.finished_at),
        **{outcome.value: run.counts.get(outcome, 0) for outcome in ItemOutcome},
    }
