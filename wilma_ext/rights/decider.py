"""Who decides, in SQL: entitled guardians, and whose word counts at the instant (design 4.3)."""

from typing import Any

from sqlalchemy import ColumnElement, FromClause, and_, exists, false, or_, select, true

from wilma_ext.models import AnswerDecider, PolicyVersion
from wilma_ext.register.reference import as_text
from wilma_ext.register.relation import column, relation
from wilma_ext.rights.bearing import Bearing
from wilma_ext.rights.bound import AT, PROVIDER_REF
from wilma_ext.rights.period import live_on_day
from wilma_ext.vocabulary import Capacity, Decider


def entitled_guardians(bearing: Bearing) -> tuple[FromClause, ColumnElement[bool]]:
    """Return the guardianships of the row's pupil and the condition of being entitled (R6)."""
    guardian = relation(bearing.register, "guardianships")
    return guardian, and_(
        guardian.c.pupil_id == bearing.row.c.pupil_id,
        guardian.c.may_decide.is_(true()),
        guardian.c.restricted_information.is_(false()),
        live_on_day(column(guardian, "valid_from"), column(guardian, "valid_until")),
    )


def is_entitled_guardian(
    bearing: Bearing, person_ref: ColumnElement[Any], *within: FromClause
) -> ColumnElement[bool]:
    """The person is an entitled guardian of the row's pupil today."""
    guardian, entitled = entitled_guardians(bearing)
    return (
        exists()
        .where(entitled, as_text(guardian.c.guardian_id) == person_ref)
        .correlate(bearing.row, *within)
    )


def is_decider(bearing: Bearing, said: FromClause, *within: FromClause) -> ColumnElement[bool]:
    """Who said it decides at the instant."""
    return or_(
        and_(_decide(bearing, Decider.GUARDIAN), _said_by_guardian(bearing, said, *within)),
        _said_by_deciding_pupil(bearing, said),
    )


def is_heard(bearing: Bearing, said: FromClause, *within: FromClause) -> ColumnElement[bool]:
    """Who said it can confirm what was said before a custody change: guardian or decider.

    A guardian is heard of a pupil who has come of age too, to tell what ended from what never was.
    """
    return or_(_said_by_guardian(bearing, said, *within), _said_by_deciding_pupil(bearing, said))


def _decide(bearing: Bearing, who: Decider) -> ColumnElement[bool]:
    """These decide, alone or jointly. No IN: its list is written into the text at every run."""
    stage = bearing.row.c.stage
    return or_(stage == who.value, stage == Decider.JOINT.value)


def _said_by_guardian(
    bearing: Bearing, said: FromClause, *within: FromClause
) -> ColumnElement[bool]:
    return and_(
        said.c.capacity == Capacity.GUARDIAN.value,
        is_entitled_guardian(bearing, said.c.giver_ref, said, *within),
    )


def _said_by_deciding_pupil(bearing: Bearing, said: FromClause) -> ColumnElement[bool]:
    return and_(
        _decide(bearing, Decider.PUPIL),
        said.c.capacity == Capacity.PUPIL.value,
    )


def same_guardians(
    bearing: Bearing, answer: FromClause, *within: FromClause
) -> ColumnElement[bool]:
    """The entitled guardians are those stored with the answer, and none of them is new since."""
    outer = (bearing.row, answer, *within)
    guardian, entitled = entitled_guardians(bearing)
    stored = AnswerDecider.__table__.alias()
    unknown_then = (
        exists()
        .where(
            entitled,
            or_(
                column(guardian, "valid_from") > answer.c.given_on,
                ~exists(select(stored.c.answer_id))
                .where(
                    stored.c.answer_id == answer.c.id,
                    stored.c.person_ref == as_text(guardian.c.guardian_id),
                )
                .correlate(guardian, *outer),
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
    return and_(~unknown_then, ~gone_since)


def policy_since(
    bearing: Bearing, said: FromClause, rule: Any, *within: FromClause
) -> ColumnElement[bool]:
    """Some policy in force since it was said follows the rule.

    A policy that narrows counts at once, one that widens only for what is said after it
    (design 4.7): so an answer meets the strictest policy of its whole life.
    """
    policy = PolicyVersion.__table__.alias()
    return (
        exists(select(policy.c.id))
        .where(
            policy.c.provider_ref == PROVIDER_REF,
            policy.c.valid_from <= AT,
            or_(policy.c.valid_until.is_(None), policy.c.valid_until > said.c.given_at),
            rule(policy.c),
        )
        .correlate(bearing.row, said, *within)
    )
