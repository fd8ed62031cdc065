"""The plugin's own engine over the host's database (design D3)."""

from importlib import import_module
from typing import Any

from sqlalchemy import URL, Engine, NullPool, create_engine, event

from wilma_ext.errors import SettingsError

#: Seconds that SQLite waits for another writer.
BUSY_SECONDS = 15
#: Connections kept, and added under load, on PostgreSQL.
POOL_SIZE, POOL_EXTRA, POOL_SECONDS = 5, 10, 5


def own_engine(url: URL, connect_args: dict[str, Any] | None = None) -> Engine:
    """Return a new engine for the URL, set up so that check and act are one.

    Sharing the host's pool starves it: flask-login already holds a connection per request.
    """
    arguments = dict(connect_args or {})
    if url.get_backend_name() == "sqlite":
        return _sqlite(url, arguments)
    if url.get_backend_name() == "postgresql":
        return _postgresql(url, arguments)
    raise SettingsError(f"wilma_ext works on PostgreSQL and SQLite, not on {url.drivername}")


def _postgresql(url: URL, connect_args: dict[str, Any]) -> Engine:
    """Return an engine with a small pool of its own.

    Where the driver can, statements bear the server's own placeholders: for named ones it looks
    through every long text each time it is sent, which took a third of a decision. After five
    times psycopg prepares a statement in the server, once for each connection of the pool.
    """
    raw = _raw_cursors(url)
    engine = create_engine(
        url,
        isolation_level="READ COMMITTED",
        pool_size=POOL_SIZE,
        max_overflow=POOL_EXTRA,
        pool_timeout=POOL_SECONDS,
        hide_parameters=True,
        connect_args=connect_args,
        **({"paramstyle": "numeric_dollar"} if raw else {}),
    )
    if raw:

        @event.listens_for(engine, "connect")
        def on_connect(connection: Any, _record: Any) -> None:
            connection.cursor_factory, connection.server_cursor_factory = raw

    return engine


def _raw_cursors(url: URL) -> tuple[Any, Any] | None:
    """Return psycopg's cursors that take the server's own placeholders; since its 3.2."""
    if url.get_driver_name() != "psycopg":
        return None
    psycopg = import_module("psycopg")
    if not hasattr(psycopg, "RawServerCursor"):
        return None
    return psycopg.RawCursor, psycopg.RawServerCursor


def _sqlite(url: URL, connect_args: dict[str, Any]) -> Engine:
    if is_in_memory(url):
        raise SettingsError(
            "wilma_ext cannot share an in-memory SQLite database: its commit would commit the "
            "host's half-done work. Use a database file."
        )
    engine = create_engine(
        url,
        poolclass=NullPool,
        hide_parameters=True,
        connect_args={"timeout": BUSY_SECONDS, **connect_args},
    )
    immediate(engine)
    return engine


def is_in_memory(url: URL) -> bool:
    """Tell whether the SQLite URL names no file."""
    database = url.database or ""
    return database in ("", ":memory:") or "mode=memory" in str(url) or ":memory:" in database


def immediate(engine: Engine) -> None:
    """Make every SQLite transaction of the engine take the write lock when it begins.

    By default the driver runs a SELECT outside the transaction that follows it, which let half
    of all activations slip past a withdrawal.
    """

    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA synchronous=FULL")

    @event.listens_for(engine, "begin")
    def on_begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def guarded(engine: Engine) -> Engine:
    """Return a given engine in the mode that our locks need; the engine itself is untouched."""
    if engine.dialect.name == "postgresql":
        ours = engine.execution_options(isolation_level="READ COMMITTED")
        ours.hide_parameters = True
        return ours
    return own_engine(engine.url)
