"""One page of each kind, as its people see it: narrow and wide, in Finnish and in Swedish."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.browser import Console
from tests.e2e import acts
from tests.e2e.checklist import covers
from tests.e2e.conftest import Site
from tests.e2e.person import Person
from tests.e2e.tour import pages
from tests.web.html import faults

on_one_engine = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
everywhere = pytest.mark.parametrize(
    ("language", "width"), [("fi", 320), ("sv", 320), ("fi", 1280), ("sv", 1280)]
)
FAMILY = {
    *("start", "guardian.children", "guardian.child", "guardian.log_extract"),
    *("guide.roles", "guide.role"),
}

#: Whose tour, after what has been done, from which pages besides the first, and what it must meet.
TOURS: dict[str, tuple[Callable[[Flask], str | None], set[str]]] = {
    "huoltaja": (acts.answered, FAMILY | {"guardian.receipt", "guardian.answer"}),
    "opiskelija16": (lambda _app: None, FAMILY - {"guardian.child"}),
    "sihteeri": (
        acts.disagreed,
        {
            f"secretary.{name}"
            for name in (
                *("pupils", "pupil", "runs", "run", "closing", "paper", "blank_form"),
                *("blank_form_for", "conflicts", "unanswered", "expiring"),
            )
        },
    ),
    "kuraattori": (
        acts.looked_up,
        {"welfare.pupils", "welfare.pupil", "welfare.look_up", "welfare.own_log"},
    ),
    "paakayttaja": (
        acts.drafted,
        {
            *("matrix.groups", "matrix.matrix", "matrix.versions", "matrix.add_member"),
            *("policy.choices", "policy.change", "policy.history", "decider.pupils"),
            *("consent_form.overview", "consent_form.texts", "consent_form.questions"),
            *("consent_form.terms", "consent_form.publish", "consent_form.preview"),
            *("consent_form.compare", "note_type.types", "note_type.edit"),
            *("note_type.import_table", "hand_off.channels", "matrix.end_member"),
        },
    ),
    "tietosuoja": (lambda _app: None, {"oversight.events", "oversight.event", "guide.role"}),
}


def checked(person: Person) -> None:
    """Check the page; a failure names it."""
    try:
        person.check()
        expect(person.page.locator("h1")).to_have_count(1)
    except AssertionError as problem:
        problem.add_note(person.page.url)
        raise


@covers("X1", "X3", "X4", "X5", "X8")
@on_one_engine
@everywhere
@pytest.mark.parametrize("username", TOURS)
def test_every_page_of_a_role(site: Site, username: str, language: str, width: int) -> None:
    """Axe, the lint, the width, one heading, and not a word of the console."""
    prepare, wanted = TOURS[username]
    extra = prepare(site.app)
    person = site.person(username, language, width=width)
    starts = (extra,) if extra else ()
    met = set()
    for kind in pages(site.app, person.page, *starts, acts.HOME):
        checked(person)
        met.add(kind)
    assert wanted <= met | {"start"}, sorted(wanted - met)


def of_secretary(page: Page) -> Iterator[None]:
    """Look through a selection, run it, and look at a paper for the second time."""
    page.goto(acts.HOME)
    page.locator("input[name=pupil]").first.check()
    page.locator("form[action*='/review'] button").last.click()
    yield
    page.locator("form[action$='/runs/start'] button").click()
    expect(page.locator("a[href$='result.csv']")).to_be_visible()
    yield
    page.goto(acts.HOME)
    page.locator("td a").first.click()
    page.locator("a[href$='/paper']").first.click()
    page.locator("form[action$='/look'] button").click()
    expect(page.locator("[data-wx-error-summary]")).to_be_focused()
    yield


def of_main_user(page: Page) -> Iterator[None]:
    """Review a choice, and a matrix."""
    page.goto(acts.HOME)
    page.locator("a[href*='/policy/']").first.click()
    page.locator("a[href*='/choices/']").first.click()
    page.locator(".wilma-ext form[method=post] input[type=radio]:not(:checked)").first.check()
    page.locator(".wilma-ext form[method=post] button").first.click()
    yield
    page.goto(acts.HOME)
    page.locator("a[href$='/matrix']").first.click()
    page.locator(".wilma-ext form[method=post] button").first.click()
    yield


@covers("X4", "X5", "S6", "S7", "S9")
@on_one_engine
@everywhere
@pytest.mark.parametrize(
    ("username", "way"), [("sihteeri", of_secretary), ("paakayttaja", of_main_user)]
)
def test_what_a_form_answers(
    site: Site, username: str, way: Callable[[Page], Iterator[None]], language: str, width: int
) -> None:
    """The pages no link leads to."""
    person = site.person(username, language, width=width)
    for _ in way(person.page):
        checked(person)


@on_one_engine
class TestNegativeControls:
    """One for each thing looked for: the check must fail."""

    BREAKS = (
        ("document.querySelector('.wilma-ext label').remove()", "label"),
        ("document.querySelector('.wilma-ext h1').className = 'unseen'", "color-contrast"),
        ("document.querySelector('.wilma-ext h1').outerHTML = '<p>x</p>'", "heading"),
    )
    #: Through a sheet of its own: the policy of the page allows no inline style.
    UNSEEN = """const sheet = new CSSStyleSheet();
        sheet.replaceSync('.unseen { color: #eeeeee !important; background: #ffffff !important }');
        document.adoptedStyleSheets = [sheet];"""

    #: A page of each family with something to fill in.
    OF_FAMILY = pytest.mark.parametrize("username", ["huoltaja2", "sihteeri", "kuraattori"])

    @covers("X4")
    @OF_FAMILY
    def test_axe_finds_what_is_broken(self, site: Site, username: str) -> None:
        page = site.person(username, "fi").page
        site.axe(page)
        for script, rule in self.BREAKS:
            page.reload()
            page.evaluate(self.UNSEEN)
            page.evaluate(script)
            with pytest.raises(AssertionError, match=rule):
                site.axe(page)

    @covers("X3")
    @OF_FAMILY
    def test_an_inline_style_is_found(self, site: Site, console: Console, username: str) -> None:
        """By the lint, and by the browser under the policy of the page."""
        page = site.person(username, "sv").page
        assert not faults(page.content())
        page.evaluate("document.querySelector('h1').setAttribute('style', 'color: red')")
        assert any("has style" in fault for fault in faults(page.content()))
        page.wait_for_timeout(50)
        assert console.problems
        console.problems.clear()

    @covers("X5")
    def test_a_wide_page_is_noticed(self, site: Site) -> None:
        person = site.person("kuraattori", "fi", width=320)
        person.page.evaluate("document.querySelector('.wilma-ext h1').textContent = 'x'.repeat(99)")
        person.page.evaluate(
            self.UNSEEN.replace("color: #eeeeee !important", "white-space: nowrap !important")
        )
        person.page.evaluate("document.querySelector('.wilma-ext h1').className = 'unseen'")
        with pytest.raises(AssertionError, match="px of page"):
            person.check()
