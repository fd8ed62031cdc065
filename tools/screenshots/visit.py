"""Who comes to the pages: everybody signs in once, and keeps the browser's profile."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Browser, BrowserContext, Page

from examples.school.language import COOKIE

PHONE, DESK = 320, 1280
HOME = "/wilma-ext/"


@dataclass(frozen=True)
class Visit:
    """Somebody at one page of a browser."""

    page: Page
    #: Where the plugin's first page leads the person.
    home: str
    #: Let somebody come beside, or the same person with a second page.
    beside: Callable[[str], "Visit"]

    def open(self, path: str = "") -> None:
        """Go to an address below the person's own first page."""
        self.page.goto(self.home + path)

    def open_area(self, name: str, path: str = "") -> None:
        """Go to an area of the same office, which is known by the same handle."""
        handle = self.home.rstrip("/").rsplit("/", 1)[1]
        self.page.goto(f"{HOME}{name}/{handle}/{path}")

    def follow(self, links: str, number: int = 0) -> None:
        """Follow a link of ours."""
        self.page.locator(f".wilma-ext {links}").nth(number).click()

    def fill(self, **values: str) -> None:
        """Write into fields by their names."""
        for name, value in values.items():
            self.page.locator(f".wilma-ext [name={name}]").fill(value)

    def choose(self, name: str, value: str = "") -> None:
        """Choose the option, or the first one."""
        wanted = f"[value={value}]" if value else ""
        self.page.locator(f".wilma-ext input[name={name}]{wanted}").first.check()

    def send(self, action: str = "") -> None:
        """Press the first button of the form that changes something, or goes there."""
        wanted = f":is([action$='{action}'], [action*='{action}#'])" if action else ""
        forms = f".wilma-ext form[method=post]:not([role=search]){wanted}"
        self.page.locator(f"{forms} button").first.click()

    def search(self, text: str) -> None:
        """Type into the search of the page and press its button."""
        self.fill(search=text)
        self.page.locator(".wilma-ext form[role=search] button").first.click()


class Visitors:
    """The people of the pictures, each with a profile; one more for who comes without scripts."""

    def __init__(self, browser: Browser, address: str) -> None:
        self._browser, self._address = browser, address
        self._known: dict[tuple[str, bool], tuple[BrowserContext, str]] = {}

    def visit(self, username: str, language: str, width: int, *, script: bool = True) -> Visit:
        """Return the person at a new page, in this language."""
        key = (username, script)
        if key not in self._known:
            self._known[key] = self._sign_in(username, script=script)
        context, home = self._known[key]
        context.add_cookies([{"name": COOKIE, "value": language, "url": self._address}])
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": 800})
        return Visit(page, home, lambda other: self.visit(other, language, width))

    def leave(self) -> None:
        """Close every page; nobody signs out."""
        for context, _ in self._known.values():
            for page in context.pages:
                page.close()

    def _sign_in(self, username: str, *, script: bool) -> tuple[BrowserContext, str]:
        context = self._browser.new_context(
            base_url=self._address,
            locale="fi-FI",
            timezone_id="Europe/Helsinki",
            java_script_enabled=script,
        )
        context.set_default_timeout(20_000)
        page = context.new_page()
        page.goto(HOME)
        page.locator(f"form:has(input[name=username][value={username}]) button").click()
        page.locator(".wilma-ext").first.wait_for()
        home = page.url.split("?")[0]
        page.close()
        return context, home
