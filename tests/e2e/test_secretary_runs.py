"""A run over many pupils: followed, left, stopped, told, taken along, tried again, taken back."""

import csv
import io
import zipfile
from functools import partial
from typing import Any

import pytest
from playwright.sync_api import expect
from sqlalchemy.exc import IntegrityError

from tests.e2e import facts
from tests.e2e.checklist import covers
from tests.e2e.conftest import Manner, Site, phone_in_finnish, phone_in_swedish
from tests.e2e.held import Held
from tests.e2e.person import Person
from tests.e2e.test_secretary_items import ROWS, all_are_looked_through, pupils, runs
from wilma_ext.blueprints.secretary import run as run_pages
from wilma_ext.rights.desk import bulk_act

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
STEP = 4
GO_ON = "**/go-on"


def far(person: Person, done: int, total: int) -> None:
    """The page says how far the run is, in words and as a bar with a name."""
    told = person.say("%(done)s of %(total)s pupils", done=done, total=total)
    expect(person.page.locator(".wx-lead")).to_have_text(told)
    bar = person.page.get_by_role("progressbar", name=told)
    expect(bar).to_have_attribute("value", str(done))
    expect(bar).to_have_attribute("max", str(total))


def result(person: Person) -> dict[str, int]:
    """Return the figures of a run that is over."""
    expect(person.link(person.say("Download the result (CSV)"))).to_be_visible()
    items = person.page.locator(".wilma-ext").get_by_role("listitem")
    told = [text.split(None, 1) for text in items.all_inner_texts()]
    return {one[1]: int(one[0]) for one in told if len(one) == 2 and one[0].isdigit()}


def starts_and_sees_a_step(person: Person, held: Held | None, total: int) -> None:
    """Start, see nothing done, see the first step done; with scripts it goes by itself."""
    page = person.page
    start = page.get_by_role(
        "button", name=person.count("Enable %(num)s pupil", "Enable %(num)s pupils", total)
    )
    if held is None:
        start.click()
        far(person, 0, total)
        person.press(person.say("Go on"))
    else:
        with page.expect_request(GO_ON):
            start.click()
        far(person, 0, total)
        held.one_goes()
    far(person, STEP, total)


@covers("S7", "S8")
@phone_in_swedish
def test_a_run_is_left_and_come_back_to_and_stopped(
    site: Site, manner: Manner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was done when it was stopped stays done, and what was not is told."""
    monkeypatch.setattr(run_pages, "advance", partial(run_pages.advance, size=STEP))
    person = site.visitor("sihteeri", manner)
    held = Held(person.page, GO_ON) if manner.scripting else None
    total = all_are_looked_through(person)
    starts_and_sees_a_step(person, held, total)
    person.check()
    if held:
        held.all_are_lost()
    title = f"{person.say('Enable the welfare group')}: {pupils(person, total)}"
    person.link(person.say("Bulk changes")).click()
    card = person.page.get_by_role("listitem").filter(has_text=title)
    expect(card).to_contain_text(person.say("Not finished"))
    expect(card).to_contain_text("Sari Laine")
    person.check()
    person.link(title).click()
    far(person, STEP, total)
    person.press(person.say("Stop here"))
    left = result(person)
    assert left[person.say("Enabled")] == STEP
    assert left[person.say("Not done, because it was stopped")] == total - STEP
    person.check()


@covers("S9", "S10", "S11")
@phone_in_finnish
def test_two_secretaries_and_the_result(
    site: Site, manner: Manner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who was faster is told, what failed is tried again, and the whole is taken back."""
    facts.colleague(site.app)
    person, other = site.visitor("sihteeri", manner), site.visitor("sihteeri2", manner)
    page = person.page
    other.page.goto(page.url)
    total = all_are_looked_through(person)
    other.page.locator(ROWS).get_by_role("link").first.click()
    name = other.page.locator("h1").inner_text().split("\n")[-1].strip()
    slow = site.visitor("sihteeri2", manner)
    slow.page.goto(other.page.url)
    enable = other.say("Enable the welfare group for %(name)s", name=name)
    other.press(enable)
    expect(other.page.get_by_role("alert")).to_be_visible()
    slow.press(enable)
    slow.sees(slow.say("Somebody else had enabled the pupil already."))
    with monkeypatch.context() as patch:
        patch.setattr(bulk_act, "open_living", failing_once(bulk_act.open_living))
        runs(person, total)
    figures = result(person)
    assert figures[person.say("Enabled already")] == 1
    assert figures[person.say("Failed")] == 1
    assert figures[person.say("Enabled")] == total - 2
    by = person.say("already enabled by %(name)s, %(time)s", name="Seija Harju", time="")
    expect(page.locator(ROWS).filter(has_text=by)).to_have_count(1)
    person.check()
    is_taken_along(person, total)
    is_tried_again_and_taken_back(person, total - 2)


def failing_once(whole: Any) -> Any:
    """The database refuses one pupil, the last of those who are enabled together."""
    bad = list[str]()

    def failing(*args: Any, **values: Any) -> Any:
        refs = sorted(values["pupil_refs"])
        bad[:] = bad or refs[-1:]
        done = whole(*args, **values)
        if bad[0] in refs:
            raise IntegrityError("", {}, Exception())
        return done

    return failing


def is_taken_along(person: Person, total: int) -> None:
    """The files are really saved: everybody, once as CSV and once as XLSX."""
    table = person.downloads(person.say("Download the result (CSV)"))
    assert table.startswith("\N{BOM}".encode())
    rows = list(csv.reader(io.StringIO(table.decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == [person.say(word) for word in ("Name", "Class", "Result", "Reason")]
    assert len(rows) == total + 1
    book = zipfile.ZipFile(io.BytesIO(person.downloads(person.say("Download the result (XLSX)"))))
    sheet = "".join(book.read(name).decode() for name in book.namelist() if "xl/" in name)
    assert all(row[0] in sheet for row in rows)


def is_tried_again_and_taken_back(person: Person, done: int) -> None:
    page, first = person.page, person.page.url
    one, many = "Try the %(num)s failed pupil again", "Try the %(num)s failed pupils again"
    presses_through(person, person.count(one, many, 1))
    assert result(person)[person.say("Enabled")] == 1
    page.goto(first)
    back = person.count("Disable this %(num)s pupil", "Disable these %(num)s pupils", done)
    presses_through(person, back)
    person.heads(f"{person.say('Take an enabling back')}: {pupils(person, done)}")
    assert result(person)[person.say("Disabled")] == done
    page.goto(first)
    expect(page.get_by_role("button", name=back)).to_have_count(0)


def presses_through(person: Person, button: str) -> None:
    """Press a button that starts a run, and wait for the run's end."""
    person.press(button)
    if person.axe is None:
        person.press(person.say("Go on"))
    expect(person.link(person.say("Download the result (CSV)"))).to_be_visible()
