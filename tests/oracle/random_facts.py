"""Strategies for what stands around the answers: policy, register, staff, matrix."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

from hypothesis import strategies as st

from tests.oracle.calendar_pool import (
    BIRTHS,
    FIRST_DAY,
    LADDERS,
    POOL,
    WORKDAYS,
    days_between,
    end_after,
    moments,
    mostly,
)
from tests.oracle.civil import instant
from tests.oracle.world import (
    DEFAULT_POLICY,
    Agreement,
    Assignment,
    CapacityDecision,
    Form,
    Group,
    Guardian,
    MatrixEntry,
    Member,
    PersonalException,
    PolicyVersion,
    Pupil,
    Veto,
)

Draw = st.DrawFn
CATEGORIES = ("absences", "grades", "contacts")
STAFF = ("kuraattori", "psykologi", "terveydenhoitaja")
SCHOOLS = ("s1", "s2")
CHOICES: Mapping[str, st.SearchStrategy[Any]] = {
    "mode": st.sampled_from(
        [*["consent"] * 7, *["consent_and_statutory"] * 14, "contact", "off"],
    ),
    "decides": mostly("any_guardian", "all_guardians", share=3),
    "ladder": st.sampled_from(LADDERS),
    "activation": mostly("manual", "automatic", share=3),
    "agreement_required": mostly(False, True, share=4),
    "school_scope": mostly("own", "all", share=4),
    "statutory_professions": st.sampled_from(
        [("kuraattori",), ("kuraattori", "psykologi"), ("kuraattori",), ("psykologi",), ()]
    ),
    "on_school_move": mostly("keep", "ask", share=1),
    "on_custody_change": mostly("suspend", "keep", share=2),
    "on_material_change": mostly("ask", "keep", share=2),
}


def _keys(choices: Mapping[str, Any]) -> dict[str, Any]:
    joint, own = choices["ladder"]
    others = {key: value for key, value in choices.items() if key != "ladder"}
    return {**DEFAULT_POLICY, **others, "joint_from_age": joint, "own_from_age": own}


@st.composite
def policies(draw: Draw) -> tuple[PolicyVersion, ...]:
    """One to three versions; a later one changes one or two choices of the one before."""
    choices = {key: draw(each) for key, each in CHOICES.items()}
    first = draw(mostly(instant("2026-01-01"), WORKDAYS[2], share=15))
    timeline = [PolicyVersion(first, _keys(choices))]
    later = tuple(each for each in POOL if each > first)
    count = draw(st.sampled_from([0, 0, 0, 1, 1, 2]))
    for since in sorted(draw(_distinct(later, count))):
        for key in draw(st.lists(st.sampled_from(sorted(CHOICES)), min_size=1, max_size=2)):
            choices[key] = draw(CHOICES[key])
        timeline.append(PolicyVersion(since, _keys(choices)))
    return tuple(timeline)


@cache
def _distinct(pool: Any, count: int) -> st.SearchStrategy[list[Any]]:
    return st.lists(st.sampled_from(pool), min_size=count, max_size=count, unique=True)


@st.composite
def pupils(draw: Draw) -> tuple[Pupil, ...]:
    count = draw(st.sampled_from([1, 1, 2, 2, 3]))
    return tuple(draw(_pupil(f"p{n}")) for n in range(1, count + 1))


@st.composite
def _pupil(draw: Draw, name: str) -> Pupil:
    school = draw(mostly("s1", "s2", share=3))
    moves: tuple[tuple[datetime, str], ...] = ()
    if draw(mostly(False, True, share=5)):
        moved = draw(st.sampled_from(WORKDAYS[3:10]))
        moves = ((moved, draw(mostly("s2", "s1", share=3))),)
    enrolled = draw(mostly(True, False, share=24))
    return Pupil(name, school, draw(st.sampled_from(BIRTHS)), enrolled, moves)


@st.composite
def guardians(draw: Draw, children: tuple[Pupil, ...]) -> tuple[Guardian, ...]:
    """One to three per pupil, some shared, some without rights or with custody of a time."""
    rows: list[Guardian] = []
    for child in children:
        count = draw(st.sampled_from([1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 0]))
        for person in draw(_distinct(("g1", "g2", "g3", "g4"), count)):
            rows.extend(draw(_custody(person, child.id)))
    return tuple(rows)


@st.composite
def _custody(draw: Draw, person: str, child: str) -> list[Guardian]:
    since = draw(days_between(None))
    until = draw(days_between(since))
    row = Guardian(
        person,
        (child,),
        may_decide=draw(mostly(True, False, share=12)),
        restricted=draw(mostly(False, True, share=12)),
        since=since,
        until=until,
    )
    back = draw(days_between(until)) if until and draw(st.booleans()) else None
    return [row, Guardian(person, (child,), since=back)] if back else [row]


@st.composite
def groups(draw: Draw) -> tuple[Group, ...]:
    return draw(
        st.sampled_from(
            [
                *[(Group("hva", "luvn"),)] * 4,
                (Group("hva", "luvn"), Group("hvb", "luvn")),
                (Group("hva", "luvn"), Group("hvb", "hus")),
            ]
        )
    )


@st.composite
def members(
    draw: Draw, teams: tuple[Group, ...], children: tuple[Pupil, ...]
) -> tuple[Member, ...]:
    count = draw(st.sampled_from([1, 2, 2, 3]))
    family = ("g1", "g2", "g3", *(child.id for child in children))
    others = draw(_distinct(family, count))
    return tuple(draw(_member(f"m{n + 1}", teams, others[n])) for n in range(count))


@st.composite
def _member(draw: Draw, name: str, teams: tuple[Group, ...], other: str) -> Member:
    """Seldom the same human as a guardian or a pupil."""
    since = draw(mostly(FIRST_DAY, WORKDAYS[4], share=14))
    until = draw(end_after(since, share=14))
    schools = [
        draw(_assignment(school, since))
        for school in SCHOOLS
        if draw(mostly(True, False, share=10))
    ]
    person, also = draw(mostly((name, ()), (name, (other,)), (other, ()), share=12))
    team = draw(st.sampled_from([teams[0], teams[0], teams[-1]]))
    profession = draw(st.sampled_from([*[STAFF[0]] * 4, *STAFF]))
    return Member(name, person, team.id, profession, since, until, tuple(schools), also)


@st.composite
def _assignment(draw: Draw, school: str, since: datetime) -> Assignment:
    begun = max(since, draw(mostly(FIRST_DAY, WORKDAYS[5], share=12)))
    return Assignment(school, begun, draw(end_after(begun, share=12)))


@st.composite
def exceptions(draw: Draw, staff: tuple[Member, ...]) -> tuple[PersonalException, ...]:
    found = []
    for _ in range(draw(st.sampled_from([0, 0, 0, 1, 2]))):
        who = draw(st.sampled_from(staff))
        since = max(who.since, draw(mostly(FIRST_DAY, *POOL[::5], share=6)))
        category = draw(st.sampled_from(CATEGORIES))
        effect: Any = draw(st.sampled_from(["allow", "deny"]))
        until = draw(end_after(since, share=2))
        found.append(PersonalException(who.id, category, effect, since, until))
    return tuple(found)


@cache
def _words(profession: str) -> st.SearchStrategy[str]:
    """The law gives nothing to nurses (R10): no statutory cell for them."""
    by_law = ["statutory"] * 4 if profession in ("kuraattori", "psykologi") else []
    return st.sampled_from([*["consent"] * 10, *by_law, "off"])


@st.composite
def _cells(draw: Draw) -> dict[str, dict[str, str]]:
    return {
        profession: {category: draw(_words(profession)) for category in CATEGORIES}
        for profession in STAFF
    }


@st.composite
def matrices(draw: Draw, teams: tuple[Group, ...]) -> tuple[MatrixEntry, ...]:
    entries = []
    for team in teams:
        first = draw(mostly(FIRST_DAY, WORKDAYS[3], share=12))
        entries.append(MatrixEntry(first, team.id, draw(_cells())))
        if draw(mostly(False, True, share=3)):
            later = draw(st.sampled_from([each for each in POOL if each > first]))
            entries.append(MatrixEntry(later, team.id, draw(_cells())))
    return tuple(entries)


@st.composite
def agreements(draw: Draw, teams: tuple[Group, ...]) -> tuple[Agreement, ...]:
    found = []
    for county in sorted({team.county for team in teams}):
        if draw(mostly(True, False, share=4)):
            since = draw(mostly(FIRST_DAY, WORKDAYS[6], share=6))
            found.append(Agreement(county, since, draw(end_after(since, share=6))))
    return tuple(found)


@st.composite
def forms(draw: Draw) -> tuple[Form, ...]:
    """The first form, and seldom a later one."""
    later = sorted(draw(_distinct(POOL, draw(st.sampled_from([0, 0, 0, 1, 1, 2])))))
    return (Form(FIRST_DAY, True), *(Form(at, draw(st.booleans())) for at in later))


@st.composite
def capacity(draw: Draw, children: tuple[Pupil, ...]) -> tuple[CapacityDecision, ...]:
    found = []
    for child in children:
        if draw(mostly(False, True, share=6)):
            since = draw(moments())
            decides: Any = draw(st.sampled_from(["pupil", "joint", "guardian"]))
            found.append(
                CapacityDecision(child.id, since, decides, draw(end_after(since, share=1)))
            )
    return tuple(found)


@st.composite
def vetoes(draw: Draw, children: tuple[Pupil, ...], staff: tuple[Member, ...]) -> tuple[Veto, ...]:
    found = []
    for _ in range(draw(mostly(0, 1, 2, share=3))):
        child = draw(st.sampled_from(children)).id
        person = draw(st.sampled_from([None, *(who.person for who in staff), "x1"]))
        since = draw(days_between(None))
        category = draw(st.sampled_from([None, *CATEGORIES]))
        found.append(Veto(child, person, category, since, draw(days_between(since))))
    return tuple(found)
