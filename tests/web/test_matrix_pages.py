"""The main user: members come and go, and the matrix changes only through a review."""

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.web.desk import IDS, ONE_DATABASE, OTHER_MAIN_USER, Desk
from tests.web.sending import searched, sent_with, without_path
from wilma_ext.clock import civil_date
from wilma_ext.rights.welfare.matrix import matrix_at
from wilma_ext.rights.welfare.membership_list import find_people, members_of
from wilma_ext.vocabulary import Profession, Route


class MainUser:
    """The main user's browser and the addresses of the first group."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.client: FlaskClient = desk.client(IDS.main_user)
        self.home = f"{desk.url}/matrix/{desk.provider()}/"
        self.group = f"{self.home}groups/{desk.group()}"

    def routes(self) -> dict[tuple[str, str], Route]:
        group = self.desk.group()
        with self.desk.work() as work:
            cells = matrix_at(work, group, work.now()).cells
            return {(p.profession, p.category): cell.route for p, cell in cells.items()}

    def members(self) -> list[Any]:
        group, register = self.desk.group(), self.desk.state.register
        with self.desk.work() as work:
            return members_of(work, register, IDS.tenant, group, work.now())

    def review(self, **cells: str) -> Any:
        page = self.client.get(f"{self.group}/matrix")
        chosen = {f"cell-{name.replace('__', '-')}": route for name, route in cells.items()}
        return self.client.post(f"{self.group}/matrix", data=sent_with(page, **chosen))

    def publish(self, review: Any, **more: str) -> Any:
        return self.client.post(f"{self.group}/publish", data=sent_with(review, **more))


@pytest.fixture
def main_user(desk: Desk) -> MainUser:
    return MainUser(desk)


def test_the_group_shows_members_and_matrix(main_user: MainUser) -> None:
    page = main_user.client.get(main_user.home)
    assert page.status_code == 200
    assert f"Person {IDS.kuraattori}" in page.text
    assert "School social worker (kuraattori)" in page.text
    assert "Western Uusimaa" in page.text
    assert page.text.count("With consent") == 3


@ONE_DATABASE
def test_every_cell_has_a_name_of_its_own(main_user: MainUser) -> None:
    page = main_user.client.get(f"{main_user.group}/matrix")
    assert "School nurse: Absences</label>" in page.text
    nurse = page.text.split('name="cell-terveydenhoitaja-absences"')[1].split("</select>")[0]
    assert "statutory" not in nurse
    assert "locked for the school nurse" in page.text


def test_a_cell_can_show_totals_only_and_more_needs_a_reason(main_user: MainUser) -> None:
    review = main_user.review(kuraattori__absences="consent/totals")
    assert "from “With consent” to “With consent, totals only”" in review.text
    assert main_user.publish(review).status_code == 303  # less is shown: no reason is asked
    back = main_user.review(kuraattori__absences="consent")
    assert main_user.publish(back).status_code == 422
    assert main_user.publish(back, reason="Agreed with the county").status_code == 303


def test_changes_are_reviewed_then_published(main_user: MainUser) -> None:
    review = main_user.review(psykologi__grades="consent", kuraattori__grades="off")
    assert review.status_code == 200
    assert "1 right added, 1 right removed" in review.text
    assert ("psykologi", "grades") not in main_user.routes()
    done = main_user.publish(review, reason="Agreed with the county")
    assert done.status_code == 303
    assert main_user.routes() == {
        ("kuraattori", "absences"): Route.CONSENT,
        ("psykologi", "absences"): Route.CONSENT,
        ("psykologi", "grades"): Route.CONSENT,
    }
    assert "has been published" in main_user.client.get(main_user.home).text
    versions = main_user.client.get(f"{main_user.group}/versions").text
    assert f"Person {IDS.main_user}" in versions
    assert "Reason: Agreed with the county" in versions
    assert main_user.desk.events()[-1].event == "matrix:published"


def test_a_wider_matrix_needs_a_reason_a_narrower_one_does_not(main_user: MainUser) -> None:
    wider = main_user.review(laakari__absences="consent")
    refused = main_user.publish(wider, reason=" ")
    assert refused.status_code == 422
    assert "Write why the rights are made wider." in refused.text
    assert "1 right added" in refused.text
    narrower = main_user.review(psykologi__absences="off")
    assert main_user.publish(narrower).status_code == 303


@ONE_DATABASE
def test_a_cell_by_law_that_opens_nothing_is_told_before_publishing(main_user: MainUser) -> None:
    idle = "The cell opens nothing."
    assert idle in main_user.review(kuraattori__absences="statutory").text
    assert idle not in main_user.review(kuraattori__absences="off").text
    main_user.desk.policy(mode="consent_and_statutory")
    assert idle not in main_user.review(kuraattori__absences="statutory").text


@ONE_DATABASE
def test_nothing_changed_is_told(main_user: MainUser) -> None:
    page = main_user.review()
    assert page.status_code == 422
    assert "Nothing has been changed." in page.text


@ONE_DATABASE
@pytest.mark.parametrize(
    "cell",
    [{"psykologi__grades": "everything"}, {"laakari__absences": "statutory"}],
    ids=["unknown route", "by law for a doctor"],
)
def test_a_tampered_cell_is_refused(main_user: MainUser, cell: dict[str, str]) -> None:
    before = main_user.routes()
    page = main_user.review(**cell)
    assert page.status_code == 422
    assert "Choose one of the options" in page.text
    review = main_user.review(psykologi__grades="consent")
    tampered = {f"cell-{name.replace('__', '-')}": route for name, route in cell.items()}
    assert main_user.publish(review, reason="x", **tampered).status_code == 422
    assert main_user.routes() == before


@ONE_DATABASE
@pytest.mark.parametrize("based_on", ["1", "99", "x", ""])
def test_another_version_in_between_is_a_conflict(main_user: MainUser, based_on: str) -> None:
    review = main_user.review(psykologi__grades="consent")
    before = main_user.routes()
    assert main_user.publish(review, reason="x", based_on=based_on).status_code == 409
    assert main_user.routes() == before


def test_a_review_of_an_old_matrix_is_a_conflict(main_user: MainUser) -> None:
    page = main_user.client.get(f"{main_user.group}/matrix")
    review = main_user.review(psykologi__grades="consent")
    assert main_user.publish(review, reason="x").status_code == 303
    assert main_user.publish(review, reason="x").status_code == 409
    late = sent_with(page, **{"cell-laakari-grades": "consent"})
    assert main_user.client.post(f"{main_user.group}/matrix", data=late).status_code == 409


@ONE_DATABASE
def test_publishing_needs_the_token_of_the_review(main_user: MainUser) -> None:
    page = main_user.client.get(f"{main_user.group}/matrix")
    before = main_user.routes()
    refused = main_user.publish(page, reason="x", **{"cell-psykologi-grades": "consent"})
    assert refused.status_code == 422
    assert main_user.routes() == before


def test_people_are_found_by_name_or_address(desk: Desk) -> None:
    register = desk.state.register
    with desk.work() as work:
        by_name = find_people(work, register, IDS.tenant, "PERSON u-0201")
        assert [person.person_ref for person in by_name.people] == [IDS.kuraattori]
        by_address = find_people(work, register, IDS.tenant, "u-0202@EXAMPLE")
        assert [person.person_ref for person in by_address.people] == [IDS.psykologi]
        assert find_people(work, register, IDS.tenant, "p").people == ()
        assert find_people(work, register, IDS.tenant, "u%0201").people == ()
        few = find_people(work, register, IDS.tenant, "person", most=3)
        assert len(few.people) == 3
        assert few.more
        assert find_people(work, register, IDS.tenant, IDS.strangers_guardian).people == ()
        strangers = find_people(work, register, IDS.other_tenant, IDS.strangers_guardian)
        assert [person.person_ref for person in strangers.people] == [IDS.strangers_guardian]


def test_a_member_is_added_until_a_last_day(main_user: MainUser) -> None:
    with main_user.desk.work() as work:
        last = civil_date(work.now()) + timedelta(days=10)
    url = f"{main_user.group}/add-member"
    sent = sent_with(
        searched(main_user.client, url, IDS.guardian2),
        person=IDS.guardian2,
        profession="terveydenhoitaja",
        schools=[IDS.house, IDS.second_house],
        last_day=f"{last.day}.{last.month}.{last.year}",
    )
    assert main_user.client.post(url, data=sent).status_code == 303
    added = main_user.members()[-1]
    assert (added.person_ref, added.profession) == (IDS.guardian2, Profession.TERVEYDENHOITAJA)
    assert [school.name for school in added.schools] == ["School s-1", "School s-2"]
    page = main_user.client.get(main_user.home)
    assert "has been added" in page.text
    assert f"{last.day}.{last.month}.{last.year}" in page.text


@ONE_DATABASE
@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"person": ""}, "Choose a person."),
        ({"person": IDS.secretary}, "Choose a person."),
        ({"profession": "rehtori"}, "Choose a profession."),
        ({"schools": []}, "Choose at least one school."),
        ({"schools": [IDS.other_tenants_house]}, "Choose at least one school."),
        ({"last_day": "31.2.2027"}, "Write the day"),
        ({"last_day": "1.1.2020"}, "The last day must be in the future."),
        ({"profession": "kuraattori", "person": IDS.kuraattori}, "already a member"),
        ({"token": "x"}, "nothing was saved"),
    ],
)
def test_wrong_input_is_told_and_kept(
    main_user: MainUser, wrong: dict[str, Any], told: str
) -> None:
    before = len(main_user.members())
    url = f"{main_user.group}/add-member"
    right = {"person": IDS.psykologi, "profession": "laakari", "schools": [IDS.house]}
    sent = sent_with(searched(main_user.client, url, "u-020"), **{**right, **wrong})
    page = main_user.client.post(url, data=sent)
    assert page.status_code == 422
    assert told in page.text
    assert "There is a problem" in page.text
    assert len(main_user.members()) == before


@ONE_DATABASE
def test_nobody_adds_oneself(main_user: MainUser) -> None:
    url = f"{main_user.group}/add-member"
    found = searched(main_user.client, url, IDS.main_user)
    mine = {"person": IDS.main_user, "profession": "laakari", "schools": [IDS.house]}
    page = main_user.client.post(url, data=sent_with(found, **mine))
    assert page.status_code == 422
    assert "You cannot add yourself" in page.text


def test_a_membership_ends_after_one_more_question(main_user: MainUser) -> None:
    membership = main_user.desk.membership(IDS.psykologi)
    url = f"{main_user.home}members/{membership}/end"
    page = main_user.client.get(url)
    assert f"Person {IDS.psykologi}" in page.text
    assert main_user.client.post(url, data={}).status_code == 422
    assert main_user.client.post(url, data=sent_with(page)).status_code == 303
    assert [member.person_ref for member in main_user.members()] == [IDS.kuraattori]
    assert main_user.client.post(url, data=sent_with(page)).status_code == 409


def test_another_provider_and_another_role_find_nothing(desk: Desk, main_user: MainUser) -> None:
    membership = desk.membership(IDS.psykologi)
    foreign = desk.client(OTHER_MAIN_USER)
    theirs = f"{desk.url}/matrix/{desk.provider(IDS.other_tenant)}"
    paths = [
        main_user.home,
        f"{main_user.group}/matrix",
        f"{theirs}/groups/{desk.group()}/matrix",
        f"{theirs}/groups/{desk.group()}/versions",
        f"{theirs}/groups/{desk.group()}/add-member",
        f"{theirs}/members/{membership}/end",
        f"{theirs}/groups/no-such-group/matrix",
    ]
    pages = [foreign.get(path) for path in paths]
    pages += [desk.client(IDS.officer).get(main_user.home)]
    assert {page.status_code for page in pages} == {404}
    assert len({without_path(page) for page in pages}) == 1
