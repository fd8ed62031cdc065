"""Takes the pictures."""

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import Error, FloatRect, sync_playwright

from tools.screenshots import __doc__ as purpose
from tools.screenshots.pictures import PICTURES, Picture
from tools.screenshots.route import page_at, url_map
from tools.screenshots.school import demo_school
from tools.screenshots.visit import DESK, PHONE, Visitors

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"]
#: What of a long page is in the picture.
TALLEST = {PHONE: 1800, DESK: 1450}
MOST_BYTES = 250_000


def take(visitors: Visitors, picture: Picture, language: str, file: Path) -> str:
    """Go the way, write the picture and return the address it shows."""
    visit = visitors.visit(picture.username, language, picture.width, script=picture.script)
    picture.way(visit)
    page = visit.page
    if picture.printed:
        page.emulate_media(media="print")
    height = page.locator("html").bounding_box() or {"height": 800}
    shown = min(int(height["height"]), TALLEST[picture.width])
    clip = FloatRect(x=0, y=0, width=picture.width, height=shown)
    page.screenshot(path=file, clip=clip, full_page=True)
    return page.url


def fault_of(picture: Picture, there: str, file: Path) -> str:
    """Say what is wrong with a picture of the page that was there, or nothing."""
    if there != picture.page:
        return f"shows {there} instead of {picture.page}"
    size = file.stat().st_size
    return f"{size // 1000} kB are too much" if size > MOST_BYTES else ""


def asked_for(asked: argparse.Namespace) -> Iterator[tuple[Picture, str, str]]:
    """Yield each picture with its language and the name of its file."""
    for picture in PICTURES:
        if asked.only and picture.name not in asked.only:
            continue
        shown = replace(picture, width=asked.width or picture.width)
        for usual, name in picture.languages:
            yield shown, asked.language or usual, name


def take_all(visitors: Visitors, asked: argparse.Namespace) -> int:
    """Take what is asked for; return how many pictures are wrong."""
    rules, wrong, began = url_map(), 0, time.monotonic()
    wanted = tuple(asked_for(asked))
    for picture, language, name in wanted:
        before = time.monotonic()
        file = asked.folder / f"{name}.png"
        try:
            there = page_at(rules, take(visitors, picture, language, file))
            fault = fault_of(picture, there, file)
        except Error as problem:
            fault = f"not taken: {problem.message.splitlines()[0]}"
        visitors.leave()
        wrong += bool(fault)
        print(f"{name}: {time.monotonic() - before:.1f} s {fault}", flush=True)
    print(f"{len(wanted)} pictures in {time.monotonic() - began:.0f} s, {wrong} of them wrong")
    return wrong


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=purpose)
    parser.add_argument("--language", choices=("fi", "sv", "en"), help="one language for all")
    parser.add_argument("--width", type=int, choices=TALLEST, help="one width for all")
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--only", nargs="+", metavar="NAME", default=[], help="these pictures")
    asked = parser.parse_args()
    if unknown := set(asked.only) - {picture.name for picture in PICTURES}:
        parser.error(f"no such picture: {', '.join(sorted(unknown))}")
    return asked


def main() -> int:
    asked = read_arguments()
    chromium = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if chromium is None:
        print("no Chromium found; Debian, Ubuntu: apt-get install chromium")
        return 1
    asked.folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as room,
        demo_school(Path(room)) as address,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        wrong = take_all(Visitors(browser, address), asked)
        browser.close()
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
