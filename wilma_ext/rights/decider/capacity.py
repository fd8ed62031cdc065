"""Capacity decisions: who decides for one pupil, whatever the age says (design 4.4)."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import or_, select

from wilma_ext.errors import Conflict, NotFound
from wilma_ext.models import CapacityDecision, new_id
from wilma_ext.oversight.event import Actor, Event, Recorded
from wilma_ext.register import SchoolRegister
from wilma_ext.rights.decider.guardian import refuse_own_child
from wilma_ext.rights.decider.requirement import require_future, require_grounds
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
    """Record who decides for the pupil from now on; it replaces the age ladder, erases nothing.

    Nobody decides so about oneself, or about a child of one's own.
    """
    require_grounds(reason, document)
    work.lock_provider(provider_ref)
    work.lock_pupil(provider_ref, pupil_ref, exclusive=True)
    at = work.now()
    require_future(valid_until, at)
    pupil = pupil_of(work, register, pupil_ref, provider_ref)
    refuse_own_child(work, register, pupil, actor.ref)
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
    said = {"decides": decides.value, "document": row.document}
    _tell(work, Event.CAPACITY_RECORDED, actor, row, said)
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
    row = capacity_decision_of(work, provider_ref, pupil_ref, decision_id)
    if row.valid_until is not None and row.valid_until <= at:
        raise Conflict("already ended")
    row.valid_until = at
    work.session.flush()
    _tell(work, Event.CAPACITY_ENDED, actor, row, {})


def _tell(
    work: Work, event: Event, actor: Actor, row: CapacityDecision, more: Mapping[str, object]
) -> None:
    data = {"decision": row.id, **more}
    work.record(Recorded(row.provider_ref, event, actor, data=data, pupil_ref=row.pupil_ref))


def capacity_decision_of(
    work: Work, provider_ref: str, pupil_ref: str, decision_id: str
) -> CapacityDecision:
    """Return the decision about this very pupil, or `NotFound`."""
    row = work.session.get(CapacityDecision, decision_id, populate_existing=True)
    if row is None or (row.provider_ref, row.pupil_ref) != (provider_ref, pupil_ref):
        raise NotFound("no such decision")
    return row


def capacity_decisions(work: Work, provider_ref: str, pupil_ref: str) -> list[CapacityDecision]:
    """Return every capacity decision about the pupil, ended ones too, the newest first."""
    return list(
        work.session.scalars(
            select(CapacityDecision)
            .where(
                CapacityDecision.provider_ref == provider_ref,
                CapacityDecision.pupil_ref == pupil_ref,
            )
            .order_by(CapacityDecision.valid_from.desc(), CapacityDecision.id)
        )
    )


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
