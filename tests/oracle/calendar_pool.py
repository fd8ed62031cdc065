"""The instants random worlds are made of: few, so that facts meet at their boundaries."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any, TypeVar

from hypothesis import strategies as st

from tests.oracle.civil import birthday, instant, midnight
from tests.oracle.world import World

T = TypeVar("T")

TICK = timedelta(microseconds=1)
FIRST_DAY = instant("2026-08-01")
SUMMER = instant("2027-08-01")
# Custody changes, birthdays, the days the clocks change and 28 February of a common year.
DAYS = (
    date(2026, 10, 1),
    date(2026, 10, 15),
    date(2026, 10, 25),
    date(2026, 11, 2),
    date(2026, 12, 1),
    date(2027, 2, 28),
    date(2027, 3, 28),
)
MIDNIGHTS = tuple(midnight(day) for day in DAYS)
WORKDAYS = tuple(instant("2026-08-10T09:00") + timedelta(days=9 * n) for n in range(26))
POOL = tuple(
    sorted([*WORKDAYS, *(each + tick for each in MIDNIGHTS for tick in (-TICK, 0 * TICK))])
)
# Weighted towards an ordinary child, so that much is open.
BIRTHS = (
    *[date(2016, 5, 1)] * 10,
    date(2011, 11, 2),
    date(2008, 10, 15),
    date(2008, 10, 25),
    date(2009, 3, 28),
    date(2012, 2, 29),
    date(2011, 3, 1),
    date(2010, 3, 1),
    date(2007, 1, 1),
    None,
)
LADDERS = (
    *[(15, 18)] * 7,
    (None, 18),
    (13, 18),
    (15, 16),
    (10, 18),
    (None, 15),
    (15, 17),
)


@lru_cache(maxsize=None, typed=True)
def _weighted(common: Any, rare: tuple[Any, ...], share: int) -> st.SearchStrategy[Any]:
    return st.sampled_from([*[common] * max(1, share * len(rare)), *rare])


def mostly(common: T, *rare: T, share: int = 6) -> st.SearchStrategy[T]:
    """The common value `share` times as often as all the rare ones together."""
    return _weighted(common, rare, share)


@cache
def moments() -> st.SearchStrategy[datetime]:
    return st.sampled_from(POOL)


@cache
def end_after(since: datetime, share: int = 6) -> st.SearchStrategy[datetime | None]:
    """No end mostly, else one of the pool's later instants."""
    later = [each for each in POOL if each > since]
    return mostly(None, SUMMER, *later[1::4], share=share)


@cache
def days_between(low: date | None) -> st.SearchStrategy[date | None]:
    return mostly(None, *(day for day in DAYS if low is None or day > low), share=12)


def boundaries(world: World) -> list[datetime]:
    """Every instant at which something in the world begins or ends."""
    found = {each for each in _boundaries(world) if each is not None and each >= FIRST_DAY}
    return sorted(found)


def _boundaries(world: World) -> Iterator[datetime | None]:
    for event in world.events():
        yield event.at
        fact: Any = event.fact[1] if isinstance(event.fact, tuple) else event.fact
        yield getattr(fact, "until", None)
    days = [day for row in world.guardians for day in (row.since, row.until)]
    days += [day for veto in world.vetoes for day in (veto.since, veto.until)]
    yield from (midnight(day) for day in days if day)
    ages = {
        each.keys[key] for each in world.policies for key in ("joint_from_age", "own_from_age")
    } - {None}
    for pupil in world.pupils:
        if pupil.born:
            yield from (midnight(birthday(pupil.born, age)) for age in ages)


def settled(world: World) -> datetime:
    """After every move of a pupil: a host's register knows only today's school."""
    return max([FIRST_DAY, *(moved for pupil in world.pupils for moved, _ in pupil.moves)])


def between(world: World) -> list[datetime]:
    """An instant inside each stretch in which nothing changes, and one after everything."""
    edges = [*boundaries(world), SUMMER + timedelta(days=30)]
    return [low + (high - low) / 2 for low, high in pairwise(edges)]
