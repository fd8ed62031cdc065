"""The plugin's own engine: does a transaction behave as the rights need it (D3)."""

from collections.abc import Iterator
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import OperationalError

from wilma_ext.clock import utc
from wilma_ext.doctor.finding import Finding, error, ok, warning
from wilma_ext.doctor.patient import Patient

#: Seconds by which the clocks of the process and the database may differ.
CLOCK_SECONDS = 5

_OWN_ENGINE = "Give WilmaExt the host's SQLAlchemy instead of an engine, or set the engine up so."


def database_findings(patient: Patient) -> Iterator[Finding]:
    """Check the isolation of a transaction and what the database keeps."""
    if patient.engine.dialect.name == "postgresql":
        with patient.look() as connection:
            yield from _postgresql(connection)
    else:
        yield from _sqlite(patient.engine)


def _postgresql(connection: Connection) -> Iterator[Finding]:
    def shown(name: str) -> str:
        return str(connection.scalar(text(f"SHOW {name}")))

    yield ok("postgresql", "database", f"PostgreSQL {shown('server_version')}")
    yield _expected(
        shown("transaction_isolation"), "read committed", "isolation", "transaction isolation"
    )
    yield _expected(shown("server_encoding"), "UTF8", "encoding", "server encoding")
    if shown("synchronous_commit") == "off":
        message = "a commit may be lost when the server fails: an audit row after its page was seen"
        yield warning("synchronous_commit", "database", message, "Set synchronous_commit to on.")
    if shown("transaction_read_only") == "on":
        message = "the connection is read-only, so nothing can be recorded and nothing shown"
        yield error("read_only", "database", message, "Connect to the primary server.")
    yield _clock(connection)


def _expected(found: str, wanted: str, code: str, what: str) -> Finding:
    if found.lower() == wanted.lower():
        return ok(code, "database", f"the {what} is {found}")
    return error(code, "database", f"the {what} is {found}, not {wanted}", _OWN_ENGINE)


def _clock(connection: Connection) -> Finding:
    there = utc(connection.execute(text("SELECT clock_timestamp()")).scalar_one())
    apart = abs((datetime.now(UTC) - there).total_seconds())
    if apart <= CLOCK_SECONDS:
        return ok("clock", "database", "the clocks of process and database agree")
    message = f"the clocks of process and database are {apart:.0f} seconds apart"
    return warning("clock", "database", message, "Let both follow one time server.")


def _sqlite(engine: Engine) -> Iterator[Finding]:
    message = "SQLite serves demos and small trials: one writer at a time, one server process"
    yield warning("sqlite", "database", message, "Use PostgreSQL where people's real data are.")
    with engine.connect() as connection:
        if connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1:
            yield ok("foreign_keys", "database", "foreign keys are kept")
        else:
            yield error("foreign_keys", "database", "foreign keys are not kept", _OWN_ENGINE)
        yield _immediate(engine)


def _immediate(engine: Engine) -> Finding:
    """Try to write beside an open transaction: it must hold the lock from its beginning."""
    other = engine.raw_connection()
    try:
        cursor = other.cursor()
        cursor.execute("PRAGMA busy_timeout=0")
        cursor.execute("BEGIN IMMEDIATE")
    except Exception as problem:
        if not _is_locked(engine, problem):
            raise
        return ok("begin_immediate", "database", "a transaction holds the lock from its beginning")
    finally:
        other.rollback()
        other.close()
    message = "two transactions can check at once what only one of them may then do"
    return error("begin_immediate", "database", message, _OWN_ENGINE)


def _is_locked(engine: Engine, problem: Exception) -> bool:
    kind = engine.dialect.loaded_dbapi.OperationalError
    return isinstance(problem, kind | OperationalError) and "locked" in str(problem)
