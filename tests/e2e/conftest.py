"""The example school system in use, served to a browser."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from playwright.sync_api import Page

from tests.e2e.person import Person
from tests.e2e.school import build_school, close, school_app


@dataclass(frozen=True)
class Manner:
    """How somebody comes: in which language, how wide the screen is, with scripts or without."""

    language: str
    width: int
    scripting: bool = True

    def __str__(self) -> str:
        return f"{self.language}-{self.width}{'' if self.scripting else '-no scripts'}"


def in_manners(*manners: Manner) -> pytest.MarkDecorator:
    """Run the test once for each."""
    return pytest.mark.parametrize("manner", manners, ids=str)


#: Either way an item is seen narrow and wide, in Finnish and in Swedish, and once without scripts.
phone_in_swedish = in_manners(Manner("sv", 320), Manner("fi", 1280, scripting=False))
phone_in_finnish = in_manners(Manner("fi", 320, scripting=False), Manner("sv", 1280))


@dataclass(frozen=True)
class Site:
    """One school system of its own, and the people who come to it."""

    address: str
    open_page: Callable[..., Page]
    axe: Callable[[Page], None]
    app: Flask

    def person(
        self, username: str, language: str, *, width: int = 1280, scripting: bool = True
    ) -> Person:
        """Return somebody who has opened the plugin's start page and signed in there."""
        page = self.open_page(self.address, width=width, scripting=scripting)
        person = Person(page, language, self.axe if scripting else None)
        person.sign_in(username)
        return person

    def visitor(self, username: str, manner: Manner) -> Person:
        """Return somebody who comes in this manner."""
        width, scripting = manner.width, manner.scripting
        return self.person(username, manner.language, width=width, scripting=scripting)


@pytest.fixture
def site(
    template_database: Callable[[Callable[[str], None]], str],
    live_server_of: Callable[[Flask], str],
    open_page: Callable[..., Page],
    axe: Callable[[Page], None],
) -> Iterator[Site]:
    app = school_app(template_database(build_school))
    yield Site(live_server_of(app), open_page, axe, app)
    close(app)
