"""The present of the suite: now, except in the first weeks of a school year.

Pages show the data of one school year; in August there would be nothing to show yet.
"""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Connection

from wilma_ext.clock import civil_date, school_year_start
from wilma_ext.work import database_clock

#: So long ago the school year has begun.
BEGUN = timedelta(weeks=10)


def _forward(now: datetime) -> datetime:
    today = civil_date(now)
    return now + max(timedelta(), school_year_start(today) + BEGUN - today)


def present() -> datetime:
    """Return the present instant of the suite."""
    return _forward(datetime.now(UTC))


def today() -> date:
    """Return the present day in Helsinki."""
    return civil_date(present())


def clock(connection: Connection) -> datetime:
    """Return the present of a database: what a host of the tests takes for its clock."""
    return _forward(database_clock(connection))
