"""Guardian decisions: a person decides for one pupil as a guardian, by a decision of the school.

For a child in care, whose institution the host does not know as a guardian (domain 3.4, R6).
While it is in force the person counts as an entitled guardian beside those whom the host gives;
what that means stands in `guardianship`.
"""

from datetime import datetime

from sqlalchemy import or_, select

from wilma_ext.errors import Conflict, Invalid
from wilma_ext.models import GuardianDecision
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
from wilma_ext.rights.person import Pupil, person_exists, pupil_of, same_human
from wilma_ext.work import Work


def record_guardian(
    work: Work,
    register: SchoolRegister,
    *,
    actor: Actor,
    provider_ref: str,
    pupil_ref: str,
    person_ref: str,
    reason: str,
    document: str,
    valid_until: datetime | None = None,
) -> str:
    """Record that the person decides as a guardian from now on, beside the pupil's guardians.

    Nobody appoints oneself (T35), nor the pupil; one person has one decision in force.
    """
    require_grounds(reason, document)
    hold_pupil(work, provider_ref, pupil_ref)
    at = work.now()
    require_future(valid_until, at)
    pupil = pupil_of(work, register, pupil_ref, provider_ref)
    _require_appointable(work, register, actor, pupil, person_ref)
    if _live_decision(work, provider_ref, pupil_ref, person_ref, at) is not None:
        raise Conflict("already recorded for this person")
    row = GuardianDecision(
        id=new_id(),
        provider_ref=provider_ref,
        pupil_ref=pupil_ref,
        person_ref=person_ref,
        valid_from=at,
        valid_until=valid_until,
        reason=reason.strip(),
        document=document.strip(),
        decided_by=actor.ref,
    )
    work.session.add(row)
    work.session.flush()
    said = {"person": row.person_ref, "document": row.document}
    tell(work, Event.GUARDIAN_RECORDED, actor, row, **said)
    return row.id


def _require_appointable(
    work: Work, register: SchoolRegister, actor: Actor, pupil: Pupil, person_ref: str
) -> None:
    refuse_own_child(work, register, pupil, actor.ref)
    person_exists(work, register, person_ref)
    if same_human(work, register, actor.ref, person_ref):
        raise Invalid("own_appointment", "person")
    if pupil.person_ref is not None and same_human(work, register, pupil.person_ref, person_ref):
        raise Invalid("pupil_appointed", "person")


def end_guardian(
    work: Work,
    *,
    actor: Actor,
    provider_ref: str,
    pupil_ref: str,
    decision_id: str,
) -> None:
    """End a guardian decision now: the person is a former guardian from the next request on."""
    row = end_decision(work, GuardianDecision, provider_ref, pupil_ref, decision_id)
    tell(work, Event.GUARDIAN_ENDED, actor, row, person=row.person_ref)


def guardian_decision_of(
    work: Work, provider_ref: str, pupil_ref: str, decision_id: str
) -> GuardianDecision:
    """Return the decision about this very pupil, or `NotFound`."""
    return decision_of(work, GuardianDecision, provider_ref, pupil_ref, decision_id)


def guardian_decisions(work: Work, provider_ref: str, pupil_ref: str) -> list[GuardianDecision]:
    """Return every decision on a guardian of the pupil, ended ones too, the newest first."""
    return decisions(work, GuardianDecision, provider_ref, pupil_ref)


def _live_decision(
    work: Work, provider_ref: str, pupil_ref: str, person_ref: str, at: datetime
) -> GuardianDecision | None:
    until = GuardianDecision.valid_until
    return work.session.scalar(
        select(GuardianDecision).where(
            GuardianDecision.provider_ref == provider_ref,
            GuardianDecision.pupil_ref == pupil_ref,
            GuardianDecision.person_ref == person_ref,
            or_(until.is_(None), until > at),
        )
    )
