"""What a browser would send from a page, and a page without its own address."""

from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote

from flask.testing import FlaskClient
from werkzeug.test import TestResponse


class _Hidden(HTMLParser):
    """Collects the values of hidden fields and selects."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        name, value = given.get("name") or "", given.get("value") or ""
        if tag == "input" and given.get("type") == "hidden":
            self.values[name] = value
        elif tag == "select":
            self.select = name
        elif tag == "option" and "selected" in given:
            self.values[self.select] = value


def sent_with(page: TestResponse, /, **chosen: Any) -> dict[str, Any]:
    """Return what a browser would send from the page, with the choices made."""
    parser = _Hidden()
    parser.feed(page.text)
    return {**parser.values, **chosen}


def searched(client: FlaskClient, url: str, text: str, **more: str) -> TestResponse:
    """Return the answer to a search typed into the page."""
    return client.post(url, data=sent_with(client.get(url), search=text, find="1", **more))


def without_path(page: TestResponse) -> str:
    """Return the page without its own address, which the language links repeat."""
    return page.text.replace(quote(page.request.full_path.rstrip("?"), safe="/"), "PATH")
