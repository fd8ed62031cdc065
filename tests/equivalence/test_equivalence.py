"""`decide` and `visible_pupils` say what the oracle says, on random worlds and both databases."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from sqlalchemy import make_url

from tests.equivalence.asking import differences
from tests.equivalence.host import IdKind
from tests.equivalence.loader import Place, make_place
from tests.oracle.strategies import worlds_with_questions
from tests.oracle.world import Question, World
from tests.postgres import Databases

QUESTIONS = 8
MODEST = {"sqlite": 30, "postgresql": 15}  # for each kind of id
LONG = {"sqlite": 1500, "postgresql": 1500}


@pytest.fixture(scope="module", params=["integer", "text"])
def ids(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def place(
    request: pytest.FixtureRequest, ids: IdKind, databases_of: Callable[[str], Databases]
) -> Iterator[Place]:
    """A database for all worlds of a run; vetoes are aware where ids are integers."""
    databases = databases_of(request.param)
    with databases.fresh() as name:
        made = make_place(make_url(databases.address(name)), ids, aware=ids == "integer")
        yield made
        made.engine.dispose()


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
