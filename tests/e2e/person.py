"""Somebody at a browser: signs in, reads the words of the page's language, goes on."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from examples.school.consents import COUNTY
from tests.browser import assert_fits
from tests.web.html import faults
from tests.web.words import say, speech
from wilma_ext.rights.form.default_text import default_form_texts

TEXTS = default_form_texts({"fi": COUNTY.fi, "sv": COUNTY.sv, "en": COUNTY.en})


@dataclass(frozen=True)
class Person:
    """A person with a page of their own."""

    page: Page
    language: str
    #: None where scripts are off: axe is one.
    axe: Callable[[Page], None] | None

    def sign_in(self, username: str, path: str = "/wilma-ext/") -> None:
        """Open a page of the plugin, be sent to the sign-in, and be brought back."""
        self.page.goto(f"/language/{self.language}?next={path}")
        expect(self.page).to_have_url(re.compile("/sign-in"))
        self.page.locator(f"form:has(input[name=username][value={username}]) button").click()
        expect(self.page.locator(".wilma-ext")).to_be_visible()

    def say(self, message: str, **values: object) -> str:
        return say(self.language, message, **values)

    def count(self, one: str, many: str, num: int) -> str:
        """Return the message for a number of something."""
        return speech(self.language).ngettext(one, many, num)

    def text(self, part: str) -> str:
        """Return a part of the consent form."""
        return TEXTS[self.language][part]

    def check(self) -> None:
        """Look at the page as a machine can: markup, width, language and, with scripts, axe."""
        self.page.wait_for_load_state()  # a document just begun has no markup yet
        assert not (found := faults(self.page.content())), found
        root = self.page.locator("div.wilma-ext").first
        assert root.get_attribute("lang") == self.language
        assert_fits(self.page)
        if self.axe:
            self.axe(self.page)

    def goes(self, target: Locator) -> None:
        """Click what leads to another page, and wait until all of it is there."""
        with self.page.expect_navigation():
            target.click()

    def follow(self, text: str) -> None:
        self.page.locator(".wilma-ext").get_by_role("link", name=text).first.click()

    def press(self, text: str) -> None:
        self.page.locator(".wilma-ext").get_by_role("button", name=text).click()

    def runs_to_the_end(self) -> None:
        """Wait for a run's result: without scripts a button goes on with it."""
        result, go_on = (
            self.page.locator(one)
            for one in ("a[href$='result.csv']", "form[action$='/go-on'] button")
        )
        expect(result.or_(go_on)).to_be_visible()
        self.page.wait_for_load_state()
        while self.axe is None and go_on.count():
            self.check()
            self.goes(go_on)
        expect(result).to_be_visible()

    def link(self, text: str) -> Locator:
        """Return the link with exactly this name."""
        return self.page.locator(".wilma-ext").get_by_role("link", name=text, exact=True)

    def heads(self, text: str) -> None:
        """The page's one heading says so."""
        expect(self.page.locator("h1")).to_contain_text(text)

    def downloads(self, text: str) -> bytes:
        """Follow a link to a file, and return what was saved."""
        with self.page.expect_download() as saving:
            self.link(text).click()
        return saving.value.path().read_bytes()

    def sees(self, text: str) -> None:
        expect(self.page.locator(".wilma-ext")).to_contain_text(text)

    def sees_nothing_of(self, *texts: str) -> None:
        content = self.page.content()
        assert not [text for text in texts if text in content]

    def choose(self, group: str, option: str) -> None:
        """Choose an option of a question by its words."""
        question = self.page.get_by_role("group", name=group, exact=True)
        question.get_by_role("radio", name=option, exact=True).check()

    def tab_to(self, target: Locator) -> None:
        """Reach the target by the tabulator alone, its focus in view."""
        for _ in range(80):
            if target.evaluate("element => element === document.activeElement"):
                assert target.evaluate("element => element.matches(':focus-visible')")
                expect(target).to_be_in_viewport()
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the tabulator does not reach {target}")

    def withdraws(self, child: str) -> None:
        """Take the consent back: one's own child, one button."""
        self.page.goto("/wilma-ext/guardian/")
        self.follow(child)
        self.check()
        self.press(self.say("Withdraw my consent"))
        self.sees(self.say("The consent has been withdrawn. It took effect at once."))
        self.check()
