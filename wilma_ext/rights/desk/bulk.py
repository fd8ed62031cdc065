"""Bulk runs: one act on many pupils, in chunks that each stand by themselves (D13).

A run is a row, its pupils are rows; a chunk is one transaction that looks at the consents again.
So a run survives a closed browser and a crash, and nobody is done twice whoever drives it.
"""

from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.exc import DataError, IntegrityError

from wilma_ext.errors import Conflict, NotFound
from wilma_ext.models import BulkItem, BulkRun
from wilma_ext.oversight.event import Actor, Event, Recorded
from wilma_ext.register import SchoolRegister
from wilma_ext.rights.desk.bulk_act import Act, Acted, Pupils, closing, enabling, undoing
from wilma_ext.rights.desk.bulk_run import (
    ItemOutcome,
    ItemReason,
    Run,
    RunKind,
    RunState,
    run_of,
)
from wilma_ext.rights.desk.bulk_start import hold_desk
from wilma_ext.work import Work

#: Pupils of one transaction: so few that a guardian who withdraws meanwhile waits for a moment.
CHUNK = 50


def advance(
    work: Work,
    register: SchoolRegister,
    *,
    actor: Actor,
    provider_ref: str,
    run_id: str,
    school_refs: frozenset[str] | None = None,
    size: int = CHUNK,
) -> Run:
    """Treat the next chunk of a run and return how far it is; a run that is over stays as it is.

    The actor is whoever drives it. Drivers take turns at the desk's lock, so each finds what the
    one before has left; on SQLite the transaction itself is that lock.
    """
    hold_desk(work, provider_ref)
    run = run_of(work, provider_ref, run_id, school_refs)
    if run.state != RunState.RUNNING:
        return run
    items = _next(work, run_id, size)
    act, alone = _ACTS[run.kind]
    for item in sorted(items, key=lambda item: item.pupil_ref):
        work.lock_pupil(provider_ref, item.pupil_ref, exclusive=alone)
    _note(work, items, _acted(work, register, actor, run, items, act))
    work.session.flush()
    if len(items) < size:
        _finish(work, actor, provider_ref, run_id)
    return run_of(work, provider_ref, run_id, school_refs)


#: Kind -> what is done, and whether the pupil is held alone: ending a right waits for look-ups.
_ACTS: Mapping[RunKind, tuple[Act, bool]] = {
    RunKind.ENABLE: (enabling, False),
    RunKind.UNDO: (undoing, True),
    RunKind.CLOSE: (closing, True),
}


def _next(work: Work, run_id: str, size: int) -> list[BulkItem]:
    statement = (
        select(BulkItem)
        .where(BulkItem.run_id == run_id, BulkItem.outcome.is_(None))
        .order_by(BulkItem.position)
        .limit(size)
        .execution_options(populate_existing=True)
    )
    return list(work.session.scalars(statement))


def _acted(
    work: Work,
    register: SchoolRegister,
    actor: Actor,
    run: Run,
    items: Sequence[BulkItem],
    act: Act,
) -> dict[str, Acted]:
    """Act on all at once; where that fails on each alone, so that one pupil stops nobody else."""
    pupils = {item.pupil_ref: item.activation_id for item in items}
    try:
        with work.attempt():
            return act(work, register, actor, run, pupils)
    except _OF_ONE_PUPIL:
        return {
            ref: _alone(lambda one: act(work, register, actor, run, one), work, ref, activation_id)
            for ref, activation_id in pupils.items()
        }


#: What may be wrong with one pupil; a database that does not answer is nobody's, and is told.
_OF_ONE_PUPIL = (IntegrityError, DataError, Conflict, NotFound)


def _alone(
    act: Callable[[Pupils], dict[str, Acted]], work: Work, ref: str, activation_id: str | None
) -> Acted:
    try:
        with work.attempt():
            return act({ref: activation_id})[ref]
    except _OF_ONE_PUPIL:
        return Acted(ItemOutcome.FAILED, ItemReason.ERROR)


def _note(work: Work, items: Sequence[BulkItem], done: Mapping[str, Acted]) -> None:
    at = work.now()
    for item in items:
        acted = done[item.pupil_ref]
        item.outcome = acted.outcome.value
        item.reason = acted.reason.value if acted.reason else None
        item.activation_id = acted.activation_id or item.activation_id
        item.done_at = at


def _finish(work: Work, actor: Actor, provider_ref: str, run_id: str) -> None:
    run = run_of(work, provider_ref, run_id, None)
    _end(work, run_id, RunState.FINISHED)
    counts = {outcome.value: run.counts.get(outcome, 0) for outcome in ItemOutcome}
    data = {"run": run_id, **counts}
    work.record(Recorded(provider_ref, Event.BULK_FINISHED, actor, data=data))


def cancel_run(
    work: Work,
    *,
    actor: Actor,
    provider_ref: str,
    run_id: str,
    school_refs: frozenset[str] | None,
) -> Run:
    """Stop a run between two chunks; what was done stays (S8)."""
    hold_desk(work, provider_ref)
    work.now()
    run = run_of(work, provider_ref, run_id, school_refs)
    if run.state != RunState.RUNNING:
        return run
    _end(work, run_id, RunState.CANCELLED)
    data = {"run": run_id, "done": run.treated, "left": run.left}
    work.record(Recorded(provider_ref, Event.BULK_CANCELLED, actor, data=data))
    return run_of(work, provider_ref, run_id, school_refs)


def _end(work: Work, run_id: str, state: RunState) -> None:
    row = work.session.get_one(BulkRun, run_id)
    row.state, row.finished_at = state.value, work.now()
    work.session.flush()
