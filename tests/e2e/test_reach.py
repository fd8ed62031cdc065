"""How far something is away: taps, sizes of targets, space for text, and data that are gone."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e import acts
from tests.e2e.checklist import covers
from tests.e2e.conftest import Site
from tests.e2e.person import Person

on_one_engine = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
MOST_TAPS = 3
LEAST_TARGET = 44

#: A link within a sentence is as high as its line (2.5.8 excepts it); a card is one target.
SMALL_TARGETS = """least => [...document.querySelectorAll(
    '.wilma-ext a, .wilma-ext button, .wilma-ext summary, .wilma-ext input:not([type=hidden])')]
  .filter(e => e.checkVisibility() && !e.closest('p, dd'))
  .map(e => [e.outerHTML.slice(0, 90), (e.closest('.wx-list > li') || e).getBoundingClientRect()])
  .filter(([, box]) => box.height < least || box.width < 24)
  .map(([text, box]) => `${Math.round(box.width)} x ${Math.round(box.height)}: ${text}`)"""

#: What WCAG 1.4.12 sets, through a sheet of its own: the policy of the page allows no inline style.
SPACING = """() => { const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important } p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet] }"""
#: Left out is what scrolls, what only a screen reader hears, and the head of rows shown as cards.
CLIPPED = """() => [...document.querySelectorAll('.wilma-ext *')]
  .filter(e => e.checkVisibility())
  .filter(e => !e.closest('svg, thead, .govuk-visually-hidden, [tabindex="0"]'))
  .filter(e => ['hidden', 'clip'].includes(getComputedStyle(e).overflowX)
    || ['hidden', 'clip'].includes(getComputedStyle(e).overflowY))
  .filter(e => e.scrollWidth > e.clientWidth + 1 || e.scrollHeight > e.clientHeight + 1)
  .map(e => e.outerHTML.slice(0, 120))"""

#: Texts of the drawings that stand outside their drawing, one pixel allowed for rounding.
OUTSIDE = """() => [...document.querySelectorAll('svg.wx-chart__svg text')].filter(text => {
    const box = text.getBBox(), view = text.ownerSVGElement.viewBox.baseVal
    return box.x < view.x - 1 || box.y < view.y - 1
      || box.x + box.width > view.x + view.width + 1
      || box.y + box.height > view.y + view.height + 1
  }).map(text => text.ownerSVGElement.parentElement.className + ': ' + text.textContent)"""


class Taps:
    """Counts every tap."""

    def __init__(self) -> None:
        self.count = 0

    def tap(self, target: Locator) -> None:
        self.count += 1
        target.click()


def form_of(person: Person) -> Page:
    """Land where a message leads: at the questions about the child."""
    person.page.goto("/wilma-ext/guardian/")
    person.page.locator(".wilma-ext a", has_text="Elli").first.click()
    expect(person.page.locator("input[type=radio]").first).to_be_attached()
    return person.page


@covers("G9", "G11")
@on_one_engine
@pytest.mark.parametrize(("language", "width"), [("fi", 320), ("sv", 1280)])
def test_an_answer_takes_three_taps_and_withdrawing_no_more(
    site: Site, language: str, width: int
) -> None:
    page = form_of(site.person("huoltaja", language, width=width))
    child, giving, taking = page.url, Taps(), Taps()
    for category in ("absences", "grades"):
        giving.tap(page.locator(f"input[name=question-{category}]").first)
    giving.tap(page.locator(".wilma-ext form[method=post] button"))
    expect(page).to_have_url(re.compile("/receipts/"))
    assert giving.count <= MOST_TAPS
    page.goto(child)
    taking.tap(page.locator("form[action$='/withdraw'] button"))
    expect(page.locator(".wx-banner, .govuk-notification-banner").first).to_be_visible()
    assert taking.count <= giving.count


@covers("X8")
@on_one_engine
@pytest.mark.parametrize("language", ["fi", "sv"])
def test_targets_of_a_family_are_large(site: Site, language: str) -> None:
    person = site.person("huoltaja", language, width=320)
    page, small = form_of(person), {}
    receipt = acts.answered(site.app)
    for path in (page.url, "/wilma-ext/guardian/", receipt, receipt.split("receipts/")[0]):
        page.goto(path)
        if found := page.evaluate(SMALL_TARGETS, LEAST_TARGET):
            small[path] = found
    assert not small


@covers("X6")
@on_one_engine
@pytest.mark.parametrize("language", ["fi", "sv"])
def test_wider_text_is_not_cut_off(site: Site, language: str) -> None:
    """WCAG 1.4.12 on the form of a guardian and on a look-up."""
    acts.marked(site.app)
    look_up = acts.looked_up(site.app)
    guardian = form_of(site.person("huoltaja", language, width=320))
    worker = site.person("kuraattori", language, width=320).page
    worker.goto(look_up)
    for page in (guardian, worker):
        page.evaluate(SPACING)
        assert not page.evaluate(CLIPPED)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    guardian.evaluate(
        """() => { const sheet = new CSSStyleSheet();
        sheet.replaceSync('h1 { overflow: hidden !important; height: 10px !important }');
        document.adoptedStyleSheets = [sheet] }"""
    )
    assert guardian.evaluate(CLIPPED), "the check itself finds nothing"


@covers("W5", "W6", "W7")
@on_one_engine
@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_text_of_a_chart_stands_inside_it(site: Site, language: str) -> None:
    acts.marked(site.app)
    look_up = acts.looked_up(site.app)
    page = site.person("kuraattori", language).page
    page.goto(look_up)
    assert page.locator("svg.wx-chart__svg").count() > 2, "both heat-maps and a trend"
    assert not page.evaluate(OUTSIDE)
    page.evaluate("document.querySelector('svg.wx-chart__svg text').setAttribute('x', '-99')")
    assert page.evaluate(OUTSIDE), "the check itself finds nothing"


@covers("W7", "X20")
@on_one_engine
@pytest.mark.parametrize("language", ["fi", "sv"])
def test_a_print_says_who_and_when_and_has_no_buttons(site: Site, language: str) -> None:
    look_up = acts.looked_up(site.app)
    receipt = acts.answered(site.app)
    worker = site.person("kuraattori", language)
    worker.page.goto(look_up)
    footer = worker.page.locator(".wx-printonly").last
    expect(footer).not_to_be_visible()
    worker.page.emulate_media(media="print")
    expect(footer).to_be_visible()
    expect(footer).to_contain_text("Katja Salonen")
    guardian = site.person("huoltaja", language)
    guardian.page.goto(receipt)
    guardian.page.emulate_media(media="print")
    for page in (worker.page, guardian.page):
        expect(page.locator(".wilma-ext h1")).to_be_visible()
        for kind in (".wx-noprint", ".wx-bar", "button"):
            assert not [e for e in page.locator(f".wilma-ext {kind}").all() if e.is_visible()]


@covers("W8", "X17")
@on_one_engine
@pytest.mark.parametrize("scripting", [True, False], ids=["scripts", "no scripts"])
def test_what_has_ended_is_shown_neither_next_nor_back(site: Site, scripting: bool) -> None:
    """Another link of the open page, the period: the data are gone, and nothing is kept."""
    look_up = acts.enabled_for_elli(site.app)
    page = site.person("kuraattori", "fi", scripting=scripting).page
    answer = page.goto(look_up)
    assert answer
    assert "no-store" in answer.headers["cache-control"]
    expect(page.locator("h1")).to_contain_text("Elli Virtanen")
    acts.withdrawn(site.app)
    page.locator("a[href*='period=']").first.click()
    for go in (lambda: None, page.go_back, page.go_forward, page.reload):
        go()
        expect(page.locator(".wilma-ext h1")).to_be_visible()
        assert "Elli" not in page.content()
        assert "wx-section" not in page.content()
