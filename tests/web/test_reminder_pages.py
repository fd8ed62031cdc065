"""Lists for the school's own messages: names only, filters in the URL, a logged file (S16)."""

import csv
import io
import json
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.hosts.plain import User, db
from tests.hosts.world import add_pupil
from tests.web.desk import IDS, Desk
from tests.web.html import Document, linted
from tests.web.office import office_of
from tests.web.words import LANGUAGES, say
from wilma_ext.clock import civil_date
from wilma_ext.oversight.event import Event

on_one_engine = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


def list_url(desk: Desk, name: str = "unanswered", tenant: str = IDS.tenant) -> str:
    return f"{desk.url}/secretary/{desk.provider(tenant)}/{name}"


def shown(client: FlaskClient, url: str) -> Document:
    return linted(client.get(url))


def listed(page: Document) -> list[str]:
    return [row.text for row in page.ours.all("tr")][1:]


def rows_of(answer: TestResponse) -> list[list[str]]:
    assert answer.status_code == 200
    text = answer.data.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


@pytest.fixture
def secretary(desk: Desk) -> FlaskClient:
    return desk.client(IDS.secretary)


def test_who_has_not_answered_is_named_until_they_do(desk: Desk, secretary: FlaskClient) -> None:
    rows = listed(shown(secretary, list_url(desk)))
    assert any(IDS.sibling in row and f"Person {IDS.guardian1}" in row for row in rows)
    assert not any(IDS.pupil in row for row in rows)  # one guardian's answer is enough
    desk.consent(pupil=IDS.sibling)
    assert not any(IDS.sibling in row for row in listed(shown(secretary, list_url(desk))))


def test_a_consent_is_listed_thirty_days_before_its_end(desk: Desk, secretary: FlaskClient) -> None:
    url = list_url(desk, "expiring")
    assert listed(shown(secretary, url)) == []
    with desk.work() as work:
        day = civil_date(work.now()) + timedelta(days=40)
    desk.policy(validity="fixed", fixed_until=day)
    desk.consent(pupil=IDS.sibling)
    assert listed(shown(secretary, url)) == []
    desk.clock.ahead += timedelta(days=10)
    (row,) = listed(shown(secretary, url))
    assert IDS.sibling in row
    assert f"{day.day}.{day.month}.{day.year}" in row


class TestFile:
    @pytest.mark.parametrize("name", ["unanswered", "expiring"])
    def test_taking_it_along_is_logged(self, desk: Desk, secretary: FlaskClient, name: str) -> None:
        page = rows_of(secretary.get(f"{list_url(desk, name)}.csv"))
        event = desk.events()[-1]
        assert event.event == Event.CONSENT_LISTED.value
        assert event.actor_ref == IDS.secretary
        assert event.pupil_ref is None
        assert json.loads(event.canon)["data"] == {"list": name, "count": len(page) - 1}

    @on_one_engine
    def test_it_holds_names_and_nothing_else(self, desk: Desk, secretary: FlaskClient) -> None:
        answer = secretary.get(f"{list_url(desk)}.csv")
        assert answer.mimetype == "text/csv"
        assert "no-store" in answer.headers["Cache-Control"]
        assert answer.headers["Content-Disposition"].startswith("attachment; filename=unanswered-")
        head, *rows = rows_of(answer)
        assert head == ["Pupil", "Class", "School", "Whom to remind"]
        wanted = [f"{IDS.sibling} Pupil", "6A", "School s-1", f"Person {IDS.guardian1}"]
        assert wanted in rows

    @on_one_engine
    def test_a_name_is_never_a_formula(self, desk: Desk, secretary: FlaskClient) -> None:
        with desk.app.app_context():
            guardian = db.session.get(User, IDS.guardian1)
            sibling = db.session.get(User, IDS.sibling)
            assert guardian
            assert sibling
            guardian.first, sibling.last = "=cmd()", "@SUM(A1)"
            db.session.commit()
        cells = [cell for row in rows_of(secretary.get(f"{list_url(desk)}.csv")) for cell in row]
        assert "'@SUM(A1) Pupil" in cells
        assert f"'=cmd() {IDS.guardian1}" in cells

    @on_one_engine
    def test_the_filters_of_the_page_are_those_of_the_file(
        self, desk: Desk, secretary: FlaskClient
    ) -> None:
        page = shown(secretary, f"{list_url(desk)}?school={IDS.second_house}&group=6A")
        (link,) = [
            a.attributes["href"] for a in page.ours.all("a") if ".csv" in a.attributes["href"]
        ]
        rows = rows_of(secretary.get(link))[1:]
        assert len(rows) == len(listed(page)) == 1
        assert IDS.adult in rows[0][0]


@on_one_engine
class TestPage:
    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("name", ["unanswered", "expiring"])
    def test_it_is_whole_in_every_language(self, desk: Desk, language: str, name: str) -> None:
        page = shown(desk.client(IDS.secretary, language), list_url(desk, name))
        asked = "Remind them of the question only: a no is as good an answer as a yes."
        assert say(language, asked) in page.ours.text

    def test_fifty_stand_on_a_page(self, desk: Desk, secretary: FlaskClient) -> None:
        with desk.app.app_context():
            twelve = db.session.get(User, IDS.sibling)
            assert twelve
            for number in range(60):
                ref, mine = f"u-1{number:03}", (IDS.guardian1,)
                add_pupil(ref, IDS.house, born=twelve.born, guardians=mine)
            db.session.commit()
        first = shown(secretary, list_url(desk))
        total = int(first.ours.text.split(" pupils")[0].split()[-1])
        second = shown(secretary, f"{list_url(desk)}?page=2")
        assert [len(listed(first)), len(listed(second))] == [50, total - 50]

    @pytest.mark.parametrize("query", ["school=s-9", "group=9Z", "school=s-1&group=9Z"])
    def test_a_filter_that_fits_nobody_says_so(
        self, desk: Desk, secretary: FlaskClient, query: str
    ) -> None:
        page = shown(secretary, f"{list_url(desk)}?{query}")
        assert "Nobody is on this list." in page.ours.text

    def test_another_school_or_provider_is_not_listed(self, desk: Desk) -> None:
        foreign = list_url(desk, tenant=IDS.other_tenant)
        for url in (foreign, f"{foreign}.csv"):
            assert desk.client(IDS.secretary).get(url).status_code == 404
        with office_of(desk, IDS.second_house) as other:
            client = other.client(IDS.secretary)
            for query in ("", f"?school={IDS.house}"):
                assert IDS.sibling not in client.get(f"{list_url(desk)}{query}").text
                assert IDS.sibling not in client.get(f"{list_url(desk)}.csv{query}").text
            assert IDS.adult in client.get(list_url(desk)).text

    @pytest.mark.parametrize("person", [IDS.guardian1, IDS.kuraattori, IDS.main_user, IDS.officer])
    def test_nobody_but_the_secretary_may(self, desk: Desk, person: str) -> None:
        for name in ("unanswered", "unanswered.csv", "expiring", "expiring.csv", "disagreements"):
            assert desk.client(person).get(list_url(desk, name)).status_code == 404
