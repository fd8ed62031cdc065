"""How long guardians wait while 2,000 pupils are enabled; `make bench` prints it (S12)."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from statistics import median
from typing import Any

import pytest
from sqlalchemy import make_url

from tests.equivalence.bulk_world import BulkWorld
from tests.equivalence.loader import Place, make_place
from tests.postgres import Databases
from wilma_ext.cli.rest import SECONDS
from wilma_ext.oversight.chain import verify
from wilma_ext.rights.desk.bulk_run import RunState

pytestmark = pytest.mark.bench

ENGINES = ("sqlite", "postgresql")
PUPILS = 2000
#: Between two chunks of one run, in seconds; a browser's are those of its script.
RESTS = {
    "by the command": {"sqlite": SECONDS, "postgresql": 0.0},
    "by a browser": dict.fromkeys(ENGINES, 0.15),
}
#: Between two guardians who withdraw.
NEXT = 0.1


@pytest.fixture
def worlds(databases_of: Callable[[str], Databases]) -> Iterator[Callable[[str], BulkWorld]]:
    opened: list[tuple[Any, Place]] = []

    def world(engine: str) -> BulkWorld:
        databases = databases_of(engine)
        context = databases.fresh()
        place = make_place(make_url(databases.address(context.__enter__())), "integer")
        opened.append((context, place))
        return BulkWorld(place, PUPILS)

    yield world
    for context, place in opened:
        place.close()
        context.__exit__(None, None, None)


def run_and_withdraw(world: BulkWorld, run: str, rest: float) -> tuple[float, list[float]]:
    """Return how long the run took, and each withdrawal of those who come last in it."""
    over, waited = threading.Event(), []

    def drive() -> None:
        while world.advance(run).state == RunState.RUNNING:
            time.sleep(rest)
        over.set()

    driver, begun = threading.Thread(target=drive), time.perf_counter()
    driver.start()
    for number in reversed(range(PUPILS)):
        if over.wait(NEXT):
            break
        asked = time.perf_counter()
        world.families.withdraw("maija", number)
        waited.append(time.perf_counter() - asked)
    driver.join()
    return time.perf_counter() - begun, waited


@pytest.mark.parametrize("driver", list(RESTS))
def test_a_guardian_beside_a_run(worlds: Callable[[str], BulkWorld], driver: str) -> None:
    for engine in ENGINES:
        world = worlds(engine)
        run = world.start()
        seconds, waited = run_and_withdraw(world, run, RESTS[driver][engine])
        late = sum(each > 1 for each in waited)
        print(  # noqa: T201 - the result
            f"\n{engine}, {PUPILS} pupils {driver} in {seconds:.1f} s: {len(waited)} withdrawals, "
            f"over a second {late}, longest {max(waited) * 1000:.0f} ms, "
            f"median {median(waited) * 1000:.0f} ms"
        )
        withdrawn = {world.families.pupil(PUPILS - 1 - number) for number in range(len(waited))}
        assert sum(world.run(run).counts.values()) == PUPILS
        assert world.families.open_pairs() == set(world.refs) - withdrawn
        with world.families.factory() as work:
            assert verify(work.session, world.provider).holds
