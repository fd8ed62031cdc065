"""Why a member may or may not see a category of a pupil, condition by condition (design 4.10)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select

from wilma_ext.errors import NotFound
from wilma_ext.models import (
    ActivationPair,
    Agreement,
    Assignment,
    MatrixVersion,
    Membership,
    PolicyVersion,
)
from wilma_ext.models.activation import Activation
from wilma_ext.register import SchoolRegister
from wilma_ext.rights.access.decision import Member, Verdict, decide
from wilma_ext.rights.consent.grounds import grounds_of
from wilma_ext.rights.person import person_exists, pupil_of
from wilma_ext.vocabulary import Reason, Route
from wilma_ext.work import Work


@dataclass(frozen=True)
class Explained:
    """One condition: passed or not, since when, and by whose act or which document."""

    reason: Reason
    passed: bool
    since: datetime | None
    by: str | None


@dataclass(frozen=True)
class Explanation:
    """The verdict with every condition explained."""

    verdict: Verdict
    conditions: tuple[Explained, ...]


def explain(
    work: Work,
    register: SchoolRegister,
    *,
    staff_ref: str,
    pupil_ref: str,
    category: str,
    at: datetime,
    necessity: str = "",
) -> Explanation:
    """Explain the decision for the person's membership at the pupil's provider.

    The plugin's facts are those of the instant; the register's are today's unless the host gives
    dates (D6). An unknown person or pupil is `NotFound`.
    """
    pupil = pupil_of(work, register, pupil_ref)
    member = _member(work, register, pupil.provider_ref, staff_ref, at)
    verdict = decide(
        work,
        register,
        member,
        pupil_ref=pupil_ref,
        category=category,
        at=at,
        necessity=necessity,
    )
    told = {**_told_by_rows(work, verdict), **_told_by_consent(work, register, verdict, category)}
    conditions = tuple(
        Explained(reason, passed, *told.get(reason, (None, None)))
        for reason, passed in verdict.conditions.items()
    )
    return Explanation(verdict, conditions)


def _member(
    work: Work, register: SchoolRegister, provider_ref: str, staff_ref: str, at: datetime
) -> Member:
    """The person's membership; a person of the register without one is a member of nothing."""
    try:
        return member_of(work, provider_ref, staff_ref, at)
    except NotFound:
        person_exists(work, register, staff_ref)
        return Member(provider_ref, "", staff_ref)


def member_of(work: Work, provider_ref: str, person_ref: str, at: datetime) -> Member:
    """Return the person's membership at the provider, a live one before an ended one."""
    live = or_(Membership.valid_until.is_(None), Membership.valid_until > at)
    found = work.session.scalar(
        select(Membership)
        .where(Membership.provider_ref == provider_ref, Membership.person_ref == person_ref)
        .order_by(live.desc(), Membership.valid_from.desc(), Membership.id)
        .limit(1)
    )
    if found is None:
        raise NotFound("no such member")
    return Member(provider_ref, found.id, person_ref)


Told = dict[Reason, tuple[datetime | None, str | None]]


def _told_by_rows(work: Work, verdict: Verdict) -> Told:
    facts = verdict.facts
    rows: list[tuple[Reason, Any, str | None, str]] = [
        (Reason.NOT_A_MEMBER, Membership, facts["membership_id"], "added_by"),
        (Reason.NOT_ASSIGNED, Assignment, facts["assignment_id"], "school_ref"),
        (Reason.NO_AGREEMENT, Agreement, facts["agreement_id"], "document"),
        (Reason.NOT_IN_MATRIX, MatrixVersion, facts["matrix_version_id"], "author"),
    ]
    told: Told = {}
    for reason, model, key, by in rows:
        row = work.session.get(model, key) if key else None
        if row is not None:
            told[reason] = (row.valid_from, getattr(row, by))
    pair = facts["activation_pair_id"]
    if pair:
        opened = work.session.get_one(ActivationPair, pair)
        activation = work.session.get_one(Activation, opened.activation_id)
        told[Reason.NOT_ACTIVATED] = (opened.valid_from, activation.activated_by)
    elif facts["opened_automatically"]:
        told[Reason.NOT_ACTIVATED] = (_policy_since(work, facts["provider_ref"], verdict.at), None)
    return told


def _policy_since(work: Work, provider_ref: str, at: datetime) -> datetime | None:
    return work.session.scalar(
        select(PolicyVersion.valid_from)
        .where(PolicyVersion.provider_ref == provider_ref, PolicyVersion.valid_from <= at)
        .order_by(PolicyVersion.valid_from.desc())
        .limit(1)
    )


def _told_by_consent(work: Work, register: SchoolRegister, verdict: Verdict, category: str) -> Told:
    if verdict.route == Route.STATUTORY or verdict.facts["county"] is None:
        return {}
    grounds = grounds_of(
        work,
        register,
        provider_ref=verdict.facts["provider_ref"],
        pupil_ref=verdict.facts["pupil_ref"],
        county=verdict.facts["county"],
        profession=verdict.facts["profession"],
        category=category,
        at=verdict.at,
    )
    if not grounds:
        return {}
    since = max(ground.since for ground in grounds)
    return {Reason.NO_CONSENT: (since, ", ".join(sorted({g.giver_ref for g in grounds})))}
