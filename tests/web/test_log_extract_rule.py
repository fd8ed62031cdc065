"""Who sees the log extract about a pupil, and which look-ups are in it (P19, D11, R15)."""

from collections.abc import Callable

import pytest
from sqlalchemy import update

from tests.hosts.plain import User, db
from tests.web.deciding import MainUser, main_user
from tests.web.desk import IDS, ONE_DATABASE, OPERATOR, Desk
from tests.web.extract_acts import (
    SELF_SERVICE,
    child_url,
    extract,
    extract_url,
    look_up,
    purposes,
    rows,
    shown_to,
)
from tests.web.html import linted
from tests.web.sending import without_path
from tests.web.test_guardian_family import HIDDEN, variant
from tests.web.test_guardian_pages import YES, answered
from tests.web.test_welfare_pages import CONSENT
from wilma_ext.rights.look_up import extract as rule
from wilma_ext.rights.policy.policy import set_policy
from wilma_ext.vocabulary import Route

__all__ = ["main_user"]

PURPOSE = "Concern about attendance"
#: Nobody of these is of the pupil's family.
STRANGERS = (
    *(IDS.secretary, IDS.main_user, IDS.officer, IDS.kuraattori, IDS.psykologi),
    *(IDS.strangers_guardian, IDS.adult, IDS.sibling),
)


@pytest.fixture
def looked_up(desk: Desk) -> Desk:
    """A provider whose families see the extract by themselves, and a look-up of the pupil."""
    desk.policy(**SELF_SERVICE)
    look_up(desk)
    return desk


@pytest.fixture
def placeless(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Take the condition away that the person may answer."""
    return lambda: monkeypatch.setattr(rule, "extract_way", lambda _: rule.Way.SELF_SERVICE)


class TestWho:
    def test_every_guardian_who_decides(self, looked_up: Desk) -> None:
        for guardian in (IDS.guardian1, IDS.guardian2):
            assert purposes(extract(looked_up, guardian)) == [PURPOSE]

    def test_nobody_else_learns_that_the_page_is_there(self, looked_up: Desk) -> None:
        for person in STRANGERS:
            client = looked_up.client(person)
            answer = client.get(extract_url(looked_up))
            missing = client.get(f"{child_url(looked_up)}no-page")
            linted(answer, 404)
            assert without_path(answer) == without_path(missing), person

    def test_another_familys_child_and_another_municipality(self, looked_up: Desk) -> None:
        other, own = (IDS.stranger, IDS.other_tenant), (IDS.sibling, IDS.tenant)
        for person, place in ((IDS.guardian1, other), (IDS.guardian2, own)):
            answer = looked_up.client(person).get(extract_url(looked_up, *place))
            assert answer.status_code == 404, person

    def test_a_guardian_whose_right_is_limited_gets_the_closed_page(
        self, looked_up: Desk, placeless: Callable[[], None]
    ) -> None:
        found = set()
        for change in HIDDEN.values():
            with variant(looked_up, change) as other:
                urls = extract_url(other), child_url(other)
                answer = other.client(IDS.guardian1).get(urls[0])
                assert answer.headers["Location"] == urls[1]
                found.add(tuple(shown_to(other, IDS.guardian1, *urls)))
                assert "log-extract" not in str(found)
        [((status, away), (_, closed))] = found
        assert status == 303
        assert PURPOSE not in away + closed
        assert "looked at" not in away + closed
        placeless()  # the twin: without the condition it would be told
        with variant(looked_up, HIDDEN["restricted information"]) as other:
            assert purposes(extract(other)) == [PURPOSE]

    @ONE_DATABASE
    def test_an_unknown_birth_date_is_one_of_the_hidden_reasons(self, looked_up: Desk) -> None:
        with looked_up.app.app_context():
            db.session.execute(update(User).where(User.house_id.is_not(None)).values(born=None))
            db.session.commit()
        answer = looked_up.client(IDS.guardian1).get(extract_url(looked_up))
        assert answer.headers["Location"] == child_url(looked_up)

    @ONE_DATABASE
    def test_the_secretary_notices_neither_look_up_nor_extract(self, desk: Desk) -> None:
        desk.policy(**SELF_SERVICE)
        home = f"{desk.url}/secretary/{desk.provider()}"
        urls = (f"{home}/", f"{home}/pupils/{desk.handle(IDS.pupil)}")
        before = shown_to(desk, IDS.secretary, *urls)
        look_up(desk)
        extract(desk)
        assert shown_to(desk, IDS.secretary, *urls) == before
        assert {status for status, _ in before} == {200}


class TestPupilWhoDecides:
    @pytest.fixture
    def alone(self, looked_up: Desk, main_user: MainUser) -> Desk:
        """After the look-up the pupil is found able to decide, and works with the psychologist."""
        assert main_user.decide("pupil").status_code == 303
        pupil = looked_up.client(IDS.pupil)
        assert answered(pupil, child_url(looked_up), YES).status_code == 303
        looked_up.enable()
        look_up(looked_up, "agreed_with_pupil", IDS.psykologi)
        return looked_up

    def test_the_pupil_sees_all_and_the_guardian_nothing(
        self, alone: Desk, placeless: Callable[[], None]
    ) -> None:
        page = extract(alone, IDS.pupil)
        assert purposes(page) == ["Work agreed with the pupil", PURPOSE]
        assert "Who has looked at your data" in page.one("h1").text
        assert "decided alone" not in page.ours.text
        answer = alone.client(IDS.guardian1).get(extract_url(alone))
        assert answer.headers["Location"] == child_url(alone)
        [(_, child)] = shown_to(alone, IDS.guardian1, child_url(alone))
        assert "looked at" not in child
        placeless()
        assert purposes(extract(alone)) == [PURPOSE]

    def test_the_pupils_own_time_stays_the_pupils(
        self, alone: Desk, main_user: MainUser, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Guardians decide again, and learn nothing of the time in between."""
        assert main_user.end("capacity").status_code == 303
        page = extract(alone)
        assert purposes(page) == [PURPOSE]
        told = "If Pupil has decided alone at some time, that time is left out."
        assert told in page.ours.text
        monkeypatch.setattr(rule, "_is_hidden", lambda *_: False)
        assert purposes(extract(alone)) == ["Work agreed with the pupil", PURPOSE]

    @ONE_DATABASE
    def test_it_is_said_of_a_child_who_never_decided_too(self, looked_up: Desk) -> None:
        assert "If Pupil has decided alone" in extract(looked_up, pupil=IDS.sibling).ours.text

    @ONE_DATABASE
    def test_a_pupil_of_age_has_the_page_in_own_words(self, looked_up: Desk) -> None:
        text = extract(looked_up, IDS.adult, IDS.adult).ours.text
        assert "Nobody has looked at your data through this service." in text
        guardian = looked_up.client(IDS.guardian2).get(extract_url(looked_up, IDS.adult))
        assert guardian.headers["Location"] == child_url(looked_up, IDS.adult)


class TestWhat:
    def test_a_denied_attempt_is_no_look_up(self, desk: Desk) -> None:
        desk.policy(**SELF_SERVICE)
        url = desk.pupil_url(IDS.sibling)
        assert desk.client(IDS.kuraattori).get(url).status_code == 404
        assert "look_up:denied" in [event.event for event in desk.events()]
        assert rows(extract(desk, pupil=IDS.sibling)) == []

    def test_what_was_shown_later_is_told_too(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Each showing decides anew: grades that opened within the hour were seen."""
        desk.policy(**SELF_SERVICE)
        desk.publish({pair: CONSENT[pair] for pair in CONSENT if pair != ("kuraattori", "grades")})
        address = look_up(desk)
        assert [line[4] for line in rows(extract(desk))] == ["Absences"]
        desk.publish({**CONSENT, ("kuraattori", "grades"): Route.CONSENT})
        desk.client(IDS.kuraattori).get(address)
        assert [line[4] for line in rows(extract(desk))] == ["Absences, grades"]
        monkeypatch.setattr(rule, "categories_shown", lambda *_: {})
        assert [line[4] for line in rows(extract(desk))] == ["Absences"]

    def test_what_went_by_law_is_told_without_the_necessity(self, desk: Desk) -> None:
        desk.policy(mode="consent_and_statutory", necessity_text=True, **SELF_SERVICE)
        desk.publish({**CONSENT, ("kuraattori", "detentions"): Route.STATUTORY})
        look_up(desk, necessity="a secret need")
        page = extract(desk)
        assert [line[4] for line in rows(page)] == ["Absences, detentions, grades"]
        assert "a secret need" not in page.ours.text

    def test_another_providers_look_ups_do_not_follow_the_pupil(self, looked_up: Desk) -> None:
        assert len(rows(extract(looked_up))) == 1
        with looked_up.work() as work:
            set_policy(work, actor=OPERATOR, provider_ref=IDS.other_tenant, changes=SELF_SERVICE)
        with looked_up.app.app_context():
            moved = update(User).where(User.id == IDS.pupil)
            db.session.execute(moved.values(house_id=IDS.other_tenants_house))
            db.session.commit()
        client = looked_up.client(IDS.guardian1)
        page = linted(client.get(extract_url(looked_up, IDS.pupil, IDS.other_tenant)))
        assert rows(page) == []
        assert client.get(extract_url(looked_up)).status_code == 404
