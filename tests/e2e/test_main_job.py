"""The municipal example in a browser: consent, enabling, look-up, withdrawal."""

import pytest
from playwright.sync_api import expect

from examples.school.note_types import NOTE_TYPES
from tests.browser import Console
from tests.e2e.conftest import Site
from tests.e2e.person import Person
from tests.e2e.test_secretary_keys import Keys
from tests.web.html import faults
from tests.web.words import LANGUAGES
from wilma_ext.vocabulary import Profession

CHILD = "Elli Virtanen"
LISTED = "Virtanen Elli"
#: From the first page to the receipt.
MOST_PRESSES = 25
DETENTIONS = {"fi": "Jälki-istunnot", "sv": "Kvarsittningar", "en": "Detentions"}
on_one_engine = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


def health_marks(language: str) -> list[str]:
    """Return what must never be seen: the labels of marks that tell of health."""
    return [
        kind.labels.in_language(language) for kind in NOTE_TYPES.values() if kind.kind == "health"
    ]


def opens_the_form(guardian: Person) -> None:
    guardian.page.goto("/wilma-ext/guardian/")
    guardian.sees(guardian.say("Not answered"))
    guardian.check()
    guardian.follow(CHILD)
    expect(guardian.page.locator("h1")).to_contain_text(guardian.text("title"))


def errs(guardian: Person) -> None:
    """Send the form with nothing chosen."""
    save = guardian.say("Save my answers about %(name)s", name="Elli")
    guardian.press(save)
    summary = guardian.page.locator("[data-wx-error-summary]")
    expect(summary).to_be_visible()
    expect(summary.get_by_role("link")).to_have_count(2)
    if guardian.axe:
        expect(summary).to_be_focused()
    guardian.check()
    summary.get_by_role("link").first.click()
    expect(guardian.page.locator("input[name=question-absences]").first).to_be_in_viewport()


def answers(guardian: Person) -> None:
    """Say yes to both questions and get the receipt."""
    for category in ("absences", "grades"):
        guardian.choose(guardian.text(f"question:{category}"), guardian.say("Yes"))
    guardian.press(guardian.say("Save my answers about %(name)s", name="Elli"))
    expect(guardian.page.locator("h1")).to_contain_text(guardian.say("Receipt of your answer"))
    guardian.sees(guardian.say("Your answer has been saved."))
    guardian.check()


def enables(secretary: Person) -> None:
    """Find the pupil among those who wait, and enable the group."""
    secretary.check()
    select = secretary.say("Select %(name)s, %(group)s", name=LISTED, group="7B")
    secretary.page.get_by_role("checkbox", name=select).check()
    secretary.press(secretary.say("Look through the selection"))
    secretary.check()
    secretary.goes(secretary.page.locator("form[action$='/runs/start'] button"))
    secretary.runs_to_the_end()
    secretary.check()
    secretary.page.goto(secretary.page.url.split("runs/")[0])
    secretary.sees_nothing_of(LISTED)  # no longer among those who wait


def looks_up(worker: Person) -> str:
    """Find the pupil, state a purpose, and see what is permitted; return the page's address."""
    worker.check()
    worker.page.locator("input[name=search]").fill("virtanen")
    worker.press(worker.say("Search"))
    worker.follow(LISTED)
    worker.check()
    worker.press(worker.say("Open the pupil's data"))
    expect(worker.page.locator("[data-wx-error-summary]")).to_be_visible()
    worker.check()
    worker.page.locator("input[name=purpose]").first.check()
    worker.press(worker.say("Open the pupil's data"))
    expect(worker.page.locator("h1")).to_contain_text(CHILD)
    worker.check()
    return worker.page.url


def sees_exactly_the_permitted(worker: Person) -> None:
    """Two categories with data; the third is named, and nothing of it is there."""
    sections = worker.page.locator("section.wx-section")
    expect(sections).to_have_count(3)
    expect(sections.nth(0).locator("h2")).to_have_text(worker.say("Absences"))
    expect(sections.nth(1).locator("h2")).to_have_text(worker.say("Grades"))
    for number in (0, 1):
        expect(sections.nth(number).locator("table").first).to_be_attached()
    nothing = f"{DETENTIONS[worker.language]} {worker.say('Not available to you')}"
    expect(sections.nth(2)).to_have_text(nothing)
    worker.sees_nothing_of(*health_marks(worker.language))


def sees_nothing_any_more(worker: Person, address: str) -> None:
    """The next click and the browser's Back show nothing."""
    worker.follow(worker.say("Pupils you may open"))
    worker.sees_nothing_of(LISTED, CHILD)
    worker.page.go_back()
    expect(worker.page.locator("h1")).to_have_text(worker.say("Page not found"))
    worker.sees_nothing_of(LISTED, CHILD, "wx-section")
    worker.page.goto(address)
    expect(worker.page.locator("h1")).to_have_text(worker.say("Page not found"))
    worker.sees_nothing_of(LISTED, CHILD)
    worker.check()


@on_one_engine
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scripting", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_guardian_answers(site: Site, language: str, scripting: bool, width: int) -> None:
    guardian = site.person("huoltaja", language, width=width, scripting=scripting)
    opens_the_form(guardian)
    errs(guardian)
    answers(guardian)
    guardian.withdraws(CHILD)


WHOLE = [
    pytest.param("sqlite", "fi", 1280, True, id="sqlite, fi"),
    pytest.param("sqlite", "sv", 320, False, id="sqlite, sv, 320 px, no scripts"),
    pytest.param("sqlite", "en", 320, True, id="sqlite, en, 320 px"),
    pytest.param("postgresql", "sv", 1280, True, id="postgresql, sv"),
]


@pytest.mark.parametrize(
    ("engine_name", "language", "width", "scripting"), WHOLE, indirect=["engine_name"]
)
def test_the_municipal_example(site: Site, language: str, width: int, scripting: bool) -> None:
    manner = {"width": width, "scripting": scripting}
    guardian = site.person("huoltaja", language, **manner)
    worker = site.person(Profession.KURAATTORI.value, language, **manner)
    worker.sees_nothing_of(LISTED)
    opens_the_form(guardian)
    answers(guardian)
    enables(site.person("sihteeri", language, **manner))
    address = looks_up(worker)
    sees_exactly_the_permitted(worker)
    guardian.withdraws(CHILD)
    sees_nothing_any_more(worker, address)


@on_one_engine
def test_a_message_link_leads_to_the_childs_page_after_sign_in(site: Site) -> None:
    guardian = site.person("huoltaja", "fi", width=320)
    opens_the_form(guardian)
    link = guardian.page.url.removeprefix(site.address)
    again = Person(site.open_page(site.address, width=320), "fi", site.axe)
    again.sign_in("huoltaja", link)
    assert again.page.url == site.address + link
    expect(again.page.locator("h1")).to_contain_text(CHILD)


@on_one_engine
@pytest.mark.parametrize(("language", "width"), [("fi", 320), ("sv", 1280)])
def test_a_guardian_answers_by_keyboard(site: Site, language: str, width: int) -> None:
    guardian = site.person("huoltaja", language, width=width)
    keys = Keys(guardian.page)
    keys.skip_to_main()
    keys.tab_to(f".wilma-ext a:has-text('{CHILD}')")
    keys.press("Enter")
    guardian.heads(CHILD)
    keys.skip_to_main()
    for category in ("absences", "grades"):
        keys.tab_to(f"input[name=question-{category}]")
        keys.press("Space")
    keys.tab_to(".wilma-ext form button")
    keys.press("Enter")
    guardian.heads(guardian.say("Receipt of your answer"))
    assert keys.pressed <= MOST_PRESSES, keys.pressed


@on_one_engine
def test_a_secretary_enables_by_keyboard(site: Site) -> None:
    guardian = site.person("huoltaja", "sv", width=320)
    opens_the_form(guardian)
    answers(guardian)
    secretary = site.person("sihteeri", "fi")
    page = secretary.page
    secretary.tab_to(page.locator("input[name=search]"))
    page.keyboard.type("Virtanen Elli")
    page.keyboard.press("Enter")
    secretary.tab_to(page.locator("input[name=pupil]").first)
    page.keyboard.press("Space")
    look = secretary.say("Look through the selection")
    secretary.tab_to(page.get_by_role("button", name=look))
    page.keyboard.press("Enter")
    secretary.tab_to(page.locator("form[action$='/runs/start'] button"))
    page.keyboard.press("Enter")
    expect(page.locator("a[href$='result.csv']")).to_be_visible()


@on_one_engine
class TestNegativeControls:
    """What finds nothing must be able to find something."""

    def test_axe_misses_a_label(self, site: Site) -> None:
        guardian = site.person("huoltaja", "fi", width=320)
        opens_the_form(guardian)
        guardian.page.evaluate("document.querySelectorAll('.wilma-ext label')[0].remove()")
        with pytest.raises(AssertionError, match="label"):
            site.axe(guardian.page)

    def test_the_lint_misses_nothing_inline(self, site: Site, console: Console) -> None:
        guardian = site.person("huoltaja", "fi", width=320)
        for script in (
            "document.querySelector('h1').setAttribute('style', 'color: red')",
            "document.querySelector('h1').setAttribute('onclick', 'alert()')",
            "document.querySelector('h1').append(document.createElement('style'))",
            "document.querySelector('h1').id = 'main'",
        ):
            guardian.page.reload()
            assert not faults(guardian.page.content())
            guardian.page.evaluate(script)
            assert faults(guardian.page.content()), script
        guardian.page.wait_for_timeout(50)
        console.problems.clear()  # the browser has noticed too

    def test_the_browser_complains_of_an_inline_style(self, site: Site, console: Console) -> None:
        guardian = site.person("huoltaja", "fi", width=320)
        guardian.page.evaluate("document.head.append(document.createElement('style'))")
        guardian.page.evaluate("document.querySelector('style').textContent = 'p {color: red}'")
        guardian.page.wait_for_timeout(50)
        assert console.problems
        console.problems.clear()
