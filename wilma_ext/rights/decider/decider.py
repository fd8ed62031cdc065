"""Who decides, in SQL: whose word counts at the instant, under which policy (design 4.3)."""

from typing import Any

from sqlalchemy import ColumnElement, FromClause, and_, exists, or_, select

from wilma_ext.models import PolicyVersion
from wilma_ext.rights.access.bearing import Bearing
from wilma_ext.rights.access.bound import AT, PROVIDER_REF
from wilma_ext.rights.decider.guardianship import is_entitled_guardian
from wilma_ext.vocabulary import Capacity, Decider

#: The column of what was said, where it was asked already if an entitled guardian said it.
SAID_BY_GUARDIAN = "said_by_guardian"


def is_decider(bearing: Bearing, said: FromClause, *within: FromClause) -> ColumnElement[bool]:
    """Who said it decides at the instant."""
    return or_(
        and_(_decide(bearing, Decider.GUARDIAN), said_by_guardian(bearing, said, *within)),
        _said_by_deciding_pupil(bearing, said),
    )


def is_heard(bearing: Bearing, said: FromClause, *within: FromClause) -> ColumnElement[bool]:
    """Who said it can confirm what was said before a custody change: guardian or decider.

    A guardian is heard of a pupil who has come of age too, to tell what ended from what never was.
    """
    return or_(said_by_guardian(bearing, said, *within), _said_by_deciding_pupil(bearing, said))


def _decide(bearing: Bearing, who: Decider) -> ColumnElement[bool]:
    """These decide, alone or jointly. No IN: its list is written into the text at every run."""
    stage = bearing.row.c.stage
    return or_(stage == who.value, stage == Decider.JOINT.value)


def said_by_guardian(
    bearing: Bearing, said: FromClause, *within: FromClause
) -> ColumnElement[bool]:
    """Who said it is an entitled guardian; read where it is known of what was said already."""
    if SAID_BY_GUARDIAN in said.c:
        return said.c[SAID_BY_GUARDIAN]
    return and_(
        said.c.capacity == Capacity.GUARDIAN.value,
        is_entitled_guardian(bearing, said.c.giver_ref, said, *within),
    )


def _said_by_deciding_pupil(bearing: Bearing, said: FromClause) -> ColumnElement[bool]:
    return and_(
        _decide(bearing, Decider.PUPIL),
        said.c.capacity == Capacity.PUPIL.value,
    )


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
