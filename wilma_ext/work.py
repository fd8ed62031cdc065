"""The unit of work: one transaction, its locks, its instant and its audit rows (D3, D5, D10)."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from wilma_ext import locks
from wilma_ext.clock import utc
from wilma_ext.errors import Unavailable
from wilma_ext.models import AuditHead
from wilma_ext.signals import Announcement

#: How long a statement waits for a lock, and how long it may run, on PostgreSQL.
LOCK_TIMEOUT, STATEMENT_TIMEOUT = "8s", "20s"

#: Compiling a statement of ours costs half a second and saves none: just-in-time is off.
_LIMITS = text(
    f"SELECT set_config('lock_timeout', '{LOCK_TIMEOUT}', true), "
    f"set_config('statement_timeout', '{STATEMENT_TIMEOUT}', true), "
    "set_config('jit', 'off', true)"
)

Clock = Callable[[Connection], datetime]

_LONG_AGO = datetime(1, 1, 2, tzinfo=UTC)


#: Appends the recorded events as the last statements before the commit.
Append = Callable[[Session, Sequence[Any], datetime], None]


def database_clock(connection: Connection) -> datetime:
    """Return the present instant: the database's on PostgreSQL, the process's on SQLite.

    It is asked after the locks: with an instant from before them, a look-up that waited for a
    withdrawal still showed the data.
    """
    if connection.dialect.name == "postgresql":
        instant: datetime = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
        return utc(instant)
    return datetime.now(UTC)


class Work:
    """One transaction over the plugin's tables and the register's SELECTs."""

    def __init__(self, session: Session, clock: Clock) -> None:
        self.session = session
        self._clock = clock
        self._now: datetime | None = None
        self._events: list[Any] = []
        #: What the host is told of after the commit (`wilma_ext.signals`).
        self.announcements: list[Announcement] = []
        #: Name of a lock held -> whether exclusively.
        self._held: dict[tuple[str, ...], bool] = {}

    @property
    def connection(self) -> Connection:
        """The connection on which everything of this unit runs."""
        return self.session.connection()

    def now(self) -> datetime:
        """Return the one instant of this unit of work; no lock can be taken after it."""
        if self._now is None:
            self._now = max(self._clock(self.connection), *self._last_acts())
        return self._now

    def _last_acts(self) -> list[datetime]:
        """When the providers held here acted last: a clock set back must not revive the past."""
        refs = {lock[0] for lock in self._held}
        found = self.session.scalars(
            select(AuditHead.at).where(AuditHead.provider_ref.in_(refs), AuditHead.at.is_not(None))
        )
        return [at for at in found if at is not None] or [_LONG_AGO]

    def lock_provider(self, provider_ref: str, *, exclusive: bool = False) -> None:
        """Hold the provider until the end of the transaction; before any pupil."""
        if self._must_take((provider_ref,), exclusive):
            locks.lock_provider(self.connection, provider_ref, exclusive=exclusive)

    def lock_desk(self, provider_ref: str) -> None:
        """Hold the enabling of a provider's pupils, between the provider and any pupil.

        Who enables takes turns with others who enable, and with nobody else: no guardian and no
        look-up ever waits for it.
        """
        if self._must_take((provider_ref, "", "desk"), exclusive=True):
            locks.lock_desk(self.connection, provider_ref)

    def lock_pupil(self, provider_ref: str, pupil_ref: str, *, exclusive: bool = False) -> None:
        """Hold the pupil until the end of the transaction."""
        if self._must_take((provider_ref, pupil_ref), exclusive):
            locks.lock_pupil(self.connection, provider_ref, pupil_ref, exclusive=exclusive)

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """Do a part that may fail by itself: what it wrote and recorded goes, the rest stays."""
        kept, told = len(self._events), len(self.announcements)
        try:
            with self.session.begin_nested():
                yield
        except BaseException:
            del self._events[kept:]
            del self.announcements[told:]
            raise

    def lock_tick(self, provider_ref: str) -> None:
        """Hold the provider's periodic work: two runs at one moment follow each other."""
        if self._must_take((provider_ref, "", "tick"), exclusive=True):
            locks.lock_tick(self.connection, provider_ref)

    def record(self, event: Any) -> None:
        """Keep the event; it is written with the change it tells of, or neither is."""
        self._events.append(event)

    def announce(self, announcement: Announcement) -> None:
        """Keep what the host will be told of: after the commit, for no host code runs inside."""
        self.announcements.append(announcement)

    def finish(self, append: Append) -> None:
        """Write what is pending, then the events, as the last statements."""
        self.session.flush()
        if not self._events:
            return
        try:
            append(self.session, self._events, self.now())
            self.session.flush()
        except DBAPIError as error:
            raise Unavailable("the audit log could not be written") from error

    def _must_take(self, lock: tuple[str, ...], exclusive: bool) -> bool:
        """Tell whether the lock is still to be taken; one command may call another."""
        held = self._held.get(lock)
        if held or (held is not None and not exclusive):
            return False
        if self._now is not None:
            raise RuntimeError("a lock must be taken before the instant of the work is asked for")
        if held is not None:
            raise RuntimeError("a shared lock cannot be made exclusive: two would wait for ever")
        self._held[lock] = exclusive
        return True


class WorkFactory:
    """Opens units of work on one engine."""

    def __init__(self, engine: Engine, append: Append, clock: Clock = database_clock) -> None:
        self.engine = engine
        self._append = append
        self._clock = clock

    @contextmanager
    def __call__(self) -> Iterator[Work]:
        """Open a unit of work; it commits at the end of the block, or leaves no trace."""
        try:
            with self.engine.connect() as connection, connection.begin():
                _limit_waiting(connection)
                with Session(connection, expire_on_commit=False) as session:
                    work = Work(session, self._clock)
                    yield work
                    work.finish(self._append)
        except PoolTimeout as error:
            raise Unavailable("no database connection was free") from error
        except DBAPIError as error:
            if _is_passing(error):
                raise Unavailable("the database did not answer in time") from error
            raise


def _limit_waiting(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(_LIMITS)


#: PostgreSQL: lock not available, query cancelled, serialisation, deadlock, disk full, read-only.
_PASSING_STATES = {"55P03", "57014", "40001", "40P01", "53100", "53300", "25006", "57P03"}
_PASSING_WORDS = ("locked", "disk is full", "full", "readonly", "disk I/O", "unable to open")


def _is_passing(error: DBAPIError) -> bool:
    state = getattr(error.orig, "sqlstate", None)
    if state is not None:
        return state in _PASSING_STATES or state.startswith("08")
    return error.connection_invalidated or any(w in str(error.orig) for w in _PASSING_WORDS)
