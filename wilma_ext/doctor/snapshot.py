"""One consistent sight of the whole database, however long it takes to read it."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine
from sqlalchemy.orm import Session


@contextmanager
def snapshot(engine: Engine) -> Iterator[Session]:
    """Lend a session whose every statement sees the same instant.

    A chain and its head read at two instants would seem broken by what was appended between.
    """
    postgresql = engine.dialect.name == "postgresql"
    options = {"isolation_level": "REPEATABLE READ"} if postgresql else {}
    with engine.connect().execution_options(**options) as connection, Session(connection) as found:
        yield found
