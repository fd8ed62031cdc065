"""Capacity decisions: who decides for one pupil, whatever the age says (design 4.4)."""

from datetime import datetime

from sqlalchemy import or_, select

from wilma_ext.models import CapacityDecision
from wilma_ext.opaque_id import new_id
from wilma_ext.oversight.event import Actor, Event
from wilma_ext.register import SchoolRegister
from wilma_ext.rights.decider.guardian import refuse_own_child
from wilma_ext.rights.decider.recorded_decision import (
    decision_of,
    decisions,
    end_decision,
    hold_pupil,
    tell,
)
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
    hold_pupil(work, provider_ref, pupil_ref)
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
    said = {"decides": row.decides, "document": row.document}
    tell(work, Event.CAPACITY_RECORDED, actor, row, **said)
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
    row = end_decision(work, CapacityDecision, provider_ref, pupil_ref, decision_id)
    tell(work, Event.CAPACITY_ENDED, actor, row)


def capacity_decision_of(
    work: Work, provider_ref: str, pupil_ref: str, decision_id: str
) -> CapacityDecision:
    """Return the decision about this very pupil, or `NotFound`."""
    return decision_of(work, CapacityDecision, provider_ref, pupil_ref, decision_id)


def capacity_decisions(work: Work, provider_ref: str, pupil_ref: str) -> list[CapacityDecision]:
    """Return every capacity decision about the pupil, ended ones too, the newest first."""
    return decisions(work, CapacityDecision, provider_ref, pupil_ref)


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
