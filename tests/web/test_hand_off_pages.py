"""Links to the county's own services, and the guide of each role."""

from typing import Any

import pytest

from tests.web.desk import IDS, ONE_DATABASE, OTHER_MAIN_USER, Desk
from tests.web.html import linted
from tests.web.sending import sent_with
from tests.web.words import LANGUAGES
from wilma_ext.blueprints.guide.text import CHAPTERS
from wilma_ext.rights.hand_off import Channel, channels_of

ROW = {"fi_0": "Varaa aika", "sv_0": "Boka tid", "en_0": "Book a time"}


def url_of(desk: Desk) -> str:
    return f"{desk.url}/hand-offs/{desk.provider()}/"


def sent(desk: Desk, page: Any = None, **fields: str) -> Any:
    client = desk.client(IDS.main_user)
    page = page or client.get(url_of(desk))
    empty = {f"{name}_{n}": "" for name in ("address", "fi", "sv", "en") for n in range(6)}
    data = sent_with(page, **{**empty, **fields})
    return client.post(f"{url_of(desk)}?county=luvn", data=data)


def saved(desk: Desk) -> tuple[Channel, ...]:
    with desk.work() as work:
        return channels_of(work, IDS.tenant)


def test_a_link_and_a_number_are_saved_in_order(desk: Desk) -> None:
    linted(desk.client(IDS.main_user).get(url_of(desk)))
    number = {"address_1": "+358 19 123 4567", "fi_1": "Soita", "sv_1": "Ring", "en_1": "Call"}
    assert sent(desk, address_0="https://lunna.example/", **ROW, **number).status_code == 303
    assert [channel.link for channel in saved(desk)] == [
        "https://lunna.example/",
        "tel:+358191234567",
    ]
    assert [e.event for e in desk.events()].count("hand_off:changed") == 1


def test_a_row_left_empty_is_left_out(desk: Desk) -> None:
    sent(desk, address_0="https://lunna.example/", **ROW)
    assert sent(desk).status_code == 303
    assert saved(desk) == ()


@ONE_DATABASE
@pytest.mark.parametrize(
    "address",
    ["http://lunna.example/", "javascript:alert(1)", "https://", "lunna", "https://a@b.example/"],
)
def test_an_address_that_is_not_safe_is_refused_and_kept(desk: Desk, address: str) -> None:
    told = sent(desk, address_0=address, **ROW)
    page = linted(told, status=422)
    assert "begins with https://" in page.ours.text
    assert 'value="Varaa aika"' in told.text
    assert saved(desk) == ()


@ONE_DATABASE
def test_a_name_is_needed_in_every_language(desk: Desk) -> None:
    told = sent(desk, address_0="https://lunna.example/", **{**ROW, "sv_0": ""})
    assert told.status_code == 422
    assert "name in all three languages" in told.text


def test_two_main_users_notice_each_other(desk: Desk) -> None:
    page = desk.client(IDS.main_user).get(url_of(desk))
    sent(desk, address_0="https://lunna.example/", **ROW)
    late = sent(desk, page, address_0="https://other.example/", **ROW)
    assert late.status_code == 409
    assert [channel.address for channel in saved(desk)] == ["https://lunna.example/"]


def test_staff_see_the_links_where_the_next_step_lies_outside(desk: Desk) -> None:
    sent(desk, address_0="https://lunna.example/", **ROW)
    page = linted(desk.client(IDS.kuraattori, "sv").get(f"{desk.welfare()}/"))
    (link,) = [e for e in page.ours.all("a") if "lunna" in str(e.attributes.get("href"))]
    assert link.text == "Boka tid"


@ONE_DATABASE
def test_nobody_else_may(desk: Desk) -> None:
    for person in (IDS.secretary, IDS.kuraattori, OTHER_MAIN_USER):
        assert desk.client(person).get(url_of(desk)).status_code == 404
    assert desk.client(IDS.main_user).get(f"{url_of(desk)}?county=nowhere").status_code == 404


@ONE_DATABASE
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chapter_of_the_guide_is_there_in_every_language(desk: Desk, language: str) -> None:
    client = desk.client(IDS.guardian1, language)
    roles = linted(client.get(f"{desk.url}/guide/"))
    for chapter in CHAPTERS.values():
        page = linted(client.get(f"{desk.url}/guide/{chapter.key}"))
        sentences = (*chapter.sees, *chapter.must_not, *chapter.asks)
        assert len(page.ours.text) > 20 * len(sentences)
        links = [str(e.attributes.get("href", "")) for e in roles.ours.all("a")]
        assert f"{desk.url}/guide/{chapter.key}" in links
    assert client.get(f"{desk.url}/guide/nobody").status_code == 404


@ONE_DATABASE
def test_every_page_leads_to_the_guide(desk: Desk) -> None:
    page = linted(desk.client(IDS.kuraattori).get(f"{desk.welfare()}/"))
    assert any(str(e.attributes.get("href", "")).endswith("/guide/") for e in page.ours.all("a"))
    signed_out = desk.app.test_client().get(f"{desk.url}/guide/")
    assert signed_out.status_code in (302, 401)
