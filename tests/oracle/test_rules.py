"""Members, schools, routes, exceptions, vetoes: cases typed by hand from the documents."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from tests.oracle.building import NOW, ask, guardian, matrix, member, policy, world
from tests.oracle.civil import instant
from tests.oracle.rules import REASONS, decide, seen_by, visible_pupils
from tests.oracle.world import (
    Agreement,
    Assignment,
    Group,
    MatrixEntry,
    PersonalException,
    Pupil,
    Veto,
    World,
)

AUGUST = instant("2026-08-01")
OCTOBER = instant("2026-10-01")
LATER = instant("2027-01-01")


def at_school(school: str, since: Any = AUGUST, until: Any = None) -> dict[str, Any]:
    return {"members": (member(schools=(Assignment(school, since, until),)),)}


def excepted(effect: Any, **changes: Any) -> dict[str, Any]:
    rule = PersonalException("kaisa", "absences", effect, OCTOBER)
    return {"exceptions": (replace(rule, **changes),)}


def cell(word: str, profession: str = "kuraattori", **keys: Any) -> dict[str, Any]:
    return {
        "matrix": (MatrixEntry(AUGUST, "hva", {profession: {"absences": word}}),),
        "members": (member(profession=profession),),
        "policies": (policy(**keys),),
    }


BOTH_ROUTES = {"mode": "consent_and_statutory"}
DEMANDED = {"policies": (policy(agreement_required=True),)}
CASES: list[tuple[str, dict[str, Any], str | None]] = [
    ("R1 consent, activation, matrix, membership, school", {}, None),
    ("R27 membership ended", {"members": (member(until=OCTOBER),)}, "not_a_member"),
    ("R27 membership not begun", {"members": (member(since=LATER),)}, "not_a_member"),
    ("D9 no members", {"members": ()}, "not_a_member"),
    ("R12 another school", at_school("s2"), "not_assigned"),
    ("R12 assignment ended", at_school("s1", until=OCTOBER), "not_assigned"),
    ("R12 assignment not begun", at_school("s1", LATER), "not_assigned"),
    (
        "P17 all schools",
        {**at_school("s2"), "policies": (policy(school_scope="all"),)},
        None,
    ),
    (
        "P17 all schools still needs the membership",
        {"members": (member(until=OCTOBER),), "policies": (policy(school_scope="all"),)},
        "not_a_member",
    ),
    (
        "R12 the pupil moved to another school",
        {"pupils": (Pupil("aino", "s1", date(2016, 5, 1), moves=((OCTOBER, "s2"),)),)},
        "not_assigned",
    ),
    (
        "4.8 not enrolled",
        {"pupils": (Pupil("aino", "s1", date(2016, 5, 1), enrolled=False),)},
        "not_enrolled",
    ),
    ("R22 own child", {"members": (member(person="maija"),)}, "own_child"),
    ("4.8 own child through human_id", {"members": (member(also=("matti",)),)}, "own_child"),
    (
        "R22 own child whatever the custody",
        {
            "guardians": (
                guardian("maija"),
                guardian("kaisa", may_decide=False, restricted=True, until=date(2020, 1, 1)),
            )
        },
        "own_child",
    ),
    ("R22 oneself", {"members": (member(also=("aino",)),)}, "own_child"),
    ("D7 agreement demanded, none", DEMANDED, "no_agreement"),
    ("D7 agreement in force", {**DEMANDED, "agreements": (Agreement("luvn", AUGUST),)}, None),
    (
        "D7 agreement over",
        {**DEMANDED, "agreements": (Agreement("luvn", AUGUST, OCTOBER),)},
        "no_agreement",
    ),
    (
        "D7 agreement of another county",
        {**DEMANDED, "agreements": (Agreement("hus", AUGUST),)},
        "no_agreement",
    ),
    ("P8 cell off", cell("off"), "not_in_matrix"),
    ("P8 profession without cells", {"members": (member(profession="laakari"),)}, "not_in_matrix"),
    ("D9 no matrix", {"matrix": ()}, "not_in_matrix"),
    ("D9 matrix not yet in force", {"matrix": (matrix("2027-01-01"),)}, "not_in_matrix"),
    ("P8 a later version replaces", {"matrix": (*world().matrix, matrix(NOW))}, "not_in_matrix"),
    (
        "P8 another group's version does not",
        {"matrix": (*world().matrix, matrix(NOW, "other"))},
        None,
    ),
    ("P1 mode off", cell("consent", mode="off"), "not_in_matrix"),
    ("P1 mode contact closes absences", cell("consent", mode="contact"), "not_in_matrix"),
    ("R11 deny", excepted("deny"), "personal_denial"),
    ("R11 deny over", excepted("deny", until=instant(NOW)), None),
    ("R11 deny not begun", excepted("deny", since=LATER), None),
    ("R11 deny of another category", excepted("deny", category="grades"), None),
    ("R11 another member's deny", excepted("deny", member="other"), None),
    ("4.9 allow adds by consent", {**cell("off"), **excepted("allow")}, None),
    (
        "4.9 allow cannot pass the mode",
        {**cell("off", mode="off"), **excepted("allow")},
        "not_in_matrix",
    ),
    (
        "4.9 allow still needs consent",
        {**cell("off"), **excepted("allow"), "answers": ()},
        "no_consent",
    ),
    (
        "4.9 deny wins over allow",
        {"exceptions": excepted("allow")["exceptions"] + excepted("deny")["exceptions"]},
        "personal_denial",
    ),
    ("D7 statutory off by default", cell("statutory"), "not_in_matrix"),
    ("R10 statutory without necessity", cell("statutory", **BOTH_ROUTES), "necessity_not_stated"),
    (
        "R10 psykologi not listed",
        cell("statutory", "psykologi", **BOTH_ROUTES),
        "not_in_matrix",
    ),
    (
        "P16 psykologi listed",
        cell(
            "statutory",
            "psykologi",
            **BOTH_ROUTES,
            statutory_professions=("kuraattori", "psykologi"),
        ),
        "necessity_not_stated",
    ),
    (
        "R10 a nurse never, even listed",
        cell(
            "statutory",
            "terveydenhoitaja",
            **BOTH_ROUTES,
            statutory_professions=("terveydenhoitaja",),
        ),
        "not_in_matrix",
    ),
    ("P1 consent in the mode of both", cell("consent", **BOTH_ROUTES), None),
    ("D2 veto", {"vetoes": (Veto("aino"),)}, "host_veto"),
    ("D2 veto of the person", {"vetoes": (Veto("aino", "kaisa"),)}, "host_veto"),
    ("D2 veto of another person", {"vetoes": (Veto("aino", "other"),)}, None),
    ("D2 veto of the category", {"vetoes": (Veto("aino", None, "absences"),)}, "host_veto"),
    ("D2 veto of another category", {"vetoes": (Veto("aino", None, "grades"),)}, None),
    ("D2 veto over", {"vetoes": (Veto("aino", until=date(2026, 11, 21)),)}, None),
    ("D2 veto from today", {"vetoes": (Veto("aino", since=date(2026, 11, 21)),)}, "host_veto"),
    ("D9 no policy yet", {"policies": (policy("2027-01-01"),)}, "not_in_matrix"),
]


@pytest.mark.parametrize(("changes", "because"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_because(changes: dict[str, Any], because: str | None) -> None:
    verdict = ask(world(**changes))
    assert verdict.because == because
    assert verdict.allowed == (because is None)


def test_statutory_route_needs_only_a_stated_necessity() -> None:
    """D7: no consent, no activation; a refusal does not close what the law gives."""
    of = world(**cell("statutory", **BOTH_ROUTES), answers=(), activations=())
    assert ask(of, necessity="acute concern").allowed
    assert ask(of, necessity="acute concern").route == "statutory"
    assert ask(of, necessity=" \t").failing == ("necessity_not_stated",)


@pytest.mark.parametrize(
    ("changes", "because"),
    [
        (excepted("deny"), "personal_denial"),
        ({"vetoes": (Veto("aino"),)}, "host_veto"),
        ({"members": (member(also=("maija",)),)}, "own_child"),
        (at_school("s2"), "not_assigned"),
    ],
)
def test_what_closes_the_statutory_route_too(changes: dict[str, Any], because: str) -> None:
    of = world(**{**cell("statutory", **BOTH_ROUTES), **changes})
    assert ask(of, necessity="acute concern").because == because


def test_contact_mode_opens_contacts_by_consent() -> None:
    cells = {"contacts": "consent", "timetable": "consent", "grades": "consent"}
    said = replace(world().answers[0], yes={"kuraattori": tuple(cells)})
    keys = policy(mode="contact")
    of = world(matrix=(matrix(kuraattori=cells),), answers=(said,), policies=(keys,))
    assert [ask(of, category=each).allowed for each in cells] == [True, True, False]


def test_boundaries_are_half_open() -> None:
    """D5: live at its beginning, dead at its end."""
    of = world(members=(member(until=OCTOBER),))
    tick = timedelta(microseconds=1)
    assert ask(of, OCTOBER - tick).allowed
    assert ask(of, OCTOBER).failing == ("not_a_member", "not_assigned")


def test_reasons_stand_in_the_order_of_the_design() -> None:
    words = """\
    not_a_member, not_assigned, not_enrolled, own_child, no_agreement, not_in_matrix,
    personal_denial, no_consent, consent_refused, consent_ended, not_activated,
    necessity_not_stated, host_veto"""
    assert [word.strip() for word in words.split(",")] == list(REASONS)


def test_everything_failing_is_told() -> None:
    of = world(members=(member(until=OCTOBER),), matrix=(), answers=(), vetoes=(Veto("aino"),))
    told = ("not_a_member", "not_assigned", "not_in_matrix", "no_consent", "not_activated")
    assert ask(of).failing == (*told, "host_veto")


def test_lists_are_the_same_decision() -> None:
    otso = Pupil("otso", "s1", date(2015, 1, 1))
    of = world(pupils=(*world().pupils, otso))
    at = instant(NOW)
    assert visible_pupils(of, "kaisa", "absences", at) == ("aino",)
    assert seen_by(of, "aino", "absences", at) == ("kaisa",)
    assert seen_by(of, "otso", "absences", at) == ()


def test_statutory_pupils_are_listed_only_with_a_necessity() -> None:
    otso = Pupil("otso", "s1", date(2015, 1, 1))
    of = world(pupils=(*world().pupils, otso), **cell("statutory", **BOTH_ROUTES))
    at = instant(NOW)
    assert visible_pupils(of, "kaisa", "absences", at) == ()
    assert visible_pupils(of, "kaisa", "absences", at, "acute concern") == ("aino", "otso")


def test_unknown_is_denied() -> None:
    at = instant(NOW)
    assert decide(World(), "kaisa", "aino", "absences", at).because == "not_a_member"
    assert decide(world(), "kaisa", "nobody", "absences", at).because == "not_assigned"
    assert ask(world(), category="unheard_of").because == "not_in_matrix"
    assert ask(world(groups=(Group("other", "luvn"),))).because == "not_a_member"
