"""Half-open periods in SQL: from an instant on, until just before another."""

from typing import Any

from sqlalchemy import ColumnElement, FromClause, and_, or_

from wilma_ext.rights.access.bound import AT, DAY


def live(source: FromClause) -> ColumnElement[bool]:
    """The row's period contains the instant; NULL `valid_until` has no end."""
    return and_(source.c.valid_from <= AT, open_ended(source.c.valid_until))


def open_ended(until: ColumnElement[Any]) -> ColumnElement[bool]:
    """The end has not come at the instant."""
    return or_(until.is_(None), until > AT)


def live_on_day(start: ColumnElement[Any], end: ColumnElement[Any]) -> ColumnElement[bool]:
    """A period of civil dates contains the Helsinki day of the instant; NULL is unbounded."""
    return and_(or_(start.is_(None), start <= DAY), or_(end.is_(None), end > DAY))
