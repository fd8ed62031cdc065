"""The main user: finds a pupil, sees who decides and why, and records a decision on it."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from tests.hosts.plain import User, db
from tests.hosts.world import add_pupil
from tests.web.deciding import GROUNDS, MainUser, main_user
from tests.web.desk import IDS, ONE_DATABASE, OTHER_MAIN_USER, Desk
from tests.web.html import linted
from tests.web.sending import sent_with, without_path

__all__ = ["main_user"]


def names_found(main_user: MainUser, search: str) -> list[str]:
    page = linted(main_user.searched(search))
    return [e.text for e in page.by_class("wx-list__title")]


class TestSearch:
    def test_a_pupil_is_found_by_name_or_class_among_the_own(self, main_user: MainUser) -> None:
        assert names_found(main_user, "u-0001") == [f"Pupil {IDS.pupil}"]
        assert len(names_found(main_user, "PUPIL 6a")) == 4
        assert names_found(main_user, IDS.stranger) == []
        none = linted(main_user.searched(IDS.stranger)).ours.text
        assert "No pupil of the municipality fits" in none

    @ONE_DATABASE
    @pytest.mark.parametrize("search", ["", "p", " p ", "%", "__"])
    def test_too_little_lists_nobody(self, main_user: MainUser, search: str) -> None:
        assert names_found(main_user, search) == []

    @ONE_DATABASE
    def test_namesakes_are_told_by_their_birth_date_others_are_not(
        self, main_user: MainUser
    ) -> None:
        with main_user.desk.app.app_context():
            born = db.session.get_one(User, IDS.sibling).born
            assert born is not None
            add_pupil("u-0901", IDS.house, born=born + timedelta(days=40))
            renamed = update(User).where(User.id == "u-0901").values(last=IDS.sibling)
            db.session.execute(renamed)
            db.session.commit()
        page = linted(main_user.searched("pupil"))
        told = [e.text for e in page.by_class("wx-list__meta")]
        assert sum("born" in text for text in told) == 2
        assert len(set(told)) >= 3

    @ONE_DATABASE
    def test_no_more_than_the_first_are_shown(self, main_user: MainUser) -> None:
        with main_user.desk.app.app_context():
            for number in range(25):
                add_pupil(f"u-19{number:02}", IDS.house)
            db.session.commit()
        assert len(names_found(main_user, "u-19")) == 20
        assert "More pupils fit than are shown" in main_user.searched("u-19").text


class TestWhoDecides:
    def test_the_age_and_the_guardians_are_told(self, main_user: MainUser) -> None:
        text = main_user.text()
        assert "The guardians decide" in text
        assert "The pupil's age: 12." in text
        assert (
            "together with the guardians from the age of 15, and alone from the age of 18" in text
        )
        assert "One guardian's yes is enough." in text
        assert f"Person {IDS.guardian1} Entitled to decide" in text

    def test_an_adult_decides_alone_and_the_answers_are_kept(self, desk: Desk) -> None:
        text = MainUser(desk, IDS.adult).text()
        assert "The pupil decides alone" in text
        assert "The guardians' answers do not count now. They are kept." in text

    @ONE_DATABASE
    def test_nobody_can_where_nobody_is_known(self, desk: Desk) -> None:
        assert "No guardian may decide now" in MainUser(desk, IDS.alone).text()
        with desk.app.app_context():
            db.session.execute(update(User).where(User.id == IDS.pupil).values(born=None))
            db.session.commit()
        main_user = MainUser(desk)
        assert "Nobody can consent" in main_user.text()
        assert "gives no date of birth" in main_user.text()
        review = linted(main_user.review("capacity", decides="pupil"))
        assert "does not change that" in review.ours.text

    @ONE_DATABASE
    def test_all_guardians_and_no_joint_age(self, main_user: MainUser) -> None:
        main_user.desk.policy(decides="all_guardians", joint_from_age=None)
        text = main_user.text()
        assert "Every guardian must say yes." in text
        assert "Pupils decide alone from the age of 18." in text


class TestCapacity:
    def test_it_is_looked_at_again_then_saved_and_ended(self, main_user: MainUser) -> None:
        review = main_user.review("capacity", decides="pupil", last_day="31.12.2099")
        text = linted(review).ours.text
        assert "The guardians decide" in text
        assert "The pupil decides alone" in text
        assert "31.12.2099" in text
        assert "Only the pupil's own answer counts." in text
        assert main_user.rows() == ([], [])
        assert main_user.save("capacity", review).status_code == 303
        text = main_user.text()
        assert "A recorded decision says so. It goes before the age." in text
        assert "a secret reason" in text
        assert "D-77" in text
        assert f"Person {IDS.main_user}" in text
        assert "31.12.2099" in text
        assert main_user.end("capacity").status_code == 303
        assert "The guardians decide" in main_user.text()
        names = [event.event for event in main_user.desk.events()][-2:]
        assert names == ["capacity_decision:recorded", "capacity_decision:ended"]

    def test_what_it_does_to_the_family_is_done_at_once(self, main_user: MainUser) -> None:
        guardian = main_user.desk.client(IDS.guardian1)
        url = f"{main_user.desk.url}/guardian/{main_user.desk.handle(IDS.pupil)}/"
        assert main_user.decide("pupil").status_code == 303
        page = linted(guardian.get(url))
        assert "The pupil decides" in page.ours.text
        assert guardian.get(f"{url}answer").status_code == 303
        for secret in (*GROUNDS.values(), IDS.main_user):
            assert secret not in page.ours.text

    @ONE_DATABASE
    def test_a_later_decision_goes_before_and_its_end_brings_the_first_back(
        self, main_user: MainUser
    ) -> None:
        main_user.decide("pupil")
        assert (
            "An earlier decision stays in the list"
            in linted(main_user.review("capacity", decides="joint")).ours.text
        )
        main_user.decide("joint")
        assert "The pupil and the guardians decide together" in main_user.text()
        assert "A later decision goes before it" in main_user.text()
        later, first = main_user.rows()[0]
        asked = main_user.text(f"{main_user.page}capacity/{first.id}/end")
        assert "so nothing changes now" in asked
        asked = main_user.text(f"{main_user.page}capacity/{later.id}/end")
        assert "is in force again. The pupil decides alone." in asked
        main_user.end("capacity")
        assert "In force" in main_user.text()
        assert "The pupil decides alone" in main_user.text()

    @ONE_DATABASE
    @pytest.mark.parametrize(
        ("wrong", "told"),
        [
            ({"decides": ""}, "Choose who decides."),
            ({"decides": "school"}, "Choose who decides."),
            ({"reason": "  "}, "Write the reason."),
            ({"document": ""}, "Write the reference of the document."),
            ({"reason": "x" * 501}, "Write at most 500 letters."),
            ({"last_day": "31.2.2027"}, "Write the day"),
            ({"token": "x"}, "nothing was saved"),
        ],
    )
    def test_wrong_input_is_told_and_kept(
        self, main_user: MainUser, wrong: dict[str, str], told: str
    ) -> None:
        typed = {"decides": "joint", **wrong}
        page = linted(main_user.review("capacity", **typed), 422)
        assert told in page.ours.text
        if "document" not in wrong:
            assert 'value="D-77"' in main_user.review("capacity", **typed).text
        assert main_user.rows() == ([], [])

    @ONE_DATABASE
    @pytest.mark.parametrize(
        ("wrong", "told"),
        [
            ({"last_day": "1.1.2020"}, "The last day must be in the future."),
            ({"decides": "school"}, "Choose who decides."),
            ({"token": "x"}, "nothing was saved"),
        ],
    )
    def test_a_review_that_was_tampered_with_saves_nothing(
        self, main_user: MainUser, wrong: dict[str, str], told: str
    ) -> None:
        review = main_user.review("capacity", decides="joint")
        page = linted(main_user.save("capacity", review, **wrong), 422)
        assert told in page.ours.text
        assert main_user.rows() == ([], [])

    @ONE_DATABASE
    def test_it_is_not_saved_without_the_second_look(self, main_user: MainUser) -> None:
        form = main_user.client.get(f"{main_user.page}capacity")
        refused = main_user.save("capacity", form, decides="pupil", **GROUNDS)
        assert refused.status_code == 422
        assert main_user.rows() == ([], [])

    @ONE_DATABASE
    def test_the_second_look_leads_back_to_what_was_typed(self, main_user: MainUser) -> None:
        review = main_user.review("capacity", decides="joint")
        page = main_user.save("capacity", review, change="1")
        document = linted(page)
        assert document.fields["decides"] == "joint"
        assert 'value="D-77"' in page.text
        assert main_user.rows() == ([], [])
        sent = sent_with(page, decides="pupil", **GROUNDS)
        again = main_user.client.post(f"{main_user.page}capacity", data=sent)
        assert "The pupil decides alone" in linted(again).ours.text


def test_others_find_nothing(desk: Desk, main_user: MainUser) -> None:
    main_user.decide("pupil")
    main_user.appoint()
    capacity, guardian = (rows[0].id for rows in main_user.rows())
    sibling = MainUser(desk, IDS.sibling).page
    theirs = f"{desk.url}/deciders/{desk.provider(IDS.other_tenant)}/"
    handle = desk.handle(IDS.pupil)
    foreign = desk.client(OTHER_MAIN_USER)
    paths = [f"{theirs}pupils/{handle}/{what}" for what in ("", "capacity", "guardian")]
    paths += [f"{theirs}pupils/{handle}/capacity/{capacity}/end", main_user.home]
    pages = [foreign.get(path) for path in paths]
    pages += [
        main_user.client.get(f"{sibling}{end}")
        for end in (f"capacity/{capacity}/end", f"guardian/{guardian}/end")
    ]
    pages += [
        desk.client(person).get(path)
        for person in (IDS.secretary, IDS.officer, IDS.guardian1, IDS.kuraattori)
        for path in (main_user.home, main_user.page, f"{main_user.page}capacity")
    ]
    assert {page.status_code for page in pages} == {404}
    assert len({without_path(page) for page in pages if page.request.path in paths}) == 1
    for kind, row in (("capacity", capacity), ("guardian", guardian)):
        for client in (foreign, desk.client(IDS.secretary)):
            for path in (f"{kind}/record", f"{kind}/{row}/end"):
                assert client.post(f"{main_user.page}{path}", data=GROUNDS).status_code == 404
    assert all(row.valid_until is None for rows in main_user.rows() for row in rows)


@ONE_DATABASE
def test_nobody_decides_so_about_the_own_child(desk: Desk) -> None:
    with desk.app.app_context():
        mine = update(User).where(User.id == IDS.pupil).values(guardian2_id=IDS.main_user)
        db.session.execute(mine)
        db.session.commit()
    main_user = MainUser(desk)
    for path in ("", "capacity", "guardian"):
        page = linted(main_user.client.get(f"{main_user.page}{path}"), 422)
        assert "your own child" in page.ours.text
    posted = main_user.client.post(f"{main_user.page}capacity/record", data=GROUNDS)
    assert posted.status_code == 422
    assert main_user.rows() == ([], [])
