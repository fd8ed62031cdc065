"""Look-ups: opening one pupil for a purpose, and showing exactly what is permitted (D8, R13)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from wilma_ext.errors import NotFound
from wilma_ext.models import LookUp
from wilma_ext.opaque_id import new_id
from wilma_ext.oversight.event import Event, Recorded
from wilma_ext.register import SchoolRegister
from wilma_ext.rights.access.decision import Member, Verdict
from wilma_ext.rights.look_up.disclosure import Disclosed, disclose
from wilma_ext.rights.look_up.disclosure_verdict import STATED, actor_of, record_denial, verdicts_of
from wilma_ext.rights.look_up.permitted import Permitted, category_row, permitted_of
from wilma_ext.rights.person import Pupil, pupil_of
from wilma_ext.rights.policy.policy import Policy, policy_at
from wilma_ext.vocabulary import Period, Purpose
from wilma_ext.work import Work


@dataclass(frozen=True)
class Shown:
    """One disclosure: the pupil's head, the permitted categories and their data."""

    look_up_id: str
    pupil: Pupil
    purpose: Purpose
    opened_at: datetime
    at: datetime
    valid_until: datetime
    permitted: tuple[Permitted, ...]
    data: Disclosed
    period: Period


def open_look_up(
    work: Work,
    register: SchoolRegister,
    member: Member,
    *,
    pupil_ref: str,
    purpose: Purpose,
    necessity: str = "",
) -> str | None:
    """Open one pupil for a purpose; return the look-up's id, or None with the denial recorded."""
    work.lock_provider(member.provider_ref)
    work.lock_pupil(member.provider_ref, pupil_ref)
    at = work.now()
    necessity = _stated(policy_at(work, member.provider_ref, at), necessity)
    try:
        verdicts = verdicts_of(work, register, member, pupil_ref, necessity=necessity)
    except NotFound:
        record_denial(work, member, None, {})
        return None
    allowed = [category for category, verdict in verdicts.items() if verdict.allowed]
    if not allowed:
        record_denial(work, member, pupil_ref, verdicts)
        return None
    look_up = _begin(work, member, pupil_ref, purpose, necessity.strip())
    for category, verdict in verdicts.items():
        work.session.add(category_row(work, register, look_up, category, verdict))
    _record(work, Event.LOOK_UP_OPENED, member, look_up, allowed)
    return look_up.id


def _begin(work: Work, member: Member, pupil_ref: str, purpose: Purpose, necessity: str) -> LookUp:
    at = work.now()
    minutes = policy_at(work, member.provider_ref, at).look_up_minutes
    look_up = LookUp(
        id=new_id(),
        provider_ref=member.provider_ref,
        membership_id=member.membership_id,
        actor_ref=member.person_ref,
        pupil_ref=pupil_ref,
        purpose=purpose.value,
        necessity=necessity,
        opened_at=at,
        valid_until=at + timedelta(minutes=minutes),
    )
    work.session.add(look_up)
    work.session.flush()
    return look_up


def _stated(policy: Policy, necessity: str) -> str:
    """Keep a necessity in the form that the policy wants: words of one's own, or none at all."""
    if policy.necessity_text:
        return "" if necessity == STATED else necessity
    return STATED if necessity.strip() else ""


def show_look_up(
    work: Work,
    register: SchoolRegister,
    member: Member,
    look_up_id: str,
    *,
    period: Period = Period.SCHOOL_YEAR,
) -> Shown | None:
    """Decide again and return the data, recorded as one disclosure; None when access has ended.

    Every response that carries data is one `look_up:shown` (D8, P3).
    """
    look_up = look_up_of(work, member, look_up_id)
    work.lock_provider(member.provider_ref)
    work.lock_pupil(member.provider_ref, look_up.pupil_ref)
    at = work.now()
    if at >= look_up.valid_until:
        return None
    try:
        verdicts = verdicts_of(
            work, register, member, look_up.pupil_ref, necessity=look_up.necessity
        )
    except NotFound:
        record_denial(work, member, None, {})
        return None
    allowed = {category: v for category, v in verdicts.items() if v.allowed}
    if not allowed:
        record_denial(work, member, look_up.pupil_ref, verdicts)
        return None
    _record(work, Event.LOOK_UP_SHOWN, member, look_up, list(allowed))
    return _shown(work, register, look_up, allowed, period)


def _shown(
    work: Work,
    register: SchoolRegister,
    look_up: LookUp,
    allowed: Mapping[str, Verdict],
    period: Period,
) -> Shown:
    """Read the permitted categories, and nothing else."""
    at = work.now()
    permitted = tuple(
        permitted_of(work, register, look_up.pupil_ref, category, verdict)
        for category, verdict in allowed.items()
    )
    data = disclose(
        work,
        register,
        provider_ref=look_up.provider_ref,
        pupil_ref=look_up.pupil_ref,
        details={item.category: item.detail for item in permitted},
        period=period,
        at=at,
    )
    return Shown(
        look_up.id,
        pupil_of(work, register, look_up.pupil_ref, look_up.provider_ref),
        Purpose(look_up.purpose),
        look_up.opened_at,
        at,
        look_up.valid_until,
        permitted,
        data,
        period,
    )


def look_up_of(work: Work, member: Member, look_up_id: str) -> LookUp:
    """Return the member's own look-up, or `NotFound`."""
    look_up = work.session.get(LookUp, look_up_id)
    if (
        look_up is None
        or look_up.membership_id != member.membership_id
        or look_up.provider_ref != member.provider_ref
    ):
        raise NotFound("no such look-up")
    return look_up


def own_look_ups(work: Work, member: Member, *, since: datetime) -> list[LookUp]:
    """Return what the member has opened since the instant, newest first (W10)."""
    return list(
        work.session.scalars(
            select(LookUp)
            .where(LookUp.membership_id == member.membership_id, LookUp.opened_at >= since)
            .order_by(LookUp.opened_at.desc())
        )
    )


def _record(
    work: Work, event: Event, member: Member, look_up: LookUp, categories: list[str]
) -> None:
    data = {
        "look_up": look_up.id,
        "membership": member.membership_id,
        "purpose": look_up.purpose,
        "categories": sorted(categories),
    }
    work.record(
        Recorded(
            member.provider_ref, event, actor_of(member), data=data, pupil_ref=look_up.pupil_ref
        )
    )
