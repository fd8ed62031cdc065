"""A search by name in a browser: no address tells whom, and Back and reload ask nothing (X17)."""

import pytest
from playwright.sync_api import expect

from tests.e2e import acts
from tests.e2e.checklist import covers
from tests.e2e.conftest import Manner, Site, phone_in_swedish
from wilma_ext.blueprints.welfare import view

on_one_engine = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


@covers("X17", "W1")
@on_one_engine
@phone_in_swedish
def test_whom_one_searches_for_stands_in_no_address(
    site: Site, manner: Manner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(view, "PER_PAGE", 1)
    acts.answered(site.app)
    for _ in range(4):
        acts.enabled_some(site.app)
    worker = site.visitor("kuraattori", manner)
    page, asked = worker.page, list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.locator("#search").fill("a")
    worker.press(worker.say("Search"))
    first = page.locator("h3").inner_text()
    worker.press(worker.say("Next page"))
    expect(page.locator("h3")).not_to_have_text(first)
    expect(page.locator("#search")).to_have_value("a")
    worker.check()
    page.locator("h3 a").click()
    expect(page.locator("input[name=purpose]").first).to_be_visible()
    assert asked
    assert not [url for url in asked if "search" in url or "page=" in url]
    if manner.scripting:
        page.go_back()
        expect(page.locator("#search")).to_have_value("")
    else:
        page.goto(page.url.rsplit("/pupils/", 1)[0] + "/")
    expect(page.locator("h3 a")).to_have_count(1)
