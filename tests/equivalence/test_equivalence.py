"""`decide` and `visible_pupils` say what the oracle says, on random worlds and both databases."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.equivalence.asking import differences
from tests.equivalence.loader import Place
from tests.oracle.strategies import worlds_with_questions
from tests.oracle.world import Question, World

QUESTIONS = 8
#: Worlds for each engine and kind of id.
MODEST = {"sqlite": 30, "postgresql": 15}
LONG = {"sqlite": 1500, "postgresql": 1500}


def agree(place: Place, worlds: int, *, same_every_time: bool) -> None:
    @settings(
        max_examples=worlds,
        derandomize=same_every_time,
        database=None,
        deadline=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(worlds_with_questions(QUESTIONS))
    def check(drawn: tuple[World, tuple[Question, ...]]) -> None:
        world, questions = drawn
        assert differences(place, world, questions) == []

    check()


def test_the_database_agrees_with_the_oracle(place: Place) -> None:
    agree(place, MODEST[place.engine.dialect.name], same_every_time=True)


@pytest.mark.long
def test_the_database_agrees_with_the_oracle_on_thousands(place: Place) -> None:
    agree(place, LONG[place.engine.dialect.name], same_every_time=False)
