"""The items of pupil welfare, gone through as one does: search, purpose, data, print, own log."""

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e import acts, facts
from tests.e2e.checklist import covers
from tests.e2e.conftest import Manner, Site, phone_in_finnish, phone_in_swedish
from tests.e2e.person import Person
from tests.e2e.test_main_job import CHILD, DETENTIONS, LISTED, health_marks
from tests.e2e.test_secretary_keys import Keys

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
#: From the first page to the pupil's data, the name not counted.
MOST_PRESSES = 40
#: The mark, or a type whose own name says it.
UNEXPLAINED = re.compile("selvittämät|outredd", re.IGNORECASE)
PERIODS = {"four_weeks": "Four weeks", "school_year": "This school year"}


def region(person: Person, title: str) -> Locator:
    """Return the section of one category."""
    return person.page.get_by_role("region", name=title, exact=True)


def opens(person: Person, *, purpose: str = "Concern about attendance") -> None:
    person.choose(person.say("What do you need the data for?"), person.say(purpose))
    person.press(person.say("Open the pupil's data"))


def searches(person: Person, words: str) -> None:
    person.page.get_by_label(person.say("Name or group")).fill(words)
    person.press(person.say("Search"))


@covers("W1", "W2", "W3", "W4", "W7", "W8", "W9", "W10")
@phone_in_swedish
def test_a_pupil_is_found_opened_printed_and_closed(site: Site, manner: Manner) -> None:
    acts.answered(site.app)
    acts.enabled_some(site.app, "?search=Virtanen+Elli")
    worker = site.visitor("kuraattori", manner)
    finds(worker)
    must_say_why(worker)
    worker.check()
    reads_the_head(worker)
    prints(worker)
    worker.link(worker.say("What I have opened")).click()
    row = worker.page.get_by_role("row").filter(has_text=CHILD)
    expect(row).to_contain_text(worker.say("Concern about attendance"))
    worker.check()
    worker.page.go_back()
    acts.withdrawn(site.app)
    sees_it_end(worker)


def finds(worker: Person) -> None:
    searches(worker, "nobody at all")
    worker.sees(worker.say("No pupil whom you may open has this name or group."))
    worker.link(worker.say("Show all")).click()
    worker.sees(worker.say("Is somebody missing?"))
    channels = worker.page.get_by_role("link", name=re.compile("^Lunna: "))
    expect(channels).to_be_visible()
    worker.check()
    searches(worker, "elli virt")
    worker.follow(LISTED)


def must_say_why(worker: Person) -> None:
    """Nothing is chosen; without a purpose nothing opens."""
    page, radios = worker.page, worker.page.get_by_role("radio")
    worker.heads(CHILD)
    assert not any(one.is_checked() for one in radios.all())
    seen = worker.say("With consent you will see: %(categories)s.", categories="\0").split("\0")[0]
    worker.sees(f"{seen}{worker.say('Absences')}, {worker.say('Grades')}")
    worker.press(worker.say("Open the pupil's data"))
    expect(page.locator("[data-wx-error-summary]")).to_be_visible()
    worker.check()
    opens(worker)


def reads_the_head(worker: Person) -> None:
    """Who it is, why it is seen and until when, whom it covers too; what is not permitted."""
    worker.heads(CHILD)
    worker.heads("7B")
    basis = worker.page.get_by_role("definition").filter(has_text=facts.today_in_words())
    since = worker.say(
        "Guardian's consent since %(since)s, valid until %(until)s",
        since=facts.today_in_words(),
        until="\0",
    )
    expect(basis.first).to_contain_text(since.split("\0")[0])
    worker.sees(worker.say("The consent also covers: %(professions)s", professions=""))
    title = DETENTIONS[worker.language]
    missing = f"{title} {worker.say('Not available to you')}"
    expect(region(worker, title)).to_have_text(missing)
    worker.sees_nothing_of(*health_marks(worker.language))


def prints(worker: Person) -> None:
    """On paper stands who looked and when, and nothing to press."""
    page, nav = worker.page, worker.page.get_by_role("navigation", name=worker.say("Shown period"))
    footer = page.locator("p", has_text="Katja Salonen").filter(has_text=facts.today_in_words())
    expect(footer).to_be_hidden()
    expect(nav).to_be_visible()
    page.emulate_media(media="print")
    expect(footer).to_be_visible()
    expect(nav).to_be_hidden()
    page.emulate_media(media="screen")


def sees_it_end(worker: Person) -> None:
    """The next click and the browser's Back show nothing any more."""
    worker.link(worker.say(PERIODS["four_weeks"])).click()
    for go in (lambda: None, worker.page.go_back):
        go()
        worker.heads(worker.say("Page not found"))
        worker.sees_nothing_of(CHILD, LISTED, "wx-section")
    worker.check()
    worker.link(worker.say("Go to the start page")).click()
    worker.link(worker.say("What I have opened")).click()
    worker.sees(worker.say("A pupil whom you may not open now"))
    worker.sees_nothing_of(CHILD)


def missed(figure: Locator) -> int:
    """Return how many lessons the sentence above a chart tells of."""
    found = re.search(r"\d+", figure.locator("figcaption").inner_text())
    assert found
    return int(found.group())


@covers("W5", "W6")
@phone_in_finnish
def test_charts_and_tables_say_the_same(site: Site, manner: Manner) -> None:
    acts.marked(site.app)
    facts.graded(site.app, "Elli", acts.SUBJECT, "S")
    look_up = acts.enabled_for_elli(site.app)
    worker = site.visitor("kuraattori", manner)
    worker.page.goto(look_up)
    year = lessons_of(worker)
    worker.check()
    link = worker.link(worker.say(PERIODS["four_weeks"]))
    worker.tab_to(link) if manner.scripting else link.focus()
    worker.page.keyboard.press("Enter")
    nav = worker.page.get_by_role("navigation", name=worker.say("Shown period"))
    expect(nav.locator("[aria-current]")).to_have_text(worker.say(PERIODS["four_weeks"]))
    assert 0 < lessons_of(worker) < year
    worker.link(worker.say(PERIODS["school_year"])).click()
    expect(nav.locator("[aria-current]")).to_have_text(worker.say(PERIODS["school_year"]))
    grades_of(worker)


def lessons_of(worker: Person) -> int:
    """The sentence, the drawing and the table tell the same number; types have a letter."""
    section = region(worker, worker.say("Absences"))
    for title in ("Lessons missed by week and weekday", "Lessons missed by week and lesson"):
        name = worker.say(title)
        drawing = section.get_by_role("img", name=name)
        figure = section.locator("figure").filter(has=worker.page.get_by_role("img", name=name))
        table = section.get_by_role("table", name=name, include_hidden=True)
        by_week = table.locator("tbody tr td:last-child").all_text_contents()
        drawn = [int(one) for one in drawing.locator("text").all_text_contents() if one.isdigit()]
        assert missed(figure) == sum(map(int, by_week)) <= sum(drawn)  # the weeks have numbers too
    kinds = section.get_by_role("table", name=worker.say("By type"))
    assert all("(" in kind for kind in kinds.get_by_role("rowheader").all_inner_texts())
    for folded in section.locator("summary").all():  # only what is long is folded away
        folded.click()
    entries = section.get_by_role("table", name=worker.say("Entries, newest first"))
    expect(entries.locator("strong").filter(has_text=UNEXPLAINED).first).to_be_visible()
    return missed(section.locator("figure").first)


def grades_of(worker: Person) -> None:
    """One axis from 4 to 10 whatever the grades; a mark in words is told, and never drawn."""
    section = region(worker, worker.say("Grades"))
    drawing = section.get_by_role("img", name=acts.SUBJECT)
    texts = drawing.locator("text").all_text_contents()
    assert [one for one in texts if one.isdigit()][:4] == ["4", "6", "8", "10"]
    assert drawing.locator("circle").count() == 3
    assert "S" not in texts
    for title in ("Grades by subject and month", "Every grade"):
        table = section.get_by_role("table", name=worker.say(title), include_hidden=True)
        told = " ".join(table.get_by_role("row", include_hidden=True).all_text_contents())
        for grade in ("10", "4", "8½", "S"):
            assert re.search(rf"(?<!\w){grade}(?!\w)", told), (title, grade)


@covers("W1", "W2", "W3", "W4", "W9")
@phone_in_finnish
def test_who_works_in_all_schools_searches_and_states_the_necessity(
    site: Site, manner: Manner
) -> None:
    """What the law opens needs a stated reason; without one it is as if it were not there."""
    law = "consent_and_statutory"
    facts.policy(site.app, school_scope="all", mode=law, necessity_text=True)
    facts.opened_by_law(site.app, "kuraattori", "absences")
    worker = site.visitor("kuraattori", manner)
    cards = worker.page.get_by_role("listitem").get_by_role("link", name=LISTED)
    worker.sees(worker.say("Is somebody missing?"))
    for words, number in (("v", 0), ("vi", 1)):
        searches(worker, words)
        expect(cards).to_have_count(number)
    worker.check()
    worker.follow(LISTED)
    opens(worker, purpose="Work agreed with the pupil")
    told = "State that the data are necessary. Otherwise nothing can be shown to you."
    summary = worker.page.locator("[data-wx-error-summary]")
    expect(summary.get_by_role("link", name=worker.say(told))).to_be_visible()
    worker.check()
    why = "Why are these data necessary for assessing this pupil's need for support?"
    worker.page.get_by_label(worker.say(why)).fill("Huoli jaksamisesta")
    worker.press(worker.say("Open the pupil's data"))
    absent = region(worker, worker.say("Absences"))
    expect(absent).not_to_contain_text(worker.say("Not available to you"))
    worker.sees(worker.say("By law: you stated that the data are necessary."))
    grades = region(worker, worker.say("Grades"))
    expect(grades).to_contain_text(worker.say("Not available to you"))


@covers("X7", "W1", "W2")
@pytest.mark.parametrize(("language", "width"), [("sv", 320), ("fi", 1280)])
def test_a_pupil_is_opened_by_keys_alone(site: Site, language: str, width: int) -> None:
    acts.answered(site.app)
    acts.enabled_some(site.app, "?search=Virtanen+Elli")
    worker = site.person("kuraattori", language, width=width)
    keys = Keys(worker.page)
    keys.skip_to_main()
    keys.tab_to("input[name=search]")
    worker.page.keyboard.type(LISTED)
    keys.press("Enter")
    expect(worker.page.get_by_role("heading", level=3)).to_have_count(1)
    keys.skip_to_main()
    keys.tab_to(f".wilma-ext a:has-text('{LISTED}')")
    keys.press("Enter")
    worker.heads(CHILD)
    keys.skip_to_main()
    keys.tab_to("input[name=purpose]")
    keys.press("Space")
    keys.tab_to(".wilma-ext form[method=post] button")
    keys.press("Enter")
    expect(region(worker, worker.say("Absences"))).to_be_visible()
    assert keys.pressed <= MOST_PRESSES, keys.pressed
