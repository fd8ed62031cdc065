"""Consent: every sentence of design section 4 on it, as cases typed by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.oracle.building import (
    ABSENCES,
    ADULT,
    BOTH,
    GRADES,
    YOUTH,
    aino,
    capacity,
    consent,
    guardian,
    no,
    policy,
    withdraw,
    world,
    yes,
)
from tests.oracle.civil import instant
from tests.oracle.world import Answer, Form

ONE_FOR_ALL = policy(decides="all_guardians")
SEPTEMBER = "2026-09-15T10:00"
OCTOBER = "2026-10-01T10:00"
MOVED = ((instant(OCTOBER), "s2"),)


def born(day: date | None, *answers: Answer, **changes: Any) -> dict[str, Any]:
    return {"pupils": (aino(day),), "answers": answers, **changes}


def custody(*rows: Any, **changes: Any) -> dict[str, Any]:
    return {"guardians": rows, **changes}


def changed(*policies: Any, **changes: Any) -> dict[str, Any]:
    return {"policies": policies, **changes}


def said(*answers: Answer) -> dict[str, Any]:
    return {"answers": answers}


MAIJA, MATTI = guardian("maija"), guardian("matti")
STRANGER = guardian("matti", restricted=True)
NOT_DECIDING = guardian("matti", may_decide=False)
KEEP = policy(on_custody_change="keep")
NEW_MATTI = guardian("matti", since=date(2026, 10, 1))
GONE_MATTI = guardian("matti", until=date(2026, 10, 1))
YOUNG = date(2013, 1, 1)  # 13
JOINT = policy(joint_from_age=13)
OWN = policy(joint_from_age=None, own_from_age=13)
LADDERLESS: dict[str, Any] = {"joint_from_age": None}

CASES: list[tuple[str, dict[str, Any], str]] = [
    ("R1 one guardian suffices", {}, "living"),
    ("4.1 nobody answered", said(), "no_consent"),
    ("4.1 a pair not mentioned is unanswered", said(yes(pairs=GRADES)), "no_consent"),
    ("R8 for another profession", said(yes(pairs={"psykologi": ("absences",)})), "no_consent"),
    ("R26 for another county", said(yes(county="hus")), "no_consent"),
    ("R26 no to another county blocks only that", said(yes(), no("matti", county="hus")), "living"),
    ("R7 an explicit no", said(no()), "consent_refused"),
    ("R7 the other guardian's no blocks", said(yes(), no("matti", OCTOBER)), "consent_refused"),
    ("R7 in whatever order", said(no("matti"), yes(on=OCTOBER)), "consent_refused"),
    ("4.2 no to another pair", said(yes(), no("matti", OCTOBER, GRADES)), "living"),
    ("4.2 one changes one's no", said(no(), yes(on=OCTOBER)), "living"),
    ("4.2 one changes one's yes", said(yes(), no(on=OCTOBER)), "consent_refused"),
    ("R3 withdrawn", said(yes(), withdraw()), "no_consent"),
    ("4.2 withdrawing leaves the other's yes", said(yes(), yes("matti"), withdraw()), "living"),
    ("4.2 withdrawing leaves one's no", said(no(), withdraw()), "consent_refused"),
    ("4.2 withdrawing named pairs", said(yes(), withdraw(what=ABSENCES)), "no_consent"),
    ("4.2 withdrawing other pairs", said(yes(), withdraw(what=GRADES)), "living"),
    ("R4 ran out", said(yes(until="2026-11-21T12:00")), "consent_ended"),
    ("R4 not yet", said(yes(until="2026-11-21T12:00:00.000001")), "living"),
    ("R4 a withdrawn one has not run out", said(yes(until=OCTOBER), withdraw(on=SEPTEMBER)),
     "no_consent"),
    ("4.2 an unchanged pair keeps its end", said(yes(until=OCTOBER), yes(on=SEPTEMBER)),
     "consent_ended"),
    ("4.2 another pair edited", said(yes(until=OCTOBER), yes(on=SEPTEMBER, pairs=GRADES)),
     "consent_ended"),
    ("R4 said again after its end is new", said(yes(until=SEPTEMBER), yes(on=OCTOBER)), "living"),
    ("R4 said again at its end is new", said(yes(until=OCTOBER), yes(on=OCTOBER)), "living"),
    ("4.2 withdrawn and said again is new",
     said(yes(until=OCTOBER), withdraw(on=SEPTEMBER), yes(on="2026-09-16")), "living"),
    ("4.3 a no never ends", said(no(), yes("matti", until=OCTOBER)), "consent_refused"),
    ("R6 restricted information", custody(MAIJA, STRANGER, **said(yes("matti"))), "no_consent"),
    ("R6 may not decide", custody(MAIJA, NOT_DECIDING, **said(yes("matti"))), "no_consent"),
    ("R6 their no does not block", custody(MAIJA, STRANGER, **said(yes(), no("matti"))), "living"),
    ("R6 not a guardian at all", said(yes("liisa")), "no_consent"),
    ("4.3 nobody entitled", custody(STRANGER), "no_consent"),
    ("4.3 custody over", custody(MAIJA, GONE_MATTI, **said(yes("matti"))), "no_consent"),
    ("4.3 no of custody over", custody(MAIJA, GONE_MATTI, **said(no("matti"), yes(on=OCTOBER))),
     "living"),
    ("4.3 unknown birth date", born(None, yes()), "no_consent"),
    ("4.3 unknown birth date, a no", born(None, no()), "no_consent"),
    ("4.3 unknown birth date, decided", born(None, yes("aino"), capacity=(capacity("pupil"),)),
     "no_consent"),
    ("P2 all guardians, one", changed(ONE_FOR_ALL), "no_consent"),
    ("P2 all guardians, all", changed(ONE_FOR_ALL, answers=(yes(), yes("matti"))), "living"),
    ("P2 all guardians, one ran out",
     changed(ONE_FOR_ALL, answers=(yes(), yes("matti", until=OCTOBER))), "consent_ended"),
    ("P2 all guardians, the other restricted",
     changed(ONE_FOR_ALL, **custody(MAIJA, STRANGER)), "living"),
    ("4.3 joint: an unjoined yes", born(YOUTH, yes()), "no_consent"),
    ("4.3 joint: the pupil's only", born(YOUTH, yes("aino")), "no_consent"),
    ("4.3 joint: both", born(YOUTH, yes(), yes("aino")), "living"),
    ("4.3 joint: the pupil's no blocks", born(YOUTH, yes(), no("aino")), "consent_refused"),
    ("4.3 joint: the pupil's ran out", born(YOUTH, yes(), yes("aino", until=OCTOBER)),
     "consent_ended"),
    ("4.3 a child's no does not block", said(yes(), no("aino")), "living"),
    ("4.3 a child's yes is nothing", said(yes("aino")), "no_consent"),
    ("R5 at 18 guardians' yes has ended", born(ADULT, yes()), "consent_ended"),
    ("R5 at 18 a guardian's no is over", born(ADULT, no(), yes("aino", OCTOBER)), "living"),
    ("R5 a guardian's withdrawn yes did not end at 18", born(ADULT, yes(), withdraw()),
     "no_consent"),
    ("R5 a joint yes goes on as the pupil's", born(ADULT, yes(), yes("aino")), "living"),
    ("R5 the adult's no", born(ADULT, yes(), no("aino")), "consent_refused"),
    ("4.4 decided: the pupil alone", born(YOUNG, yes("aino"), capacity=(capacity("pupil"),)),
     "living"),
    ("4.4 then guardians' is nothing", born(YOUNG, yes(), capacity=(capacity("pupil"),)),
     "no_consent"),
    ("4.4 then guardians' no is nothing",
     born(YOUNG, no(), yes("aino"), capacity=(capacity("pupil"),)), "living"),
    ("4.4 decided: joint", born(YOUNG, yes(), capacity=(capacity("joint"),)), "no_consent"),
    ("4.4 decided: guardian", born(YOUTH, yes(), capacity=(capacity("guardian"),)), "living"),
    ("4.4 then the pupil's no is nothing",
     born(YOUTH, yes(), no("aino"), capacity=(capacity("guardian"),)), "living"),
    ("4.4 decided: guardian, at 18", born(ADULT, yes(), capacity=(capacity("guardian"),)),
     "living"),
    ("4.4 ended, the ladder is back",
     born(YOUNG, yes(), capacity=(capacity("pupil", until=OCTOBER),)), "living"),
    ("4.4 the latest wins",
     born(YOUNG, yes(), capacity=(capacity("guardian", SEPTEMBER), capacity("pupil"))), "living"),
    ("4.5 a guardian came since", custody(MAIJA, NEW_MATTI), "no_consent"),
    ("4.5 the giver answered since", custody(MAIJA, NEW_MATTI, **said(yes(), yes(on=OCTOBER))),
     "living"),
    ("4.5 the new one answered since",
     custody(MAIJA, NEW_MATTI, **said(yes(), yes("matti", OCTOBER, GRADES))), "living"),
    ("4.5 a withdrawal is an answer too",
     custody(MAIJA, NEW_MATTI, **said(yes(), withdraw("matti", OCTOBER))), "living"),
    ("4.5 who does not decide has not answered",
     custody(MAIJA, NEW_MATTI, **said(yes(), yes("liisa", OCTOBER))), "no_consent"),
    ("4.5 a guardian left since", custody(MAIJA, GONE_MATTI), "no_consent"),
    ("4.5 keep", custody(MAIJA, NEW_MATTI, policies=(KEEP,)), "living"),
    ("4.5 keep, the giver left", custody(MAIJA, GONE_MATTI, policies=(KEEP,),
     **said(yes("matti"))), "no_consent"),
    ("D6 a change and its return",
     custody(MAIJA, GONE_MATTI, guardian("matti", since=date(2026, 10, 5))), "no_consent"),
    ("4.5 a restricted one came", custody(MAIJA, guardian("matti", restricted=True,
     since=date(2026, 10, 1))), "living"),
    ("4.5 the ladder is no custody change", born(date(2011, 10, 1), yes(), yes("aino", OCTOBER)),
     "living"),
    ("4.7 widened to any: an older yes", changed(ONE_FOR_ALL, policy(OCTOBER)), "no_consent"),
    ("4.7 widened to any: a newer yes",
     changed(ONE_FOR_ALL, policy(SEPTEMBER), answers=(yes(on=OCTOBER),)), "living"),
    ("4.7 widened to any: said again",
     changed(ONE_FOR_ALL, policy(SEPTEMBER), answers=(yes(), yes(on=OCTOBER))), "living"),
    ("4.7 widened to any: all had said",
     changed(ONE_FOR_ALL, policy(OCTOBER), answers=(yes(), yes("matti"))), "living"),
    ("4.7 narrowed to all, at once",
     changed(policy(), policy(OCTOBER, decides="all_guardians")), "no_consent"),
    ("4.7 narrowed and back", changed(policy(), policy(SEPTEMBER, decides="all_guardians"),
     policy(OCTOBER)), "no_consent"),
    ("4.7 joint raised: an older yes",
     changed(JOINT, policy(OCTOBER), **born(YOUNG, yes())), "no_consent"),
    ("4.7 joint raised: joined already",
     changed(JOINT, policy(OCTOBER), **born(YOUNG, yes(), yes("aino"))), "living"),
    ("4.7 joint raised: a newer yes",
     changed(JOINT, policy(SEPTEMBER), **born(YOUNG, yes(on=OCTOBER))), "living"),
    ("4.7 joint lowered, at once",
     changed(policy(), policy(OCTOBER, joint_from_age=13), **born(YOUNG, yes())), "no_consent"),
    ("4.7 own raised: an older yes of a guardian",
     changed(OWN, policy(OCTOBER), **born(YOUNG, yes())), "no_consent"),
    ("4.7 own lowered: guardians' ended",
     changed(policy(**LADDERLESS), policy(OCTOBER, joint_from_age=None, own_from_age=13),
     **born(YOUNG, yes())), "consent_ended"),
    ("4.7 own lowered: an older yes of the pupil",
     changed(policy(), policy(OCTOBER, joint_from_age=None, own_from_age=13),
     **born(YOUNG, yes("aino"))), "no_consent"),
    ("4.4 a decision puts the ages of the window aside",
     changed(JOINT, policy(OCTOBER), **born(YOUNG, yes(), capacity=(capacity("guardian"),))),
     "living"),
    ("P26 moved, keep", {"pupils": (aino(moves=MOVED),)}, "living"),
    ("R25 moved, ask", changed(policy(on_school_move="ask"), pupils=(aino(moves=MOVED),)),
     "consent_ended"),
    ("R25 moved, ask, answered since", changed(policy(on_school_move="ask"),
     answers=(yes(), yes(on=OCTOBER)), pupils=(aino(moves=MOVED),)), "living"),
    ("R25 a no moves along", changed(policy(on_school_move="ask"), answers=(no(),),
     pupils=(aino(moves=MOVED),)), "consent_refused"),
    ("4.7 moved, ask only while it was given", changed(policy(on_school_move="ask"),
     policy(OCTOBER), pupils=(aino(moves=MOVED),)), "consent_ended"),
    ("R23 material change", {"forms": (Form(instant(OCTOBER), True),)}, "consent_ended"),
    ("R23 another change", {"forms": (Form(instant(OCTOBER), False),)}, "living"),
    ("R23 answered to the new text", {"forms": (Form(instant(OCTOBER), True),),
     "answers": (yes(), yes(on=OCTOBER))}, "living"),
    ("R23 keep", changed(policy(on_material_change="keep"),
     forms=(Form(instant(OCTOBER), True),)), "living"),
    ("R23 a no stands", {"forms": (Form(instant(OCTOBER), True),), "answers": (no(),)},
     "consent_refused"),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "state"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_consent(changes: dict[str, Any], state: str) -> None:
    assert consent(world(**changes)) == state


def test_answers_may_stand_in_any_order() -> None:
    assert consent(world(answers=(withdraw(), yes()))) == "no_consent"


def test_pairs_are_apart() -> None:
    of = world(answers=(yes(pairs=BOTH), no("matti", OCTOBER, GRADES)))
    assert (consent(of), consent(of, category="grades")) == ("living", "consent_refused")


@pytest.mark.parametrize(
    ("day", "last", "first"),
    [
        (date(2008, 10, 15), "2026-10-14T23:59:59.999999", "2026-10-15T00:00"),
        (date(2008, 10, 25), "2026-10-24T23:59:59.999999+03:00", "2026-10-25T00:00+03:00"),
        (date(2009, 3, 28), "2027-03-27T23:59:59.999999+02:00", "2027-03-28T00:00+02:00"),
        (date(2008, 2, 29), "2026-02-27T23:59:59.999999", "2026-02-28T00:00"),
    ],
    ids=["R5 midnight in Helsinki", "R5 clocks back", "R5 clocks forward", "4.3 29 February"],
)
def test_eighteenth_birthday(day: date, last: str, first: str) -> None:
    of = world(**born(day, yes(on="2026-02-01")), policies=(policy(**LADDERLESS),))
    assert (consent(of, last), consent(of, first)) == ("living", "consent_ended")


def test_born_on_29_february_is_16_that_day_in_a_leap_year() -> None:
    ladder = policy(joint_from_age=None, own_from_age=16)
    of = world(**born(date(2012, 2, 29), yes(on="2026-02-01")), policies=(ladder,))
    assert consent(of, "2028-02-28T23:59") == "living"
    assert consent(of, "2028-02-29T00:00") == "consent_ended"
