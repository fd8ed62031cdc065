"""Capacity decisions: who decides for one pupil, whatever the age says (design 4.4)."""

from datetime import datetime

from sqlalchemy import or_, select

from wilma_ext.errors import Conflict, Invalid, NotFound
from wilma_ext.models import CapacityDecision, new_id
from wilma_ext.oversight.event import Actor, Event, Recorded
from wilma_ext.register import SchoolRegister
from wilma_ext.rights.person import pupil_of
from wilma_ext.vocabulary import Decider
from wilma_ext.work import Work


def record_capacity(
    work: Work,
    register: SchoolRegister,
    *,
    actor: Actor,
    provider_ref: str,
    pupil_ref: str,
    decides: Decider,
    reason: str,
    document: str,
    valid_until: datetime | None = None,
) -> str:
    """Record who decides for the pupil from now on; it replaces the age ladder, erases nothing."""
    if not reason.strip() or not document.strip():
        raise Invalid("capacity_reason", "reason")
    work.lock_provider(provider_ref)
    work.lock_pupil(provider_ref, pupil_ref, exclusive=True)
    at = work.now()
    if valid_until is not None and valid_until <= at:
        raise Invalid("period_past", "valid_until")
    pupil_of(work, register, pupil_ref, provider_ref)
    row = CapacityDecision(
        id=new_id(),
        provider_ref=provider_ref,
        pupil_ref=pupil_ref,
        decides=decides.value,
        valid_from=at,
        valid_until=valid_until,
        reason=reason.strip(),
        document=document.strip(),
        decided_by=actor.ref,
    )
    work.session.add(row)
    work.session.flush()
    data = {"decision": row.id, "decides": decides.value, "document": document.strip()}
    work.record(
        Recorded(provider_ref, Event.CAPACITY_RECORDED, actor, data=data, pupil_ref=pupil_ref)
    )
    return row.id


def end_capacity(
    work: Work,
    *,
    actor: Actor,
    provider_ref: str,
    pupil_ref: str,
    decision_id: str,
) -> None:
    """End a capacity decision now: the age ladder decides again."""
    work.lock_provider(provider_ref)
    work.lock_pupil(provider_ref, pupil_ref, exclusive=True)
    at = work.now()
    row = work.session.get(CapacityDecision, decision_id)
    if row is None or (row.provider_ref, row.pupil_ref) != (provider_ref, pupil_ref):
        raise NotFound("no such decision")
    if row.valid_until is not None and row.valid_until <= at:
        raise Conflict("already ended")
    row.valid_until = at
    work.session.flush()
    data = {"decision": row.id}
    work.record(Recorded(provider_ref, Event.CAPACITY_ENDED, actor, data=data, pupil_ref=pupil_ref))


def live_capacity(
    work: Work, provider_ref: str, pupil_ref: str, at: datetime
) -> CapacityDecision | None:
    """Return the decision in force for the pupil, the latest where there are several."""
    return work.session.scalar(
        select(CapacityDecision)
        .where(
            CapacityDecision.provider_ref == provider_ref,
            CapacityDecision.pupil_ref == pupil_ref,
            CapacityDecision.valid_from <= at,
            or_(CapacityDecision.valid_until.is_(None), CapacityDecision.valid_until > at),
        )
        .order_by(CapacityDecision.valid_from.desc())
        .limit(1)
    )
