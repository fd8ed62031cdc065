"""A recorded decision about one pupil, whatever it decides: held, found, listed, ended, told."""

from typing import TypeVar

from sqlalchemy import select

from wilma_ext.errors import Conflict, NotFound
from wilma_ext.models import CapacityDecision, GuardianDecision
from wilma_ext.oversight.event import Actor, Event, Recorded
from wilma_ext.work import Work

Decision = TypeVar("Decision", CapacityDecision, GuardianDecision)


def hold_pupil(work: Work, provider_ref: str, pupil_ref: str) -> None:
    """Hold the provider, then the pupil: no other act on the pupil comes between."""
    work.lock_provider(provider_ref)
    work.lock_pupil(provider_ref, pupil_ref, exclusive=True)


def decision_of(
    work: Work, kind: type[Decision], provider_ref: str, pupil_ref: str, decision_id: str
) -> Decision:
    """Return the decision about this very pupil, or `NotFound`."""
    row = work.session.get(kind, decision_id, populate_existing=True)
    if row is None or (row.provider_ref, row.pupil_ref) != (provider_ref, pupil_ref):
        raise NotFound("no such decision")
    return row


def decisions(
    work: Work, kind: type[Decision], provider_ref: str, pupil_ref: str
) -> list[Decision]:
    """Return every decision of the kind about the pupil, ended ones too, the newest first."""
    statement = (
        select(kind)
        .where(kind.provider_ref == provider_ref, kind.pupil_ref == pupil_ref)
        .order_by(kind.valid_from.desc(), kind.id)
    )
    return list(work.session.scalars(statement))


def end_decision(
    work: Work, kind: type[Decision], provider_ref: str, pupil_ref: str, decision_id: str
) -> Decision:
    """End the decision now and return it, or `Conflict` where it has ended."""
    hold_pupil(work, provider_ref, pupil_ref)
    at = work.now()
    row = decision_of(work, kind, provider_ref, pupil_ref, decision_id)
    if row.valid_until is not None and row.valid_until <= at:
        raise Conflict("already ended")
    row.valid_until = at
    work.session.flush()
    return row


def tell(work: Work, event: Event, actor: Actor, row: Decision, **more: object) -> None:
    """Record what happened to the decision."""
    data = {"decision": row.id, **more}
    work.record(Recorded(row.provider_ref, event, actor, data=data, pupil_ref=row.pupil_ref))
