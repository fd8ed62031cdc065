"""The one ordered tuple of named conditions. Nothing else decides (design D4).

`decide` selects them all as columns, `visible_pupils` filters on the very same ones. A condition
that is not true, NULL included, denies.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, or_, true

from wilma_ext.rights.access.bound import AT, NECESSITY
from wilma_ext.rights.access.period import open_ended
from wilma_ext.vocabulary import ConsentState, Reason, Route

Facts = Any


@dataclass(frozen=True)
class Condition:
    """A named condition over the facts; `reason` is what is told when it fails."""

    reason: Reason
    passes: Callable[[Facts], ColumnElement[bool]]

    def on(self, facts: Facts) -> ColumnElement[bool]:
        """Return the condition as an expression that is never NULL."""
        return func.coalesce(self.passes(facts), false())


def _by_law_or(condition: ColumnElement[bool], facts: Facts) -> ColumnElement[bool]:
    return or_(facts.route == Route.STATUTORY.value, condition)


def _consent_is_not(state: ConsentState) -> Callable[[Facts], ColumnElement[bool]]:
    return lambda facts: _by_law_or(facts.consent_state != state.value, facts)


CONDITIONS: tuple[Condition, ...] = (
    # R27: membership ended is access ended.
    Condition(
        Reason.NOT_A_MEMBER,
        lambda facts: and_(facts.member_from <= AT, open_ended(facts.member_until)),
    ),
    # R12: only pupils of the schools assigned, while the assignment is valid.
    Condition(
        Reason.NOT_ASSIGNED,
        lambda facts: or_(facts.school_scope == "all", facts.assignment_id.is_not(None)),
    ),
    # Who has left the school is nobody's pupil here.
    Condition(Reason.NOT_ENROLLED, lambda facts: facts.enrolled.is_(true())),
    # R22: never one's own child or oneself.
    Condition(Reason.OWN_CHILD, lambda facts: facts.own_child.is_(false())),
    # P1, design D7: an agreement in force where the provider demands one.
    Condition(
        Reason.NO_AGREEMENT,
        lambda facts: or_(facts.agreement_required.is_(false()), facts.agreement_id.is_not(None)),
    ),
    # R9, R10, P8: the cell of the matrix opens the category by some route.
    Condition(
        Reason.NOT_IN_MATRIX,
        lambda facts: or_(facts.route == Route.CONSENT.value, facts.route == Route.STATUTORY.value),
    ),
    # R11: a personal deny always wins.
    Condition(Reason.PERSONAL_DENIAL, lambda facts: facts.denial_id.is_(None)),
    # R1, R4, R7: a living consent; which of the three failed is told apart.
    Condition(Reason.NO_CONSENT, _consent_is_not(ConsentState.NONE)),
    Condition(Reason.CONSENT_REFUSED, _consent_is_not(ConsentState.REFUSED)),
    Condition(Reason.CONSENT_ENDED, _consent_is_not(ConsentState.ENDED)),
    # R2: the viewing right starts only when the secretary has enabled it.
    Condition(
        Reason.NOT_ACTIVATED,
        lambda facts: _by_law_or(
            or_(facts.activation_pair_id.is_not(None), facts.opened_automatically.is_(true())),
            facts,
        ),
    ),
    # R10: the statutory route only with a stated necessity, case by case.
    Condition(
        Reason.NECESSITY_NOT_STATED,
        lambda facts: or_(facts.route != Route.STATUTORY.value, NECESSITY.is_(true())),
    ),
    # Design D2: the host may narrow, never widen.
    Condition(Reason.HOST_VETO, lambda facts: facts.vetoed.is_(false())),
)
