"""Views of bulk runs: progress, going on, stopping, the result, and taking it back (S7-S10)."""

from typing import Any

from flask import request

from wilma_ext.blueprints.guard import permit
from wilma_ext.blueprints.page import Download, Onwards, Outcome, Page
from wilma_ext.blueprints.permission import Permission
from wilma_ext.blueprints.secretary import run_view
from wilma_ext.blueprints.secretary.forms import RunForm
from wilma_ext.blueprints.secretary.frame import secretary_frame
from wilma_ext.blueprints.secretary.office import actor_of
from wilma_ext.blueprints.table_file import CSV_TYPE, XLSX_TYPE, csv_bytes, xlsx_bytes
from wilma_ext.errors import Invalid
from wilma_ext.identity import OfficeHolder
from wilma_ext.opaque_id import is_own_id, new_id
from wilma_ext.oversight.event import Event, Recorded
from wilma_ext.rights.desk.bulk import advance, cancel_run
from wilma_ext.rights.desk.bulk_run import (
    ItemOutcome,
    Run,
    RunKind,
    RunState,
    items_of,
    run_of,
    runs_of,
    undone_by,
)
from wilma_ext.rights.desk.bulk_start import start_again, start_undoing
from wilma_ext.rights.person import display_names
from wilma_ext.state import current_state
from wilma_ext.work import Work

#: How many pupils the page of a result names; the files name all.
NAMED = 100


@permit(Permission.ACTIVATION_SEE)
def runs(work: Work, holder: OfficeHolder) -> Outcome:
    """List the latest runs about the own schools; one that was left can be gone on with."""
    found = runs_of(work, holder.provider_ref, holder.school_refs)
    people = frozenset(run.started_by for run in found)
    names = display_names(work, current_state.register, people)
    context = {
        "provider": holder.provider_handle,
        "lines": [run_view.line(run, names) for run in found],
    }
    return Page("secretary/runs.html", {**context, **secretary_frame(work, holder)})


@permit(Permission.ACTIVATION_SEE)
def run_page(work: Work, holder: OfficeHolder, run: str) -> Outcome:
    """Show how far the run is, or what became of everybody; looking changes nothing."""
    found = run_of(work, holder.provider_ref, run, holder.school_refs)
    running = found.state == RunState.RUNNING
    context: dict[str, Any] = {
        "provider": holder.provider_handle,
        "run": found,
        "running": running,
        "title": run_view.title(found),
        "told": run_view.progress(found),
        "state": run_view.state(found),
        "form": RunForm.of(_purpose("drive", run)),
        **secretary_frame(work, holder),
    }
    if not running:
        context |= _result(work, holder, found)
    return Page("secretary/run.html", context)


def _result(work: Work, holder: OfficeHolder, run: Run) -> dict[str, Any]:
    left = [item for item in items_of(work, run.id) if item.outcome != ItemOutcome.DONE]
    again = RunForm.of(_purpose("start", run.id), run=new_id())
    done, failed = (
        run.counts.get(outcome, 0) for outcome in (ItemOutcome.DONE, ItemOutcome.FAILED)
    )
    return {
        "figures": run_view.figures(run),
        "items": run_view.items(work, run, left[:NAMED], holder.school_refs),
        "more": max(0, len(left) - NAMED),
        "again": again,
        "failed": failed,
        "undo": done if run.kind == RunKind.ENABLE and not undone_by(work, run.id) else 0,
    }


@permit(Permission.ACTIVATION_CHANGE)
def go_on(work: Work, holder: OfficeHolder, run: str) -> Outcome:
    """Treat the next chunk; the script of the page presses this by itself (S7)."""
    _require(RunForm.of(_purpose("drive", run)))
    advance(
        work,
        current_state.register,
        actor=actor_of(holder),
        provider_ref=holder.provider_ref,
        run_id=run,
        school_refs=holder.school_refs,
    )
    return _to(holder, run)


@permit(Permission.ACTIVATION_CHANGE)
def cancel(work: Work, holder: OfficeHolder, run: str) -> Outcome:
    """Stop the run between two chunks; what was done stays and is told (S8)."""
    _require(RunForm.of(_purpose("drive", run)))
    cancel_run(
        work,
        actor=actor_of(holder),
        provider_ref=holder.provider_ref,
        run_id=run,
        school_refs=holder.school_refs,
    )
    return _to(holder, run)


@permit(Permission.ACTIVATION_CHANGE)
def undo(work: Work, holder: OfficeHolder, run: str) -> Outcome:
    """Disable again those whom the run enabled and nobody has touched since (S10)."""
    return _another(work, holder, run, start_undoing)


@permit(Permission.ACTIVATION_CHANGE)
def again(work: Work, holder: OfficeHolder, run: str) -> Outcome:
    """Try once more those for whom the run failed (S9)."""
    return _another(work, holder, run, start_again)


def _another(work: Work, holder: OfficeHolder, run: str, begin: Any) -> Outcome:
    _require(RunForm.of(_purpose("start", run)))
    found = run_of(work, holder.provider_ref, run, holder.school_refs)
    new = _new_id(request.form.get("run", ""))
    return _to(holder, begin(work, actor=actor_of(holder), run=found, run_id=new))


@permit(Permission.ACTIVATION_SEE)
def run_csv(work: Work, holder: OfficeHolder, run: str) -> Outcome:
    """Give the result as CSV (S9)."""
    head, rows = _table(work, holder, run)
    return Download("result.csv", CSV_TYPE, csv_bytes(head, rows))


@permit(Permission.ACTIVATION_SEE)
def run_xlsx(work: Work, holder: OfficeHolder, run: str) -> Outcome:
    """Give the result as XLSX (S9)."""
    head, rows = _table(work, holder, run)
    return Download("result.xlsx", XLSX_TYPE, xlsx_bytes(head, rows))


def _table(work: Work, holder: OfficeHolder, run: str) -> tuple[list[str], list[list[str]]]:
    """The result as a table; taking it along is recorded (R14)."""
    found = run_of(work, holder.provider_ref, run, holder.school_refs)
    items = items_of(work, found.id)
    data = {"list": "bulk_run", "count": len(items)}
    event = Recorded(holder.provider_ref, Event.CONSENT_LISTED, actor_of(holder), data=data)
    work.record(event)
    return run_view.table(work, found, items, holder.school_refs)


def _purpose(*parts: str) -> str:
    return "|".join(("run", *parts))


def _new_id(sent: str) -> str:
    """The id that the page was given; another text of the form is not taken for one."""
    if not is_own_id(sent):
        raise Invalid("form_expired")
    return sent


def _require(form: Any) -> None:
    if not form.accepted():
        raise Invalid("form_expired")


def _to(holder: OfficeHolder, run: str) -> Onwards:
    return Onwards("wilma_ext.secretary.run", {"provider": holder.provider_handle, "run": run})
