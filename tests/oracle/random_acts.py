"""Strategies for what is done about a pupil: answers and activations, in time order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from hypothesis import strategies as st

from tests.oracle.calendar_pool import POOL, WORKDAYS, end_after, mostly
from tests.oracle.random_facts import CATEGORIES, STAFF, Draw
from tests.oracle.world import Activation, Answer, Group, Guardian, Pairs, Pupil

ALL: Pairs = dict.fromkeys(STAFF, CATEGORIES)
ABSENCES: Pairs = dict.fromkeys(STAFF, ("absences",))
GRADES: Pairs = dict.fromkeys(STAFF, ("grades",))
KURAATTORI: Pairs = {"kuraattori": ("absences", "grades")}
# What an answer may say; the first and commonest is yes to everything.
SAYINGS: tuple[dict[str, Any], ...] = (
    *[{"yes": ALL}] * 6,
    {"yes": ABSENCES, "no": GRADES},
    {"yes": ABSENCES},
    {"yes": GRADES},
    {"yes": KURAATTORI},
    {"yes": KURAATTORI, "no": {"psykologi": ("absences",)}},
    *[{"no": ALL}] * 3,
    *[{"no": {"kuraattori": ("absences",)}}] * 2,
    *[{"withdraw": "all"}] * 2,
    {"withdraw": ABSENCES},
    {"withdraw": {"kuraattori": ("absences", "grades")}},
)


@dataclass(frozen=True)
class Family:
    """Who may act about a pupil."""

    pupil: Pupil
    guardians: tuple[str, ...]
    teams: tuple[Group, ...]


Act = Answer | Activation


@st.composite
def acts(
    draw: Draw,
    children: tuple[Pupil, ...],
    rows: tuple[Guardian, ...],
    teams: tuple[Group, ...],
) -> tuple[tuple[Answer, ...], tuple[Activation, ...]]:
    done: list[Act] = []
    for child in children:
        people = tuple(dict.fromkeys(row.id for row in rows if child.id in row.of))
        done.extend(draw(_story(Family(child, people, teams))))
    answers = tuple(act for act in done if isinstance(act, Answer))
    return answers, tuple(act for act in done if isinstance(act, Activation))


@st.composite
def _story(draw: Draw, family: Family) -> list[Act]:
    """Mostly the municipal example first (yes, enabled), then whatever happens."""
    opening = draw(_opening(family)) if draw(mostly(True, False, share=9)) else []
    begun = opening[-1].on if opening else WORKDAYS[0]
    later = [each for each in POOL if each > begun]
    moments = st.lists(st.sampled_from(later), max_size=3, unique=True)
    rest = [draw(_act(family, on)) for on in sorted(draw(moments))]
    return [*opening, *rest]


@st.composite
def _opening(draw: Draw, family: Family) -> list[Act]:
    """Everybody who may have to says yes, and the secretary enables the groups."""
    county = draw(mostly(family.teams[0].county, family.teams[-1].county, share=5))
    sayers = [*family.guardians[: draw(st.sampled_from([1, 3, 3, 3]))]]
    if draw(mostly(_grown(family.pupil), True, share=4)):
        sayers.append(family.pupil.id)
    times = iter(WORKDAYS)
    said: list[Act] = [draw(_yes(family, by, next(times), county)) for by in sayers]
    opened = [team for team in family.teams if draw(mostly(True, False, share=9))]
    return [*said, *(Activation(family.pupil.id, team.id, next(times)) for team in opened)]


def _grown(pupil: Pupil) -> bool:
    return pupil.born is not None and pupil.born < date(2013, 1, 1)


@st.composite
def _yes(draw: Draw, family: Family, by: str, on: datetime, county: str) -> Answer:
    until = draw(end_after(on, share=6))
    return Answer(family.pupil.id, by, on, county, _capacity(family, by), yes=ALL, until=until)


@st.composite
def _act(draw: Draw, family: Family, on: datetime) -> Act:
    if draw(st.sampled_from([False, False, True])):
        team = draw(st.sampled_from(family.teams))
        return Activation(family.pupil.id, team.id, on, draw(end_after(on)))
    by = draw(st.sampled_from(_speakers(family)))
    saying = draw(st.sampled_from(SAYINGS))
    county = draw(mostly(family.teams[0].county, family.teams[-1].county))
    until = draw(end_after(on, share=3)) if saying.get("yes") else None
    return Answer(family.pupil.id, by, on, county, _capacity(family, by), until=until, **saying)


def _capacity(family: Family, by: str) -> Literal["guardian", "pupil"]:
    return "pupil" if by == family.pupil.id else "guardian"


def _speakers(family: Family) -> Sequence[str]:
    """Guardians, the pupil (more often when older), seldom somebody without a part in it."""
    own = [family.pupil.id] * (6 if _grown(family.pupil) else 2)
    return [*family.guardians * 3, *own, "x1"]
