"""The desk by the keyboard alone, with and without a script (S4, S7, S19)."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Site
from tests.e2e.person import Person
from tests.e2e.school import PER_GROUP

on_one_engine = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
#: S19: ten pupils, or some more, filtered, selected and enabled.
MOST_PRESSES = 40
TEN = 10
DESK = "a.wx-tile"


class Keys:
    """Counts every key that is pressed."""

    def __init__(self, page: Page) -> None:
        self.page, self.pressed = page, 0

    def press(self, key: str) -> None:
        self.pressed += 1
        self.page.keyboard.press(key)

    def skip_to_main(self) -> None:
        """Leave what stands on every page behind by the first link of the host's page."""
        self.tab_to("a[href='#main']")
        self.press("Enter")

    def tab_to(self, selector: str, most: int = 60) -> None:
        """Go on with the tabulator until what is meant has the focus, in view."""
        target = self.page.locator(selector).first
        for _ in range(most):
            if target.evaluate("element => element === document.activeElement"):
                expect(target).to_be_in_viewport()
                return
            self.press("Tab")
        raise AssertionError(f"the tabulator does not reach {selector}")


def at_the_desk(site: Site, language: str = "fi", **options: Any) -> Person:
    person = site.person("sihteeri", language, **options)
    person.page.locator(".wilma-ext a[href*='/secretary/']").first.click()
    expect(person.page.locator(DESK).first).to_be_visible()
    return person


def all_wait(person: Person) -> int:
    """Take back what is enabled, so that enough pupils wait; return how many do."""
    page = person.page
    page.goto(page.url.split("?")[0] + "closing?what=classes")
    boxes = page.locator("input[name=group]")
    for number in range(boxes.count()):
        boxes.nth(number).check()
    person.goes(page.locator("form[method=get] button").last)
    if (close := page.locator("form[action$='/closing'] button")).count():
        close.click()
        expect(page.locator("a[href$='result.csv']")).to_be_visible()
    page.goto(page.url.split("/runs/")[0].split("/closing")[0] + "/")
    return int(page.locator("[data-wx-count]").count() and page.locator("tbody tr").count())


@on_one_engine
@pytest.mark.parametrize(("language", "width"), [("fi", 1280), ("sv", 320)])
def test_ten_pupils_are_enabled_by_keys_alone(site: Site, language: str, width: int) -> None:
    """S19: from the list to the result, counted; a phone has a link instead of the head's box."""
    person = at_the_desk(site, language, width=width)
    assert (found := all_wait(person)) >= TEN
    page, keys = person.page, Keys(person.page)
    page.goto(page.url + "?size=25")
    keys.skip_to_main()
    keys.tab_to("#search")
    keys.press("Enter")  # the filter as it stands: those who wait
    page.wait_for_url("**#found")
    expect(page.locator("#pupil-1")).to_be_visible()
    keys.tab_to("#pupil-all" if width > 640 else "a[href*='select=all']")
    keys.press("Space" if width > 640 else "Enter")
    expect(page.locator("[data-wx-count]")).to_have_text(str(found))
    person.check()
    if width <= 640:
        keys.tab_to("form[action*='/review'] button")
    keys.press("Enter")  # a box in a form sends the form
    start = page.locator("form[action$='/runs/start'] button")
    expect(start).to_be_visible()
    person.check()
    keys.tab_to("form[action$='/runs/start'] button")
    keys.press("Enter")
    expect(page.locator("a[href$='result.csv']")).to_be_visible()
    expect(page.locator(".wx-tile__number").first).to_have_text(str(found))
    person.check()
    assert keys.pressed <= MOST_PRESSES, keys.pressed


@on_one_engine
@pytest.mark.parametrize("width", [320, 1280])
def test_a_run_goes_on_without_a_script(site: Site, width: int) -> None:
    """X2, S7: the links select, the button goes on."""
    person = at_the_desk(site, width=width, scripting=False)
    page = person.page
    assert all_wait_without_script(person)
    page.locator("a[href*='select=all']").click()
    person.check()
    page.locator("form[action*='/review'] button").click()
    person.check()
    person.goes(page.locator("form[action$='/runs/start'] button"))
    person.runs_to_the_end()
    person.check()


def all_wait_without_script(person: Person) -> bool:
    """The example school has pupils who wait; one class is enough."""
    return person.page.locator("a[href*='select=all']").count() > 0


@on_one_engine
def test_shift_selects_a_range_and_the_head_a_page(site: Site) -> None:
    """S4: tri-state, range by keys, the number always told."""
    person = at_the_desk(site)
    assert all_wait(person) > PER_GROUP
    page = person.page
    count, head = page.locator("[data-wx-count]"), page.locator("#pupil-all")
    boxes = page.locator("input[name=pupil]")
    boxes.nth(0).focus()
    page.keyboard.press("Space")
    boxes.nth(3).focus()
    page.keyboard.press("Shift+Space")
    expect(count).to_have_text("4")
    assert head.evaluate("box => box.indeterminate")
    boxes.nth(2).click()
    expect(count).to_have_text("3")
    head.click()
    expect(count).to_have_text(str(boxes.count()))
    assert not head.evaluate("box => box.indeterminate")
    head.click()
    expect(count).to_have_text("0")
