"""Members of the welfare group: profession, schools, personal exceptions (R11, R12, R27)."""

from datetime import datetime

from sqlalchemy import or_, select, update

from wilma_ext.errors import Conflict, Invalid, NotFound
from wilma_ext.models import (
    Assignment,
    Membership,
    PersonalException,
)
from wilma_ext.opaque_id import new_id
from wilma_ext.oversight.event import Actor, Event, Recorded
from wilma_ext.register import SchoolRegister
from wilma_ext.rights.person import person_exists, same_human, school_of_provider
from wilma_ext.rights.welfare.welfare_group import group_of
from wilma_ext.vocabulary import Effect, Profession
from wilma_ext.work import Work


def start_membership(
    work: Work,
    register: SchoolRegister,
    *,
    actor: Actor,
    provider_ref: str,
    group_id: str,
    person_ref: str,
    profession: Profession,
    school_refs: tuple[str, ...],
    valid_until: datetime | None = None,
) -> str:
    """Make a person a member in one profession, with the schools that are theirs, from now on.

    Nobody adds oneself (T35); one person has one live membership per profession and group.
    """
    work.lock_provider(provider_ref, exclusive=True)
    at = work.now()
    group_of(work, provider_ref, group_id)
    person_exists(work, register, person_ref)
    if same_human(work, register, actor.ref, person_ref):
        raise Invalid("own_membership", "person")
    _check_end(valid_until, at)
    if _live_membership(work, provider_ref, group_id, person_ref, profession, at):
        raise Conflict("already a member")
    membership = Membership(
        id=new_id(),
        provider_ref=provider_ref,
        group_id=group_id,
        person_ref=person_ref,
        profession=profession.value,
        valid_from=at,
        valid_until=valid_until,
        added_by=actor.ref,
    )
    _record_start(work, actor, membership)
    for school_ref in school_refs:
        _assign(work, register, actor, membership, school_ref, valid_until)
    return membership.id


def _check_end(valid_until: datetime | None, at: datetime) -> None:
    if valid_until is not None and valid_until <= at:
        raise Invalid("period_past", "valid_until")


def _record_start(work: Work, actor: Actor, membership: Membership) -> None:
    work.session.add(membership)
    work.session.flush()
    data = {
        "membership": membership.id,
        "person": membership.person_ref,
        "group": membership.group_id,
        "profession": membership.profession,
    }
    work.record(Recorded(membership.provider_ref, Event.MEMBERSHIP_STARTED, actor, data=data))


def _live_membership(
    work: Work,
    provider_ref: str,
    group_id: str,
    person_ref: str,
    profession: Profession,
    at: datetime,
) -> Membership | None:
    return work.session.scalar(
        select(Membership).where(
            Membership.provider_ref == provider_ref,
            Membership.group_id == group_id,
            Membership.person_ref == person_ref,
            Membership.profession == profession.value,
            or_(Membership.valid_until.is_(None), Membership.valid_until > at),
        )
    )


def membership_of(work: Work, provider_ref: str, membership_id: str) -> Membership:
    """Return the provider's membership, or `NotFound`."""
    membership = work.session.get(Membership, membership_id, populate_existing=True)
    if membership is None or membership.provider_ref != provider_ref:
        raise NotFound("no such membership")
    return membership


def is_live(membership: Membership, at: datetime) -> bool:
    """Tell whether the membership is in force at the instant."""
    until = membership.valid_until
    return membership.valid_from <= at and (until is None or until > at)


def end_membership(work: Work, *, actor: Actor, provider_ref: str, membership_id: str) -> None:
    """End a membership and its assignments now; access ends the same moment (R27)."""
    work.lock_provider(provider_ref, exclusive=True)
    at = work.now()
    membership = membership_of(work, provider_ref, membership_id)
    if membership.valid_until is not None and membership.valid_until <= at:
        raise Conflict("already ended")
    membership.valid_until, membership.ended_by = at, actor.ref
    live = or_(Assignment.valid_until.is_(None), Assignment.valid_until > at)
    work.session.execute(
        update(Assignment)
        .where(Assignment.membership_id == membership_id, live)
        .values(valid_until=at)
    )
    data = {"membership": membership_id, "person": membership.person_ref}
    work.record(Recorded(provider_ref, Event.MEMBERSHIP_ENDED, actor, data=data))


def assign(
    work: Work,
    register: SchoolRegister,
    *,
    actor: Actor,
    provider_ref: str,
    membership_id: str,
    school_ref: str,
    valid_until: datetime | None = None,
) -> None:
    """Give a member one more school from now on (R12)."""
    work.lock_provider(provider_ref, exclusive=True)
    membership = membership_of(work, provider_ref, membership_id)
    _assign(work, register, actor, membership, school_ref, valid_until)


def _assign(
    work: Work,
    register: SchoolRegister,
    actor: Actor,
    membership: Membership,
    school_ref: str,
    valid_until: datetime | None,
) -> None:
    school_of_provider(work, register, membership.provider_ref, school_ref)
    work.session.add(
        Assignment(
            id=new_id(),
            provider_ref=membership.provider_ref,
            membership_id=membership.id,
            school_ref=school_ref,
            substitute_of=None,
            valid_from=work.now(),
            valid_until=valid_until,
        )
    )
    data = {
        "membership": membership.id,
        "school": school_ref,
        "until": valid_until.isoformat() if valid_until else None,
    }
    work.record(Recorded(membership.provider_ref, Event.ASSIGNMENT_STARTED, actor, data=data))


def record_exception(
    work: Work,
    *,
    actor: Actor,
    provider_ref: str,
    membership_id: str,
    category: str,
    effect: Effect,
    valid_until: datetime | None = None,
) -> str:
    """Add a category to one member, or deny it (R11); a deny always wins."""
    work.lock_provider(provider_ref, exclusive=True)
    membership = membership_of(work, provider_ref, membership_id)
    exception = PersonalException(
        id=new_id(),
        provider_ref=provider_ref,
        membership_id=membership.id,
        category=category,
        effect=effect.value,
        valid_from=work.now(),
        valid_until=valid_until,
        decided_by=actor.ref,
    )
    work.session.add(exception)
    data = {"membership": membership.id, "category": category, "effect": effect.value}
    work.record(Recorded(provider_ref, Event.EXCEPTION_RECORDED, actor, data=data))
    return exception.id
