"""The machine's own Chromium, against an app served by a thread of the test's process."""

import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, WebError
from werkzeug.serving import WSGIRequestHandler, make_server

HOW_TO_GET_ONE = (
    "no Chromium found. Debian, Ubuntu: apt-get install chromium. "
    "Elsewhere install Chromium or Chrome and name it: WILMA_EXT_TEST_CHROMIUM=/path/to/chromium"
)
NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--no-sandbox",
]
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CSP = re.compile(r"Content[ -]Security[ -]Policy", re.IGNORECASE)


def find_chromium() -> str | None:
    """Return the path of Chromium, or None."""
    named = os.environ.get("WILMA_EXT_TEST_CHROMIUM")
    return named or next(filter(None, map(shutil.which, NAMES)), None)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    chromium = find_chromium()
    if chromium is None:
        pytest.skip(HOW_TO_GET_ONE)
    return {**browser_type_launch_args, "executable_path": chromium, "args": FLAGS}


class Silent(WSGIRequestHandler):
    """Serve without a line for every request."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        pass


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """Serve the app on a free port of the loopback; for fixtures wider than one test."""
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Silent)
    thread = threading.Thread(target=server.serve_forever, name="live server", daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def live_server_of() -> Iterator[Callable[[Flask], str]]:
    """Give `live_server_of(app)`: serves the app until the test ends, returns its address."""
    with ExitStack() as servers:
        yield lambda app: servers.enter_context(serving(app))


@dataclass
class Console:
    """What the browser complained of: CSP messages and uncaught script errors."""

    problems: list[str] = field(default_factory=list)

    def watch(self, context: BrowserContext) -> None:
        context.on("console", self.hear)
        context.on("weberror", self.catch)

    def hear(self, message: ConsoleMessage) -> None:
        if CSP.search(message.text):
            self.problems.append(message.text)

    def catch(self, problem: WebError) -> None:
        self.problems.append(str(problem.error))


@pytest.fixture
def console() -> Console:
    """Give the ear on every page; a test that provokes a problem takes it off the list."""
    return Console()


@pytest.fixture
def new_context(
    new_context: Callable[..., BrowserContext], console: Console
) -> Iterator[Callable[..., BrowserContext]]:
    """Listen to every context, the one of `page` too; the test fails on what was heard."""
    opened = []

    def listened(**options: Any) -> BrowserContext:
        context = new_context(**options)
        console.watch(context)
        opened.append(context)
        return context

    yield listened
    for page in (page for context in opened for page in context.pages):
        page.wait_for_timeout(1)  # lets messages under way arrive
    assert not console.problems, "the browser complained"


@pytest.fixture
def open_page(new_context: Callable[..., BrowserContext]) -> Callable[..., Page]:
    """Give `open_page(address, width=1280, scripting=True, language="fi-FI")`: a person of its own.

    Each call is a new browser profile, so one test can hold a guardian and a secretary apart.
    """

    def opened(
        address: str, *, width: int = 1280, scripting: bool = True, language: str = "fi-FI"
    ) -> Page:
        context = new_context(
            base_url=address,
            viewport={"width": width, "height": 800},
            java_script_enabled=scripting,
            locale=language,
            timezone_id="Europe/Helsinki",
        )
        context.set_default_timeout(45_000)
        page = context.new_page()
        page.goto("/")
        return page

    return opened


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], None]:
    """Give `axe(page)`: fails with the report where the page breaks a WCAG 2.2 AA rule.

    It is a script itself: a page opened with `scripting=False` is checked by a twin that has it.
    """
    engine = Axe.from_file(AXE)

    def check(page: Page) -> None:
        assert not page.evaluate("matchMedia('(scripting: none)').matches"), (
            "axe would wait for ever"
        )
        result = engine.run(page, options={"runOnly": AXE_TAGS, "resultTypes": ["violations"]})
        assert result.violations_count == 0, result.generate_report()

    return check


def assert_fits(page: Page) -> None:
    """Fail where the page scrolls sideways."""
    wide, seen = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    )
    assert wide <= seen, f"{wide} px of page on a screen of {seen} px"
