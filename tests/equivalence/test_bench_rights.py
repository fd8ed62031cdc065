"""How long a decision and a list take; `make bench` prints it."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median

import pytest
from sqlalchemy import make_url, text

from tests.equivalence.crowd import crowd
from tests.equivalence.loader import make_place
from tests.oracle import building
from tests.oracle.civil import instant
from wilma_ext.rights.access.decision import decide
from wilma_ext.rights.access.listing import visible_pupils
from wilma_ext.work import WorkFactory

pytestmark = pytest.mark.bench

AT = instant(building.NOW)
OWN = 600
PUPILS = {"sqlite": 600, "postgresql": 20_000}


def milliseconds(act: Callable[[], object], rounds: int) -> float:
    """The median, after the rounds in which a driver and a server make up their minds."""
    for _ in range(12):
        act()
    taken = []
    for _ in range(rounds):
        begun = time.perf_counter()
        act()
        taken.append(time.perf_counter() - begun)
    return median(taken) * 1000


def test_speed_of_a_decision_and_of_a_list(engine_name: str, database_url: str) -> None:
    place = make_place(make_url(database_url), "integer")
    _, loaded = crowd(place, PUPILS[engine_name], OWN)
    if engine_name == "postgresql":
        with place.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
    member, register = loaded.members["kaisa"], place.register
    own = {"category": "absences", "at": AT}
    with place.work(AT) as work:
        if engine_name == "postgresql":
            work.connection.execute(text("SET LOCAL jit = off"))
        pupils = iter([loaded.ref(f"pupil{n}") for n in range(OWN)] * 2)
        figures = {
            "decide": milliseconds(
                lambda: decide(work, register, member, pupil_ref=next(pupils), **own), 200
            ),
            "list": milliseconds(lambda: visible_pupils(work, register, member, **own), 10),
        }
        seen = len(visible_pupils(work, register, member, **own))
    begun = time.perf_counter()
    with WorkFactory(place.engine, lambda *_: None)() as work:
        decide(work, register, member, pupil_ref=loaded.ref("pupil1"), **own)
    figures["decide in a new unit of work"] = (time.perf_counter() - begun) * 1000
    place.close()
    one = figures["decide"]
    told = ", ".join(f"{name} {t:.1f} ms ({t / one:.1f})" for name, t in figures.items())
    pupils_told = f"{PUPILS[engine_name]} pupils, {seen} of {OWN} own visible"
    print(f"\n{engine_name}, {pupils_told}: {told}")  # noqa: T201 - the result
    assert seen == OWN * 3 // 4 + 1
