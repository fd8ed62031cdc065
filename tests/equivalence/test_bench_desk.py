"""How long the secretary's desk takes with 2,000 pupils; `make bench` prints it (S12, X19)."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import quantiles

import pytest
from sqlalchemy import make_url, text

from tests.equivalence.bulk_world import BulkWorld
from tests.equivalence.crowd import crowd
from tests.equivalence.loader import make_place
from tests.oracle import building
from tests.oracle.civil import instant
from wilma_ext.rights.consent.pairs import states_of_pupils
from wilma_ext.rights.desk.bulk import CHUNK
from wilma_ext.rights.desk.desk import desk_of

pytestmark = pytest.mark.bench

AT = instant(building.NOW)
PUPILS, ROUNDS = 2000, 20


def p95(act: Callable[[], object], rounds: int = ROUNDS) -> float:
    """The 95th percentile in milliseconds, after a first round."""
    act()
    taken = []
    for _ in range(rounds):
        begun = time.perf_counter()
        act()
        taken.append((time.perf_counter() - begun) * 1000)
    return quantiles(taken, n=20)[-1]


def test_speed_of_the_desk(engine_name: str, database_url: str) -> None:
    place = make_place(make_url(database_url), "integer")
    _, loaded = crowd(place, PUPILS, PUPILS)
    where = {"provider_ref": loaded.provider_ref}
    if engine_name == "postgresql":
        with place.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
    natives = [loaded.native(f"pupil{number}") for number in range(PUPILS)]
    with place.work(AT) as work:
        if engine_name == "postgresql":
            work.connection.execute(text("SET LOCAL jit = off"))
        group = {"group_id": loaded.groups["hva"], "school_refs": None}
        figures = {
            "desk": p95(lambda: desk_of(work, place.register, at=AT, **group, **where)),
            "every pair by the rule": p95(
                lambda: states_of_pupils(
                    work, place.register, pupils=natives, county="luvn", at=AT, **where
                ),
                rounds=5,
            ),
        }
        shown = len(desk_of(work, place.register, at=AT, **group, **where))
    world = BulkWorld(place, 6 * CHUNK)
    run = world.start()
    figures["chunk"] = p95(lambda: world.advance(run), rounds=4)
    place.close()
    desk = figures["desk"]
    told = ", ".join(f"{name} {t:.0f} ms ({t / desk:.1f})" for name, t in figures.items())
    print(f"\n{engine_name}, {PUPILS} pupils, p95: {told}")  # noqa: T201 - the result
    assert shown == PUPILS + 1
