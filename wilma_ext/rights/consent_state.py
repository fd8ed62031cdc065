"""The state of consent of one pair, in SQL: living, refused, ended or none (design 4.8)."""

from sqlalchemy import ColumnElement, and_, case, or_

from wilma_ext.rights.bearing import CLOSED
from wilma_ext.rights.standing import STRICT, Leniency, Standing
from wilma_ext.vocabulary import ConsentState, Decider

_LAPSED = Leniency(lapsed=True)
_LAPSED_ADULT = Leniency(lapsed=True, adult=True)


def consent_state(standing: Standing) -> ColumnElement[str]:
    """Return the expression of the pair's consent state at the instant.

    Exactly one of the three failing states applies: a decider's standing no before an ended
    consent, an ended consent before none.
    """
    row = standing.bearing.row.c
    came_of_age = and_(
        row.stage == Decider.PUPIL.value,
        row.capacity_decision.is_(None),
        standing.guardians_said_yes(_LAPSED_ADULT),
    )
    return case(
        (row.stage == CLOSED, ConsentState.NONE.value),
        (standing.refused(), ConsentState.REFUSED.value),
        (_agreed(standing, STRICT), ConsentState.LIVING.value),
        (or_(_agreed(standing, _LAPSED), came_of_age), ConsentState.ENDED.value),
        else_=ConsentState.NONE.value,
    )


def _agreed(standing: Standing, lenient: Leniency) -> ColumnElement[bool]:
    """Everybody whose yes is needed has said it (design 4.3)."""
    stage = standing.bearing.row.c.stage
    return case(
        (stage == Decider.PUPIL.value, standing.pupil_said_yes_alone(lenient)),
        (
            stage == Decider.JOINT.value,
            and_(standing.guardians_said_yes(lenient), standing.pupil_said_yes(lenient)),
        ),
        (stage == Decider.GUARDIAN.value, standing.guardians_said_yes(lenient)),
        else_=False,
    )
