"""Selecting many, looking through, running and taking back on the desk (S3-S11, S20)."""

import csv
import io
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.hosts.plain import User, db
from tests.hosts.world import add_pupil
from tests.web.desk import IDS, Desk
from tests.web.desk_acts import (
    drive,
    enable_selected,
    fields_of,
    form_with,
    press,
    review,
    start,
)
from tests.web.html import Document, linted
from tests.web.test_secretary_pages import acts, desk_url, on_one_engine
from wilma_ext.oversight.event import Event

MANY = 60


def give_consent(desk: Desk, pupil: str) -> None:
    client = desk.client(IDS.guardian1)
    url = f"{desk.url}/guardian/{desk.handle(pupil)}/answer"
    chosen = {"question-absences": "yes", "question-grades": "yes"}
    sent = client.post(url, data={**linted(client.get(url)).fields, **chosen})
    assert sent.status_code == 303


@pytest.fixture
def secretary(desk: Desk) -> FlaskClient:
    return desk.client(IDS.secretary)


@pytest.fixture
def three(desk: Desk) -> list[str]:
    """Three pupils who wait, in two classes."""
    with desk.app.app_context():
        for number, group in ((1, "10A"), (2, "9B")):
            add_pupil(
                f"u-200{number}",
                IDS.house,
                class_name=group,
                guardians=(IDS.guardian1,),
                born=db.session.get_one(User, IDS.sibling).born,
            )
        db.session.commit()
    found = [IDS.sibling, "u-2001", "u-2002"]
    for pupil in found:
        give_consent(desk, pupil)
    return found


def shown(page: Document) -> list[str]:
    return [row.text.split()[0] for row in page.ours.all("tr")][1:]


def selected(page: Document) -> str:
    (count,) = [e for e in page.ours.all("strong") if "data-wx-count" in e.attributes]
    return count.text


def boxes(page: Document) -> list[bool]:
    found = [e for e in page.ours.all("input") if e.attributes.get("type") == "checkbox"]
    return ["checked" in box.attributes for box in found]


def follow(client: FlaskClient, page: Document, text: str) -> Document:
    (link,) = [a for a in page.ours.all("a") if a.text == text]
    return linted(client.get(link.attributes["href"]))


@on_one_engine
class TestSelection:
    def test_links_select_and_clear_without_a_script(
        self, desk: Desk, three: list[str], secretary: FlaskClient
    ) -> None:
        """S4: the total is always told."""
        page = linted(secretary.get(desk_url(desk)))
        assert (selected(page), boxes(page)) == ("0", [False] * 3)
        everyone = follow(secretary, page, "Select all 3 pupils who match")
        assert (selected(everyone), boxes(everyone)) == ("3", [])
        cleared = follow(secretary, everyone, "Clear the selection")
        assert (selected(cleared), boxes(cleared)) == ("0", [False] * 3)

    def test_a_page_of_a_longer_list_can_be_selected(
        self, desk: Desk, three: list[str], secretary: FlaskClient
    ) -> None:
        """S4: page and all are told apart."""
        with desk.app.app_context():
            for number in range(MANY):
                add_pupil(f"u-1{number:03}", IDS.house)
            db.session.commit()
        url = f"{desk_url(desk)}?state=&size=25&sort=-name"
        page = follow(secretary, linted(secretary.get(url)), "Select the 2 pupils on this page")
        assert (selected(page), boxes(page)) == ("2", [True, True])

    def test_all_that_match_are_those_who_matched_when_they_were_looked_at(
        self, desk: Desk, three: list[str], secretary: FlaskClient
    ) -> None:
        """S5: who comes to match later was not looked at."""
        desk.withdraw(pupil=IDS.sibling)
        page = linted(secretary.get(f"{desk_url(desk)}?select=all"))
        looked = review(secretary, desk_url(desk), page)
        give_consent(desk, IDS.sibling)
        desk.withdraw(pupil="u-2002")
        done = drive(secretary, start(secretary, looked))
        assert "Enable the welfare group: 2 pupils" in done.ours.text
        assert "the consent has been withdrawn" in done.ours.text
        assert acts(desk, Event.ACTIVATION_STARTED)[1:] == ["u-2001"]

    def test_the_look_through_says_who_what_and_who_not(
        self, desk: Desk, three: list[str], secretary: FlaskClient
    ) -> None:
        """S6."""
        page = linted(secretary.get(f"{desk_url(desk)}?state=&select=all"))
        looked = review(secretary, desk_url(desk), page)
        text = looked.ours.text
        assert "The welfare group will be enabled for 3 pupils." in text
        assert "School s-1 6A: 1, 9B: 1, 10A: 1" in text
        assert "Absences" in text
        assert "u-2002 Pupil, 9B" in text
        assert "No answer: 2 u-0003 Pupil, 6A; u-0004 Pupil, 6A" in text
        assert "Enabled: 1 u-0001 Pupil, 6A" in text
        assert "Enable 3 pupils" in [b.text for b in looked.ours.all("button")]
        assert acts(desk, Event.BULK_STARTED) == []

    def test_a_pupil_of_somebody_elses_is_not_found(
        self, desk: Desk, three: list[str], secretary: FlaskClient
    ) -> None:
        page = linted(secretary.get(desk_url(desk)))
        for handle in (desk.handle(IDS.stranger, IDS.other_tenant), "no-such-pupil"):
            assert press(secretary, page, "/review", pupil=[handle]).status_code == 404
        looked = review(secretary, desk_url(desk), page, desk.handle("u-2001"))
        stranger = [desk.handle(IDS.stranger, IDS.other_tenant)]
        assert press(secretary, looked, "/runs/start", pupil=stranger).status_code == 404

    @pytest.mark.parametrize("field", ["at", "query", "select", "run"])
    def test_what_was_looked_at_cannot_be_exchanged(
        self, desk: Desk, three: list[str], secretary: FlaskClient, field: str
    ) -> None:
        page = linted(secretary.get(f"{desk_url(desk)}?select=all"))
        looked = review(secretary, desk_url(desk), page)
        answer = press(secretary, looked, "/runs/start", **{field: "something else"})
        assert answer.status_code == 422
        assert acts(desk, Event.BULK_STARTED) == []


class TestRun:
    def test_it_goes_on_by_its_button_and_can_be_left(
        self, desk: Desk, three: list[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """S7: a colleague goes on; looking at the page changes nothing."""
        one, other = desk.client(IDS.secretary), desk.client(IDS.secretary, "sv")
        page = linted(one.get(f"{desk_url(desk)}?select=all"))
        url = start(one, review(one, desk_url(desk), page))
        for _ in range(2):
            waiting = linted(other.get(url))
            (bar,) = waiting.ours.all("progress")
            assert (bar.attributes["value"], bar.attributes["max"]) == ("0", "3")
        done = drive(other, url)
        assert not list(done.ours.all("progress"))
        assert acts(desk, Event.ACTIVATION_STARTED)[1:] == three
        assert len(acts(desk, Event.BULK_FINISHED)) == 1

    def test_the_same_look_through_sent_twice_starts_one_run(
        self, desk: Desk, three: list[str]
    ) -> None:
        """X11."""
        secretary = desk.client(IDS.secretary)
        page = linted(secretary.get(f"{desk_url(desk)}?select=all"))
        looked = review(secretary, desk_url(desk), page)
        assert start(secretary, looked) == start(secretary, looked)
        assert len(acts(desk, Event.BULK_STARTED)) == 1

    def test_stopping_keeps_what_was_done(self, desk: Desk, three: list[str]) -> None:
        """S8."""
        secretary = desk.client(IDS.secretary)
        page = linted(secretary.get(f"{desk_url(desk)}?select=all"))
        url = start(secretary, review(secretary, desk_url(desk), page))
        assert press(secretary, linted(secretary.get(url)), "/cancel").status_code == 303
        text = linted(secretary.get(url)).ours.text
        assert "3 Not done, because it was stopped" in text
        assert acts(desk, Event.ACTIVATION_STARTED)[1:] == []

    def test_the_result_can_be_taken_along_and_back(self, desk: Desk, three: list[str]) -> None:
        """S9, S10: files without formulas; then everybody is disabled again by one button."""
        secretary = desk.client(IDS.secretary)
        with desk.app.app_context():
            db.session.get_one(User, "u-2001").last = "=cmd"
            db.session.commit()
        page = linted(secretary.get(f"{desk_url(desk)}?select=all"))
        url = start(secretary, review(secretary, desk_url(desk), page))
        done = drive(secretary, url)
        table = secretary.get(f"{url}/result.csv")
        rows = list(csv.reader(io.StringIO(table.data.decode("utf-8-sig")), delimiter=";"))
        assert rows[0] == ["Name", "Class", "Result", "Reason"]
        assert sorted(row[0] for row in rows[1:])[0] == "'=cmd Pupil"
        assert {row[2] for row in rows[1:]} == {"Enabled"}
        assert secretary.get(f"{url}/result.xlsx").data.startswith(b"PK")
        assert [e.event for e in desk.events()].count(Event.CONSENT_LISTED.value) == 2
        back = press(secretary, done, "/undo")
        undone = drive(secretary, back.headers["Location"])
        assert "Take an enabling back: 3 pupils" in undone.ours.text
        assert acts(desk, Event.ACTIVATION_ENDED) == three
        assert "Disable these" not in linted(secretary.get(url)).ours.text
        listed = linted(secretary.get(f"{desk_url(desk)}runs")).ours.text
        assert "Take an enabling back: 3 pupils" in listed
        assert "3 of 3 pupils" in listed

    def test_who_was_faster_is_named(self, desk: Desk, three: list[str]) -> None:
        """S11."""
        secretary = desk.client(IDS.secretary)
        page = linted(secretary.get(f"{desk_url(desk)}?select=all"))
        slow = start(secretary, review(secretary, desk_url(desk), page))
        handle = desk.handle("u-2001")
        enable_selected(secretary, desk_url(desk), linted(secretary.get(desk_url(desk))), handle)
        told = drive(secretary, slow).ours.text
        assert "already enabled by Person u-0301" in told
        assert acts(desk, Event.ACTIVATION_STARTED).count("u-2001") == 1

    @on_one_engine
    def test_a_run_of_another_provider_is_not_found(self, desk: Desk, three: list[str]) -> None:
        secretary, other = desk.client(IDS.secretary), desk.client(IDS.other_secretary)
        page = linted(secretary.get(f"{desk_url(desk)}?select=all"))
        run = start(secretary, review(secretary, desk_url(desk), page)).rsplit("/", 1)[1]
        theirs = f"{desk_url(desk, IDS.other_tenant)}runs/{run}"
        for ending in ("", "/result.csv", "/result.xlsx"):
            assert other.get(f"{theirs}{ending}").status_code == 404
        sent: Any = fields_of(form_with(linted(secretary.get(f"{desk_url(desk)}runs/{run}")), "on"))
        for act in ("go-on", "cancel", "undo", "again"):
            assert other.post(f"{theirs}/{act}", data=sent).status_code in (404, 422)
        assert acts(desk, Event.BULK_CANCELLED) == []


class TestClosing:
    def test_leavers_are_looked_at_then_closed(self, desk: Desk) -> None:
        """S20."""
        secretary, url = desk.client(IDS.secretary), f"{desk_url(desk)}closing"
        assert "There is nobody to close." in linted(secretary.get(url)).ours.text
        with desk.app.app_context():
            db.session.get_one(User, IDS.pupil).active = False
            db.session.commit()
        page = linted(secretary.get(url))
        assert "u-0001 Pupil 6A has left the school" in page.ours.text
        assert acts(desk, Event.ACTIVATION_ENDED) == []
        done = drive(secretary, press(secretary, page, "/closing").headers["Location"])
        assert "Disable the welfare group: 1 pupil" in done.ours.text
        assert acts(desk, Event.ACTIVATION_ENDED) == [IDS.pupil]

    @on_one_engine
    def test_a_class_is_closed_and_no_other(self, desk: Desk, three: list[str]) -> None:
        """S20."""
        secretary, url = desk.client(IDS.secretary), f"{desk_url(desk)}closing"
        page = linted(secretary.get(f"{desk_url(desk)}?select=all"))
        enable_selected(secretary, desk_url(desk), page)
        page = linted(secretary.get(f"{url}?what=classes&group={IDS.house}|9B"))
        drive(secretary, press(secretary, page, "/closing").headers["Location"])
        assert acts(desk, Event.ACTIVATION_ENDED) == ["u-2002"]

    @on_one_engine
    def test_a_list_that_has_changed_is_looked_at_again(self, desk: Desk) -> None:
        secretary, url = desk.client(IDS.secretary), f"{desk_url(desk)}closing?what=classes&group="
        page = linted(secretary.get(f"{url}{IDS.house}|6A"))
        give_consent(desk, IDS.sibling)
        enable_selected(
            secretary,
            desk_url(desk),
            linted(secretary.get(desk_url(desk))),
            desk.handle(IDS.sibling),
        )
        again = linted(press(secretary, page, "/closing"), 422)
        assert "Nothing was closed. Look at it again." in again.ours.text
        assert acts(desk, Event.ACTIVATION_ENDED) == []
        drive(secretary, press(secretary, again, "/closing").headers["Location"])
        assert sorted(acts(desk, Event.ACTIVATION_ENDED)) == [IDS.pupil, IDS.sibling]
