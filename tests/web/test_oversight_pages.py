"""The data protection officer: the log by filters, one event, the state of the chain."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text, update

from tests.hosts.plain import User, db
from tests.web.desk import IDS, ONE_DATABASE, OTHER_OFFICER, Desk
from tests.web.sending import sent_with, without_path
from wilma_ext.clock import civil_date
from wilma_ext.oversight.event import Actor, Event, Recorded
from wilma_ext.oversight.pupil import pupils_named
from wilma_ext.oversight.search import (
    EVENT_GROUPS,
    PAGE,
    LogFilter,
    find_events,
    last_verification,
)


class Officer:
    """The officer's browser and the address of the log."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.client = desk.client(IDS.officer)
        self.log = f"{desk.url}/oversight/{desk.provider()}/"

    def get(self, search: str = "") -> str:
        page = self.client.get(f"{self.log}{search}")
        assert page.status_code == 200
        return page.text


@pytest.fixture
def officer(desk: Desk) -> Officer:
    return Officer(desk)


def last(desk: Desk) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(desk.events()[-1].canon)
    return document


def test_the_log_tells_who_did_what_about_whom(officer: Officer) -> None:
    page = officer.get()
    assert "Consent form answered" in page
    assert f"Person {IDS.guardian1}" in page
    assert f"Pupil {IDS.pupil}" in page
    assert "Welfare group enabled for the pupil" in page
    assert "<textarea" not in page
    assert page.count('method="post"') == 1


def test_reading_the_log_is_recorded(officer: Officer) -> None:
    count = len(officer.desk.events())
    officer.get("?group=consent&pupil=u-0001")
    found = last(officer.desk)
    assert len(officer.desk.events()) == count + 1
    assert found["event"] == "audit:read"
    assert found["actor"] == {"ref": IDS.officer, "role": "officer"}
    assert found["data"]["count"] == 1
    assert found["data"]["filter"]["group"] == "consent"
    assert found["data"]["filter"]["pupils"] == IDS.pupil


@pytest.mark.parametrize("typed", ["Virtanen Elli", "nobody", "x", IDS.stranger])
def test_of_what_was_typed_the_log_keeps_an_id_alone(officer: Officer, typed: str) -> None:
    """D3: a name that somebody wrote, or another provider's pupil, would stay in it for good."""
    assert "No event fits" in officer.get(f"?pupil={typed}")
    assert typed not in json.dumps(last(officer.desk)["data"])


def test_an_id_that_only_the_log_knows_is_kept(officer: Officer) -> None:
    desk = officer.desk
    with desk.app.app_context():
        gone = update(User).where(User.id == IDS.pupil).values(house_id=IDS.other_tenants_house)
        db.session.execute(gone)
        db.session.commit()
    assert "Consent form answered" in officer.get(f"?pupil={IDS.pupil}")
    assert last(desk)["data"]["filter"]["pupils"] == IDS.pupil


def test_filters_narrow(officer: Officer) -> None:
    tomorrow = civil_date(officer.desk.events()[-1].at) + timedelta(days=1)
    day = f"{tomorrow.day}.{tomorrow.month}.{tomorrow.year}"
    assert "Rights matrix published" not in officer.get("?group=consent")
    assert "Consent form answered" in officer.get(f"?actor={IDS.guardian1}")
    assert "Consent form answered" in officer.get("?actor=Person+0101")
    assert "Consent form answered" not in officer.get("?actor=Person+0201")
    assert "No event fits" in officer.get("?pupil=nobody")
    assert "No event fits" in officer.get("?outcome=denied")
    assert "No event fits" in officer.get(f"?since={day}")
    assert "Consent form answered" in officer.get(f"?until={day}")
    assert "Consent form answered" in officer.get("?since=&until=")


@ONE_DATABASE
@pytest.mark.parametrize(
    "search",
    ["?since=yesterday", "?until=31.2.2026", "?group=all", "?outcome=x", "?actor=" + "a" * 101],
)
def test_a_filter_that_cannot_be_read_is_told(officer: Officer, search: str) -> None:
    page = officer.client.get(f"{officer.log}{search}")
    assert page.status_code == 422
    assert "There is a problem" in page.text
    assert "Consent form answered" not in page.text


def test_every_event_is_in_one_group() -> None:
    grouped = [event for events in EVENT_GROUPS.values() for event in events]
    assert sorted(grouped) == sorted(Event)


def test_pages_follow_each_other_without_gap_or_repetition(desk: Desk, officer: Officer) -> None:
    reader = Actor(IDS.officer, "officer")
    with desk.work() as work:
        for number in range(2 * PAGE + 7):
            data: dict[str, Any] = {"filter": {"number": str(number)}, "count": 0}
            work.record(Recorded(IDS.tenant, Event.AUDIT_READ, reader, data=data))
    with desk.work() as work:
        seen, before = [], None
        while True:
            page = find_events(work, IDS.tenant, LogFilter(), before=before)
            seen += [event.sequence for event in page.events]
            before = page.events[-1].sequence
            if not page.older:
                break
        assert seen == list(range(seen[0], 0, -1))
        second = find_events(work, IDS.tenant, LogFilter(), before=seen[PAGE])
        back = find_events(work, IDS.tenant, LogFilter(), after=second.events[0].sequence)
        assert [event.sequence for event in back.events] == seen[1 : PAGE + 1]
    text_of_page = officer.get()
    assert "Older" in text_of_page
    assert "Newer" not in text_of_page
    assert "Newer" in officer.get(f"?before={seen[PAGE]}&group=audit")


def test_every_event_has_a_page_in_words_and_as_stored(officer: Officer) -> None:
    officer.client.get(f"{officer.log}?pupil=u-0001")
    for event in officer.desk.events():
        page = officer.client.get(f"{officer.log}events/{event.sequence}")
        assert page.status_code == 200
        assert json.loads(event.canon)["nonce"] in page.text
    answered = next(e for e in officer.desk.events() if e.event == "consent:answered")
    page = officer.client.get(f"{officer.log}events/{answered.sequence}")
    assert "School psychologist: Grades" in page.text
    assert "UTC" in page.text
    published = [e for e in officer.desk.events() if e.event == "matrix:published"][-1]
    page = officer.client.get(f"{officer.log}events/{published.sequence}")
    assert "School psychologist: Absences: from “Off” to “With consent”" in page.text


def test_a_denial_is_told_with_its_reasons(officer: Officer) -> None:
    welfare = officer.desk.client(IDS.kuraattori)
    assert welfare.get(officer.desk.pupil_url(IDS.sibling)).status_code == 404
    denied = officer.desk.events()[-1]
    page = officer.client.get(f"{officer.log}events/{denied.sequence}")
    assert "Absences: No consent" in page.text
    assert f"Pupil {IDS.sibling}" in page.text


def test_the_chain_is_verified_and_the_state_stays_visible(officer: Officer) -> None:
    page = officer.client.get(officer.log)
    assert "has not been verified lately" in page.text
    length = len(officer.desk.events())
    verified = officer.client.post(f"{officer.log}verify", data=sent_with(page))
    assert verified.status_code == 200
    assert f"Verified to event {length}," in verified.text
    assert f"Verified to event {length}," in officer.get()
    assert last(officer.desk)["event"] == "audit:read"


@ONE_DATABASE
def test_verifying_needs_a_token(officer: Officer) -> None:
    refused = officer.client.post(f"{officer.log}verify", data={})
    assert refused.status_code == 422
    assert officer.client.get(f"{officer.log}verify").status_code == 404
    with officer.desk.work() as work:
        assert last_verification(work, IDS.tenant) is None


def test_a_changed_event_is_told_loudly(officer: Officer) -> None:
    with guard_lifted(officer.desk) as connection:
        change = "UPDATE wilma_ext_audit_event SET canon = :canon"
        where = "WHERE provider_ref = :provider AND sequence = 7"
        connection.execute(text(f"{change} {where}"), {"canon": b"{}", "provider": IDS.tenant})
    page = officer.client.post(
        f"{officer.log}verify", data=sent_with(officer.client.get(officer.log))
    )
    assert "Event 7 does not fit the chain" in page.text
    assert "The log has been tampered with" in officer.get()


@contextmanager
def guard_lifted(desk: Desk) -> Iterator[Any]:
    """Write as somebody would who holds the database: past the triggers."""
    with desk.app.app_context(), desk.state.engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        else:
            of_table = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            for (name,) in connection.execute(text(of_table)).all():
                connection.execute(text(f'DROP TRIGGER "{name}"'))
        yield connection


def test_the_officer_sees_only_the_own_provider(desk: Desk, officer: Officer) -> None:
    theirs = f"{desk.url}/oversight/{desk.provider(IDS.other_tenant)}/"
    foreign = desk.client(OTHER_OFFICER)
    page = foreign.get(theirs)
    assert page.status_code == 200
    assert "Consent form answered" not in page.text
    assert "No event fits" in foreign.get(f"{theirs}?pupil={IDS.pupil}").text
    with desk.work() as work:
        found = pupils_named(work, desk.state.register, IDS.other_tenant, "Pupil")
        assert found == {IDS.stranger}
    beyond = len(desk.events(IDS.other_tenant)) + 1
    pages = [
        foreign.get(officer.log),
        officer.client.get(theirs),
        foreign.get(f"{theirs}events/{beyond + 5}"),
        desk.client(IDS.main_user).get(officer.log),
        desk.client(IDS.secretary).get(officer.log),
    ]
    assert {page.status_code for page in pages} == {404}
    assert len({without_path(page) for page in pages}) == 1
