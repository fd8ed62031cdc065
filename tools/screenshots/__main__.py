"""Takes the pictures."""

import argparse
import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, FloatRect, sync_playwright

from tools.screenshots import __doc__ as purpose
from tools.screenshots.pictures import DESK, PHONE, PICTURES, Picture
from tools.screenshots.school import demo_school

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars"]
#: What of a long page is in the picture.
TALLEST = {PHONE: 1800, DESK: 1300}
MOST_BYTES = 200_000


def take(browser: Browser, address: str, picture: Picture, language: str, file: Path) -> None:
    """Sign in, go the way, and write the picture."""
    context = browser.new_context(
        base_url=address,
        viewport={"width": picture.width, "height": 800},
        locale="fi-FI",
        timezone_id="Europe/Helsinki",
        java_script_enabled=picture.script,
    )
    page = context.new_page()
    page.set_default_timeout(10_000)
    page.goto(f"/language/{language}?next=/wilma-ext/")
    page.locator(f"form:has(input[name=username][value={picture.username}]) button").click()
    picture.way(page)
    if picture.printed:
        page.emulate_media(media="print")
    height = page.locator("html").bounding_box() or {"height": 800}
    shown = min(int(height["height"]), TALLEST[picture.width])
    clip = FloatRect(x=0, y=0, width=picture.width, height=shown)
    page.screenshot(path=file, clip=clip, full_page=True)
    context.close()


def take_all(browser: Browser, address: str, asked: argparse.Namespace) -> int:
    """Take what is asked for; return how many pictures are too big."""
    too_big = 0
    for picture in PICTURES:
        if asked.only and picture.name not in asked.only:
            continue
        for usual, name in picture.languages:
            file = asked.folder / f"{name}.png"
            take(browser, address, picture, asked.language or usual, file)
            too_big += file.stat().st_size > MOST_BYTES
            print(f"{file.name}: {file.stat().st_size // 1000} kB")
    return too_big


def main() -> int:
    parser = argparse.ArgumentParser(description=purpose)
    parser.add_argument("--language", choices=("fi", "sv", "en"), help="one language for all")
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--only", action="append", default=[], help="names of pictures")
    asked = parser.parse_args()
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
        too_big = take_all(browser, address, asked)
        browser.close()
    return 1 if too_big else 0


if __name__ == "__main__":
    raise SystemExit(main())
