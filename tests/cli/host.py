"""The plain and the example host with the plugin's tables, and commands run in them."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from click.testing import Result
from flask import Flask

from examples.school import create_app
from examples.school.database import db as school_db
from examples.school.demo import seed_host
from tests.hosts import plain
from tests.hosts.world import SmallWorld, small_world
from wilma_ext import migrate
from wilma_ext.state import current_state

KEY = "a key that nobody knows: 8d1c"
IDS = SmallWorld()
INIT = (
    *("--provider", IDS.tenant, "--name", "Koivuranta", "--name-sv", "Björkstrand"),
    *("--name-en", "Koivuranta", "--county", "luvn", "--as", "atte"),
    *("--county-name", "Hyvinvointialue", "--county-name-sv", "Välfärdsområde"),
    *("--county-name-en", "County"),
)


@dataclass(frozen=True)
class Host:
    """A host and its commands."""

    app: Flask

    def run(self, *words: str, typed: str = "") -> Result:
        """Run `flask wilma-ext ...`; a traceback instead of words fails the test."""
        result = self.app.test_cli_runner().invoke(args=["wilma-ext", *words], input=typed)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    def document(self, *words: str, status: int = 0) -> Any:
        result = self.run(*words, "--json")
        assert result.exit_code == status, result.output
        return json.loads(result.stdout)


def plain_host(address: str) -> Flask:
    return plain.create_host(address, SECRET_KEY=KEY, SESSION_COOKIE_SECURE=True)


def school_host(address: str) -> Flask:
    return create_app({"SQLALCHEMY_DATABASE_URI": address, "SECRET_KEY": KEY})


def _close(database: Any) -> None:
    database.session.remove()
    database.engine.dispose()
    current_state.engine.dispose()


def bare_plain(address: str) -> None:
    """Fill the plain host; the plugin has no tables yet."""
    with plain_host(address).app_context():
        small_world(date(2026, 11, 21))
        _close(plain.db)


def ready_plain(address: str) -> None:
    """Fill the plain host and bring the plugin's tables up."""
    with plain_host(address).app_context():
        small_world(date(2026, 11, 21))
        migrate.upgrade(current_state.engine)
        _close(plain.db)


def used_plain(address: str) -> None:
    """Fill the plain host, and take its first provider into use."""
    ready_plain(address)
    host = Host(plain_host(address))
    host.document("provider", "init", *INIT)
    with host.app.app_context():
        _close(plain.db)


def used_school(address: str) -> None:
    """Fill the example host, and take its first municipality into use."""
    app = school_host(address)
    with app.app_context():
        school_db.create_all()
        seed_host(date(2026, 11, 21))
        school_db.session.commit()
        migrate.upgrade(current_state.engine)
        Host(app).document("provider", "init", "--provider", "1", *INIT[2:])
        _close(school_db)


Build = Callable[[str], None]
