"""The desk in a host where every office is one school's."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from sqlalchemy import literal_column, select

from tests.hosts.plain import User
from tests.web.desk import Desk, beside, close, desk_register


@contextmanager
def office_of(desk: Desk, school: str) -> Iterator[Desk]:
    """Give a second host on the same database, in which the secretary has this school only."""
    offices = desk_register().offices.subquery()
    narrowed = replace(
        desk_register(),
        offices=select(
            offices.c.person_id,
            offices.c.office,
            offices.c.provider_id,
            literal_column(f"'{school}'", User.id.type).label("school_id"),
        ),
    )
    other = beside(desk, narrowed)
    yield other
    close(other)
