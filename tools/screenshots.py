"""Pictures of every main page, for the documents: `make screenshots [IN=sv]`.

A demo database is made in a temporary folder, the example school served from it, and each page
visited as the person who uses it. A picture of more than 150 kB is an error.
"""

import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "screenshots"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"]
FLASK = (sys.executable, "-m", "flask", "--app", "examples.school")
#: What `make run` does, in short.
PREPARE = (
    ("db", "upgrade", "-d", "examples/school/migrations"),
    ("wilma-ext", "db", "upgrade"),
    ("school", "seed", "--data", "demo"),
)
RUN = (sys.executable, "-m", "gunicorn", "--threads", "8", "--log-level", "warning")
PHONE, DESK = 320, 1280
#: What of a long page is in the picture.
TALLEST = {PHONE: 1800, DESK: 1300}
MOST_BYTES = 150_000


@dataclass(frozen=True)
class Picture:
    """One page: whose, in which language where none is asked for, how wide, and the way there."""

    name: str
    username: str
    language: str
    width: int
    way: Callable[[Page], None]


def child_form(page: Page) -> None:
    page.goto("/wilma-ext/guardian/")
    page.get_by_role("link", name="Elli Virtanen").click()


def children(page: Page) -> None:
    page.goto("/wilma-ext/guardian/")


def receipt(page: Page) -> None:
    child_form(page)
    if page.locator("input[name=question-absences]").count() == 0:
        page.goto(f"{page.url}answer")
    for category in ("absences", "grades"):
        page.locator(f"input[name=question-{category}][value=yes]").check()
    page.locator(".wilma-ext form button").click()


def child(page: Page) -> None:
    receipt(page)
    page.goto(page.url.split("receipts/")[0])


def error(page: Page) -> None:
    child_form(page)
    page.locator(".wilma-ext form button").click()


def start(page: Page) -> None:
    page.goto("/wilma-ext/")


def secretary_pupil(page: Page) -> None:
    start(page)
    page.locator("td a").first.click()


def purpose(page: Page, number: int = 0) -> None:
    start(page)
    page.locator(".wilma-ext h3 a").nth(number).click()


def look_up(page: Page) -> None:
    """Open one pupil after another, until one has absences and grades to draw."""
    for number in range(20):
        purpose(page, number)
        page.locator("input[name=purpose]").first.check()
        page.locator(".wilma-ext form button").click()
        if page.locator("section:has(#absences-title) svg").count():
            return


def matrix(page: Page) -> None:
    start(page)
    page.locator("a[href$='/matrix']").first.click()


def event(page: Page) -> None:
    start(page)
    page.locator("a[href*='/events/']").nth(2).click()


PICTURES = (
    Picture("guardian-children", "huoltaja", "fi", PHONE, children),
    Picture("guardian-answer", "huoltaja", "fi", PHONE, child_form),
    Picture("guardian-error", "huoltaja", "fi", PHONE, error),
    Picture("guardian-receipt", "huoltaja", "fi", PHONE, receipt),
    Picture("guardian-child-sv", "huoltaja", "sv", PHONE, child),
    Picture("secretary-pupils", "sihteeri", "fi", DESK, start),
    Picture("secretary-pupil", "sihteeri", "fi", DESK, secretary_pupil),
    Picture("welfare-pupils", "kuraattori", "fi", DESK, start),
    Picture("welfare-purpose", "kuraattori", "fi", DESK, purpose),
    Picture("welfare-look-up", "kuraattori", "fi", DESK, look_up),
    Picture("groups", "paakayttaja", "fi", DESK, start),
    Picture("matrix", "paakayttaja", "fi", DESK, matrix),
    Picture("oversight", "tietosuoja", "fi", DESK, start),
    Picture("oversight-event", "tietosuoja", "fi", DESK, event),
)


@contextmanager
def demo_school(folder: Path) -> Iterator[str]:
    """Serve the example school with its demo data, all of it in the folder."""
    environment = {
        **os.environ,
        "SCHOOL_DATABASE_URL": f"sqlite:///{folder / 'school.sqlite'}",
        "SCHOOL_SECRET_KEY": "for pictures only",
    }
    for words in PREPARE:
        subprocess.run([*FLASK, *words], env=environment, check=True, capture_output=True)
    port = free_port()
    server = [*RUN, "--bind", f"127.0.0.1:{port}", "examples.school:create_app()"]
    process = subprocess.Popen(server, env=environment)
    try:
        wait_for(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=30)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int) -> None:
    """Wait until somebody answers on the port."""
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the example school does not answer")


def take(browser: Browser, address: str, picture: Picture, language: str, file: Path) -> None:
    """Sign in, go the way, and write the picture."""
    context = browser.new_context(
        base_url=address,
        viewport={"width": picture.width, "height": 800},
        locale="fi-FI",
        timezone_id="Europe/Helsinki",
    )
    page = context.new_page()
    page.goto(f"/language/{language}?next=/wilma-ext/")
    page.locator(f"form:has(input[name=username][value={picture.username}]) button").click()
    picture.way(page)
    page.evaluate("window.scrollTo(0, 0)")
    height = page.evaluate("document.documentElement.scrollHeight")
    shown = min(height, TALLEST[picture.width])
    clip = {"x": 0, "y": 0, "width": picture.width, "height": shown}
    page.screenshot(path=file, clip=clip, full_page=True)  # type: ignore[arg-type]
    context.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--language", choices=("fi", "sv", "en"), help="one language for all")
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--only", action="append", default=[], help="names of pictures")
    asked = parser.parse_args()
    chromium = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if chromium is None:
        print("no Chromium found; Debian, Ubuntu: apt-get install chromium")
        return 1
    asked.folder.mkdir(parents=True, exist_ok=True)
    too_big = 0
    with tempfile.TemporaryDirectory() as room, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        with demo_school(Path(room)) as address:
            for picture in PICTURES:
                if asked.only and picture.name not in asked.only:
                    continue
                file = asked.folder / f"{picture.name}.png"
                take(browser, address, picture, asked.language or picture.language, file)
                too_big += file.stat().st_size > MOST_BYTES
                print(f"{file.name}: {file.stat().st_size // 1000} kB")
        browser.close()
    return 1 if too_big else 0


if __name__ == "__main__":
    raise SystemExit(main())
