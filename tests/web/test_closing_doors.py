"""Doors that an attack found ajar: each is tried again here, and stays shut."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import literal_column, select, true, update

from tests.hosts.plain import User, db
from tests.web.desk import IDS, ONE_DATABASE, Desk, beside, close, desk_register
from tests.web.html import linted
from tests.web.sending import sent_with
from wilma_ext.errors import Invalid
from wilma_ext.models import LookUp
from wilma_ext.oversight.event import Actor
from wilma_ext.rights.access.decision import Member
from wilma_ext.rights.look_up.disclosure_verdict import STATED
from wilma_ext.rights.look_up.look_up import open_look_up
from wilma_ext.rights.welfare.membership import end_membership, start_membership
from wilma_ext.vocabulary import Profession, Purpose, Route


def opened(desk: Desk) -> tuple[FlaskClient, str]:
    client, url = desk.client(IDS.kuraattori), desk.pupil_url()
    answer = client.post(url, data=sent_with(client.get(url), purpose="attendance_concern"))
    return client, answer.headers["Location"]


def test_a_withdrawal_lands_also_while_the_page_is_closed(desk: Desk) -> None:
    """The guardian became restricted after a yes: the withdrawal must not be lost."""
    worker, shown = opened(desk)
    assert worker.get(shown).status_code == 200
    guardians = desk_register().guardianships.subquery()
    restricted = replace(
        desk_register(),
        guardianships=select(
            guardians.c.pupil_id,
            guardians.c.guardian_id,
            guardians.c.may_decide,
            true().label("restricted_information"),
        ),
    )
    other = beside(desk, restricted)
    client = other.client(IDS.guardian1)
    url = f"{other.url}/guardian/{other.handle(IDS.pupil)}/"
    page = linted(client.get(url))
    [form] = [f for f in page.ours.all("form") if f.attributes["action"].endswith("/withdraw")]
    [token] = [i for i in form.all("input") if i.attributes["name"] == "token"]
    sent = {"token": token.attributes["value"]}
    assert client.post(form.attributes["action"], data=sent).status_code == 303
    close(other)
    assert [e.event for e in desk.events()][-1] in ("consent:withdrawn", "activation:ended")
    assert "consent:withdrawn" in [event.event for event in desk.events()]
    assert worker.get(shown).status_code == 404


def test_a_clock_set_back_revives_nothing(desk: Desk) -> None:
    worker, shown = opened(desk)
    desk.withdraw()
    assert worker.get(shown).status_code == 404
    desk.clock.ahead = timedelta(seconds=-30)
    assert worker.get(shown).status_code == 404
    assert [event.event for event in desk.events()][-1] == "look_up:denied"


@ONE_DATABASE
def test_the_own_log_ends_with_the_membership_and_names_no_closed_pupil(desk: Desk) -> None:
    worker, _ = opened(desk)
    own_log = f"{desk.welfare()}/own-log"
    assert f"Pupil {IDS.pupil}" in worker.get(own_log).text
    desk.withdraw()
    page = worker.get(own_log)
    assert page.status_code == 200
    assert f"Pupil {IDS.pupil}" not in page.text
    membership = desk.membership(IDS.kuraattori)
    with desk.work() as work:
        end_membership(
            work,
            actor=Actor("operator:test", "operator"),
            provider_ref=IDS.tenant,
            membership_id=membership,
        )
    assert worker.get(own_log).status_code == 404


@ONE_DATABASE
def test_an_office_of_one_school_is_not_the_whole_providers(desk: Desk) -> None:
    offices = desk_register().offices.subquery()
    narrowed = replace(
        desk_register(),
        offices=select(
            offices.c.person_id,
            offices.c.office,
            offices.c.provider_id,
            literal_column(f"'{IDS.house}'", User.id.type).label("school_id"),
        ),
    )
    other = beside(desk, narrowed)
    found = {
        (person, area): other.client(person).get(f"{other.url}/{area}/{other.provider()}/")
        for person, area in (
            (IDS.main_user, "matrix"),
            (IDS.officer, "oversight"),
            (IDS.secretary, "secretary"),
        )
    }
    close(other)
    assert [answer.status_code for answer in found.values()] == [404, 404, 200]


@ONE_DATABASE
def test_nobody_adds_a_second_account_of_ones_own(desk: Desk) -> None:
    with desk.app.app_context():
        same = update(User).where(User.id.in_([IDS.main_user, IDS.psykologi]))
        db.session.execute(same.values(human="one human"))
        db.session.commit()
    refused, group = None, desk.group()
    with desk.work() as work:
        try:
            start_membership(
                work,
                desk.state.register,
                actor=Actor(IDS.main_user, "main_user"),
                provider_ref=IDS.tenant,
                group_id=group,
                person_ref=IDS.psykologi,
                profession=Profession.LAAKARI,
                school_refs=(),
            )
        except Invalid as error:
            refused = error.code
    assert refused == "own_membership"


def test_anothers_look_up_is_a_recorded_denial(desk: Desk) -> None:
    _, shown = opened(desk)
    look_up = shown.rsplit("/", 1)[1]
    before = len(desk.events())
    answer = desk.client(IDS.psykologi).get(f"{desk.welfare(IDS.psykologi)}/look-ups/{look_up}")
    assert answer.status_code == 404
    assert [event.event for event in desk.events()][before:] == ["look_up:denied"]


@ONE_DATABASE
def test_odd_addresses_of_lists_are_pages(desk: Desk) -> None:
    secretary = desk.client(IDS.secretary)
    officer = desk.client(IDS.officer)
    welfare = desk.client(IDS.kuraattori)
    provider = desk.provider()
    asked = [
        secretary.get(f"{desk.url}/secretary/{provider}/?provider=x&_scheme=javascript&page=2"),
        officer.get(f"{desk.url}/oversight/{provider}/?endpoint=x&since=1.1.1"),
        officer.get(f"{desk.url}/oversight/{provider}/?until=31.12.9999"),
        officer.get(f"{desk.url}/oversight/{provider}/events/99999999999999999999"),
        welfare.get(f"{desk.welfare()}/?page={'9' * 4400}"),
    ]
    assert [answer.status_code for answer in asked] == [200, 422, 422, 404, 200]


@ONE_DATABASE
@pytest.mark.parametrize(
    ("wants_words", "sent", "kept"),
    [
        (False, "Pupil has trouble at home", STATED),
        (True, STATED, None),
        (True, "Pupil has asked for help", "Pupil has asked for help"),
        (False, " ", None),
    ],
)
def test_the_policy_and_not_the_form_says_how_a_necessity_is_stated(
    desk: Desk, wants_words: bool, sent: str, kept: str | None
) -> None:
    """A form of the other kind neither passes for a statement nor brings words into the log."""
    desk.publish({("kuraattori", "absences"): Route.STATUTORY})
    desk.policy(mode="consent_and_statutory", necessity_text=wants_words)
    member = Member(IDS.tenant, desk.membership(IDS.kuraattori), IDS.kuraattori)
    with desk.work() as work:
        look_up = open_look_up(
            work,
            desk.state.register,
            member,
            pupil_ref=IDS.pupil,
            purpose=Purpose.ATTENDANCE_CONCERN,
            necessity=sent,
        )
        found = work.session.get(LookUp, look_up) if look_up else None
        assert (found.necessity if found else None) == kept
