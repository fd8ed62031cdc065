"""The promise of a withdrawal in figures, on both databases; `make bench-races` prints them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import make_url

from tests.equivalence.loader import Place, make_place
from tests.equivalence.machine import live, noticing
from tests.equivalence.race import unlocked
from tests.equivalence.test_races import SHOWN, late_look_ups, run_withdrawals, withdrawal_race
from tests.postgres import Databases

pytestmark = pytest.mark.bench

ENGINES = ("sqlite", "postgresql")
#: With the lock, and in the twin without it, where each round waits a little.
ROUNDS, TWIN = 300, 100
#: Lives of thirty steps.
LIVES = {"sqlite": 40, "postgresql": 10}
HEADS = ("", *ENGINES)
Figures = dict[str, str | int]


@contextmanager
def place_of(databases: Databases) -> Iterator[Place]:
    with databases.fresh() as name:
        place = make_place(make_url(databases.address(name)), "integer")
        yield place
        place.close()


def races(place: Place) -> Figures:
    families = withdrawal_race(place, ROUNDS)
    taken = run_withdrawals(families)
    told = [event for events in families.events().values() for _, event in events]
    assert late_look_ups(families) == []
    assert families.open_pairs() == set()
    twin = withdrawal_race(place, TWIN)
    with unlocked(twin):
        run_withdrawals(twin)
    return {
        "rounds": ROUNDS,
        "look-ups shown": sum(event in SHOWN for event in told),
        "shown after the withdrawal": len(late_look_ups(families)),
        "enabled after the withdrawal": len(families.open_pairs()),
        "rounds without the lock": TWIN,
        "shown after the withdrawal, no lock": len(late_look_ups(twin)),
        "enabled after the withdrawal, no lock": len(twin.open_pairs()),
        "withdrawals that waited over a second": sum(each > 1 for each in taken),
        "longest withdrawal, milliseconds": round(max(taken) * 1000),
    }


def test_races_and_lives(databases_of: Callable[[str], Databases]) -> None:
    columns = []
    for engine in ENGINES:
        with place_of(databases_of(engine)) as place:
            figures = races(place)
            steps = live(noticing(place), LIVES[engine], same_every_time=False)
        columns.append({**figures, "state machine, steps": steps})
    lines = [HEADS, *((name, *(column[name] for column in columns)) for name in columns[0])]
    print()  # noqa: T201 - the result
    for name, *values in lines:
        print(f"{name:<40}", *(f"{value:>12}" for value in values))  # noqa: T201 - the result
    assert all(column["shown after the withdrawal, no lock"] for column in columns)
