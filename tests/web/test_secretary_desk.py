"""The desk's figures, states, filters and order; one school's office."""

from collections.abc import Callable
from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from tests.hosts.plain import User, db
from tests.hosts.world import add_pupil
from tests.web.desk import IDS, Desk
from tests.web.desk_acts import drive, press, review, start
from tests.web.html import Document, Element, linted
from tests.web.office import office_of
from tests.web.test_secretary_bulk import give_consent, selected
from tests.web.test_secretary_pages import desk_url, names, on_one_engine, pupil_url
from wilma_ext.clock import school_year_end


@pytest.fixture
def secretary(desk: Desk) -> FlaskClient:
    return desk.client(IDS.secretary)


def tiles(page: Document) -> dict[str, int]:
    found = [e for e in page.ours.all("a", "div") if e.has_class("wx-tile")]
    return {tile.text.split(" ", 1)[1]: int(tile.text.split()[0]) for tile in found}


def own(page: Document, ref: str) -> str:
    (row,) = [row for row in names(page) if ref in row]
    return row


def test_the_states_are_told_apart(desk: Desk, secretary: FlaskClient) -> None:
    """S1: no answer, refused, given (waiting or enabled), withdrawn and ended."""
    everyone = f"{desk_url(desk)}?state="
    assert "Enabled" in own(linted(secretary.get(everyone)), IDS.pupil)
    assert "No answer" in own(linted(secretary.get(everyone)), IDS.sibling)
    give_consent(desk, IDS.sibling)
    assert "Waiting to be enabled" in own(linted(secretary.get(everyone)), IDS.sibling)
    desk.withdraw(pupil=IDS.sibling)
    assert "Withdrawn" in own(linted(secretary.get(everyone)), IDS.sibling)
    assert tiles(linted(secretary.get(everyone)))["Withdrawn"] == 1
    desk.clock.ahead = timedelta(days=400)
    after = linted(secretary.get(everyone))
    assert "Consent ended" in own(after, IDS.pupil)
    assert tiles(after)["Enabled but no consent"] == 1


@on_one_engine
def test_a_refusal_against_a_yes_is_a_disagreement(desk: Desk, secretary: FlaskClient) -> None:
    """S1."""
    client, url = desk.client(IDS.guardian2), f"{desk.url}/guardian/{desk.handle(IDS.pupil)}/answer"
    chosen = {"question-absences": "no", "question-grades": "no"}
    assert client.post(url, data={**linted(client.get(url)).fields, **chosen}).status_code == 303
    page = linted(secretary.get(f"{desk_url(desk)}?state=conflict"))
    assert "Refused Disagreement" in own(page, IDS.pupil)
    assert tiles(page)["Refused"] == tiles(page)["Disagreement"] == 1


@on_one_engine
def test_what_ends_within_thirty_days_is_counted(desk: Desk, secretary: FlaskClient) -> None:
    """S1."""
    page = linted(secretary.get(desk_url(desk)))
    assert tiles(page)["Ending within 30 days"] == 0
    with desk.work() as work:
        now = work.now()
    desk.clock.ahead = school_year_end(now) - now - timedelta(days=20)
    page = linted(secretary.get(f"{desk_url(desk)}?state=ending"))
    assert tiles(page)["Ending within 30 days"] == 1
    assert "Enabled Ending within 30 days" in own(page, IDS.pupil)


@on_one_engine
def test_only_who_waits_has_a_box(desk: Desk, secretary: FlaskClient) -> None:
    """S3: the others say so in words."""
    give_consent(desk, IDS.sibling)
    page = linted(secretary.get(f"{desk_url(desk)}?state="))
    boxed = [row for row in page.ours.all("tr") if list(row.all("input"))]
    assert ["u-0002" in row.text for row in boxed] == [True]
    assert page.ours.text.count("Nothing to enable") == 3


@on_one_engine
@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("group=6A", 4),
        ("group=9Z", 0),
        ("profession=kuraattori", 1),
        ("profession=laakari", 1),
        ("answered_from=1.1.2020", 1),
        ("answered_until=1.1.2020", 0),
        ("state=enabled&school=s-1&search=u-0001", 1),
        ("state=no-such-state", 4),
    ],
)
def test_a_filter_leaves_those_it_names(
    desk: Desk, secretary: FlaskClient, query: str, found: int
) -> None:
    """S2: the number is in a region that is read out."""
    query = query if "state=" in query else f"state=&{query}"
    page = linted(secretary.get(f"{desk_url(desk)}?{query}"))
    (told,) = [e for e in page.ours.all("div") if e.attributes.get("role") == "status"]
    assert f"{found} pupil" in told.text
    assert len(names(page)) == found


@on_one_engine
def test_a_day_that_cannot_be_read_is_told(desk: Desk, secretary: FlaskClient) -> None:
    """X9: the words stay as they were typed."""
    page = linted(secretary.get(f"{desk_url(desk)}?answered_from=soon"), 422)
    assert "Write the day as day, month and year" in page.ours.text
    (field,) = [e for e in page.ours.all("input") if e.attributes.get("id") == "answered_from"]
    assert field.attributes["value"] == "soon"


@on_one_engine
def test_the_heads_sort_and_say_so(desk: Desk, secretary: FlaskClient) -> None:
    """S13: numbers in class names count as numbers; a second press turns it round."""
    with desk.app.app_context():
        for ref, group in (("u-2001", "10A"), ("u-2002", "9B")):
            add_pupil(ref, IDS.house, class_name=group)
        db.session.commit()
    page = linted(secretary.get(f"{desk_url(desk)}?state="))
    assert sorting(page) == {"Name": "ascending"}
    by_class = press_head(secretary, page, "Class")
    assert sorting(by_class) == {"Class": "ascending"}
    order = [next(g for g in ("6A", "9B", "10A") if g in row) for row in names(by_class)]
    assert order == ["6A"] * 4 + ["9B", "10A"]
    turned = press_head(secretary, by_class, "Class")
    assert sorting(turned) == {"Class": "descending"}
    assert "10A" in names(turned)[0]
    for word in ("State", "Answered"):
        assert sorting(press_head(secretary, page, word)) == {word: "ascending"}


def heads(page: Document) -> list[Element]:
    return [head for head in page.ours.all("th") if list(head.all("a"))]


def sorting(page: Document) -> dict[str, str]:
    return {
        head.text.split()[0]: head.attributes["aria-sort"]
        for head in heads(page)
        if "aria-sort" in head.attributes
    }


def press_head(client: FlaskClient, page: Document, word: str) -> Document:
    (head,) = [head for head in heads(page) if head.text.split()[0] == word]
    return linted(client.get(next(head.all("a")).attributes["href"]))


@on_one_engine
def test_a_page_has_25_50_or_100(desk: Desk, secretary: FlaskClient) -> None:
    """S12: fifty where nobody says; the filters go along."""
    with desk.app.app_context():
        for number in range(70):
            add_pupil(f"u-1{number:03}", IDS.house)
        db.session.commit()
    counted = {}
    for size in ("", "25", "50", "100", "7"):
        page = linted(secretary.get(f"{desk_url(desk)}?state=&sort=-name&size={size}"))
        counted[size] = len(names(page))
    assert counted == {"": 50, "25": 25, "50": 50, "100": 74, "7": 50}
    (link,) = [a for a in page.ours.all("a") if a.text == "25"]
    kept = parse_qs(urlsplit(link.attributes["href"]).query, keep_blank_values=True)
    assert kept == {"state": [""], "sort": ["-name"], "size": ["25"]}


def test_one_pupils_page_says_how_it_ended(desk: Desk, secretary: FlaskClient) -> None:
    """S14."""
    desk.withdraw()
    text = linted(secretary.get(pupil_url(desk, IDS.pupil))).ours.text
    assert "Enabled earlier" in text
    assert "by Person u-0301" in text
    assert "the consent was withdrawn" in text


@on_one_engine
def test_a_namesake_is_flagged_where_one_acts(desk: Desk, secretary: FlaskClient) -> None:
    """S17: name, class and date of birth stand at the act."""
    warned = "Another pupil has the same name."
    page = linted(secretary.get(pupil_url(desk, IDS.pupil)))
    assert warned not in page.ours.text
    assert "6A · School s-1 · born 1.1." in page.one("h1").text
    with desk.app.app_context():
        add_pupil("u-0077", IDS.house, class_name="6B")
        db.session.get_one(User, "u-0077").last = "u-0001"
        db.session.commit()
    assert warned in linted(secretary.get(pupil_url(desk, IDS.pupil))).ours.text


def test_a_withdrawal_stands_in_a_list(desk: Desk, secretary: FlaskClient) -> None:
    """S18: it is closed already; there is nothing to do."""
    desk.withdraw()
    page = linted(secretary.get(f"{desk_url(desk)}?state=withdrawn"))
    assert IDS.pupil in names(page)[0]
    assert not list(page.ours.all("button"))[1:]
    assert tiles(page)["Enabled but no consent"] == 0


def test_an_office_of_one_school_never_reaches_another(desk: Desk) -> None:
    """The filter, a handle and a run are all bounded by the office's own schools."""
    with desk.app.app_context():
        db.session.get_one(User, IDS.sibling).house_id = IDS.second_house
        db.session.commit()
    give_consent(desk, IDS.sibling)
    whole = desk.client(IDS.secretary)
    page = linted(whole.get(f"{desk_url(desk)}?select=all"))
    url = start(whole, review(whole, desk_url(desk), page))
    with office_of(desk, IDS.house) as narrow:
        client = narrow.client(IDS.secretary)
        everyone = linted(client.get(f"{desk_url(narrow)}?state="))
        assert [row for row in names(everyone) if IDS.sibling in row] == []
        assert client.get(url).status_code == 404
        assert client.get(pupil_url(narrow, IDS.sibling)).status_code == 404
        assert "1 pupil" not in linted(client.get(f"{desk_url(narrow)}runs")).ours.text
        _refuses(narrow, client, lambda: narrow.handle(IDS.sibling))
    assert "1 Enabled" in drive(whole, url).ours.text


def _refuses(desk: Desk, client: FlaskClient, handle: Callable[[], str]) -> None:
    with desk.app.app_context():
        add_pupil("u-2001", IDS.house, guardians=(IDS.guardian1,), born=_born())
        db.session.commit()
    give_consent(desk, "u-2001")
    page = linted(client.get(f"{desk_url(desk)}?select=page"))
    assert selected(page) == "1"
    assert press(client, page, "/review", pupil=[handle()]).status_code == 404


def _born() -> date | None:
    return db.session.get_one(User, IDS.sibling).born
