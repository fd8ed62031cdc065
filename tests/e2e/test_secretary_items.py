"""The school secretary's items, gone through as one does: list, selection, one pupil, lists."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e import acts, facts
from tests.e2e.checklist import covers
from tests.e2e.conftest import Manner, Site, phone_in_finnish, phone_in_swedish
from tests.e2e.person import Person
from wilma_ext.blueprints.label import in_sentence

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
LISTED, GROUP = "Virtanen Elli", "7B"
ROWS = "tbody tr"


def at_the_desk(site: Site, manner: Manner, query: str = "") -> Person:
    person = site.visitor("sihteeri", manner)
    if query:
        person.page.goto(person.page.url.split("?")[0] + query)
    return person


def tile(person: Person, label: str) -> Locator:
    name = re.compile(rf"^\d+ {re.escape(person.say(label))}$")
    return person.page.get_by_role("link", name=name)


def number_in(text: str) -> int:
    found = re.search(r"\d+", text)
    assert found, text
    return int(found.group())


def pupils(person: Person, number: int) -> str:
    return person.count("%(num)s pupil", "%(num)s pupils", number)


def boxes(person: Person) -> Locator:
    return person.page.locator("tbody").get_by_role("checkbox")


def box_of(person: Person, name: str) -> Locator:
    return person.page.get_by_role("checkbox", name=name)


def told(person: Person) -> Locator:
    """Return where it says how many are selected."""
    return person.page.get_by_role("status").filter(has_text=person.say("Selected pupils:"))


def selects(person: Person, label: str, option: str) -> None:
    person.page.get_by_label(person.say(label), exact=True).select_option(label=option)


@covers("S1", "S2", "S3")
@phone_in_swedish
def test_figures_and_filters_tell_the_same_numbers(site: Site, manner: Manner) -> None:
    """The figures are filters, a filter is an address, and who cannot be selected has no box."""
    facts.answered_before(site.app, "Onni", ends_in=0, enabled=True)
    person = at_the_desk(site, manner)
    page, waiting = person.page, number_in(tile(person, "Waiting to be enabled").inner_text())
    assert number_in(tile(person, "Enabled but no consent").inner_text()) == 1
    for label in ("Enabled", "No answer", "Refused", "Withdrawn", "Enabled but no consent"):
        number = number_in(tile(person, label).inner_text())
        tile(person, label).click()
        expect(tile(person, label)).to_have_attribute("aria-current", "true")
        title = f"{person.say(label)}: {pupils(person, number)}"
        expect(page.get_by_role("heading", level=2, name=title)).to_be_visible()
        expect(page.locator(ROWS)).to_have_count(number)
    person.check()
    selects(person, "State", person.say("All"))
    person.press(person.say("Show"))
    expect(boxes(person)).to_have_count(waiting)
    page.wait_for_load_state()
    nothing = page.locator(ROWS).filter(has_text=person.say("Nothing to enable"))
    expect(nothing).to_have_count(page.locator(ROWS).count() - waiting)
    selects(person, "Class", GROUP)
    person.press(person.say("Show"))
    assert parse_qs(urlsplit(page.url).query)["group"] == [GROUP]
    expect(page.locator(ROWS)).to_have_count(4)
    person.page.get_by_text(person.say("More filters")).click()
    page.get_by_label(person.say("Answered from")).fill("soon")
    person.press(person.say("Show"))
    expect(page.locator("[data-wx-error-summary]")).to_be_visible()
    person.check()
    person.link(person.say("Clear the filters")).click()
    expect(boxes(person)).to_have_count(waiting)


@covers("S12", "S13")
@phone_in_finnish
def test_the_order_and_the_length_of_the_list(site: Site, manner: Manner) -> None:
    """25, 50 or 100 on a page; heads that sort and say so; Z comes before Å, and Ö is last."""
    facts.renamed(site.app, "Onni", "Öhman Åke", "Zetterberg Ö", "Åberg Zoe")
    person = at_the_desk(site, manner, "?state=&size=25")
    page, names = person.page, "tbody tr td:nth-child(2)"
    everyone = number_in(page.locator("div[role=status] h2").inner_text().split(":")[1])
    assert everyone > 25
    expect(page.locator(ROWS)).to_have_count(25)
    pages = page.get_by_role("navigation", name=person.say("Pages"))
    last = pages.get_by_role("link", name=person.say("Page %(number)s", number=2), exact=True)
    person.tab_to(last) if manner.scripting else last.focus()
    page.keyboard.press("Enter")
    expect(page.locator(ROWS)).to_have_count(everyone - 25)
    order = [text.split()[0] for text in page.locator(names).all_inner_texts()]
    assert order[-3:] == ["Zetterberg", "Åberg", "Öhman"]
    for size in ("50", "100"):
        person.link(size).click()
        expect(page.locator(ROWS)).to_have_count(everyone)
    for column, way in (("Class", "ascending"), ("Class", "descending"), ("Answered", "ascending")):
        head = page.get_by_role("columnheader", name=person.say(column))
        head.get_by_role("link").click()
        expect(head).to_have_attribute("aria-sort", way)
        groups = page.locator("tbody tr td:nth-child(3)").all_inner_texts()
        first = {"ascending": "2A", "descending": "L3"}[way]
        assert column != "Class" or groups[0] == first
    person.check()


@covers("S3", "S4", "S5", "S6")
@phone_in_finnish
def test_a_selection_is_looked_through_and_looked_at_again(site: Site, manner: Manner) -> None:
    """Who no longer consents is left out of the look, and skipped by the run."""
    acts.answered(site.app)
    person = at_the_desk(site, manner, "?state=&size=25")
    page = person.page
    person.press(person.say("Look through the selection"))
    person.sees(person.say("Select at least one pupil."))
    page.go_back()
    expect(boxes(person).first).to_be_attached()
    page.wait_for_load_state()
    here = boxes(person).count()
    one, many = "Select the %(num)s pupil on this page", "Select the %(num)s pupils on this page"
    person.link(person.count(one, many, here)).click()
    expect(told(person)).to_have_text(re.compile(rf"\D{here}$"))
    page.get_by_text(re.compile(person.say("Clear the selection"))).click()
    expect(told(person)).to_have_text(re.compile(r"\D0$"))
    page.goto(page.url.split("?")[0])
    box_of(person, LISTED).check()
    boxes(person).nth(0).check()
    acts.withdrawn(site.app)
    person.press(person.say("Look through the selection"))
    one = "The welfare group will be enabled for %(num)s pupil."
    person.sees(person.count(one, one.replace("pupil.", "pupils."), 1))
    left = page.get_by_role("definition").filter(has_text=LISTED)
    expect(left).to_have_text(f"{LISTED}, {GROUP}")
    person.sees(f"{person.say('Withdrawn')}: 1")
    for heading in ("Classes", "What opens, and to whom", "Pupils", "Left out"):
        expect(page.get_by_role("heading", name=person.say(heading), exact=True)).to_be_visible()
    person.check()
    person.link(person.say("Cancel")).click()
    acts.answered(site.app, username="huoltaja2")
    number = all_are_looked_through(person)
    acts.withdrawn(site.app, "huoltaja2")
    runs(person, number)
    row = page.locator(ROWS).filter(has_text=LISTED)
    expect(row).to_contain_text(person.say("the consent has been withdrawn"))
    person.check()


def all_are_looked_through(person: Person) -> int:
    """Select everybody who matches; return how many that is."""
    page = person.page
    page.goto(page.url.split("/runs")[0].split("?")[0].removesuffix("/") + "/?select=all")
    number = number_in(told(person).inner_text())
    person.press(person.say("Look through the selection"))
    person.heads(person.say("Look through before enabling"))
    return number


def runs(person: Person, number: int) -> None:
    """Start the run and wait for its result; without scripts by its button."""
    person.press(person.count("Enable %(num)s pupil", "Enable %(num)s pupils", number))
    person.runs_to_the_end()


@covers("S14", "S17", "S18")
@phone_in_swedish
def test_one_pupil_is_enabled_disabled_and_closed_by_a_withdrawal(
    site: Site, manner: Manner
) -> None:
    facts.renamed(site.app, "Elli", LISTED)
    acts.answered(site.app)
    person = at_the_desk(site, manner, f"?search={LISTED}")
    page, alert = person.page, person.page.get_by_role("alert")
    person.follow(LISTED)
    person.heads(GROUP)
    person.heads(person.say("born %(day)s", day="17.4."))
    person.sees(
        person.say("Another pupil has the same name. Check the class and the date of birth.")
    )
    person.press(person.say("Enable the welfare group for %(name)s", name="Elli Virtanen"))
    expect(alert).to_contain_text(person.say("The welfare group has been enabled."))
    person.sees(
        person.say("Since %(time)s, enabled by %(name)s", time="\0", name="Sari").split("\0")[1]
    )
    person.check()
    page.reload()
    expect(alert).to_have_count(0)
    person.link(person.say("Disable the welfare group")).click()
    person.press(person.say("Disable the welfare group"))
    expect(page.locator("[data-wx-error-summary]").get_by_role("link")).to_have_count(1)
    person.check()
    person.choose(person.say("Why is it disabled?"), person.say("It was enabled by mistake"))
    person.press(person.say("Disable the welfare group"))
    person.sees(in_sentence(person.say("Disabled: enabled by mistake")))
    person.press(person.say("Enable the welfare group for %(name)s", name="Elli Virtanen"))
    acts.withdrawn(site.app)
    person.link(person.say("Pupils")).click()
    assert number_in(tile(person, "Enabled but no consent").inner_text()) == 0
    tile(person, "Withdrawn").click()
    expect(boxes(person)).to_have_count(0)
    person.follow(LISTED)
    person.sees(in_sentence(person.say("The consent was withdrawn")))
    person.check()


@covers("S15", "G20")
@phone_in_finnish
def test_a_paper_is_looked_at_twice_and_marked_as_one(site: Site, manner: Manner) -> None:
    person = at_the_desk(site, manner, f"?state=&search={LISTED}")
    page = person.page
    person.follow(LISTED)
    person.link(person.say("Record a paper answer")).click()
    person.press(person.say("Look at it once more"))
    errors = page.locator("[data-wx-error-summary]").get_by_role("link")
    expect(errors).to_have_count(7)
    person.check()
    guardian = f"Anna Virtanen, {person.say('Guardian').lower()}"
    person.choose(person.say("Who has signed"), guardian)
    page.get_by_label(person.say("Day on the paper")).fill("1.1.2020")
    page.get_by_label(person.say("Reference of the paper")).fill("KRA 2026/7")
    selects(person, "Language of the paper", "Svenska")
    person.choose(person.say("What the paper says"), person.say("Answers the questions"))
    for category in ("absences", "grades"):
        person.choose(person.text(f"question:{category}"), person.say("Yes"))
    person.press(person.say("Look at it once more"))
    expect(errors).to_have_count(1)  # signed before the form was made
    page.get_by_label(person.say("Day on the paper")).fill(facts.today_in_words())
    person.press(person.say("Look at it once more"))
    for said in (guardian, "KRA 2026/7", "Svenska", GROUP):
        person.sees(said)
    person.check()
    person.press(person.say("Change"))
    expect(page.get_by_label(person.say("Reference of the paper"))).to_have_value("KRA 2026/7")
    person.press(person.say("Look at it once more"))
    person.press(person.say("Save what the paper says about %(name)s", name="Elli Virtanen"))
    expect(page.get_by_role("alert")).to_contain_text(
        person.say("What the paper says has been recorded.")
    )
    person.sees(person.say("Entered from paper by %(name)s", name="Sari Laine"))
    person.sees(person.say("Document: %(reference)s", reference="KRA 2026/7"))
    guardian = site.visitor("huoltaja", manner)
    guardian.page.goto("/wilma-ext/guardian/")
    guardian.follow("Elli Virtanen")
    guardian.sees(guardian.say("Entered by the school from paper"))


@covers("S16", "S20")
@phone_in_swedish
def test_who_has_not_answered_and_who_leaves(site: Site, manner: Manner) -> None:
    """The list to remind is a file with names alone; leavers are looked at, then closed."""
    person = at_the_desk(site, manner)
    page = person.page
    person.link(person.say("Not answered")).click()
    selects(person, "Class", GROUP)
    person.press(person.say("Show"))
    rows = page.locator(ROWS)
    expect(rows.filter(has_text="Virtanen Elli")).to_contain_text("Anna Virtanen")
    person.check()
    lines = (
        person.downloads(person.say("Download the list (CSV)")).decode("utf-8-sig").split("\r\n")
    )
    assert len(lines) == rows.count() + 2  # a head, and the end of the last line
    assert lines[0].split(";")[0] == person.say("Pupil")
    assert all(line.count(";") == 3 for line in lines[:-1])
    person.link(person.say("End of term")).click()
    person.sees(person.say("There is nobody to close."))
    acts.enabled_for_elli(site.app)
    facts.left_school(site.app, "Virtanen", "Elli")
    page.reload()
    expect(rows).to_contain_text(person.say("has left the school"))
    person.check()
    one, many = (f"Disable the welfare group for %(num)s {word}" for word in ("pupil", "pupils"))
    person.press(person.count(one, many, 1))
    go_on = page.get_by_role("button", name=person.say("Go on"), exact=True)
    if not manner.scripting:
        go_on.click()
    person.heads(f"{person.say('Disable the welfare group')}: {pupils(person, 1)}")
    expect(person.link(person.say("Download the result (XLSX)"))).to_be_visible()
