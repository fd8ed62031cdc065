"""The main user changes the policy: each choice explained, its effect shown before it is saved."""

from datetime import date
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.web.desk import IDS, ONE_DATABASE, OTHER_MAIN_USER, Desk
from tests.web.html import Document, linted
from tests.web.sending import sent_with, without_path
from wilma_ext.blueprints.policy.forms import SUBJECTS
from wilma_ext.rights.policy.policy import Policy, PolicyAct, policy_history


class MainUser:
    """The main user's browser on the pages of the policy."""

    def __init__(self, desk: Desk, person: str = IDS.main_user, language: str = "en") -> None:
        self.desk = desk
        self.client: FlaskClient = desk.client(person, language)
        self.home = f"{desk.url}/policy/{desk.provider()}/"

    def acts(self) -> list[PolicyAct]:
        with self.desk.work() as work:
            return policy_history(work, IDS.tenant)

    @property
    def policy(self) -> Policy:
        return self.acts()[0].policy

    def page(self, path: str = "") -> Document:
        return linted(self.client.get(f"{self.home}{path}"))

    def review(self, subject: str, **chosen: Any) -> Any:
        url = f"{self.home}choices/{subject}"
        return self.client.post(url, data=sent_with(self.client.get(url), **chosen))

    def save(self, subject: str, review: Any, **more: Any) -> Any:
        url = f"{self.home}choices/{subject}/save"
        return self.client.post(url, data=sent_with(review, **more))


@pytest.fixture
def main_user(desk: Desk) -> MainUser:
    return MainUser(desk)


def figures_of(page: Document) -> dict[str, str]:
    rows = page.by_class("govuk-summary-list__row")
    return {next(r.all("dt")).text: next(r.all("dd")).text for r in rows}


@ONE_DATABASE
def test_every_choice_stands_there_with_its_author(main_user: MainUser) -> None:
    page = main_user.page()
    for key in set(Policy.__dataclass_fields__) - {"fixed_until"}:
        assert f", key {key} " in page.ours.text
    assert "decided by: test (operator)" in page.ours.text
    assert "the service does not ask a second main user yet" in page.ours.text.lower()
    assert "Groups" in page.ours.text


@ONE_DATABASE
@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_choice_has_a_page(main_user: MainUser, subject: str) -> None:
    page = main_user.page(f"choices/{subject}")
    fields = {e.attributes.get("name") for e in page.ours.all("input", "select")}
    assert set(SUBJECTS[subject]) <= fields


def test_the_effect_is_shown_then_saved(main_user: MainUser) -> None:
    review = main_user.review("mode", mode="off")
    page = linted(review)
    assert figures_of(page)["Would close at once"] == "1 pupil, 3 rights"
    assert "Nothing is open: no welfare worker sees anything" in page.ours.text
    assert main_user.policy.mode == "consent"
    saved = main_user.save("mode", review)
    assert saved.status_code == 303
    assert main_user.policy.mode == "off"
    home = main_user.page()
    assert "The policy has been changed." in home.ours.text
    assert f"decided by: Person {IDS.main_user}" in home.ours.text
    assert main_user.desk.events()[-1].event == "policy:changed"
    history = main_user.page("history").ours.text
    assert "from “With consent only” to “Nothing is open”" in history
    assert "taken into use" in history


def test_two_keys_of_one_subject_are_saved_together(main_user: MainUser) -> None:
    review = main_user.review("ages", joint_from_age="12", own_from_age="16")
    assert main_user.save("ages", review).status_code == 303
    assert (main_user.policy.joint_from_age, main_user.policy.own_from_age) == (12, 16)
    none = main_user.review("ages", joint_from_age="null", own_from_age="16")
    assert main_user.save("ages", none).status_code == 303
    assert main_user.policy.joint_from_age is None


@ONE_DATABASE
def test_a_fixed_day_goes_with_its_rule(main_user: MainUser) -> None:
    review = main_user.review("validity", validity="fixed", fixed_until="31.7.2099")
    assert "Earlier answers stay as they are." in linted(review).ours.text
    assert figures_of(linted(review)) == {}
    assert main_user.save("validity", review).status_code == 303
    assert main_user.policy.fixed_until == date(2099, 7, 31)
    assert "31.7.2099" in main_user.page().ours.text
    again = main_user.review("validity", validity="open", fixed_until="31.7.2099")
    assert "Consents do not end by themselves" in linted(again).ours.text
    main_user.save("validity", again)
    assert (main_user.policy.validity, main_user.policy.fixed_until) == ("open", None)


@ONE_DATABASE
def test_professions_can_be_several_or_none(main_user: MainUser) -> None:
    none = main_user.review("law")
    assert main_user.save("law", none).status_code == 303
    assert main_user.policy.statutory_professions == ()
    both = main_user.review("law", statutory_professions=["kuraattori", "psykologi"])
    hidden = [
        e.attributes["value"]
        for e in linted(both).ours.all("input")
        if e.attributes.get("name") == "statutory_professions"
    ]
    saved = main_user.save("law", both, statutory_professions=hidden)
    assert saved.status_code == 303
    assert main_user.policy.statutory_professions == ("kuraattori", "psykologi")


@ONE_DATABASE
@pytest.mark.parametrize(
    ("subject", "wrong", "told"),
    [
        ("mode", {"mode": "everything"}, "Choose one of the options."),
        ("mode", {}, "Nothing has been changed."),
        ("mode", {"mode": "consent"}, "Nothing has been changed."),
        ("mode", {"mode": "off", "token": "x"}, "nothing was saved"),
        ("law", {"statutory_professions": ["laakari"]}, "Choose one of the options."),
        ("ages", {"own_from_age": "6"}, "Choose one of the options."),
        ("ages", {"own_from_age": "19"}, "Choose one of the options."),
        ("look-up", {"look_up_minutes": "4"}, "from 5 to 480"),
        ("look-up", {"look_up_minutes": "an hour"}, "from 5 to 480"),
        ("look-up", {"look_up_minutes": "9" * 30}, "from 5 to 480"),
        ("validity", {"validity": "fixed", "fixed_until": ""}, "Write the last day"),
        ("validity", {"validity": "fixed", "fixed_until": "1.1.2020"}, "The last day is over."),
        ("validity", {"validity": "fixed", "fixed_until": "31.2.2099"}, "Write the day"),
    ],
)
def test_wrong_input_is_told_and_nothing_changes(
    main_user: MainUser, subject: str, wrong: dict[str, Any], told: str
) -> None:
    page = main_user.review(subject, **wrong)
    assert told in linted(page, 422).ours.text
    assert len(main_user.acts()) == 1


@ONE_DATABASE
def test_cautions_are_told_before_saving(main_user: MainUser) -> None:
    agreement = linted(main_user.review("agreement", agreement_required="true"))
    assert "No agreement is in force: Western Uusimaa." in agreement.ours.text
    assert figures_of(agreement)["Would close at once"] == "1 pupil, 3 rights"
    ages = linted(main_user.review("ages", joint_from_age="16", own_from_age="16"))
    assert "So they never consent together." in ages.ours.text
    law = linted(main_user.review("mode", mode="consent_and_statutory"))
    assert "By law, case by case" in law.ours.text
    assert "school social worker (kuraattori). Pupils in the schools:" in law.ours.text


@ONE_DATABASE
def test_what_is_saved_is_what_was_reviewed(main_user: MainUser) -> None:
    review = main_user.review("mode", mode="contact")
    other = main_user.save("mode", review, mode="off")
    assert "nothing was saved" in linted(other, 422).ours.text
    assert "Nothing is open" in other.text
    assert len(main_user.acts()) == 1
    assert main_user.save("mode", other).status_code == 303
    assert main_user.policy.mode == "off"
    unknown = main_user.save("mode", main_user.review("mode", mode="consent"), mode="everything")
    assert "Choose one of the options." in linted(unknown, 422).ours.text


def test_two_main_users_at_once(desk: Desk, main_user: MainUser) -> None:
    mine = main_user.review("mode", mode="off")
    form = main_user.client.get(f"{main_user.home}choices/guardians")
    other = MainUser(desk)
    assert other.save("look-up", other.review("look-up", look_up_minutes="5")).status_code == 303
    linted(main_user.save("mode", mine), 409)
    late = sent_with(form, decides="all_guardians")
    linted(main_user.client.post(f"{main_user.home}choices/guardians", data=late), 409)
    assert main_user.policy == Policy(look_up_minutes=5)


@ONE_DATABASE
def test_another_provider_and_another_role_find_nothing(desk: Desk, main_user: MainUser) -> None:
    paths = ["", "history", "choices/mode", "choices/no-such"]
    people = [IDS.secretary, OTHER_MAIN_USER, IDS.officer, IDS.guardian1, IDS.kuraattori]
    pages = [desk.client(who).get(main_user.home + path) for who in people for path in paths]
    pages += [main_user.client.get(f"{main_user.home}choices/no-such")]
    assert {page.status_code for page in pages} == {404}
    review = main_user.review("mode", mode="off")
    for who in people:
        stolen = desk.client(who).post(f"{main_user.home}choices/mode/save", data=sent_with(review))
        assert stolen.status_code == 404
    assert len({without_path(page) for page in pages[:4]}) == 1
    assert len(main_user.acts()) == 1
