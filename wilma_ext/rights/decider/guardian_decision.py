"""Guardian decisions: a person decides for one pupil as a guardian, by a decision of the school.

For a child in care, whose institution the host does not know as a guardian (domain 3.4, R6).
While it is in force the person counts as an entitled guardian beside those whom the host gives;
what that means stands in `guardianship`.
"""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import or_, select

from wilma_ext.errors import Conflict, Invalid, NotFound
from wilma_ext.models import GuardianDecision, new_id
from wilma_ext.oversight.event import Actor, Event, Recorded
from wilma_ext.register import SchoolRegister
from wilma_ext.rights.decider.guardian import refuse_own_child
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
    work.lock_provider(provider_ref)
    work.lock_pupil(provider_ref, pupil_ref, exclusive=True)
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
    _tell(work, Event.GUARDIAN_RECORDED, actor, row, {"document": row.document})
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


def _tell(
    work: Work, event: Event, actor: Actor, row: GuardianDecision, more: Mapping[str, object]
) -> None:
    data = {"decision": row.id, "person": row.person_ref, **more}
    work.record(Recorded(row.provider_ref, event, actor, data=data, pupil_ref=row.pupil_ref))


def end_guardian(
    work: Work,
    *,
    actor: Actor,
    provider_ref: str,
    pupil_ref: str,
    decision_id: str,
) -> None:
    """End a guardian decision now: the person is a former guardian from the next request on."""
    work.lock_provider(provider_ref)
    work.lock_pupil(provider_ref, pupil_ref, exclusive=True)
    at = work.now()
    row = guardian_decision_of(work, provider_ref, pupil_ref, decision_id)
    if row.valid_until is not None and row.valid_until <= at:
        raise Conflict("already ended")
    row.valid_until = at
    work.session.flush()
    _tell(work, Event.GUARDIAN_ENDED, actor, row, {})


def guardian_decision_of(
    work: Work, provider_ref: str, pupil_ref: str, decision_id: str
) -> GuardianDecision:
    """Return the decision about this very pupil, or `NotFound`."""
    row = work.session.get(GuardianDecision, decision_id, populate_existing=True)
    if row is None or (row.provider_ref, row.pupil_ref) != (provider_ref, pupil_ref):
        raise NotFound("no such decision")
    return row


def guardian_decisions(work: Work, provider_ref: str, pupil_ref: str) -> list[GuardianDecision]:
    """Return every decision on a guardian of the pupil, ended ones too, the newest first."""
    return list(
        work.session.scalars(
            select(GuardianDecision)
            .where(
                GuardianDecision.provider_ref == provider_ref,
                GuardianDecision.pupil_ref == pupil_ref,
            )
            .order_by(GuardianDecision.valid_from.desc(), GuardianDecision.id)
        )
    )


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
