"""The pages of the main user and of the data-protection officer, checked in a browser."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Site

on_one_engine = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


@on_one_engine
@pytest.mark.parametrize(("language", "width"), [("sv", 320), ("fi", 1280)])
def test_the_main_users_pages(site: Site, language: str, width: int) -> None:
    person = site.person("paakayttaja", language, width=width)
    person.check()
    start = person.page.url
    for text in ("Add a member", "Change the matrix", "Earlier versions"):
        person.page.goto(start)
        person.page.get_by_role("link", name=person.say(text), exact=True).first.click()
        expect(person.page.locator("h1")).to_have_count(1)
        person.check()


@on_one_engine
@pytest.mark.parametrize(("language", "width"), [("sv", 320), ("fi", 1280)])
def test_the_officers_pages(site: Site, language: str, width: int) -> None:
    person = site.person("tietosuoja", language, width=width)
    person.check()
    person.page.locator("tbody a").first.click()
    expect(person.page.locator("h1")).to_have_count(1)
    person.check()
