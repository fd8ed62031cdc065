"""Threads that do their acts at the same moment, round after round."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import NullPool, create_engine

from tests.equivalence.family import Families
from wilma_ext import locks
from wilma_ext.errors import Conflict, Unavailable
from wilma_ext.rights.consent import activation, answer_record
from wilma_ext.rights.look_up import look_up

Act = Callable[[int], object]
#: How long a twin without its lock stands between its check and its act.
PAUSE = 0.01


def race(rounds: int, acts: list[Act]) -> list[list[float]]:
    """Run every act of a round at once; return how long each act took in each, in seconds."""
    barrier = threading.Barrier(len(acts))
    failed: list[BaseException] = []
    taken: list[list[float]] = [[] for _ in acts]

    def run(place: int, act: Act) -> None:
        dice = random.Random(place)
        try:
            for number in range(rounds):
                barrier.wait(60)
                time.sleep(dice.random() * 0.02)
                begun = time.perf_counter()
                _tolerant(act, number)
                taken[place].append(time.perf_counter() - begun)
        except BaseException as error:
            failed.append(error)
            barrier.abort()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    return taken


def _tolerant(act: Act, number: int) -> None:
    """What a person may be told in the middle of a race; nothing has happened then."""
    try:
        act(number)
    except (Conflict, Unavailable):
        return


@contextmanager
def unlocked(families: Families) -> Iterator[None]:
    """The twin: no advisory lock, or SQLite as its driver opens it; a pause before each act."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(locks, "_lock", lambda *_, **__: None)
        for module, name in (
            (look_up, "policy_at"),
            (look_up, "disclose"),
            (activation, "_open"),
            (answer_record, "_append"),
        ):
            patch.setattr(module, name, _paused(getattr(module, name)))
        engine = families.factory.engine
        if engine.dialect.name == "sqlite":
            families.factory.engine = create_engine(
                engine.url, poolclass=NullPool, connect_args={"timeout": 15}
            )
        yield
        families.factory.engine = engine


def _paused(act: Any) -> Any:
    def paused(*args: Any, **kwargs: Any) -> Any:
        time.sleep(PAUSE)
        return act(*args, **kwargs)

    return paused
