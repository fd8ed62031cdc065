"""The state of consent of one pair, in SQL: living, refused, ended or none (design 4.8)."""

from typing import Any

from sqlalchemy import ColumnElement, Subquery, and_, case, distinct, func, not_, or_, select

from wilma_ext.rights.access.bearing import CLOSED
from wilma_ext.rights.consent.standing import Standing
from wilma_ext.rights.decider.guardianship import number_entitled
from wilma_ext.vocabulary import ConsentState, Decider

#: Stands behind the state where a yes that counts opens the pair without the secretary.
OPENS = "+"


def consent_state(standing: Standing) -> ColumnElement[str]:
    """Return the expression of the pair's consent state at the instant.

    Exactly one of the three failing states applies: a decider's standing no before an ended
    consent, an ended consent before none.
    """
    tally = _tally(standing)
    return _asked_once(standing, _state(standing, tally.c), tally)


def state_and_opening(standing: Standing) -> ColumnElement[str]:
    """Return the state, followed by `OPENS` where a yes that counts opens the pair by itself (P6).

    In one expression, so that what was said is weighed once for both.
    """
    tally = _tally(standing)
    mark = case((tally.c.opening > 0, OPENS), else_="")
    return _asked_once(standing, _state(standing, tally.c) + mark, tally)


def state_of(told: ColumnElement[str]) -> ColumnElement[str]:
    """Return the state alone of what `state_and_opening` told."""
    return func.replace(told, OPENS, "")


def is_opening(told: ColumnElement[str]) -> ColumnElement[bool]:
    """Tell whether a yes that counts opens the pair by itself."""
    return told != state_of(told)


def _state(standing: Standing, tally: Any) -> ColumnElement[str]:
    row = standing.bearing.row.c
    came_of_age = and_(
        row.stage == Decider.PUPIL.value,
        row.capacity_decision.is_(None),
        or_(tally.ever_one > 0, _all(tally, tally.ever_every)),
    )
    return case(
        (row.stage == CLOSED, ConsentState.NONE.value),
        (tally.refusals > 0, ConsentState.REFUSED.value),
        (_agreed(row.stage, tally, ""), ConsentState.LIVING.value),
        (or_(_agreed(row.stage, tally, "lapsed_"), came_of_age), ConsentState.ENDED.value),
        else_=ConsentState.NONE.value,
    )


def _asked_once(
    standing: Standing, told: ColumnElement[str], tally: Subquery
) -> ColumnElement[str]:
    around = (standing.bearing.row, *standing.pair.within)
    return select(told).select_from(tally).correlate(*around).scalar_subquery()


def _tally(standing: Standing) -> Subquery:
    """Count the voices that decide; a `lapsed_` one may have run out or been left behind."""
    v = standing.voices().c
    yes, living = and_(v.by_guardian, v.in_time), v.alive
    alone = not_(v.needs_pupil)
    not_enough = _count(v.by_guardian, not_(v.suffices))
    entitled = number_entitled(standing.bearing, *standing.pair.within)
    counted = {
        "refusals": _count(v.is_no, v.decides),
        "opening": _count(v.opens, living, v.decides, or_(yes, v.by_pupil)),
        # Who all are is asked only of a yes that is not enough alone: the rest opens without.
        "entitled": case((not_enough > 0, entitled), else_=0),
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
    around = (standing.bearing.row, *standing.pair.within)
    return (
        select(*[column.label(name) for name, column in counted.items()])
        .correlate(*around)
        .subquery()
    )


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
