"""Which page an address is, so that no picture shows another page than it says."""

from contextlib import suppress
from urllib.parse import urlsplit

from flask import Flask
from werkzeug.exceptions import MethodNotAllowed
from werkzeug.routing import Map

from examples.school import create_app

OURS = "wilma_ext."
#: The page of every address that is none.
MISS = f"{OURS}miss"


def url_map() -> Map:
    """Return the addresses of the example school; nothing is served from it."""
    memory = {"SQLALCHEMY_DATABASE_URI": "sqlite://", "SECRET_KEY": "reads addresses only"}
    app: Flask = create_app(memory)
    return app.url_map


def page_at(rules: Map, address: str) -> str:
    """Return the page of ours at an address; what only a form leads to is a page as well."""
    adapter, path = rules.bind("localhost"), urlsplit(address).path
    found = str(adapter.match(path, "GET")[0])
    if found == MISS:
        with suppress(MethodNotAllowed):
            found = str(adapter.match(path, "POST")[0])
    return found.removeprefix(OURS)
