"""A small school information system that takes the plugin in: `examples.school:create_app`."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import Migrate

from examples.school import commands, language, login, pages, settings, welfare
from examples.school.database import db
from wilma_ext import hide_from_host

MIGRATIONS = Path(__file__).parent / "migrations"


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """Return the school system; `config` replaces the defaults of `settings`."""
    app = Flask(__name__)
    given = dict(config or {})
    app.config.from_mapping({**_missing(given), **given})
    db.init_app(app)
    Migrate(
        app,
        db,
        directory=str(MIGRATIONS),
        include_object=hide_from_host,
        render_as_batch=True,
        compare_type=True,
    )
    language.init_app(app)
    login.init_app(app)
    pages.init_app(app)
    commands.init_app(app)
    welfare.integrate(app, db)
    return app


def _missing(given: Mapping[str, Any]) -> dict[str, object]:
    """Return the defaults, without touching the disk where the caller gave everything."""
    needed = {"SQLALCHEMY_DATABASE_URI", "SECRET_KEY"}
    return {} if needed <= given.keys() else settings.defaults()
