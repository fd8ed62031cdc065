"""The welfare worker's desk: periods, lessons, search over all schools, whom a consent covers."""

import re
from datetime import timedelta
from typing import Any

from sqlalchemy import update

from tests.hosts.plain import User, db
from tests.hosts.world import add_absence
from tests.web.desk import IDS, ONE_DATABASE, Desk
from tests.web.html import linted
from tests.web.sending import searched
from tests.web.test_welfare_pages import names, opened
from wilma_ext.blueprints.welfare.view import PER_PAGE
from wilma_ext.clock import civil_date, school_year_start
from wilma_ext.rights.access.opening import MOST_FOUND
from wilma_ext.rights.look_up.disclosure import first_day
from wilma_ext.vocabulary import Period


def missed(page: Any) -> int:
    found = re.search(r"(\d+) lessons? missed and", page.text)
    assert found
    return int(found[1])


class TestPeriod:
    def test_a_shorter_period_shows_less_and_says_since_when(self, desk: Desk) -> None:
        client, url = opened(desk)
        whole, short = client.get(url), client.get(f"{url}?period=four_weeks")
        linted(short)
        assert missed(short) < missed(whole)
        with desk.work() as work:
            since = first_day(Period.FOUR_WEEKS, civil_date(work.now()))
        assert f"since {since.day}" in short.text or since.isoformat() in short.text
        assert 'aria-current="true">Four weeks' in short.text
        assert names(desk).count("look_up:shown") == 2  # every response is a disclosure

    @ONE_DATABASE
    def test_an_unknown_period_is_the_school_year(self, desk: Desk) -> None:
        client, url = opened(desk)
        assert missed(client.get(f"{url}?period=ten_years")) == missed(client.get(url))

    @ONE_DATABASE
    def test_no_period_reaches_back_beyond_the_school_year(self, desk: Desk) -> None:
        with desk.work() as work:
            today = civil_date(work.now())
        start = school_year_start(today)
        for period in Period:
            for day in (today, start, start + timedelta(days=3), start + timedelta(days=200)):
                assert start <= first_day(period, day) <= day

    @ONE_DATABASE
    def test_an_absence_before_the_school_year_is_never_shown(self, desk: Desk) -> None:
        client, url = opened(desk)
        before = missed(client.get(url))
        with desk.app.app_context():
            with desk.work() as work:
                start = school_year_start(civil_date(work.now()))
            add_absence(IDS.pupil, start - timedelta(days=1))
            db.session.commit()
        assert missed(client.get(url)) == before


def test_the_basis_tells_whom_the_consent_covers_too(desk: Desk) -> None:
    client, url = opened(desk)
    page = linted(client.get(url))
    assert "The consent also covers: school psychologist, school nurse" in page.ours.text
    client, url = opened(desk, IDS.psykologi)
    assert "also covers: school social worker" in client.get(url).text


class TestAllSchools:
    """Who works in all schools searches; a list of a whole municipality helps nobody (D2, W1)."""

    def test_nobody_is_listed_before_a_search(self, desk: Desk) -> None:
        desk.policy(school_scope="all")
        client = desk.client(IDS.kuraattori)
        page = linted(client.get(f"{desk.welfare()}/"))
        assert f"{IDS.pupil} Pupil" not in page.ours.text
        assert "write at least two letters" in page.ours.text
        found = linted(searched(client, f"{desk.welfare()}/", "pup"))
        assert f"{IDS.pupil} Pupil" in found.ours.text
        assert names(desk)[-1] == "look_up:listed"

    @ONE_DATABASE
    def test_one_letter_finds_nobody(self, desk: Desk) -> None:
        desk.policy(school_scope="all")
        page = searched(desk.client(IDS.kuraattori), f"{desk.welfare()}/", "p")
        assert f"{IDS.pupil} Pupil" not in page.text

    def test_a_search_finds_what_a_list_has_and_no_more(self, desk: Desk) -> None:
        client = desk.client(IDS.kuraattori)
        listed = set(re.findall(r"u-\d+ Pupil", client.get(f"{desk.welfare()}/").text))
        desk.policy(school_scope="all")
        found = set(re.findall(r"u-\d+ Pupil", searched(client, f"{desk.welfare()}/", "6a").text))
        assert listed
        assert listed <= found

    @ONE_DATABASE
    def test_letters_with_rings_and_dots_are_found_in_any_case(self, desk: Desk) -> None:
        with desk.app.app_context():
            db.session.execute(
                update(User).where(User.id == IDS.pupil).values(first="Åsa", last="Öhman")
            )
            db.session.commit()
        desk.policy(school_scope="all")
        client = desk.client(IDS.kuraattori)
        for typed in ("Öhman", "öhman", "ÖHMAN", "åsa öh"):
            assert "Öhman Åsa" in searched(client, f"{desk.welfare()}/", typed).text

    def test_a_page_holds_what_a_search_may_show(self) -> None:
        assert MOST_FOUND <= PER_PAGE
