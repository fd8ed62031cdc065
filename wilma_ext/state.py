"""What the extension keeps for one app: settings, register, languages and units of work."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from flask import current_app
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError
from werkzeug.local import LocalProxy

from wilma_ext import migrate
from wilma_ext.engine import guarded, own_engine
from wilma_ext.errors import SettingsError, Unavailable
from wilma_ext.language import Speech
from wilma_ext.oversight.chain import append
from wilma_ext.register import SchoolRegister
from wilma_ext.settings import Settings
from wilma_ext.signals import deliver
from wilma_ext.work import Clock, Work, WorkFactory, database_clock

KEY = "wilma_ext"

#: Returns the id of the signed-in person, or None.
Identity = Callable[[], object | None]
#: Returns the host's choice of language for the request, or None.
LocaleChoice = Callable[[], str | None]


@dataclass
class State:
    """The extension's state in one app; `app.extensions["wilma_ext"]`."""

    settings: Settings
    register: SchoolRegister
    languages: Mapping[str, Speech]
    identity: Identity
    locale: LocaleChoice | None = None
    database: Any = None
    given_engine: Engine | None = None
    clock: Clock = database_clock
    _factory: WorkFactory | None = field(default=None, repr=False)
    _schema_checked: bool = False

    @property
    def engine(self) -> Engine:
        """The plugin's own engine, made at first use within the app's context."""
        return self._works().engine

    @contextmanager
    def work(self) -> Iterator[Work]:
        """Open a unit of work, on a schema that the code knows and no host write in the way.

        What it announces is delivered once it has committed.
        """
        factory = self._works()
        self._refuse_under_host_write()
        if not self._schema_checked:
            self._check_schema(factory.engine)
        with factory() as work:
            yield work
        if work.announcements:
            # Flask declares its proxy to be the app itself.
            app = current_app._get_current_object()  # type: ignore[attr-defined]
            deliver(app, work.announcements)

    def _check_schema(self, engine: Engine) -> None:
        try:
            migrate.require_head(engine)
        except DBAPIError as error:
            raise Unavailable("the database did not answer") from error
        self._schema_checked = True

    def _works(self) -> WorkFactory:
        if self._factory is None:
            self._factory = WorkFactory(self._make_engine(), append, self.clock)
        return self._factory

    def _make_engine(self) -> Engine:
        if self.given_engine is not None:
            return guarded(self.given_engine)
        if self.database is None:
            raise SettingsError("WilmaExt needs the host's SQLAlchemy or an engine of its own")
        options = current_app.config.get("SQLALCHEMY_ENGINE_OPTIONS") or {}
        return own_engine(self.database.engine.url, options.get("connect_args"))

    def _refuse_under_host_write(self) -> None:
        """Answer at once where the host's own request holds SQLite's write lock.

        Waiting would be waiting for ourselves: the host commits only after us.
        """
        if self.database is None or self.engine.dialect.name != "sqlite":
            return
        session = self.database.session
        if not session.registry.has() or not session().in_transaction():
            return
        raw = session.connection().connection.dbapi_connection
        if getattr(raw, "in_transaction", False):
            raise Unavailable("the host is in the middle of a write in the same request")


def _current() -> State:
    state = current_app.extensions.get(KEY)
    if not isinstance(state, State):
        raise SettingsError("WilmaExt is not set up in this app: call init_app")
    return state


#: The state of the current app; a named error where there is none.
current_state: State = LocalProxy(_current)  # type: ignore[assignment]  # stands for it
