"""Filling the school system's database with generated or published data."""

from pathlib import Path

from sqlalchemy import delete, func, select

from examples.school.accounts import NamedPeople
from examples.school.database import db
from examples.school.demo import seed_host
from examples.school.grandbend import count_line, seed_grandbend
from examples.school.models import Municipality
from examples.school.school_year import today


class NotEmptyError(Exception):
    """The database already holds a school system's data."""


def seed(data: str, data_dir: Path, *, fresh: bool = False) -> NamedPeople:
    """Fill the database and commit; one that holds data is refused unless `fresh`."""
    if fresh:
        _empty()
    elif db.session.scalar(select(func.count()).select_from(Municipality)):
        raise NotEmptyError("the database already holds data; --fresh replaces it")
    named = seed_host(today()) if data == "demo" else seed_grandbend(today(), data_dir)
    db.session.commit()
    return named


def summary(data: str) -> str:
    """Say what the database holds now."""
    if data == "grandbend":
        return count_line()
    rows = {
        table.name: db.session.scalar(select(func.count()).select_from(table))
        for table in db.metadata.sorted_tables
    }
    return ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in rows.items())


def _empty() -> None:
    for table in reversed(db.metadata.sorted_tables):
        db.session.execute(delete(table))
