"""Nobody touches another's answer: who of two persons spoke first is of no account (design 4.2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from tests.equivalence.asking import decided
from tests.equivalence.loader import Place, load
from tests.oracle.calendar_pool import SUMMER, boundaries, settled
from tests.oracle.random_acts import SAYINGS
from tests.oracle.strategies import worlds
from tests.oracle.world import Activation, Answer, Pupil, Question, World
from wilma_ext.models import AnswerChoice
from wilma_ext.rights.consent import answer_record

SECOND = timedelta(seconds=1)
#: A stretch of time in which nothing begins or ends by itself.
CALM = timedelta(minutes=5)
MODEST = {"sqlite": 30, "postgresql": 10}
LONG = {"sqlite": 1000, "postgresql": 400}
Saying = dict[str, Any]


@st.composite
def two_orders(draw: st.DrawFn) -> tuple[World, World, datetime]:
    """Two persons say the same in two orders, each in the order of his or her own words."""
    world = replace(draw(worlds()), answers=(), activations=())
    pupil = draw(st.sampled_from(world.pupils))
    people = sorted({row.id for row in world.guardians if pupil.id in row.of} | {pupil.id, "x1"})
    pair = draw(st.lists(st.sampled_from(people), min_size=2, max_size=2, unique=True))
    sayings = st.lists(st.sampled_from(SAYINGS), min_size=1, max_size=3)
    said = {by: draw(sayings) for by in pair}
    turns = [by for by in pair for _ in said[by]]
    since = draw(st.sampled_from(calm_moments(world)))
    made = [story(world, pupil, said, draw(st.permutations(turns)), since) for _ in range(2)]
    return made[0], made[1], since + timedelta(minutes=2)


def calm_moments(world: World) -> list[datetime]:
    edges = [each for each in boundaries(world) if each >= settled(world)]
    stretches = pairwise([settled(world), *edges, SUMMER + timedelta(days=30)])
    return [low + SECOND for low, high in stretches if high - low > CALM]


def story(
    world: World, pupil: Pupil, said: dict[str, list[Saying]], turns: Iterable[str], on: datetime
) -> World:
    """The persons speak in these turns; then the secretary enables every group."""
    words = {by: iter(sayings) for by, sayings in said.items()}
    county = world.groups[0].county
    answers = []
    for by in turns:
        capacity: Any = "pupil" if by == pupil.id else "guardian"
        answers.append(Answer(pupil.id, by, on, county, capacity, **next(words[by])))
        on += SECOND
    opened = [
        Activation(pupil.id, group.id, on + n * SECOND) for n, group in enumerate(world.groups)
    ]
    return replace(world, answers=tuple(answers), activations=tuple(opened))


def decisions(place: Place, world: World, at: datetime) -> dict[tuple[str, ...], object]:
    loaded = load(place, world)
    with place.work(at) as work:
        return {
            (member.id, pupil.id, category): decided(
                place, work, loaded, Question(member.id, pupil.id, category, at)
            )
            for member in world.members
            for pupil in world.pupils
            for category in ("absences", "grades")
        }


def orders_agree(place: Place, pairs: int, *, same_every_time: bool) -> None:
    @settings(
        max_examples=pairs,
        derandomize=same_every_time,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(two_orders())
    def check(drawn: tuple[World, World, datetime]) -> None:
        one, other, at = drawn
        assert decisions(place, one, at) == decisions(place, other, at)

    check()


@pytest.mark.parametrize("ids", ["text"], indirect=True)
def test_the_order_of_two_persons_is_of_no_account(place: Place) -> None:
    orders_agree(place, MODEST[place.engine.dialect.name], same_every_time=True)


@pytest.mark.long
@pytest.mark.parametrize("ids", ["text"], indirect=True)
def test_the_order_is_of_no_account_in_many_families(place: Place) -> None:
    orders_agree(place, LONG[place.engine.dialect.name], same_every_time=False)


def last_writer_wins(patch: pytest.MonkeyPatch) -> None:
    """As where all guardians write into one form: an answer ends what the others have said."""
    append = answer_record._append

    def writing_over(work: Any, register: Any, giver: Any, *rest: Any, **act: Any) -> Any:
        theirs = (
            AnswerChoice.provider_ref == giver.provider_ref,
            AnswerChoice.pupil_ref == giver.pupil_ref,
            AnswerChoice.giver_ref != giver.person_ref,
        )
        ended = update(AnswerChoice).where(*theirs).values(superseded_at=work.now())
        work.session.execute(ended)
        return append(work, register, giver, *rest, **act)

    patch.setattr(answer_record, "_append", writing_over)


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
@pytest.mark.parametrize("ids", ["text"], indirect=True)
def test_a_form_of_the_last_writer_is_found(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    last_writer_wins(monkeypatch)
    with pytest.raises(AssertionError):
        orders_agree(place, MODEST["sqlite"], same_every_time=True)
