"""Demo facts lie in the past: units of work that live on the day they tell of."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time

from wilma_ext.clock import HELSINKI, utc
from wilma_ext.oversight.chain import append
from wilma_ext.state import current_state
from wilma_ext.work import Work, WorkFactory


@contextmanager
def work_on(day: date, hour: int = 12) -> Iterator[Work]:
    """A unit of work that lives at an hour of a day, noon by default."""
    instant: datetime = utc(datetime.combine(day, time(hour), tzinfo=HELSINKI))
    factory = WorkFactory(current_state.engine, append, clock=lambda _connection: instant)
    with factory() as work:
        yield work
