"""The state of consent of one pair, in SQL: living, refused, ended or none (design 4.8)."""

from typing import Any

from sqlalchemy import ColumnElement, Subquery, and_, case, distinct, func, not_, or_, select

from wilma_ext.rights.access.bearing import CLOSED
from wilma_ext.rights.consent.standing import Standing
from wilma_ext.vocabulary import ConsentState, Decider


def consent_state(standing: Standing) -> ColumnElement[str]:
    """Return the expression of the pair's consent state at the instant.

    Exactly one of the three failing states applies: a decider's standing no before an ended
    consent, an ended consent before none.
    """
    row, tally = standing.bearing.row.c, _tally(standing.voices()).c
    came_of_age = and_(
        row.stage == Decider.PUPIL.value,
        row.capacity_decision.is_(None),
        or_(tally.ever_one > 0, _all(tally, tally.ever_every)),
    )
    state = case(
        (row.stage == CLOSED, ConsentState.NONE.value),
        (tally.refusals > 0, ConsentState.REFUSED.value),
        (_agreed(row.stage, tally, ""), ConsentState.LIVING.value),
        (or_(_agreed(row.stage, tally, "lapsed_"), came_of_age), ConsentState.ENDED.value),
        else_=ConsentState.NONE.value,
    )
    around = (standing.bearing.row, *standing.pair.within)
    return select(state).correlate(*around).scalar_subquery()


def _tally(voice: Subquery) -> Subquery:
    """Count the voices that decide; a `lapsed_` one may have run out or been left behind."""
    v = voice.c
    yes, living = and_(v.by_guardian, v.in_time), v.alive
    alone = not_(v.needs_pupil)
    counted = {
        "refusals": _count(v.refuses),
        "entitled": func.max(v.entitled),
        "ever_one": _count(v.by_guardian, v.suffices),
        "ever_every": _givers(v, v.by_guardian),
    }
    for kind, condition in (("", (living,)), ("lapsed_", ())):
        counted |= {
            f"{kind}pupil": _count(v.by_pupil, *condition),
            f"{kind}pupil_alone": _count(v.by_pupil, v.alone, *condition),
            f"{kind}one": _count(yes, v.suffices, *condition),
            f"{kind}one_unjoined": _count(yes, v.suffices, alone, *condition),
            f"{kind}every": _givers(v, yes, *condition),
            f"{kind}every_unjoined": _givers(v, yes, alone, *condition),
        }
    return select(*[column.label(name) for name, column in counted.items()]).subquery()


def _count(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(case((and_(*conditions), 1)))


def _givers(voice: Any, *conditions: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(distinct(case((and_(*conditions), voice.giver_ref))))


def _agreed(stage: ColumnElement[str], tally: Any, kind: str) -> ColumnElement[bool]:
    """Everybody whose yes is needed has said it (design 4.3)."""
    guardians = _guardians(tally, kind)
    return case(
        (stage == Decider.PUPIL.value, tally[f"{kind}pupil_alone"] > 0),
        (stage == Decider.JOINT.value, and_(guardians, tally[f"{kind}pupil"] > 0)),
        (stage == Decider.GUARDIAN.value, guardians),
        else_=False,
    )


def _guardians(tally: Any, kind: str) -> ColumnElement[bool]:
    """One guardian's yes where that is enough, or the yes of every entitled guardian.

    A yes that needs the pupil's beside it counts only with it.
    """
    joined = or_(tally[f"{kind}one"] > 0, _all(tally, tally[f"{kind}every"]))
    return or_(
        tally[f"{kind}one_unjoined"] > 0,
        _all(tally, tally[f"{kind}every_unjoined"]),
        and_(tally[f"{kind}pupil"] > 0, joined),
    )


def _all(tally: Any, number: ColumnElement[int]) -> ColumnElement[bool]:
    """Every entitled guardian, of whom there is at least one."""
    return and_(number > 0, number == tally.entitled)
