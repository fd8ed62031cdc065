"""What cannot be recorded is not shown and not done: 503 in words, at once (D10)."""

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from sqlalchemy import Connection, func, select, text
from sqlalchemy.orm import DeclarativeBase
from werkzeug.test import TestResponse

from tests.hosts.plain import House, db
from tests.web.desk import IDS, Clock, Desk, build_desk, close, host_with
from tests.web.html import Document, linted
from tests.web.test_guardian_pages import YES, child_url, form_of
from tests.web.test_secretary_pages import pupil_url
from wilma_ext import engine as own_engine
from wilma_ext import work as own_work
from wilma_ext.models import Base

on_sqlite = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
on_postgresql = pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)
SECRETS = ("Pupil u-0", "Äidinkieli", "Matematiikka", "Unexplained", "receipts")
#: The log refuses every row, in the database itself.
BREAK = {
    "sqlite": [
        "CREATE TRIGGER broken BEFORE INSERT ON wilma_ext_audit_event "
        "BEGIN SELECT RAISE(ABORT, 'the log is broken'); END"
    ],
    "postgresql": [
        "CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the log is broken'; END $$",
        "CREATE TRIGGER broken BEFORE INSERT ON wilma_ext_audit_event "
        "FOR EACH ROW EXECUTE FUNCTION broken()",
    ],
}


def break_log(desk: Desk) -> None:
    with desk.app.app_context(), db.engine.begin() as connection:
        for statement in BREAK[connection.dialect.name]:
            connection.execute(text(statement))


def everything(desk: Desk) -> dict[str, int]:
    """Count the rows of every table of ours but the handles, which tell nothing."""
    tables = [t for t in Base.metadata.sorted_tables if t.name != "wilma_ext_handle"]
    with desk.app.app_context(), db.engine.connect() as connection:
        return {
            table.name: connection.scalar(select(func.count()).select_from(table)) or 0
            for table in tables
        }


def assert_unavailable(answer: TestResponse) -> None:
    page: Document = linted(answer, 503)
    assert "Nothing was shown or changed." in page.ours.text
    assert page.by_class("wx-secondary")  # the reference for whoever asks
    assert not [secret for secret in SECRETS if secret in answer.text]
    assert answer.headers["Cache-Control"] == "no-store, private"


def purpose_of(page: Document) -> dict[str, str]:
    field = next(e for e in page.ours.all("input") if e.attributes.get("name") == "purpose")
    return {**page.fields, "purpose": field.attributes["value"]}


def look_up(desk: Desk) -> Callable[[], TestResponse]:
    client, url = desk.client(IDS.kuraattori), desk.pupil_url()
    sent = purpose_of(linted(client.get(url)))
    return lambda: client.post(url, data=sent, follow_redirects=True)


def open_look_up(desk: Desk) -> Callable[[], TestResponse]:
    client, url = desk.client(IDS.kuraattori), desk.pupil_url()
    opened = client.post(url, data=purpose_of(linted(client.get(url))))
    return lambda: client.get(opened.headers["Location"])


def answer(desk: Desk) -> Callable[[], TestResponse]:
    client, url = desk.client(IDS.guardian1), child_url(desk, IDS.sibling)
    sent = {**form_of(client, url).fields, **YES}
    return lambda: client.post(f"{url}answer", data=sent)


def withdraw(desk: Desk) -> Callable[[], TestResponse]:
    client, url = desk.client(IDS.guardian1), child_url(desk, IDS.pupil)
    sent = linted(client.get(url)).fields
    return lambda: client.post(f"{url}withdraw", data=sent)


def disable(desk: Desk) -> Callable[[], TestResponse]:
    client, url = desk.client(IDS.secretary), f"{pupil_url(desk, IDS.pupil)}/disable"
    sent = {**linted(client.get(url)).fields, "why": "mistake"}
    return lambda: client.post(url, data=sent)


def read_log(desk: Desk) -> Callable[[], TestResponse]:
    client = desk.client(IDS.officer)
    url = f"{desk.url}/oversight/{desk.provider()}/"
    return lambda: client.get(url)


ACTS = [look_up, open_look_up, answer, withdraw, disable, read_log]
Act = Callable[[Desk], Callable[[], TestResponse]]


@pytest.mark.parametrize("act", ACTS)
def test_without_a_row_in_the_log_nothing_happens(desk: Desk, act: Act) -> None:
    go = act(desk)
    before = everything(desk)
    break_log(desk)
    assert_unavailable(go())
    assert everything(desk) == before


@pytest.mark.parametrize("act", [look_up, answer, read_log])
def test_the_same_act_does_happen_with_the_log_in_order(desk: Desk, act: Act) -> None:
    go, before = act(desk), everything(desk)
    assert go().status_code in (200, 303)
    assert everything(desk) != before


@contextmanager
def locked(desk: Desk) -> Iterator[None]:
    """Hold what the act must wait for, until it has given up."""
    with desk.app.app_context():
        address = db.engine.url
    if address.get_backend_name() == "sqlite":
        other = sqlite3.connect(str(address.database), isolation_level=None)
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.close()
        return
    with desk.app.app_context(), db.engine.connect() as connection, connection.begin():
        connection.execute(text("LOCK TABLE wilma_ext_audit_head IN ACCESS EXCLUSIVE MODE"))
        yield


def wait_little(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL lock_timeout = '200ms'"))


@pytest.fixture
def impatient(
    monkeypatch: pytest.MonkeyPatch, template_database: Callable[[Callable[[str], None]], str]
) -> Iterator[Desk]:
    """A desk that waits for locks a fraction of a second."""
    monkeypatch.setattr(own_engine, "BUSY_SECONDS", 0.2)
    monkeypatch.setattr(own_work, "_limit_waiting", wait_little)
    desk = Desk(host_with(template_database(build_desk), Clock()), Clock())
    yield desk
    close(desk)


@pytest.mark.parametrize("act", [look_up, answer, withdraw, read_log])
def test_a_locked_database_is_told(impatient: Desk, act: Act) -> None:
    go, before = act(impatient), everything(impatient)
    with without_session(impatient), locked(impatient):
        assert_unavailable(go())
    assert everything(impatient) == before
    assert go().status_code in (200, 303)  # and when the lock is gone, it works


@contextmanager
def without_session(desk: Desk) -> Iterator[None]:
    """The host's own sign-in must not wait for the lock: it is not what is tested."""
    manager = desk.app.login_manager
    known: dict[str, DeclarativeBase] = {}
    load = manager._user_callback
    with desk.app.app_context():
        for ref in (IDS.guardian1, IDS.kuraattori, IDS.officer):
            known[ref] = load(ref)
            db.session.expunge(known[ref])
    manager.user_loader(known.get)
    yield
    manager.user_loader(load)


def writing_host(app: Flask) -> None:
    """A host that is in the middle of a write of its own when our page is asked for."""

    @app.before_request
    def half_done() -> None:
        if request.args.get("half_done"):
            db.session.add(House(id="s-77", tenant=IDS.tenant, name="Half done"))
            db.session.flush()


@on_sqlite
def test_a_host_amid_a_write_of_the_same_request_is_told_at_once(desk: Desk) -> None:
    client: FlaskClient = _writing(desk)
    begun = time.monotonic()
    answer = client.get(f"{desk.url}/guardian/", query_string={"half_done": "1"})
    assert time.monotonic() - begun < 2
    assert_unavailable(answer)
    assert client.get(f"{desk.url}/guardian/").status_code == 200


@on_postgresql
def test_a_host_amid_a_write_is_no_matter_on_postgresql(desk: Desk) -> None:
    answer = _writing(desk).get(f"{desk.url}/guardian/", query_string={"half_done": "1"})
    linted(answer)
    with desk.app.app_context():
        assert db.session.get(House, "s-77") is None  # nor have we committed it


def _writing(desk: Desk) -> FlaskClient:
    writing_host(desk.app)
    return desk.client(IDS.guardian1)
