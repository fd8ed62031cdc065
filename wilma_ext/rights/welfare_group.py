"""The welfare-area user group: agreements, members with a profession, their schools (R11, R12)."""

from datetime import datetime

from sqlalchemy import or_, select, update

from wilma_ext.errors import Conflict, Invalid, NotFound
from wilma_ext.models import (
    Agreement,
    Assignment,
    County,
    Membership,
    PersonalException,
    WelfareGroup,
    new_id,
)
from wilma_ext.oversight.event import Actor, Event, Recorded
from wilma_ext.register import SchoolRegister
from wilma_ext.rights.person import person_exists, school_of_provider
from wilma_ext.vocabulary import Effect, Profession
from wilma_ext.work import Work


def create_group(
    work: Work,
    *,
    actor: Actor,
    provider_ref: str,
    county: str,
    names: tuple[str, str, str],
) -> str:
    """Create a user group for a county's welfare staff and return its id."""
    if work.session.get(County, (provider_ref, county)) is None:
        raise NotFound("no such county")
    group = WelfareGroup(
        id=new_id(),
        provider_ref=provider_ref,
        county=county,
        name_fi=names[0],
        name_sv=names[1],
        name_en=names[2],
    )
    work.session.add(group)
    work.session.flush()
    data = {"group": group.id, "county": county}
    work.record(Recorded(provider_ref, Event.GROUP_CREATED, actor, data=data))
    return group.id


def group_of(work: Work, provider_ref: str, group_id: str) -> WelfareGroup:
    """Return the provider's group, or `NotFound`."""
    group = work.session.get(WelfareGroup, group_id)
    if group is None or group.provider_ref != provider_ref:
        raise NotFound("no such group")
    return group


def groups_of(work: Work, provider_ref: str) -> list[WelfareGroup]:
    """Return the provider's groups in the order of their names."""
    statement = select(WelfareGroup).where(WelfareGroup.provider_ref == provider_ref)
    return list(work.session.scalars(statement.order_by(WelfareGroup.name_fi, WelfareGroup.id)))


def record_agreement(
    work: Work,
    *,
    actor: Actor,
    provider_ref: str,
    county: str,
    document: str,
    valid_from: datetime,
    valid_until: datetime | None,
) -> str:
    """Record that provider and county have an agreement for a period."""
    if valid_until is not None and valid_until <= valid_from:
        raise Invalid("period_empty", "valid_until")
    work.lock_provider(provider_ref, exclusive=True)
    agreement = Agreement(
        id=new_id(),
        provider_ref=provider_ref,
        county=county,
        document=document,
        valid_from=valid_from,
        valid_until=valid_until,
    )
    work.session.add(agreement)
    data = {
        "county": county,
        "document": document,
        "from": valid_from.isoformat(),
        "until": valid_until.isoformat() if valid_until else None,
    }
    work.record(Recorded(provider_ref, Event.AGREEMENT_RECORDED, actor, data=data))
    return agreement.id


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
    if actor.ref == person_ref:
        raise Invalid("own_membership", "person")
    if valid_until is not None and valid_until <= at:
        raise Invalid("period_past", "valid_until")
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
    work.session.add(membership)
    work.session.flush()
    data = {
        "membership": membership.id,
        "person": person_ref,
        "group": group_id,
        "profession": profession.value,
    }
    work.record(Recorded(provider_ref, Event.MEMBERSHIP_STARTED, actor, data=data))
    for school_ref in school_refs:
        _assign(work, register, actor, membership, school_ref, valid_until)
    return membership.id


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
    membership = work.session.get(Membership, membership_id)
    if membership is None or membership.provider_ref != provider_ref:
        raise NotFound("no such membership")
    return membership


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
