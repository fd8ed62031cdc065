"""Activation (R2, design 4.7): cases typed by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.oracle.building import (
    ADULT,
    GRADES,
    aino,
    ask,
    capacity,
    enable,
    guardian,
    matrix,
    member,
    no,
    policy,
    withdraw,
    world,
    yes,
)
from tests.oracle.civil import instant
from tests.oracle.world import Group

OPEN, CLOSED = None, "not_activated"
OCTOBER, LATER = "2026-10-01T10:00", "2026-11-01T10:00"
CELLS: Any = {"kuraattori": {"absences": "consent"}}
AUTOMATIC = policy(activation="automatic")


def said(*answers: Any, **changes: Any) -> dict[str, Any]:
    return {"answers": answers, **changes}


def acts(*activations: Any, **changes: Any) -> dict[str, Any]:
    return {"activations": activations, **changes}


CASES: list[tuple[str, dict[str, Any], str | None]] = [
    ("R2 enabled", {}, OPEN),
    ("R2 consent alone opens nothing", acts(), CLOSED),
    ("R2 not yet enabled", acts(enable("2027-01-01")), CLOSED),
    ("R2 disabled again", acts(enable(until=LATER)), CLOSED),
    ("R2 disabled and enabled", acts(enable(until=OCTOBER), enable(LATER)), OPEN),
    ("4.7 enabled before the consent opens nothing", acts(enable("2026-08-20")), CLOSED),
    ("4.7 only the pairs live when it ran", said(yes(pairs=GRADES), yes(on=OCTOBER)), CLOSED),
    ("R26 another group's", acts(enable(group="other")), CLOSED),
    ("4.7 withdrawn and given again", said(yes(), withdraw(), yes(on=LATER)), CLOSED),
    (
        "4.7 withdrawn, given and enabled again",
        said(yes(), withdraw(), yes(on=LATER), activations=(enable(), enable("2026-11-02"))),
        OPEN,
    ),
    ("4.7 refused and given again", said(yes(), no(on=OCTOBER), yes(on=LATER)), CLOSED),
    (
        "4.7 another's refusal and return",
        said(yes(), no("matti", OCTOBER), withdraw("matti", LATER), yes("matti", "2026-11-02")),
        CLOSED,
    ),
    (
        "4.7 another guardian's yes keeps it open",
        said(yes(), yes("matti"), withdraw()),
        OPEN,
    ),
    ("4.7 refusing another pair keeps it open", said(yes(), no(on=OCTOBER, pairs=GRADES)), OPEN),
    (
        "4.7 an answer that finds it lapsed",
        said(yes(until=OCTOBER), yes(on=LATER)),
        CLOSED,
    ),
    (
        "4.7 an answer at the very end finds it lapsed",
        said(yes(until=OCTOBER), yes(on=OCTOBER)),
        CLOSED,
    ),
    (
        "4.7 anybody's answer finds it lapsed",
        said(yes(until=OCTOBER), yes("liisa", LATER), yes(on="2026-11-02")),
        CLOSED,
    ),
    ("4.7 said again in time stays open", said(yes(), yes(on=OCTOBER)), OPEN),
    (
        "4.7 closed and back between answers stays open",
        {"capacity": (capacity("joint", OCTOBER, LATER),)},
        OPEN,
    ),
    (
        "4.7 an answer meanwhile ends it",
        said(yes(), yes("matti", "2026-10-15"), capacity=(capacity("joint", OCTOBER, LATER),)),
        CLOSED,
    ),
    (
        "4.5 custody changed, then answered",
        said(
            yes(),
            yes(on=LATER),
            guardians=(guardian("maija"), guardian("matti", since=date(2026, 10, 1))),
        ),
        CLOSED,
    ),
    (
        "4.7 the matrix closes and reopens alone",
        {"matrix": (*world().matrix, matrix(OCTOBER), matrix(LATER, **CELLS))},
        OPEN,
    ),
    ("4.7 enabled while the matrix was closed", {"matrix": (matrix(OCTOBER, **CELLS),)}, OPEN),
    (
        "R5 enabled at 17, the pupil's own yes goes on",
        said(yes(), yes("aino"), pupils=(aino(ADULT),)),
        OPEN,
    ),
    ("P6 automatic", acts(policies=(AUTOMATIC,)), OPEN),
    (
        "P6 automatic opens no older answer",
        acts(policies=(policy(), policy(OCTOBER, activation="automatic"))),
        CLOSED,
    ),
    (
        "P6 automatic, said again since",
        acts(
            policies=(policy(), policy(OCTOBER, activation="automatic")),
            answers=(yes(), yes(on=LATER)),
        ),
        OPEN,
    ),
    (
        "P6 manual again, at once",
        acts(policies=(AUTOMATIC, policy(OCTOBER))),
        CLOSED,
    ),
    (
        "P6 manual for a while",
        acts(policies=(AUTOMATIC, policy(OCTOBER), policy(LATER, activation="automatic"))),
        CLOSED,
    ),
    (
        "P6 automatic opens again after a withdrawal",
        said(yes(), withdraw(), yes(on=LATER), policies=(AUTOMATIC,)),
        OPEN,
    ),
    (
        "P6 the pupil's yes is not a decider's at 10",
        acts(
            policies=(policy(), policy(OCTOBER, activation="automatic")),
            answers=(yes(), yes("aino", LATER)),
        ),
        CLOSED,
    ),
]


@pytest.mark.parametrize(("changes", "because"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_activation(changes: dict[str, Any], because: str | None) -> None:
    assert ask(world(**changes)).because == because


def test_the_right_begins_at_the_very_instant() -> None:
    assert ask(world(), "2026-09-02T08:59:59.999999").because == CLOSED
    assert ask(world(), "2026-09-02T09:00").allowed


def test_withdrawal_closes_at_the_very_instant() -> None:
    of = world(answers=(yes(), withdraw()))
    assert ask(of, "2026-10-01T09:59:59.999999").allowed
    assert ask(of, "2026-10-01T10:00").because == "no_consent"


def test_a_second_group_needs_consent_for_its_county_and_its_own_activation() -> None:
    """R26: "changing county or adding a group needs a new consent"."""
    groups = (Group("hva", "luvn"), Group("hus", "hus"))
    cells = (matrix(group="hus", **CELLS),)
    of = world(groups=groups, members=(member(group="hus"),), matrix=cells)
    assert ask(of).because == "no_consent"
    answers = (yes(), yes(on=OCTOBER, county="hus"))
    later = world(groups=groups, members=(member(group="hus"),), matrix=cells, answers=answers)
    assert ask(later).because == CLOSED
    both = (enable(), enable("2026-11-02", group="hus"))
    opened = world(
        groups=groups,
        members=(member(group="hus"),),
        matrix=cells,
        answers=answers,
        activations=both,
    )
    assert ask(opened).allowed


def test_closed_is_told_with_its_consent_reason() -> None:
    failing = ask(world(answers=(yes(), withdraw()))).failing
    assert failing == ("no_consent", "not_activated")


def test_a_pair_that_only_lapsed_is_still_activated() -> None:
    """4.7: nothing ended the activation but the consent's own end; no job is needed."""
    of = world(answers=(yes(until=OCTOBER),))
    assert ask(of, instant(LATER)).failing == ("consent_ended",)
