"""Entitled guardians in SQL: by the host's guardianships, and by a recorded decision (R6)."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    and_,
    distinct,
    exists,
    false,
    func,
    or_,
    select,
    true,
)

from wilma_ext.models import AnswerDecider, GuardianDecision
from wilma_ext.register.reference import as_text
from wilma_ext.register.relation import column
from wilma_ext.rights.access.bearing import Bearing
from wilma_ext.rights.access.period import live, live_on_day


def entitled_guardians(bearing: Bearing) -> tuple[FromClause, ColumnElement[bool]]:
    """Return the host's guardianships and the condition of being entitled by one today."""
    guardian = bearing.guardianships()
    return guardian, and_(
        _of_today(bearing, guardian),
        guardian.c.may_decide.is_(true()),
        guardian.c.restricted_information.is_(false()),
    )


def appointed_guardians(
    bearing: Bearing, *within: FromClause
) -> tuple[FromClause, ColumnElement[bool]]:
    """Return the decisions on guardians and the condition of being entitled by one at the instant.

    For a child in care, of whose institution the host says nothing (domain 3.4). A restriction
    of information in the host wins; who is entitled by the host already is not counted twice. A
    decision of the provider that the pupil has left counts nothing (R25).
    """
    decision = GuardianDecision.__table__.alias()
    guardian, row = bearing.guardianships(), bearing.row.c
    known = (
        select(guardian.c.pupil_id)
        .where(
            _of_today(bearing, guardian),
            as_text(guardian.c.guardian_id) == decision.c.person_ref,
            or_(guardian.c.restricted_information.is_not(false()), guardian.c.may_decide),
        )
        .correlate(bearing.row, decision, *within)
    )
    return decision, and_(
        decision.c.provider_ref == row.provider_ref,
        decision.c.pupil_ref == row.pupil_ref,
        live(decision),
        ~_fenced(known),
    )


def is_entitled_guardian(
    bearing: Bearing, person_ref: ColumnElement[Any], *within: FromClause
) -> ColumnElement[bool]:
    """The person is an entitled guardian of the row's pupil, by the host or by a decision."""
    guardian, entitled = entitled_guardians(bearing)
    decision, appointed = appointed_guardians(bearing, *within)
    of_person = decision.c.person_ref == person_ref
    mine = select(decision.c.id).where(appointed, of_person).correlate(bearing.row, *within)
    return or_(
        exists()
        .where(entitled, as_text(guardian.c.guardian_id) == person_ref)
        .correlate(bearing.row, *within),
        and_(_ever_appointed(bearing), _fenced(mine)),
    )


def number_entitled(bearing: Bearing, *within: FromClause) -> ColumnElement[int]:
    """How many persons are entitled guardians of the row's pupil."""
    guardian, entitled = entitled_guardians(bearing)
    decision, appointed = appointed_guardians(bearing, *within)
    by_decision = and_(_ever_appointed(bearing), appointed)
    numbers = (
        select(func.count(distinct(person))).where(which).correlate(bearing.row, *within)
        for person, which in (
            (guardian.c.guardian_id, entitled),
            (decision.c.person_ref, by_decision),
        )
    )
    by_host, appointed_too = (number.scalar_subquery() for number in numbers)
    return by_host + appointed_too


def same_guardians(
    bearing: Bearing, answer: FromClause, *within: FromClause
) -> ColumnElement[bool]:
    """The entitled guardians are those stored with the answer, and none of them is new since.

    A decision that began or ended since is a change, even where all is again as it was.
    """
    outer = (bearing.row, answer, *within)
    guardian, entitled = entitled_guardians(bearing)
    unknown_then = (
        exists()
        .where(
            entitled,
            or_(
                column(guardian, "valid_from") > answer.c.given_on,
                ~_stored(answer, as_text(guardian.c.guardian_id), guardian, *outer),
            ),
        )
        .correlate(*outer)
    )
    before = AnswerDecider.__table__.alias()
    gone_since = (
        exists(select(before.c.answer_id))
        .where(
            before.c.answer_id == answer.c.id,
            ~is_entitled_guardian(bearing, before.c.person_ref, before, *outer),
        )
        .correlate(*outer)
    )
    return and_(~unknown_then, ~gone_since, ~_appointed_since(bearing, answer, *within))


def _appointed_since(
    bearing: Bearing, answer: FromClause, *within: FromClause
) -> ColumnElement[bool]:
    """A decision began or ended since, or entitles one whom a restriction kept out then."""
    outer = (bearing.row, answer, *within)
    decision, appointed = appointed_guardians(bearing, answer, *within)
    unknown = ~_stored(answer, decision.c.person_ref, decision, *outer)
    unknown_then = select(decision.c.id).where(appointed, unknown).correlate(*outer)
    changed = bearing.row.c.appointment_changed_at > answer.c.given_at
    return and_(_ever_appointed(bearing), or_(changed, _fenced(unknown_then)))


def _stored(
    answer: FromClause, person_ref: ColumnElement[Any], *within: FromClause
) -> ColumnElement[bool]:
    """The person was an entitled guardian when the answer was given."""
    stored = AnswerDecider.__table__.alias()
    return (
        exists(select(stored.c.answer_id))
        .where(stored.c.answer_id == answer.c.id, stored.c.person_ref == person_ref)
        .correlate(*within)
    )


def _of_today(bearing: Bearing, guardian: FromClause) -> ColumnElement[bool]:
    """The guardianship is of the row's pupil, and of the day of the instant."""
    return and_(
        guardian.c.pupil_id == bearing.row.c.pupil_id,
        live_on_day(column(guardian, "valid_from"), column(guardian, "valid_until")),
    )


def _ever_appointed(bearing: Bearing) -> ColumnElement[bool]:
    """There was ever a decision about the row's pupil: for all the others nothing is asked."""
    return bearing.row.c.appointment_changed_at.is_not(None)


def _fenced(found: Any) -> ColumnElement[bool]:
    """Something is found. Fenced: what is asked for so few pupils is not worth planning a join."""
    return exists(found.offset(0))
