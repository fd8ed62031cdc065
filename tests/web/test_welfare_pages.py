"""Pupil welfare: the list, the purpose, exactly the permitted data, and never more."""

import json
import re
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.web.desk import IDS, ONE_DATABASE, Desk
from tests.web.html import linted
from tests.web.sending import searched, sent_with, without_path
from wilma_ext.oversight.event import Actor
from wilma_ext.rights.consent.pairs import ConsentPair
from wilma_ext.rights.welfare.matrix import Cell, publish_matrix
from wilma_ext.rights.welfare.membership import end_membership
from wilma_ext.vocabulary import Detail, Route

CONSENT = {
    ("kuraattori", "absences"): Route.CONSENT,
    ("kuraattori", "grades"): Route.CONSENT,
    ("psykologi", "absences"): Route.CONSENT,
}
BY_LAW = {**CONSENT, ("kuraattori", "detentions"): Route.STATUTORY}


def opened(desk: Desk, person: str = IDS.kuraattori, **more: str) -> tuple[FlaskClient, str]:
    """Open the pupil and return the browser and the look-up's address."""
    client, url = desk.client(person), desk.pupil_url(person=person)
    sent = sent_with(client.get(url), purpose="attendance_concern", **more)
    answer = client.post(url, data=sent)
    assert answer.status_code == 303
    return client, answer.headers["Location"]


def section(page: TestResponse, key: str) -> str:
    found = re.search(rf'<section[^>]*"{key}-title">(.*?)</section>', page.text, re.DOTALL)
    assert found
    return found[1]


def names(desk: Desk) -> list[str]:
    return [event.event for event in desk.events()]


def test_the_list_names_pupils_and_nothing_else(desk: Desk) -> None:
    page = desk.client(IDS.kuraattori).get(f"{desk.welfare()}/")
    assert page.status_code == 200
    assert f"{IDS.pupil} Pupil" in page.text
    assert "1 pupil<" in page.text
    assert IDS.sibling not in page.text
    assert "6A, School s-1" in page.text
    assert names(desk)[-1] == "look_up:listed"


def test_a_search_narrows_and_keeps_what_was_typed(desk: Desk) -> None:
    client = desk.client(IDS.kuraattori)
    assert "1 pupil<" in searched(client, f"{desk.welfare()}/", "0001 6a").text
    page = searched(client, f"{desk.welfare()}/", "nobody", page="x")
    assert "0 pupils<" in page.text
    assert 'value="nobody"' in page.text


@ONE_DATABASE
def test_nothing_is_chosen_and_a_purpose_is_demanded(desk: Desk) -> None:
    client, url = desk.client(IDS.kuraattori), desk.pupil_url()
    page = client.get(url)
    assert not re.search(r"<input[^>]*\bchecked\b", page.text)
    assert 'name="stated"' not in page.text
    for purpose in ({}, {"purpose": "curiosity"}):
        refused = client.post(url, data=sent_with(page, **purpose))
        assert refused.status_code == 422
        assert "Choose what you need the data for." in refused.text
        assert "<title>Error:" in refused.text
    assert "look_up:opened" not in names(desk)


def test_each_profession_sees_exactly_its_categories(desk: Desk) -> None:
    client, url = opened(desk)
    page = client.get(url)
    assert "8½" in section(page, "grades")
    assert "Absent (A)" in section(page, "absences")
    assert "consent since" in page.text
    assert "valid until 31.7." in page.text
    assert "Not available to you" in section(page, "detentions")
    assert "Ill" not in linted(page).ours.text
    other = opened(desk, IDS.psykologi)
    page = other[0].get(other[1])
    assert "Absent (A)" in section(page, "absences")
    assert "8½" not in page.text
    assert "Äidinkieli" not in page.text


def test_what_is_not_available_looks_the_same_whatever_the_reason(desk: Desk) -> None:
    """No consent, not in the matrix, and no data at all: the very same words (W3)."""
    desk.publish({**CONSENT, ("psykologi", "grades"): Route.CONSENT})
    refused = opened(desk, IDS.psykologi)
    by_consent = section(refused[0].get(refused[1]), "grades")
    desk.publish(CONSENT)
    off = section(refused[0].get(refused[1]), "grades")
    assert by_consent == off
    assert "Not available to you" in off
    detentions = section(refused[0].get(refused[1]), "detentions")
    assert detentions.replace("detentions", "grades").replace("Detentions", "Grades") == off


def test_every_response_with_data_is_one_event(desk: Desk) -> None:
    client, url = opened(desk)
    before = names(desk).count("look_up:shown")
    for _ in range(3):
        assert client.get(url).status_code == 200
    assert names(desk).count("look_up:shown") == before + 3
    shown = json.loads(desk.events()[-1].canon)
    assert shown["data"]["categories"] == ["absences", "grades"]
    assert shown["pupil"] == IDS.pupil


def test_after_the_withdrawal_the_next_click_shows_nothing(desk: Desk) -> None:
    client, url = opened(desk)
    assert client.get(url).status_code == 200
    desk.withdraw()
    page = client.get(url)
    assert page.status_code == 404
    assert "Absent" not in page.text
    assert names(desk)[-1] == "look_up:denied"
    assert client.get(desk.pupil_url()).status_code == 404
    assert "0 pupils<" in client.get(f"{desk.welfare()}/").text


def test_a_look_up_ends_and_the_purpose_is_asked_again(desk: Desk) -> None:
    client, url = opened(desk)
    desk.clock.ahead = timedelta(minutes=61)
    over = client.get(url)
    assert over.status_code == 303
    assert over.headers["Location"] == desk.pupil_url()
    page = client.get(over.headers["Location"])
    assert page.status_code == 200
    assert "The look-up has ended." in page.text
    assert "Absent" not in page.text


def test_an_ended_membership_opens_nothing(desk: Desk) -> None:
    client, url = opened(desk)
    membership = desk.membership(IDS.kuraattori)
    with desk.work() as work:
        end_membership(
            work,
            actor=Actor(IDS.main_user, "main_user"),
            provider_ref=IDS.tenant,
            membership_id=membership,
        )
    assert client.get(url).status_code == 404
    assert "0 pupils<" in client.get(f"{desk.welfare()}/").text


def test_what_may_not_be_seen_and_what_does_not_exist_look_the_same(desk: Desk) -> None:
    client, mine = desk.client(IDS.kuraattori), desk.welfare()
    _, foreign_look_up = opened(desk, IDS.psykologi)
    paths = [
        f"{mine}/pupils/no-such-handle",
        f"{mine}/pupils/{desk.handle(IDS.sibling)}",
        f"{mine}/pupils/{desk.handle(IDS.stranger, IDS.other_tenant)}",
        f"{mine}/look-ups/no-such-look-up",
        f"{mine}/look-ups/{foreign_look_up.rsplit('/', 1)[1]}",
        f"{desk.welfare(IDS.psykologi)}/",
        f"{desk.url}/welfare/no-such-membership/",
        f"{desk.url}/no-such-page",
    ]
    pages = [client.get(path) for path in paths]
    assert {page.status_code for page in pages} == {404}
    assert len({without_path(page) for page in pages}) == 1


def test_every_pupil_page_denied_is_recorded(desk: Desk) -> None:
    client, mine = desk.client(IDS.kuraattori), desk.welfare()
    for handle in (
        "no-such-handle",
        desk.handle(IDS.sibling),
        desk.handle(IDS.stranger, IDS.other_tenant),
    ):
        before = names(desk).count("look_up:denied")
        assert client.get(f"{mine}/pupils/{handle}").status_code == 404
        assert names(desk).count("look_up:denied") == before + 1


def test_by_law_data_are_shown_only_with_the_statement(desk: Desk) -> None:
    desk.policy(mode="consent_and_statutory")
    desk.publish(BY_LAW)
    client, url = opened(desk)
    assert "Not available to you" in section(client.get(url), "detentions")
    client, url = opened(desk, stated="y")
    page = client.get(url)
    assert "60" in section(page, "detentions")
    assert "By law" in page.text


def test_the_necessity_may_be_demanded_in_words(desk: Desk) -> None:
    desk.policy(mode="consent_and_statutory", necessity_text=True)
    desk.publish(BY_LAW)
    client, url = opened(desk, necessity="  ")
    assert "Not available to you" in section(client.get(url), "detentions")
    client, url = opened(desk, necessity="Repeated conflicts")
    assert "60" in section(client.get(url), "detentions")


def test_totals_show_neither_a_day_nor_a_chart(desk: Desk) -> None:
    group = desk.group()
    with desk.work() as work:
        publish_matrix(
            work,
            actor=Actor(IDS.main_user, "main_user"),
            provider_ref=IDS.tenant,
            group_id=group,
            cells={ConsentPair("kuraattori", "absences"): Cell(Route.CONSENT, Detail.TOTALS)},
            based_on=2,
        )
    client, url = opened(desk)
    absences = section(client.get(url), "absences")
    assert "Absent (A)" in absences
    assert "<svg" not in absences
    assert "Entries, newest first" not in absences


@ONE_DATABASE
@pytest.mark.parametrize("stolen", ["", "another pupil's", "another person's"])
def test_a_form_without_its_own_token_changes_nothing(desk: Desk, stolen: str) -> None:
    desk.consent(pupil=IDS.sibling)
    client, url = desk.client(IDS.kuraattori), desk.pupil_url()
    sent = sent_with(client.get(url), purpose="health_check")
    if stolen == "another pupil's":
        sent["token"] = sent_with(client.get(desk.pupil_url(IDS.sibling)))["token"]
    elif stolen == "another person's":
        theirs = desk.client(IDS.psykologi).get(desk.pupil_url(person=IDS.psykologi))
        sent["token"] = sent_with(theirs)["token"]
    else:
        del sent["token"]
    refused = client.post(url, data=sent)
    assert refused.status_code == 422
    assert "nothing was saved" in refused.text
    assert re.search(
        r'value="health_check"[^>]*checked|checked[^>]*value="health_check"', refused.text
    )
    assert "look_up:opened" not in names(desk)


def test_the_own_log_tells_what_was_opened(desk: Desk) -> None:
    client, _ = opened(desk)
    page = client.get(f"{desk.welfare()}/own-log")
    assert f"Pupil {IDS.pupil}" in page.text
    assert "Concern about attendance" in page.text
    other = desk.client(IDS.psykologi).get(f"{desk.welfare(IDS.psykologi)}/own-log")
    assert IDS.pupil not in other.text


def test_only_the_member_comes_in(desk: Desk) -> None:
    path = f"{desk.welfare()}/"
    assert desk.client(IDS.secretary).get(path).status_code == 404
    assert desk.client(IDS.main_user).get(path).status_code == 404


@ONE_DATABASE
def test_a_stranger_is_sent_to_the_hosts_sign_in(desk: Desk) -> None:
    desk.app.login_manager.login_view = "start"
    answer = desk.app.test_client().get(f"{desk.welfare()}/")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/?next=")


@ONE_DATABASE
def test_pages_are_never_stored_and_carry_no_name_in_their_title(desk: Desk) -> None:
    client, url = opened(desk)
    page = client.get(url)
    assert page.headers["Cache-Control"] == "no-store, private"
    title = re.search(r"<title>(.*?)</title>", page.text, re.DOTALL)
    assert title
    assert IDS.pupil not in title[1]
