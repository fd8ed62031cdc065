"""The Flask extension: a guest that changes nothing of its host's (design D1)."""

from typing import Any

from flask import Flask
from flask_login import current_user
from sqlalchemy import Engine

from wilma_ext.blueprints import parent_blueprint
from wilma_ext.cli import commands
from wilma_ext.language import load_languages
from wilma_ext.register import SchoolRegister
from wilma_ext.register.contract import check_contract
from wilma_ext.settings import Settings
from wilma_ext.state import KEY, Identity, LocaleChoice, State
from wilma_ext.work import Clock, database_clock


class WilmaExt:
    """Consent, welfare group and rights matrix for a school system that already exists.

    `db` is the host's Flask-SQLAlchemy; a host without it gives `engine`. `identity` returns the
    signed-in person's id (default: flask-login's). `locale` returns the host's language choice.
    """

    def __init__(
        self,
        db: Any = None,
        *,
        register: SchoolRegister,
        engine: Engine | None = None,
        identity: Identity | None = None,
        locale: LocaleChoice | None = None,
        clock: Clock = database_clock,
    ) -> None:
        self._db = db
        self._register = register
        self._engine = engine
        self._identity = identity or signed_in_person
        self._locale = locale
        self._clock = clock

    def init_app(self, app: Flask) -> None:
        """Take the plugin into an app: settings, state, blueprints, commands; nothing else."""
        settings = Settings.read(app.config)
        check_contract(self._register)
        app.extensions[KEY] = State(
            settings=settings,
            register=self._register,
            languages=load_languages(settings.languages, settings.translations),
            identity=self._identity,
            locale=self._locale,
            database=self._db,
            given_engine=self._engine,
            clock=self._clock,
        )
        app.register_blueprint(parent_blueprint(settings))
        app.cli.add_command(commands)


def exempt_from_csrf(app: Flask, csrf: Any) -> None:
    """Tell a host's app-wide CSRFProtect that our forms bring a token of their own.

    Without it the host's check refuses every form of ours, because it looks for the host's token.
    """
    for name, blueprint in app.blueprints.items():
        if name.split(".")[0] == KEY:
            csrf.exempt(blueprint)


def signed_in_person() -> object | None:
    """Return flask-login's user id, or None for an anonymous visitor."""
    if not current_user or not current_user.is_authenticated:
        return None
    identifier: object | None = current_user.get_id()
    return identifier
