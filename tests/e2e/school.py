"""The example school system with few pupils, filled by its own functions."""

from datetime import date
from unittest.mock import patch

from flask import Flask, current_app
from flask.testing import FlaskClient

from examples.school import create_app, demo, welfare
from examples.school.consents import seed_consents
from examples.school.database import db
from examples.school.demo import seed_host
from tests import present
from wilma_ext import migrate
from wilma_ext.state import KEY, State

PER_GROUP = 4
#: The groups in which the named accounts have children, and one of each further school.
GROUPS = ("2A", "3A", "5A", "7B", "8A", "L1", "L3", "5S", "4H")
FEW = tuple(
    (*school, tuple((name, level, PER_GROUP) for name, level, _ in groups if name in GROUPS))
    for *school, groups in demo.SCHOOLS
)


def school_app(address: str) -> Flask:
    app = create_app(
        {
            "SQLALCHEMY_DATABASE_URI": address,
            "SECRET_KEY": "the example's key in tests",
            "SCHOOL_DEMO_ACCOUNTS": True,
            "WILMA_EXT_STRICT_CSP": True,
        }
    )
    if isinstance(state := app.extensions.get(KEY), State):
        state.clock = present.clock
    return app


def school_alone(address: str) -> Flask:
    """Return the example host as it was before it took the plugin in."""
    with patch.object(welfare, "integrate", lambda _app, _db: None):
        return school_app(address)


def build_school(address: str, day: date | None = None) -> None:
    """Fill an empty database: few pupils, but every named account and its family."""
    day = day or present.today()
    app = school_app(address)
    with app.app_context(), patch.object(demo, "SCHOOLS", FEW):
        db.create_all()
        named = seed_host(day)
        db.session.commit()
        migrate.upgrade(app.extensions[KEY].engine)
        seed_consents(named, day)
    close(app)


def close(app: Flask) -> None:
    """Let go of the database."""
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
        if isinstance(state := current_app.extensions.get(KEY), State):
            state.engine.dispose()


def sign_in(client: FlaskClient, username: str) -> None:
    """Sign in at the host's own page, with the host's own token."""
    page = client.get("/sign-in")
    if page.status_code == 302:  # signed in already
        return
    token = page.text.split('name="csrf_token" type="hidden" value="')[1].split('"')[0]
    sent = {"username": username, "password": "demo", "csrf_token": token}
    assert client.post("/sign-in", data=sent).status_code == 302
