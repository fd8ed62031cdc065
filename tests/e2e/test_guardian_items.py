"""The family's items, gone through as one does: the form, its text, the receipt, the others."""

import json
import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e import acts, facts
from tests.e2e.checklist import covers
from tests.e2e.conftest import Manner, Site, phone_in_finnish, phone_in_swedish
from tests.e2e.person import Person
from tests.e2e.test_main_job import CHILD

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
HOME = "/wilma-ext/guardian/"
MOST_WORDS, MOST_IN_A_SENTENCE = 120, 15
SAME_LOOKS = """option => { const box = option.parentElement, looks = getComputedStyle(box)
  return [box.offsetWidth, box.offsetHeight, looks.color, looks.backgroundColor, looks.fontWeight,
    looks.borderTopColor, looks.boxShadow].join(' ') }"""


def card(person: Person, name: str) -> Locator:
    return person.page.get_by_role("listitem").filter(
        has=person.page.get_by_role("link", name=name)
    )


def at_home(site: Site, username: str, manner: Manner) -> Person:
    person = site.visitor(username, manner)
    person.page.goto(HOME)
    return person


def question(person: Person, category: str) -> Locator:
    return person.page.get_by_role("group", name=person.text(f"question:{category}"), exact=True)


def saves(person: Person) -> None:
    person.press(person.say("Save my answers about %(name)s", name="Elli"))


def history(person: Person) -> list[str]:
    """Return what has happened, the newest first."""
    about = person.page.get_by_role("heading", name=person.say("What has happened"))
    expect(about).to_be_visible()
    return about.locator("xpath=following::ol[1]").get_by_role("listitem").all_inner_texts()


@covers("G2", "G3", "G4", "G5", "G20")
@phone_in_swedish
def test_the_form_says_shortly_what_is_asked(site: Site, manner: Manner) -> None:
    facts.answered_before(site.app, "Onni", ends_in=0)
    only_child = at_home(site, "huoltaja2", manner)
    only_child.heads(CHILD)
    guardian = at_home(site, "huoltaja", manner)
    page = guardian.page
    expect(card(guardian, CHILD)).to_contain_text(guardian.say("Not answered"))
    over = guardian.say("Your consent has ended")
    expect(card(guardian, "Onni Virtanen")).to_contain_text(over)
    guardian.check()
    guardian.link(CHILD).click()
    guardian.heads(CHILD)
    guardian.heads("7B")
    button = guardian.say("Save my answers about %(name)s", name="Elli")
    expect(page.get_by_role("button", name=button)).to_be_visible()
    above = guardian.text("summary").format(validity="")
    for sentence in above.splitlines()[:2]:
        guardian.sees(sentence)
    read = page.locator(".wx-form-text").first.inner_text()
    assert len(read.split()) <= MOST_WORDS
    assert len(read.split()) / len(re.findall(r"[.:!?](?=\s|$)", read)) <= MOST_IN_A_SENTENCE
    guardian.sees(guardian.say("You can also answer on paper. Ask the school for the form."))
    for line in guardian.text("by_law").splitlines():
        expect(page.get_by_text(line, exact=True)).to_be_visible()
    expect(page.locator(".wilma-ext section").locator("input, button, select")).to_have_count(0)
    expect(page.locator(".wilma-ext").get_by_role("checkbox")).to_have_count(0)
    more, text = page.locator("summary").first, page.get_by_text(guardian.text("details"))
    expect(text).to_be_hidden()
    more.click()
    expect(text).to_be_visible()
    guardian.check()


@covers("G6", "G7", "G8", "G10", "G12")
@phone_in_finnish
def test_yes_and_no_are_alike_and_stand_on_the_receipt(site: Site, manner: Manner) -> None:
    guardian = at_home(site, "huoltaja", manner)
    guardian.link(CHILD).click()
    guardian.heads(CHILD)
    page = guardian.page
    for category in ("absences", "grades"):
        yes, no, _each = question(guardian, category).get_by_role("radio").all()
        assert yes.evaluate(SAME_LOOKS) == no.evaluate(SAME_LOOKS)
    assert not [one for one in page.get_by_role("radio").all() if one.is_checked()]
    expect(page.locator(".wilma-ext").get_by_role("textbox")).to_have_count(0)
    each = guardian.say("I choose for each profession")
    question(guardian, "absences").get_by_role("radio", name=each).check()
    pairs = page.locator("fieldset:visible").filter(has=page.locator("[name^=pair-absences]"))
    expect(pairs).to_have_count(4)
    for number, answer in enumerate(("Yes", "Yes", "No", "Yes")):
        pairs.nth(number).get_by_role("radio", name=guardian.say(answer)).check()
    guardian.choose(guardian.text("question:grades"), guardian.say("No"))
    guardian.check()
    saves(guardian)
    is_a_receipt(guardian)
    guardian.link(guardian.say("Back to the consents")).click()
    (event,) = history(guardian)
    for told in ("Answered yes and no", "You"):
        assert guardian.say(told) in event
    assert guardian.say("Version %(number)s of the form", number=1) in event
    guardian.link(guardian.say("Change my answers")).click()
    expect(pairs.nth(2).get_by_role("radio", name=guardian.say("No"))).to_be_checked()
    expect(question(guardian, "grades").get_by_role("radio").nth(1)).to_be_checked()
    page.goto(HOME)
    expect(card(guardian, CHILD)).to_contain_text(guardian.say("You said yes and no"))


def is_a_receipt(guardian: Person) -> None:
    """What, about whom, when, which version, until when, how to change; on paper and as a file."""
    page = guardian.page
    guardian.heads(CHILD)
    guardian.check()
    for heading in ("What you answered", "About this receipt"):
        expect(page.get_by_role("heading", name=guardian.say(heading))).to_be_visible()
    guardian.sees(facts.today_in_words())
    guardian.sees(guardian.say("Yes, until %(day)s", day="\0").split("\0")[0])
    save = guardian.say("Save the receipt as a file (JSON)")
    file = json.loads(guardian.downloads(save))
    guardian.sees(file["number"])
    assert (file["act"], file["form"]["language"]) == ("answer", guardian.language)
    assert {one["value"] for one in file["choices"]} == {"yes", "no"}
    address = page.get_by_text(file["how_to_withdraw"]["url"])
    expect(address).to_be_hidden()
    page.emulate_media(media="print")
    expect(address).to_be_visible()
    expect(guardian.link(save)).to_be_hidden()
    page.emulate_media(media="screen")


@covers("G11", "G12", "G13")
@phone_in_finnish
def test_two_guardians_learn_of_each_other_no_more_than_they_must(
    site: Site, manner: Manner
) -> None:
    facts.policy(site.app, decides="all_guardians")
    acts.answered(site.app)
    guardian = at_home(site, "huoltaja", manner)
    page = guardian.page
    waiting = guardian.say("You said yes, waiting for another")
    expect(card(guardian, CHILD)).to_contain_text(waiting)
    guardian.link(CHILD).click()
    guardian.sees(guardian.say("Every guardian must agree."))
    guardian.sees(guardian.say("Not seen: another has not answered yet"))
    guardian.check()
    acts.answered(site.app, username="huoltaja2")
    acts.enabled_some(site.app, "?search=Virtanen+Elli")
    page.reload()
    guardian.sees(guardian.say("May be seen until %(day)s", day="\0").split("\0")[0])
    who = [guardian.say("Another guardian") in one for one in history(guardian)]
    assert who == [True, False]
    guardian.sees_nothing_of("Mikael", "huoltaja2")
    guardian.press(guardian.say("Withdraw my consent"))
    guardian.heads(guardian.say("Receipt of your withdrawal"))
    since = guardian.say("Since %(time)s these no longer see:", time=f"{facts.today_in_words()}\0")
    guardian.sees(since.split("\0")[0])
    guardian.check()
    guardian.link(guardian.say("Back to the consents")).click()
    assert guardian.say("Consent withdrawn") in history(guardian)[0]


def ours(page: Page) -> str:
    """Return every byte of our part of the page."""
    return page.locator(".wilma-ext").inner_html()


@covers("G14", "G15")
@phone_in_swedish
def test_hidden_reasons_look_alike_and_a_pupil_of_age_decides(site: Site, manner: Manner) -> None:
    facts.guardian_of(site.app, "Aino")
    pages = []
    for custody in (
        {"may_decide": False},
        {"may_decide": True, "restricted_information": True},
    ):
        facts.custody(site.app, "Elli", **custody)
        guardian = at_home(site, "huoltaja", manner)
        guardian.link(CHILD).click()
        guardian.heads(CHILD)
        pages.append(ours(guardian.page))
    assert pages[0] == pages[1]
    page = guardian.page
    guardian.sees(
        guardian.say("You cannot answer here. The school can tell you more. Contact the school.")
    )
    expect(page.locator(".wilma-ext form")).to_have_count(0)
    guardian.sees_nothing_of("7B")
    guardian.check()
    page.goto(HOME)
    expect(card(guardian, "Aino Nieminen")).to_contain_text(guardian.say("The pupil decides"))
    guardian.link("Aino Nieminen").click()
    guardian.sees(guardian.say("%(name)s decides about these consents alone.", name="Aino"))
    before = ours(page)
    pupil = at_home(site, "opiskelija18", manner)
    for category in ("absences", "grades"):
        pupil.choose(pupil.text(f"question:{category}"), pupil.say("Yes"))
    pupil.press(pupil.say("Save my answers"))
    pupil.link(pupil.say("Back to the consents")).click()
    pupil.heads(pupil.say("Your consents"))
    pupil.sees(pupil.say("You decide alone."))
    pupil.check()
    page.reload()
    assert ours(page) == before
    guardian.check()
