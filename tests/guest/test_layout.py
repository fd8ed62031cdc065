"""Our pages inside a hostile layout, and its own elements beside ours (D1, D12)."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Page

from tests.browser import AXE, AXE_TAGS, assert_fits
from tests.guest.test_guest import exempted
from tests.hosts import hostile
from tests.hosts.plain import db
from tests.web.desk import IDS, Clock, build_desk, host_with
from tests.web.html import Document
from wilma_ext.rights.provider import handles_of
from wilma_ext.state import KEY

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
STYLES = (Path(__file__).parent / "styles.js").read_text()
OURS = "main > .wilma-ext, main > .wilma-ext *"
#: What a host's page is made of; put into the host's own <main>.
ELEMENTS = """
<h1>1</h1><h2>2</h2><h3>3</h3><h4>4</h4><h5>5</h5><h6>6</h6>
<p>Text <a href="/">link</a> <b>b</b> <i>i</i> <em>em</em> <small>small</small> <mark>mark</mark>
<code>code</code> <kbd>kbd</kbd> <sub>1</sub> <sup>2</sup> <abbr title="a">abbr</abbr> <q>q</q></p>
<ul><li>1</li></ul><ol><li>1</li></ol><dl><dt>t</dt><dd>d</dd></dl><hr>
<blockquote>quote</blockquote><pre>pre</pre><figure><figcaption>caption</figcaption></figure>
<table class="table"><caption>c</caption><thead><tr><th scope="col">h</th></tr></thead>
<tbody><tr><td>d</td></tr></tbody></table>
<form><fieldset><legend>l</legend><label for="x">x</label><input id="x" class="form-control">
<input type="checkbox"><input type="radio"><select><option>1</option></select>
<textarea></textarea><button class="btn btn-primary">b</button></fieldset></form>
<details><summary>s</summary>d</details><nav class="navbar">n</nav><section>s</section>
<aside class="alert">a</aside><progress></progress><address>a</address>
"""
#: What makes the looks of our components; fonts are inherited from the host on purpose.
LOOKS = ("color", "background-color", "display", "text-decoration-line", "box-sizing", "float")
EDGES = ("padding-top", "padding-left", "border-top-width", "border-left-width", "border-top-color")


@pytest.fixture
def visited(
    template_database: Callable[[Callable[[str], None]], str],
    live_server_of: Callable[[Flask], str],
) -> Iterator[dict[str, str]]:
    """The hostile host and the plain one on the same data: name -> address of a consent form."""
    address = template_database(build_desk)
    apps = {
        "hostile": hostile.create_host(address, guest=exempted),
        "plain": host_with(address, Clock()),
    }
    with apps["plain"].app_context(), apps["plain"].extensions[KEY].work() as work:
        handle = handles_of(work, IDS.tenant, [IDS.sibling])[IDS.sibling]
    path = f"/wilma-ext/guardian/{handle}/"
    yield {name: live_server_of(app) + path for name, app in apps.items()}
    for app in apps.values():
        with app.app_context():
            app.extensions[KEY].engine.dispose()
            db.session.remove()
            db.engine.dispose()


def opened(open_page: Callable[..., Page], url: str, width: int = 1280) -> Page:
    """Sign the guardian in and open the page."""
    address, path = url[: url.index("/wilma-ext")], url[url.index("/wilma-ext") :]
    page = open_page(address, width=width)
    page.goto(f"/sign-in/{IDS.guardian1}")
    page.goto(path)
    return page


def styles(page: Page, selector: str, names: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    wanted = json.dumps(names or None)
    found: list[dict[str, Any]] = page.evaluate(f"({STYLES})({selector!r}, {wanted})")
    return found


@pytest.mark.parametrize("width", [320, 1280])
def test_our_part_is_clean_in_a_hostile_layout(
    visited: dict[str, str], open_page: Callable[..., Page], width: int
) -> None:
    page = opened(open_page, visited["hostile"], width)
    engine = Axe.from_file(AXE)
    options = {"runOnly": AXE_TAGS, "resultTypes": ["violations"]}
    for _ in ("form", "form with errors"):
        result = engine.run(page, context=".wilma-ext", options=options)
        assert result.violations_count == 0, result.generate_report()
        assert_fits(page)
        assert len(Document(page.content()).all("h1")) == 1
        page.locator(".wilma-ext form button").click()
    assert page.locator("[data-wx-error-summary]").is_visible()


def test_the_hosts_elements_look_as_before(
    visited: dict[str, str], open_page: Callable[..., Page]
) -> None:
    page = opened(open_page, visited["hostile"])
    sheet = page.locator("link[href*='wilma-ext']").get_attribute("href")
    page.goto("/")
    page.evaluate("markup => document.querySelector('main').innerHTML = markup", ELEMENTS)
    before = styles(page, "html, body, body *")
    assert len({element["tag"] for element in before}) > 40
    page.add_style_tag(url=sheet)
    after = styles(page, "html, body, body *")
    changed = [one["tag"] for one, two in zip(before, after, strict=True) if one != two]
    assert changed == []


def test_the_comparison_notices_a_sheet_that_reaches_out(
    visited: dict[str, str], open_page: Callable[..., Page]
) -> None:
    page = opened(open_page, visited["hostile"])
    page.goto("/")
    before = styles(page, "body *")
    page.add_style_tag(content="label, td { letter-spacing: .1px }")
    assert styles(page, "body *") != before


def test_our_components_look_as_they_do_alone(
    visited: dict[str, str], open_page: Callable[..., Page]
) -> None:
    looks = {}
    for name, url in visited.items():
        page = opened(open_page, url)
        found = styles(page, OURS, (*LOOKS, *EDGES))
        looks[name] = [(element["tag"], *element["own"].values()) for element in found]
    assert len(looks["plain"]) > 60
    bent = [pair for pair in zip(looks["plain"], looks["hostile"], strict=True) if len({*pair}) > 1]
    assert bent == []
