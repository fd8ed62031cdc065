"""Small nasty random worlds, and questions at their boundary instants."""

from __future__ import annotations

from datetime import datetime

from hypothesis import strategies as st

from tests.oracle import random_facts as facts
from tests.oracle.calendar_pool import TICK, WORKDAYS, between, boundaries, mostly, settled
from tests.oracle.random_acts import acts
from tests.oracle.world import Question, World

NECESSITIES = (None, None, "acute concern", "acute concern", "acute concern", " ")


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """A loadable world: periods are never empty, an exception or assignment never begins before
    its membership, no two versions of one thing begin at one instant."""
    children = draw(facts.pupils())
    rows = draw(facts.guardians(children))
    teams = draw(facts.groups())
    staff = draw(facts.members(teams, children))
    answers, activations = draw(acts(children, rows, teams))
    return World(
        policies=draw(facts.policies()),
        forms=draw(facts.forms()),
        schools=facts.SCHOOLS,
        pupils=children,
        guardians=rows,
        groups=teams,
        agreements=draw(facts.agreements(teams)),
        members=staff,
        exceptions=draw(facts.exceptions(staff)),
        matrix=draw(facts.matrices(teams)),
        answers=answers,
        capacity=draw(facts.capacity(children)),
        activations=activations,
        vetoes=draw(facts.vetoes(children, staff)),
    )


def instants(world: World, low: datetime) -> st.SearchStrategy[datetime]:
    """Half inside a stretch of peace, half at a boundary or a microsecond beside it."""
    edges = [each for each in boundaries(world) if each >= low] or [low]
    calm = [each for each in between(world) if each >= low] or [low]
    near = [max(low, edge + tick) for edge in edges for tick in (-TICK, 0 * TICK, TICK)]
    return st.one_of(st.sampled_from(calm), st.sampled_from(near))


@st.composite
def questions(draw: st.DrawFn, world: World) -> Question:
    """Mostly after the first acts; never before a pupil's last move, because a host's register
    knows only today's school."""
    low = settled(world)
    low = draw(mostly(max(low, WORKDAYS[4]), low, share=4))
    return Question(
        member=draw(st.sampled_from(world.members)).id,
        pupil=draw(st.sampled_from(world.pupils)).id,
        category=draw(mostly("absences", "grades", "contacts", "unheard_of", share=3)),
        at=draw(instants(world, low)),
        necessity=draw(st.sampled_from(NECESSITIES)),
    )


@st.composite
def worlds_with_questions(draw: st.DrawFn, count: int = 8) -> tuple[World, tuple[Question, ...]]:
    world = draw(worlds())
    return world, tuple(draw(questions(world)) for _ in range(count))
