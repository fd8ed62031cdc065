"""What one examination works on: an app, the plugin's state in it, and the counts made so far."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from sqlalchemy import Connection, Engine, Select, text

from wilma_ext.register import SchoolRegister
from wilma_ext.state import State

#: No look into the register may take longer, in seconds.
PATIENCE = 60


@dataclass
class Patient:
    """The app under examination."""

    app: Flask
    state: State
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def engine(self) -> Engine:
        """The plugin's own engine: what it cannot read, the pages cannot read either."""
        return self.state.engine

    @property
    def register(self) -> SchoolRegister:
        """The host's SELECTs."""
        return self.state.register

    @contextmanager
    def look(self) -> Iterator[Connection]:
        """Lend a connection for one look; whatever happens on it is rolled back."""
        with self.engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text(f"SET LOCAL statement_timeout = '{PATIENCE}s'"))
            yield connection

    def selects(self) -> dict[str, Select[Any]]:
        """Return every SELECT of the host by name, declared categories among them."""
        further = {category.key: category.select for category in self.register.categories}
        return {**self.register.selects(), **further}
