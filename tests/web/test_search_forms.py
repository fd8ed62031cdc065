"""Whom one searches for stands in no address; a search that is sent again does nothing (X17)."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from flask.testing import FlaskClient

from tests.hosts.plain import db
from tests.hosts.world import add_pupil
from tests.web.deciding import MainUser
from tests.web.desk import IDS, ONE_DATABASE, Desk
from tests.web.html import Document, linted
from tests.web.sending import searched, sent_with
from wilma_ext.blueprints.welfare import view
from wilma_ext.vocabulary import Route


@dataclass(frozen=True)
class Place:
    """A page with a search, what fits there, and what the page shows of it."""

    person: str
    url: str
    text: str
    shown: str


def _worker(desk: Desk) -> Place:
    return Place(IDS.kuraattori, f"{desk.welfare()}/", "0001 6a", f"{IDS.pupil} Pupil")


def _decider(desk: Desk) -> Place:
    return Place(IDS.main_user, MainUser(desk).home, "u-0002", "Pupil u-0002")


def _member(desk: Desk) -> Place:
    url = f"{desk.url}/matrix/{desk.provider()}/groups/{desk.group()}/add-member"
    return Place(IDS.main_user, url, "Person u-0102", "Person u-0102")


def _guardian(desk: Desk) -> Place:
    return Place(IDS.main_user, f"{MainUser(desk).page}guardian", "u-0102", "Person u-0102")


PLACES = pytest.mark.parametrize(
    "place_of", [_worker, _decider, _member, _guardian], ids=lambda place: place.__name__[1:]
)
PlaceOf = Callable[[Desk], Place]


def field(page: Document) -> str:
    (found,) = [e for e in page.all("input") if e.attributes.get("id") == "search"]
    return found.attributes["value"]


@PLACES
def test_a_search_is_answered_and_stands_in_no_address(desk: Desk, place_of: PlaceOf) -> None:
    place = place_of(desk)
    page = linted(searched(desk.client(place.person), place.url, place.text))
    assert place.shown in page.ours.text
    assert field(page) == place.text
    for element in page.all():
        for name in ("href", "action", "src"):
            assert "search" not in element.attributes.get(name, ""), element.attributes
    (form,) = [e for e in page.all("form") if e.attributes.get("role") == "search"]
    assert form.attributes["method"] == "post"


@ONE_DATABASE
@PLACES
def test_an_address_searches_nothing(desk: Desk, place_of: PlaceOf) -> None:
    place = place_of(desk)
    client = desk.client(place.person)
    page = client.get(place.url, query_string={"search": place.text, "find": "1"})
    assert field(linted(page)) == ""
    plain = linted(client.get(place.url))
    assert linted(page).fields.keys() == plain.fields.keys()
    assert [e.text for e in linted(page).all("h3")] == [e.text for e in plain.all("h3")]


@ONE_DATABASE
@PLACES
@pytest.mark.parametrize("token", ["", "x"])
def test_without_the_token_nobody_is_found(desk: Desk, place_of: PlaceOf, token: str) -> None:
    """Another site could ask otherwise; the text is kept, and nothing is recorded."""
    place = place_of(desk)
    client, before = desk.client(place.person), len(desk.events())
    sent = {"search": place.text, "find": "1", "token": token}
    page = linted(client.post(place.url, data=sent), 422)
    assert "The page had been open too long. Search again." in page.ours.text
    assert page.one("title").text.startswith("Error:")
    assert field(page) == place.text
    assert place.shown not in page.ours.text
    assert len(desk.events()) == before
    again = client.post(place.url, data={**page.fields, "search": place.text, "find": "1"})
    assert place.shown in linted(again).ours.text


@ONE_DATABASE
@PLACES
def test_a_search_sent_again_is_the_same_page(desk: Desk, place_of: PlaceOf) -> None:
    place = place_of(desk)
    client = desk.client(place.person)
    sent = sent_with(client.get(place.url), search=place.text, find="1")
    pages = {linted(client.post(place.url, data=sent)).ours.text for _ in range(3)}
    assert len(pages) == 1
    changes = [e.event for e in desk.events() if e.event.startswith(("member", "guardian_dec"))]
    assert sorted(changes) == sorted(changes[:2])  # the two members of the desk's world


def test_a_search_is_told_in_the_log_without_its_words(desk: Desk) -> None:
    place = _worker(desk)
    searched(desk.client(place.person), place.url, place.text)
    event = desk.events()[-1]
    assert event.event == "look_up:listed"
    data = json.loads(event.canon)["data"]
    assert (data["search"], data["count"]) == (True, 1)
    assert place.text.encode() not in event.canon


def _many(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> tuple[FlaskClient, str]:
    """The law opens every pupil of the school; two stand on a page."""
    monkeypatch.setattr(view, "PER_PAGE", 2)
    with desk.app.app_context():
        for number in range(4):
            add_pupil(f"u-09{number:02}", IDS.house, guardians=[IDS.guardian1])
        db.session.commit()
    desk.policy(mode="consent_and_statutory")
    desk.publish({("kuraattori", "absences"): Route.STATUTORY})
    return desk.client(IDS.kuraattori), f"{desk.welfare()}/"


@ONE_DATABASE
def test_a_search_is_paged_by_buttons_that_repeat_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, url = _many(desk, monkeypatch)
    page = linted(searched(client, url, "pupil u-09"))
    seen: list[str] = []
    for number in (1, 2):
        seen += re.findall(r"u-09\d\d Pupil", page.ours.text)
        assert f"Page {number} of 2" in page.ours.text
        (nav,) = [e for e in page.ours.all("nav") if e.attributes.get("aria-label") == "Pages"]
        buttons = {e.text: e.attributes["value"] for e in nav.all("button")}
        assert buttons == ({"Next page": "2"} if number == 1 else {"Previous page": "1"})
        (form,) = nav.all("form")
        sent = {e.attributes["name"]: e.attributes["value"] for e in form.all("input")}
        assert sent["search"] == "pupil u-09"
        answer = client.post(form.attributes["action"], data={**sent, "page": "2"})
        page = linted(answer)
    assert len(seen) == len(set(seen)) == 4


@ONE_DATABASE
def test_the_plain_list_is_paged_by_links(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    client, url = _many(desk, monkeypatch)
    page = linted(client.get(url))
    links = {e.attributes["href"] for e in page.ours.all("a") if "page=" in e.attributes["href"]}
    assert f"{url}?page=2" in links
    assert "u-09" in linted(client.get(f"{url}?page=2")).ours.text
