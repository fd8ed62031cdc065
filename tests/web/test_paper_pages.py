"""A paper answer: who signed, the second look, what it replaces, and recorded once (S15)."""

import json
from datetime import date, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from tests.hosts.plain import User, db
from tests.hosts.world import add_person, add_pupil
from tests.present import today
from tests.web.desk import IDS, Desk
from tests.web.html import Document, linted
from tests.web.office import office_of
from wilma_ext.clock import civil_date
from wilma_ext.models import Answer
from wilma_ext.oversight.event import Actor, Event
from wilma_ext.rights.consent.activation import activate

on_one_engine = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)

FIRST, SECOND = f"guardian:{IDS.guardian1}", f"guardian:{IDS.guardian2}"


def finnish(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"


def paper_url(desk: Desk, pupil: str = IDS.sibling, tenant: str = IDS.tenant) -> str:
    place = f"{desk.url}/secretary/{desk.provider()}/pupils/{desk.handle(pupil, tenant)}"
    return f"{place}/paper"


def written(**changes: str) -> dict[str, str]:
    """Return what the secretary reads from a paper that says yes to everything."""
    paper = {
        "signer": FIRST,
        "signed_on": finnish(today()),
        "document": "Folder 7 / 12",
        "language": "sv",
        "act": "answers",
        "question-absences": "yes",
        "question-grades": "yes",
    }
    return {**paper, **changes}


def looked(client: FlaskClient, url: str, **changes: str) -> TestResponse:
    """Fill in the form and ask for the second look."""
    page = linted(client.get(url))
    return client.post(f"{url}/look", data={**page.fields, **written(**changes)})


def saved(client: FlaskClient, url: str, look: TestResponse, **ticked: str) -> TestResponse:
    """Save what the second look shows."""
    return client.post(f"{url}/save", data={**linted(look).fields, **ticked})


def answers(desk: Desk, pupil: str = IDS.sibling) -> list[Answer]:
    with desk.work() as work:
        rows = select(Answer).where(Answer.pupil_ref == pupil).order_by(Answer.given_at)
        found = list(work.session.scalars(rows))
        work.session.expunge_all()
        return found


def told(page: Document) -> str:
    return page.ours.text


@pytest.fixture
def secretary(desk: Desk) -> FlaskClient:
    return desk.client(IDS.secretary)


class TestRecording:
    def test_a_paper_is_looked_at_and_then_recorded(self, desk: Desk) -> None:
        client, url = desk.client(IDS.secretary), paper_url(desk)
        look = looked(client, url, **{"question-grades": "each"}, **each("no"))
        words = told(linted(look))
        for part in (
            f"Pupil {IDS.sibling}",
            "6A",
            "born 1.1.",
            f"Person {IDS.guardian1}, guardian",
        ):
            assert part in words
        assert "Folder 7 / 12" in words
        assert "Nothing stands" in words
        assert answers(desk) == []
        assert saved(client, url, look).status_code == 303
        (row,) = answers(desk)
        assert (row.channel, row.entered_by) == ("paper", IDS.secretary)
        assert (row.giver_ref, row.document) == (IDS.guardian1, "Folder 7 / 12")
        assert (row.signed_on, row.language) == (today(), "sv")
        assert row.text_sha256 == desk.form().form.text_sha256("sv")
        event = desk.events()[-1]
        assert event.event == Event.CONSENT_ANSWERED.value
        assert (event.actor_ref, event.actor_role) == (IDS.secretary, "secretary")
        page = linted(client.get(url.removesuffix("/paper")))
        assert "What the paper says has been recorded." in told(page)
        assert "Entered from paper by Person u-0301" in told(page)

    def test_it_counts_once_it_is_enabled_and_not_from_the_day_on_it(self, desk: Desk) -> None:
        client, url = desk.client(IDS.secretary), paper_url(desk)
        saved(client, url, looked(client, url))
        (row,) = answers(desk)
        assert civil_date(row.given_at) == today()
        worker, group = desk.client(IDS.kuraattori), desk.group()
        assert worker.get(desk.pupil_url(IDS.sibling)).status_code == 404
        with desk.work() as work:
            activate(
                work,
                desk.state.register,
                actor=Actor(IDS.secretary, "secretary"),
                provider_ref=IDS.tenant,
                pupil_refs=[IDS.sibling],
                group_id=group,
            )
        assert worker.get(desk.pupil_url(IDS.sibling)).status_code == 200

    def test_sending_the_second_look_twice_records_once(self, desk: Desk) -> None:
        client, url = desk.client(IDS.secretary), paper_url(desk)
        look = looked(client, url)
        for _ in range(2):
            assert saved(client, url, look).status_code == 303
        assert len(answers(desk)) == 1

    def test_another_paper_from_the_same_look_is_not_taken_for_it(self, desk: Desk) -> None:
        client, url = desk.client(IDS.secretary), paper_url(desk)
        look = looked(client, url)
        assert saved(client, url, look).status_code == 303
        sent = {**linted(look).fields, "document": "Folder 9"}
        again = linted(client.post(f"{url}/save", data=sent), 409)
        assert "Something was answered in the meantime." in told(again)
        assert len(answers(desk)) == 1

    def test_a_withdrawal_on_paper_closes_at_once(self, desk: Desk) -> None:
        worker = desk.client(IDS.kuraattori)
        assert worker.get(desk.pupil_url()).status_code == 200
        client, url = desk.client(IDS.secretary), paper_url(desk, IDS.pupil)
        look = looked(client, url, **{"act": "withdraws", "question-absences": ""})
        assert "Withdrawn" in told(linted(look))
        assert saved(client, url, look, replaces_newer="y").status_code == 303
        assert worker.get(desk.pupil_url()).status_code == 404
        assert answers(desk, IDS.pupil)[-1].act == "withdrawal"
        (event,) = [e for e in desk.events() if e.event == Event.CONSENT_WITHDRAWN.value]
        assert event.actor_ref == IDS.secretary
        assert json.loads(event.canon)["data"]["channel"] == "paper"

    @on_one_engine
    def test_going_back_keeps_what_was_written(self, desk: Desk, secretary: FlaskClient) -> None:
        url = paper_url(desk)
        sent = {**linted(looked(secretary, url)).fields, "step": "change"}
        page = linted(secretary.post(f"{url}/look", data=sent))
        assert page.fields["question-grades"] == "yes"
        assert page.fields["signer"] == FIRST
        assert 'value="Folder 7 / 12"' in secretary.post(f"{url}/look", data=sent).text


def each(value: str) -> dict[str, str]:
    names = ("kuraattori", "psykologi", "terveydenhoitaja", "laakari")
    return {f"pair-grades-{name}": value for name in names}


class TestNewerAnswer:
    """The pupil's first guardian has answered online today; the paper was signed before that."""

    def test_it_is_shown_and_replaced_only_by_a_tick(self, desk: Desk) -> None:
        client, url = desk.client(IDS.secretary), paper_url(desk, IDS.pupil)
        look = looked(client, url, **{"question-absences": "no", "question-grades": "no"})
        words = told(linted(look))
        assert f"Person {IDS.guardian1} has answered online on" in words
        assert "on the day when this paper was signed. That answer would be replaced." in words
        refused = linted(saved(client, url, look), 422)
        assert "Tick that the paper replaces the newer answer" in told(refused)
        assert len(answers(desk, IDS.pupil)) == 1
        assert saved(client, url, look, replaces_newer="y").status_code == 303
        assert desk.client(IDS.kuraattori).get(desk.pupil_url()).status_code == 404

    def test_one_that_comes_during_the_look_is_not_replaced_unseen(self, desk: Desk) -> None:
        client, url = desk.client(IDS.secretary), paper_url(desk)
        look = looked(client, url)
        desk.consent(pupil=IDS.sibling)
        page = linted(saved(client, url, look), 409)
        assert "Something was answered in the meantime." in told(page)
        assert "has answered online" in told(page)
        assert len(answers(desk)) == 1
        sent = {**page.fields, "replaces_newer": "y"}
        assert client.post(f"{url}/save", data=sent).status_code == 303
        assert len(answers(desk)) == 2

    @on_one_engine
    def test_it_is_told_from_one_of_the_same_day(self, desk: Desk, secretary: FlaskClient) -> None:
        url = paper_url(desk, IDS.pupil)
        desk.clock.ahead += timedelta(days=3)
        desk.withdraw()
        words = told(linted(looked(secretary, url, signed_on=finnish(today() + timedelta(days=2)))))
        assert f"Person {IDS.guardian1} has withdrawn the consent online on" in words
        assert "after this paper was signed" in words

    @on_one_engine
    def test_an_older_online_answer_needs_no_tick(self, desk: Desk) -> None:
        desk.clock.ahead += timedelta(days=3)
        client, url = desk.client(IDS.secretary), paper_url(desk, IDS.pupil)
        look = looked(client, url, signed_on=finnish(today() + timedelta(days=2)))
        assert "replaces" not in told(linted(look))
        assert saved(client, url, look).status_code == 303


@on_one_engine
class TestPupilsAndPeople:
    def test_a_namesake_is_told(self, desk: Desk, secretary: FlaskClient) -> None:
        url = paper_url(desk)
        assert "Another pupil has the same name" not in told(linted(secretary.get(url)))
        with desk.app.app_context():
            add_pupil("u-0077", IDS.house, class_name="6B")
            namesake = db.session.get(User, "u-0077")
            assert namesake
            namesake.last = IDS.sibling
            db.session.commit()
        assert "Another pupil has the same name" in told(linted(secretary.get(url)))
        assert "Another pupil has the same name" in told(linted(looked(secretary, url)))

    def test_only_todays_deciders_are_offered(self, desk: Desk, secretary: FlaskClient) -> None:
        words = told(linted(secretary.get(paper_url(desk, IDS.pupil))))
        assert f"Person {IDS.guardian1}, guardian" in words
        assert f"Person {IDS.guardian2}, guardian" in words
        assert f"Person {IDS.strangers_guardian}" not in words
        page = linted(looked(secretary, paper_url(desk), signer=SECOND), 422)
        assert "Choose who has signed." in told(page)

    def test_nobody_can_sign_for_a_pupil_without_guardians(
        self, desk: Desk, secretary: FlaskClient
    ) -> None:
        page = linted(secretary.get(paper_url(desk, IDS.alone)))
        assert "Nobody can answer about this pupil now" in told(page)
        assert not list(page.ours.all("form"))

    def test_a_secretary_cannot_record_about_the_own_child(self, desk: Desk) -> None:
        with desk.app.app_context():
            add_person("u-0401", office="secretary", tenant=IDS.tenant, human="one")
            guardian = db.session.get(User, IDS.guardian1)
            assert guardian
            guardian.human = "one"
            db.session.commit()
        page = linted(desk.client("u-0401").get(paper_url(desk)), 422)
        assert "about yourself or your own child" in told(page)
        refused = desk.client("u-0401").post(f"{paper_url(desk)}/look", data=written())
        assert "about yourself or your own child" in told(linted(refused, 422))

    @pytest.mark.parametrize("person", [IDS.guardian1, IDS.kuraattori, IDS.main_user, IDS.officer])
    def test_nobody_but_the_secretary_may(self, desk: Desk, person: str) -> None:
        assert desk.client(person).get(paper_url(desk)).status_code == 404
        assert (
            desk.client(person).post(f"{paper_url(desk)}/save", data=written()).status_code == 404
        )

    def test_another_providers_pupil_is_not_found(self, desk: Desk, secretary: FlaskClient) -> None:
        url = paper_url(desk, IDS.stranger, IDS.other_tenant)
        for answer in (
            secretary.get(url),
            secretary.post(f"{url}/look", data=written()),
            secretary.post(f"{url}/save", data=written()),
            secretary.get(f"{url.removesuffix('/paper')}/blank-form"),
        ):
            linted(answer, 404)

    def test_another_schools_pupil_is_not_found(self, desk: Desk) -> None:
        with office_of(desk, IDS.second_house) as other:
            client = other.client(IDS.secretary)
            assert client.get(paper_url(desk, IDS.adult)).status_code == 200
            assert client.get(paper_url(desk, IDS.sibling)).status_code == 404
            sent = client.post(f"{paper_url(desk, IDS.sibling)}/save", data=written())
            assert sent.status_code == 404
