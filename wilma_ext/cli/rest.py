"""Long work in many transactions: a moment of rest after each, for who waits to write."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from wilma_ext.state import current_state
from wilma_ext.work import Work

#: SQLite lets nobody queue: without a rest a guardian's withdrawal may wait for the whole work.
SECONDS = 0.15


@contextmanager
def rested_work() -> Iterator[Work]:
    """Open a unit of work, and let others in after it."""
    with current_state.work() as work:
        yield work
    if current_state.engine.dialect.name == "sqlite":
        time.sleep(SECONDS)
