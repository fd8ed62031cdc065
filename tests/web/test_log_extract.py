"""The family's page of who has looked at the data, under each choice of the policy (G18, P19)."""

import re

import pytest

from tests.e2e.checklist import covers
from tests.web.desk import IDS, ONE_DATABASE, Desk
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
from tests.web.words import LANGUAGES, say, speech
from wilma_ext.blueprints.secretary.paging import PAGE
from wilma_ext.clock import civil_date
from wilma_ext.identity import member_behind
from wilma_ext.rights.look_up.look_up import open_look_up
from wilma_ext.vocabulary import Purpose

on_one_engine = ONE_DATABASE


def family_pages(desk: Desk) -> tuple[str, ...]:
    """One child with answers and one without, whose page is the form; both with their extracts."""
    pupils = (IDS.pupil, IDS.sibling)
    urls = [(child_url(desk, pupil), extract_url(desk, pupil)) for pupil in pupils]
    return tuple(url for pair in urls for url in pair)


def extracts_shown(desk: Desk) -> list[tuple[str, str, str | None]]:
    found = [event for event in desk.events() if event.event == "log_extract:shown"]
    return [(event.actor_ref, event.actor_role, event.pupil_ref) for event in found]


class TestSelfService:
    @covers("G18")
    def test_it_tells_day_organisation_profession_purpose_and_categories(self, desk: Desk) -> None:
        desk.policy(**SELF_SERVICE)
        look_up(desk)
        look_up(desk, "expert_group", IDS.psykologi)
        with desk.work() as work:
            day = speech("en").date(civil_date(work.now()))
        assert rows(extract(desk)) == [
            [
                day,
                "Western Uusimaa",
                "School psychologist",
                "Multidisciplinary expert group",
                "Absences",
            ],
            [
                day,
                "Western Uusimaa",
                "School social worker (kuraattori)",
                "Concern about attendance",
                "Absences, grades",
            ],
        ]

    def test_no_name_no_id_and_no_time_of_day(self, desk: Desk) -> None:
        desk.policy(**SELF_SERVICE)
        address = look_up(desk)
        page = desk.client(IDS.guardian1).get(extract_url(desk))
        assert len(rows(linted(page))) == 1
        secrets = (
            *(IDS.kuraattori, "Person", "example.com"),
            *(address.rsplit("/", 1)[1], desk.membership(IDS.kuraattori), desk.group()),
            desk.provider(),
        )
        assert [secret for secret in secrets if secret in page.text] == []
        clock = re.compile(r"\b\d{1,2}[.:]\d{2}\b(?!\.)")
        told = " ".join(cell for line in rows(linted(page)) for cell in line)
        assert not clock.search(told)
        assert clock.search(speech("en").instant(desk.events()[-1].at))  # the control

    @on_one_engine
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_nothing_to_show_is_explained(self, desk: Desk, language: str) -> None:
        desk.policy(**SELF_SERVICE)
        text = extract(desk, pupil=IDS.sibling, language=language).ours.text
        empty = (
            "In the time that is shown, nobody has looked at the child's data through this "
            "service. When somebody does, it stands here."
        )
        assert say(language, empty) in text
        assert say(language, "How to ask for an extract of the log") in text
        assert say(language, "If you need more than the list tells, ask like this.") in text
        assert say(language, "Look-ups") not in text

    @on_one_engine
    def test_every_showing_is_recorded_with_who_and_about_whom(self, desk: Desk) -> None:
        desk.policy(**SELF_SERVICE)
        look_up(desk)
        extract(desk)
        assert extracts_shown(desk) == [(IDS.guardian1, "guardian", IDS.pupil)]
        url = f"{desk.url}/oversight/{desk.provider()}/events/{desk.events()[-1].sequence}"
        told = linted(desk.client(IDS.officer).get(url)).ours.text
        assert "Log extract shown to the family" in told

    @on_one_engine
    def test_many_are_paged_the_newest_first(self, desk: Desk) -> None:
        desk.policy(**SELF_SERVICE)
        membership = desk.membership(IDS.kuraattori)
        kinds = [Purpose.HEALTH_CHECK, *[Purpose.ATTENDANCE_CONCERN] * PAGE]
        for purpose in kinds:
            with desk.work() as work:
                member = member_behind(work, IDS.kuraattori, membership)
                register = desk.state.register
                opened = open_look_up(work, register, member, pupil_ref=IDS.pupil, purpose=purpose)
                assert opened
        client, url = desk.client(IDS.guardian1), extract_url(desk)
        pages = [linted(client.get(f"{url}?page={page}")) for page in ("1", "2", "x", "99")]
        assert [len(rows(page)) for page in pages] == [PAGE, 1, PAGE, 1]
        assert purposes(pages[1]) == ["Health check"]
        assert pages[0].by_class("govuk-pagination")


class TestOff:
    @covers("G18")
    def test_the_page_is_as_unknown_as_any_other(self, desk: Desk) -> None:
        desk.policy(log_extract="off")
        look_up(desk)
        client = desk.client(IDS.guardian1)
        page, missing = client.get(extract_url(desk)), client.get(f"{child_url(desk)}no-page")
        linted(page, 404)
        assert without_path(page) == without_path(missing)

    @on_one_engine
    def test_no_page_leads_to_it(self, desk: Desk) -> None:
        for choice, linked in (("off", False), ("on_request", True), ("self_service", True)):
            desk.policy(log_extract=choice)
            for pupil in (IDS.pupil, IDS.sibling):
                page = linted(desk.client(IDS.guardian1).get(child_url(desk, pupil)))
                links = [link.attributes.get("href") for link in page.ours.all("a")]
                assert (extract_url(desk, pupil) in links) is linked, (choice, pupil)


class TestOnRequest:
    @covers("G18")
    @on_one_engine
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_both_pages_say_how_to_ask(self, desk: Desk, language: str) -> None:
        page = linted(desk.client(IDS.guardian1, language).get(child_url(desk)))
        asked = (
            "You can ask the school when pupil welfare staff have looked at the data through this "
            "service, and for what."
        )
        assert say(language, asked) in page.ours.text
        text = extract(desk, language=language).ours.text
        for told in (
            "The log is not shown on this page. You can ask for an extract of it.",
            "Ask the school, or the data protection officer of the municipality.",
        ):
            assert say(language, told) in text
        municipality = {"fi": "Kunta", "sv": "Kommun", "en": "Municipality"}[language]
        assert f"{municipality} {IDS.tenant}" in text

    @on_one_engine
    def test_asking_how_to_ask_is_no_reading_of_the_log(self, desk: Desk) -> None:
        look_up(desk)
        before = len(desk.events())
        assert rows(extract(desk)) == []
        assert len(desk.events()) == before


@pytest.mark.parametrize("choice", ["on_request", "off"])
def test_a_look_up_changes_no_byte(desk: Desk, choice: str) -> None:
    desk.policy(log_extract=choice)
    urls = family_pages(desk)
    before = shown_to(desk, IDS.guardian1, *urls)
    look_up(desk)
    assert shown_to(desk, IDS.guardian1, *urls) == before


@on_one_engine
def test_the_comparison_can_fail(desk: Desk) -> None:
    desk.policy(**SELF_SERVICE)
    child, mine, *others = family_pages(desk)
    before = shown_to(desk, IDS.guardian1, child, mine, *others)
    look_up(desk)
    after = shown_to(desk, IDS.guardian1, child, mine, *others)
    changed = [one != other for one, other in zip(before, after, strict=True)]
    assert changed == [False, True, False, False], "only the extract of the pupil looked up"


@on_one_engine
def test_the_policy_page_warns_of_what_a_family_would_see(desk: Desk) -> None:
    told = "also where the pupil does not want them to know"
    client, url = desk.client(IDS.main_user), f"{desk.url}/policy/{desk.provider()}/"
    assert told not in linted(client.get(url)).ours.text
    desk.policy(**SELF_SERVICE)
    page = linted(client.get(url)).ours.text
    assert told in page
    assert "Counts at once, for earlier look-ups too." in page
