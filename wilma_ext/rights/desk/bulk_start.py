"""Where a bulk run begins: its row and its pupils, written down once whoever asks (S6, S10)."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import insert

from wilma_ext.errors import Conflict, Invalid, NotFound
from wilma_ext.models import BulkItem, BulkRun
from wilma_ext.oversight.event import Actor, Event, Recorded
from wilma_ext.rights.desk.bulk_run import (
    ItemOutcome,
    Run,
    RunKind,
    RunState,
    items_of,
    undone_by,
)
from wilma_ext.rights.provider import insert_missing
from wilma_ext.work import Work


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
