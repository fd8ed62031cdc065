"""The unit of work: all or nothing, its locks, its instant (D3, D5, D10)."""

import threading
import time
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, create_engine, func, make_url, select, text
from sqlalchemy.exc import IntegrityError, OperationalError, StatementError

from tests.db.chain import event
from wilma_ext import work
from wilma_ext.engine import own_engine
from wilma_ext.errors import SettingsError, Unavailable
from wilma_ext.models import AuditEvent, AuditHead, Handle, Provider
from wilma_ext.oversight.chain import append
from wilma_ext.work import Work, WorkFactory

sqlite_only = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
postgresql_only = pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
NAMES = {"name_fi": "a", "name_sv": "b", "name_en": "c"}


def change(of: Work, name: str = "h") -> None:
    of.session.add(Handle(handle=name, provider_ref="p", pupil_ref=name))


def change_and_record(of: Work) -> None:
    change(of)
    of.session.flush()
    of.record(event())


def change_and_break(of: Work, *, flushed: bool) -> None:
    change(of)
    of.record(event())
    if flushed:
        of.session.flush()
    raise LookupError


def found(works: WorkFactory) -> tuple[int, int, int]:
    """Count changes, events and chains."""
    with works() as of:
        counts = (of.session.scalar(select(func.count()).select_from(table)) for table in TABLES)
        changes, events, heads = (count or 0 for count in counts)
        return changes, events, heads


TABLES = (Handle, AuditEvent, AuditHead)


def test_a_change_and_its_event_commit_together(works: WorkFactory) -> None:
    with works() as of:
        change(of)
        of.record(event())
    assert found(works) == (1, 1, 1)


@pytest.mark.parametrize("flushed", [True, False])
def test_what_breaks_leaves_nothing(works: WorkFactory, flushed: bool) -> None:
    with pytest.raises(LookupError), works() as of:
        change_and_break(of, flushed=flushed)
    assert found(works) == (0, 0, 0)


def test_an_event_that_cannot_be_written_undoes_the_change(engine: Engine) -> None:
    def broken(*_: object) -> None:
        raise LookupError("no room for the event")

    works = WorkFactory(engine, broken)
    with pytest.raises(LookupError), works() as of:
        change_and_record(of)
    assert found(works) == (0, 0, 0)


def test_a_change_that_cannot_be_written_leaves_no_event(works: WorkFactory) -> None:
    with works() as of:
        change(of)
    with pytest.raises(IntegrityError), works() as of:
        change_and_record(of)
    assert found(works) == (1, 0, 0)


def test_nothing_is_written_for_a_work_without_events(works: WorkFactory) -> None:
    with works() as of:
        of.now()
    assert found(works) == (0, 0, 0)


def check_then_act(first: Engine, second: Engine) -> int:
    """Let two transactions each add a row if there is none yet, the second amid the first."""
    look = text("SELECT count(*) FROM wilma_ext_handle")
    add = text("INSERT INTO wilma_ext_handle VALUES (:handle, 'p', :handle)")
    with first.connect() as one, one.begin():
        nobody = one.execute(look).scalar_one() == 0
        with second.connect() as other, other.begin():
            if other.execute(look).scalar_one() == 0:
                other.execute(add, {"handle": "second"})
        if nobody:
            one.execute(add, {"handle": "first"})
    with first.connect() as one:
        return int(one.execute(look).scalar_one())


@sqlite_only
def test_check_and_act_are_one(head_url: str) -> None:
    engine = own_engine(make_url(head_url), {"timeout": 0})
    with pytest.raises(OperationalError, match="locked"):
        check_then_act(engine, engine)


@sqlite_only
def test_with_the_drivers_own_transactions_they_are_not(head_url: str) -> None:
    """The twin: both looked, both saw nobody, both acted."""
    engine = create_engine(head_url, connect_args={"timeout": 0})
    assert check_then_act(engine, engine) == 2
    engine.dispose()


@sqlite_only
def test_foreign_keys_are_kept(engine: Engine) -> None:
    with engine.connect() as connection:
        assert connection.scalar(text("PRAGMA foreign_keys")) == 1
        assert connection.scalar(text("PRAGMA synchronous")) == 2


@postgresql_only
def test_transactions_read_what_is_committed(head_url: str) -> None:
    """Whatever the database's default; the twin shows that default."""
    url = make_url(head_url)
    plain_engine, own = create_engine(url), own_engine(url)
    with plain_engine.begin() as connection:
        connection.execute(
            text(
                f'ALTER DATABASE "{url.database}" SET default_transaction_isolation = serializable'
            )
        )
    plain_engine.dispose()
    shown = text("SHOW transaction_isolation")
    with own.connect() as mine, plain_engine.connect() as theirs:
        assert mine.scalar(shown) == "read committed"
        assert theirs.scalar(shown) == "serializable"
    own.dispose()
    plain_engine.dispose()


class Waiter(threading.Thread):
    """Looks something up while another work holds the pupil, and keeps its instants."""

    def __init__(self, works: WorkFactory) -> None:
        super().__init__()
        self.works = works
        self.begun = threading.Event()
        self.now: datetime | None = None
        self.transaction: datetime | None = None

    def run(self) -> None:
        self.begun.set()
        with self.works() as of:
            if of.connection.dialect.name == "postgresql":
                self.transaction = of.connection.scalar(text("SELECT now()"))
            of.lock_provider("p")
            of.lock_pupil("p", "u")
            self.now = of.now()


def test_the_clock_is_asked_after_the_lock(works: WorkFactory) -> None:
    waiter = Waiter(works)
    with works() as of:
        of.lock_provider("p")
        of.lock_pupil("p", "u", exclusive=True)
        waiter.start()
        waiter.begun.wait()
        time.sleep(0.3)
        withdrawn = of.now()
    waiter.join(timeout=20)
    assert waiter.now is not None
    assert waiter.now > withdrawn
    if waiter.transaction is not None:  # the twin: the instant at which the transaction began
        assert waiter.transaction < withdrawn


def test_readers_do_not_wait_for_each_other(works: WorkFactory, engine_name: str) -> None:
    waiter = Waiter(works)
    with works() as of:
        of.lock_provider("p")
        of.lock_pupil("p", "u")
        waiter.start()
        if engine_name == "postgresql":  # SQLite has one transaction at a time
            waiter.join(timeout=5)
            assert waiter.now is not None
    waiter.join(timeout=20)


@pytest.mark.parametrize("lock", ["provider", "pupil"])
def test_no_lock_after_the_clock(works: WorkFactory, lock: str) -> None:
    with works() as of:
        of.now()
        take = {"provider": lambda: of.lock_provider("p"), "pupil": lambda: of.lock_pupil("p", "u")}
        with pytest.raises(RuntimeError, match="before the instant"):
            take[lock]()


def test_a_work_has_one_instant(works: WorkFactory) -> None:
    with works() as of:
        first = of.now()
        time.sleep(0.01)
        assert of.now() == first
        assert first.utcoffset() == NOW.utcoffset()


def test_a_naive_instant_is_refused(works: WorkFactory) -> None:
    naive = NOW.replace(tzinfo=None)
    with pytest.raises(StatementError, match="an instant needs an offset"), works() as of:
        of.session.add(Provider(ref="p", handle="h", created_at=naive, **NAMES))


def test_an_instant_comes_back_as_it_went(works: WorkFactory) -> None:
    at = datetime.fromisoformat("2026-11-21T14:00:00.000007+02:00")
    with works() as of:
        of.session.add(Provider(ref="p", handle="h", created_at=at, **NAMES))
    with works() as of:
        back = of.session.scalars(select(Provider.created_at)).one()
    assert back == at
    assert back.tzinfo == UTC


@pytest.mark.parametrize(
    "url",
    [
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:///file::memory:?cache=shared&uri=true",
        "sqlite:///file:x?mode=memory&cache=shared&uri=true",
    ],
)
def test_a_database_in_memory_is_refused(url: str) -> None:
    with pytest.raises(SettingsError, match="in-memory"):
        own_engine(make_url(url))


def test_another_database_is_refused() -> None:
    with pytest.raises(SettingsError, match="PostgreSQL and SQLite, not on mysql"):
        own_engine(make_url("mysql://host/db"))


def test_a_held_lock_is_told_in_time(head_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "LOCK_TIMEOUT", "100ms")
    is_sqlite = head_url.startswith("sqlite")
    engine = own_engine(make_url(head_url), {"timeout": 0.1} if is_sqlite else None)
    works = WorkFactory(engine, append)
    with works() as of:
        of.lock_pupil("p", "u", exclusive=True)
        with pytest.raises(Unavailable), works() as other:
            other.lock_pupil("p", "u")
    engine.dispose()
