"""What a family meets when something changes: an end, a new form, a language, a slow line."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import pytest
from playwright.sync_api import expect

from tests.e2e import acts, facts
from tests.e2e.checklist import covers
from tests.e2e.conftest import Manner, Site, in_manners, phone_in_finnish
from tests.e2e.test_guardian_items import HOME, at_home, card, history, question, saves
from tests.e2e.test_main_job import CHILD, answers
from wilma_ext.blueprints.guardian import routes
from wilma_ext.errors import Unavailable

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
CHANGED = "Lomakkeessa on uusi kohta. Blanketten har en ny punkt."


@covers("G16", "G17")
@phone_in_finnish
def test_an_end_is_told_and_a_new_form_asks_again(site: Site, manner: Manner) -> None:
    facts.answered_before(site.app, "Helmi", ends_in=21)
    facts.answered_before(site.app, "Onni", ends_in=0)
    acts.answered(site.app)
    guardian = at_home(site, "huoltaja", manner)
    page = guardian.page
    ends = guardian.say("Your consent ends on %(day)s", day=facts.today_in_words(20))
    expect(card(guardian, "Helmi Virtanen")).to_contain_text(ends)
    guardian.link("Onni Virtanen").click()
    day = facts.today_in_words(-1)
    guardian.sees(
        guardian.say("Your consent ended on %(day)s. That is why you are asked again.", day=day)
    )
    guardian.sees(guardian.say("Not seen: the consent has ended"))
    guardian.check()
    facts.new_form(site.app, CHANGED, "fi", "sv", "en")
    page.goto(HOME)
    expect(card(guardian, CHILD)).to_contain_text(guardian.say("You are asked again"))
    guardian.link(CHILD).click()
    day = facts.today_in_words()
    guardian.sees(
        guardian.say("The form changed on %(day)s. That is why you are asked again.", day=day)
    )
    guardian.sees(CHANGED)
    guardian.check()
    guardian.link(guardian.say("Answer again")).click()
    guardian.sees(CHANGED)
    expect(page.get_by_role("radio", checked=True)).to_have_count(0)
    answers(guardian)
    guardian.link(guardian.say("Back to the consents")).click()
    versions = [guardian.say("Version %(number)s of the form", number=n) for n in (2, 1)]
    for version, event in zip(versions, history(guardian), strict=True):
        assert version in event


@covers("G18")
@phone_in_finnish
def test_who_has_looked_is_told_without_a_name(site: Site, manner: Manner) -> None:
    facts.policy(site.app, log_extract="self_service")
    acts.answered(site.app)
    acts.enabled_some(site.app, "?search=Virtanen+Elli")
    guardian = at_home(site, "huoltaja", manner)
    guardian.link(CHILD).click()
    guardian.follow(guardian.say(WHO_LOOKED))
    guardian.heads(CHILD)
    guardian.sees(guardian.say("How to ask for an extract of the log"))
    rows = guardian.page.locator("tbody").get_by_role("row")
    expect(rows).to_have_count(0)
    guardian.check()
    acts.looked_up(site.app, "Virtanen Elli")
    guardian.page.reload()
    expect(rows).to_have_count(1)
    for told in (facts.today_in_words(), guardian.say("Absences")):
        expect(rows).to_contain_text(told)
    guardian.sees_nothing_of("Katja", "Salonen")
    guardian.check()


@covers("G19")
@in_manners(Manner("en", 320), Manner("en", 1280, scripting=False))
def test_a_form_that_the_language_lacks_is_shown_in_another(site: Site, manner: Manner) -> None:
    """The notice is in the reader's language; every word of the form says in which it is."""
    facts.new_form(site.app, CHANGED, "fi", "sv")
    guardian = at_home(site, "huoltaja2", manner)
    page, finnish = guardian.page, "[lang=fi]"
    guardian.sees("This form is not available in your language yet.")
    text = facts.form_text(site.app, "fi")
    for part in ("title", "question:absences", "question:grades", "withdrawal", "details"):
        words = page.get_by_text(text[part], exact=True)
        expect(words.and_(page.locator(f"{finnish}, {finnish} *"))).to_have_count(1)
    for line in text["by_law"].splitlines():
        marked = page.locator(finnish).filter(has=page.get_by_text(line, exact=True))
        expect(
            marked.or_(page.locator(finnish).get_by_text(line, exact=True)).first
        ).to_be_visible()
    more = page.get_by_text("More about who gets the data and why")
    expect(more.and_(page.locator(f"{finnish} *"))).to_have_count(0)
    guardian.check()
    for category in ("absences", "grades"):
        guardian.choose(text[f"question:{category}"], "Yes")
    saves(guardian)
    guardian.heads("Receipt of your answer")
    page.get_by_text("The exact text that you answered").click()
    expect(page.locator(finnish).get_by_text(text["title"], exact=True)).to_be_visible()
    guardian.check()


WHO_LOOKED = (
    "See when pupil welfare staff have looked at the data through this service, and for what"
)
#: Pressed by the page itself: while the answer is under way nobody outside is let near.
PRESS_AGAIN = """button => { const press = left => { button.click()
  console.log(JSON.stringify([left, button.textContent, button.ariaDisabled]))
  if (left) setTimeout(press, 50, left - 1) }
  press(2) }"""


@contextmanager
def slow_saving() -> Iterator[threading.Event]:
    """Hold the saving of answers until the event is set."""
    go, whole = threading.Event(), routes.answer

    def slow(*args: Any, **values: Any) -> Any:
        assert go.wait(20)
        return whole(*args, **values)

    with patch.object(routes, "answer", slow):
        yield go
        go.set()


@covers("G21")
@in_manners(Manner("sv", 320), Manner("fi", 1280))
def test_a_slow_line_saves_once_and_says_that_it_saves(site: Site, manner: Manner) -> None:
    guardian = at_home(site, "huoltaja", manner)
    guardian.link(CHILD).click()
    page, sent = guardian.page, list[str]()
    page.on("request", lambda request: sent.append(request.method))
    for category in ("absences", "grades"):
        guardian.choose(guardian.text(f"question:{category}"), guardian.say("Yes"))
    button = page.locator(".wilma-ext form[method=post] button")
    with slow_saving() as go:
        with page.expect_console_message(lambda message: message.text.startswith("[0")) as told:
            button.evaluate(PRESS_AGAIN)
        go.set()
        guardian.heads(guardian.say("Receipt of your answer"))
    assert json.loads(told.value.text) == [0, guardian.say("Saving…"), "true"]
    assert sent.count("POST") == 1
    guardian.link(guardian.say("Back to the consents")).click()
    assert len(history(guardian)) == 1


@covers("G21", "X9")
@phone_in_finnish
def test_what_could_not_be_saved_is_told(site: Site, manner: Manner) -> None:
    guardian = at_home(site, "huoltaja", manner)
    guardian.link(CHILD).click()
    for category in ("absences", "grades"):
        guardian.choose(guardian.text(f"question:{category}"), guardian.say("Yes"))
    with patch.object(routes, "answer", side_effect=Unavailable("the database is away")):
        saves(guardian)
    guardian.heads(guardian.say("The service is busy"))
    guardian.sees(
        guardian.say("This could not be done and recorded just now. Nothing was shown or changed.")
    )
    guardian.check()
    guardian.page.go_back()
    expect(question(guardian, "absences").get_by_role("radio").first).to_be_checked()
    saves(guardian)
    guardian.heads(guardian.say("Receipt of your answer"))
