"""A person is made a guardian on a page, and from then on has a family's pages."""

import pytest
from sqlalchemy import update

from tests.hosts.plain import User, db
from tests.web.deciding import GROUNDS, MainUser, main_user
from tests.web.desk import IDS, ONE_DATABASE, Desk
from tests.web.html import linted
from tests.web.sending import sent_with
from tests.web.test_guardian_pages import NO, YES, answered, child_url
from wilma_ext.rights.access.decision import Member, decide
from wilma_ext.work import Work

__all__ = ["main_user"]

OLGA = IDS.other_secretary


def because(desk: Desk, pupil: str = IDS.pupil, person: str = IDS.kuraattori) -> str:
    """Why the worker may not see the pupil's absences; nothing where they may."""
    member = Member(IDS.tenant, desk.membership(person), person)

    def ask(work: Work) -> str:
        asked = {"category": "absences", "at": work.now()}
        told = decide(work, desk.state.register, member, pupil_ref=pupil, **asked)
        return "" if told.because is None else told.because.value

    with desk.work() as work:
        return ask(work)


class TestThePage:
    def test_it_is_looked_at_again_then_saved_and_ended(self, main_user: MainUser) -> None:
        review = main_user.review("guardian", OLGA, person=OLGA, last_day="31.12.2099")
        text = linted(review).ours.text
        assert f"Person {OLGA}" in text
        assert "may answer as a guardian" in text
        assert "does not count until one of them answers again" in text
        assert main_user.rows() == ([], [])
        assert main_user.save("guardian", review).status_code == 303
        text = main_user.text()
        assert f"Person {OLGA} Entitled to decide by a recorded decision" in text
        assert "a secret reason" in text
        assert "31.12.2099" in text
        assert main_user.end("guardian").status_code == 303
        assert "Entitled to decide by a recorded decision" not in main_user.text()
        names = [event.event for event in main_user.desk.events()][-2:]
        assert names == ["guardian_decision:recorded", "guardian_decision:ended"]

    @ONE_DATABASE
    def test_the_effect_follows_the_policy_and_who_decides(self, main_user: MainUser) -> None:
        main_user.desk.policy(decides="all_guardians", on_custody_change="keep")
        text = linted(main_user.review("guardian", OLGA, person=OLGA)).ours.text
        assert "this person's yes is needed too" in text
        assert "answers again" not in text
        main_user.decide("pupil")
        text = linted(main_user.review("guardian", OLGA, person=OLGA)).ours.text
        assert "so the guardians' answers do not count" in text

    @ONE_DATABASE
    @pytest.mark.parametrize(
        ("wrong", "told"),
        [
            ({"person": ""}, "Choose a person."),
            ({"person": IDS.guardian2}, "Choose a person."),
            ({"reason": ""}, "Write the reason."),
            ({"last_day": "soon"}, "Write the day"),
            ({"token": "x"}, "nothing was saved"),
        ],
    )
    def test_wrong_input_is_told_and_kept(
        self, main_user: MainUser, wrong: dict[str, str], told: str
    ) -> None:
        page = linted(main_user.review("guardian", OLGA, **{"person": OLGA, **wrong}), 422)
        assert told in page.ours.text
        assert main_user.rows() == ([], [])

    @ONE_DATABASE
    @pytest.mark.parametrize(
        ("person", "told"),
        [
            (IDS.main_user, "You cannot make yourself a guardian."),
            (IDS.pupil, "The pupil cannot be a guardian of the same pupil."),
        ],
    )
    def test_what_the_rules_refuse_is_told_at_the_person(
        self, main_user: MainUser, person: str, told: str
    ) -> None:
        page = linted(main_user.appoint(person), 422)
        assert told in page.ours.text
        assert 'value="D-77"' in main_user.appoint(person).text
        assert main_user.rows() == ([], [])

    @ONE_DATABASE
    def test_the_same_person_twice_is_told(self, main_user: MainUser) -> None:
        assert main_user.appoint(OLGA).status_code == 303
        page = linted(main_user.appoint(OLGA), 422)
        assert "in force already" in page.ours.text
        assert len(main_user.rows()[1]) == 1

    @ONE_DATABASE
    def test_families_of_another_provider_are_not_found(self, main_user: MainUser) -> None:
        stranger = IDS.strangers_guardian
        page = main_user.searched(stranger, f"{main_user.page}guardian")
        assert "Nobody in the school system fits" in linted(page).ours.text
        assert main_user.appoint(stranger).status_code == 422
        assert main_user.rows() == ([], [])


class TestTheAppointedPerson:
    def test_answers_withdraws_and_is_nobody_after_the_end(self, desk: Desk) -> None:
        main_user, olga = MainUser(desk, IDS.alone), desk.client(OLGA)
        url = child_url(desk, IDS.alone)
        assert olga.get(url).status_code == 404
        main_user.appoint(OLGA)
        assert f"Pupil {IDS.alone}" in linted(olga.get(url)).ours.text
        listed = linted(olga.get(f"{desk.url}/guardian/", follow_redirects=True))
        assert f"Pupil {IDS.alone}" in listed.ours.text
        given = answered(olga, url, YES)
        assert given.status_code == 303
        linted(olga.get(given.headers["Location"]))
        assert because(desk, IDS.alone) == "not_activated"
        for secret in (*GROUNDS.values(), IDS.main_user):
            assert secret not in linted(olga.get(url)).ours.text
        assert main_user.end("guardian").status_code == 303
        assert because(desk, IDS.alone) == "no_consent"
        for gone in (url, f"{url}answer", given.headers["Location"]):
            assert olga.get(gone).status_code == 404
        assert olga.post(f"{url}answer", data=YES).status_code == 404

    @ONE_DATABASE
    def test_withdraws_in_the_same_way(self, desk: Desk) -> None:
        main_user, olga = MainUser(desk, IDS.alone), desk.client(OLGA)
        main_user.appoint(OLGA)
        url = child_url(desk, IDS.alone)
        answered(olga, url, YES)
        page = olga.get(url)
        gone = olga.post(f"{url}withdraw", data=sent_with(page))
        assert gone.status_code == 303
        assert because(desk, IDS.alone) == "no_consent"

    def test_a_parents_no_closes_and_a_new_guardian_suspends(self, desk: Desk) -> None:
        assert because(desk) == ""
        MainUser(desk).appoint(OLGA)
        assert because(desk) == "no_consent"
        url = child_url(desk, IDS.pupil)
        answered(desk.client(OLGA), url, YES)
        assert because(desk) in ("", "not_activated")
        answered(desk.client(IDS.guardian2), url, NO)
        assert because(desk) == "consent_refused"

    @ONE_DATABASE
    def test_a_worker_who_is_appointed_does_not_look_up_the_child(self, desk: Desk) -> None:
        MainUser(desk).appoint(IDS.kuraattori)
        answered(desk.client(IDS.guardian1), child_url(desk, IDS.pupil), YES)
        assert because(desk) == "own_child"

    @ONE_DATABASE
    def test_a_pupil_who_has_left_the_provider_is_nobodys_by_the_old_decision(
        self, desk: Desk
    ) -> None:
        MainUser(desk, IDS.alone).appoint(OLGA)
        with desk.app.app_context():
            moved = update(User).where(User.id == IDS.alone)
            db.session.execute(moved.values(house_id=IDS.other_tenants_house))
            db.session.commit()
        handle = desk.handle(IDS.alone, IDS.other_tenant)
        assert desk.client(OLGA).get(f"{desk.url}/guardian/{handle}/").status_code == 404
        listed = desk.client(OLGA).get(f"{desk.url}/guardian/", follow_redirects=True)
        assert IDS.alone not in listed.text
