"""Bulk runs: one act on many pupils, in chunks that each stand by themselves (D13).

A run is a row, its pupils are rows; a chunk is one transaction that looks at the consents again.
So a run survives a closed browser and a crash, and nobody is done twice whoever drives it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import insert, select
from sqlalchemy.exc import DataError, IntegrityError

from wilma_ext.errors import Conflict, Invalid, NotFound
from wilma_ext.models import BulkItem, BulkRun
from wilma_ext.oversight.event import Actor, Event, Recorded
from wilma_ext.register import SchoolRegister
from wilma_ext.rights.bulk_act import Act, Acted, Pupils, closing, enabling, undoing
from wilma_ext.rights.bulk_run import (
    ItemOutcome,
    ItemReason,
    Run,
    RunKind,
    RunState,
    items_of,
    run_of,
    undone_by,
)
from wilma_ext.rights.provider import insert_missing
from wilma_ext.work import Work

#: Pupils of one transaction: so few that a guardian who withdraws meanwhile waits for a moment.
CHUNK = 100


@dataclass(frozen=True)
class Start:
    """What a run is about; its id was made when the selection was shown, so that it starts once."""

    run_id: str
    provider_ref: str
    group_id: str
    kind: RunKind
    chosen_by: str
    undoes: str | None = None


def hold_desk(work: Work, provider_ref: str) -> None:
    """Take the locks of a start, before the instant of the work is asked for."""
    work.lock_provider(provider_ref)
    work.lock_desk(provider_ref)


def start_run(work: Work, *, actor: Actor, start: Start, pupils: Mapping[str, str | None]) -> str:
    """Write the run and its pupils down, in the order given; the same start again is the same run.

    A pupil may come with the activation that the run is about. Nothing is enabled yet.
    """
    if not pupils:
        raise Invalid("nobody_selected")
    hold_desk(work, start.provider_ref)
    known = work.session.get(BulkRun, start.run_id)
    if known is not None:
        if (known.provider_ref, known.started_by) != (start.provider_ref, actor.ref):
            raise NotFound("no such run")
        return known.id
    _write(work, actor, start, pupils)
    data = {
        "run": start.run_id,
        "kind": start.kind.value,
        "group": start.group_id,
        "total": len(pupils),
    }
    work.record(Recorded(start.provider_ref, Event.BULK_STARTED, actor, data=data))
    return start.run_id


def _write(work: Work, actor: Actor, start: Start, pupils: Mapping[str, str | None]) -> None:
    run = {
        "id": start.run_id,
        "provider_ref": start.provider_ref,
        "group_id": start.group_id,
        "kind": start.kind.value,
        "chosen_by": start.chosen_by,
        "total": len(pupils),
        "state": RunState.RUNNING.value,
        "started_by": actor.ref,
        "created_at": work.now(),
        "finished_at": None,
        "undoes": start.undoes,
    }
    work.session.execute(insert(BulkRun), [run])
    place = {"run_id": start.run_id, "provider_ref": start.provider_ref}
    items = [
        {**place, "pupil_ref": ref, "position": position, "activation_id": activation_id}
        for position, (ref, activation_id) in enumerate(pupils.items())
    ]
    work.session.execute(insert_missing(work, BulkItem), items)


def start_again(work: Work, *, actor: Actor, run: Run, run_id: str) -> str:
    """Start a run over the pupils for whom the run failed (S9)."""
    failed = items_of(work, run.id, ItemOutcome.FAILED)
    start = Start(run_id, run.provider_ref, run.group_id, run.kind, run.chosen_by, run.undoes)
    return start_run(
        work,
        actor=actor,
        start=start,
        pupils={item.pupil_ref: item.activation_id for item in failed},
    )


def start_undoing(work: Work, *, actor: Actor, run: Run, run_id: str) -> str:
    """Start a run that takes back what an enabling run opened and nobody has changed since (S10).

    A run is taken back once: the second to ask is led to the first one's run.
    """
    if run.kind != RunKind.ENABLE or run.state == RunState.RUNNING:
        raise Conflict("only a run that is over can be taken back")
    hold_desk(work, run.provider_ref)
    if known := undone_by(work, run.id):
        return known
    done = items_of(work, run.id, ItemOutcome.DONE)
    start = Start(run_id, run.provider_ref, run.group_id, RunKind.UNDO, run.chosen_by, run.id)
    return start_run(
        work,
        actor=actor,
        start=start,
        pupils={item.pupil_ref: item.activation_id for item in done},
    )


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
