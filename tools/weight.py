"""What a page weighs on its way, compressed, all of it: `make weight` prints a table.

A demo database is made in a temporary folder, the example school served from it, and one page of
each kind visited as the person who uses it. More than 100 kB in all, or a script of more than
5 kB, is an error. The host's own sheets count too: whoever opens the page fetches them as well.
"""

import gzip
import re
import sys
import tempfile
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from html import unescape
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPCookieProcessor, build_opener

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map

from examples.school import create_app
from tools.screenshots.school import demo_school

MOST_BYTES, MOST_SCRIPT = 100_000, 5_000
#: Who shows which pages; the first of those who have the same.
PEOPLE = ("huoltaja", "opiskelija16", "sihteeri", "kuraattori", "paakayttaja", "tietosuoja")
HOME = "/wilma-ext/"
#: What a link leads to that is no page.
FILES = (".csv", ".xlsx", ".json")
#: Pages whose form is sent as it stands, with the first of each choice, to reach the next one.
SENT = ("guardian.child", "welfare.pupil", "secretary.pupils")

#: Fetches an address with GET, or with POST where there is something to send, and returns the body.
Fetch = Callable[[str, Mapping[str, str] | None], bytes]


@dataclass(frozen=True)
class Weight:
    """One page and its compressed bytes."""

    page: str
    html: int
    css: int
    js: int

    @property
    def total(self) -> int:
        return self.html + self.css + self.js

    @property
    def is_too_much(self) -> bool:
        return self.total >= MOST_BYTES or self.js >= MOST_SCRIPT


def kind_of(rules: Map, path: str) -> str | None:
    """Return the endpoint behind a path of ours, or None for what is no page."""
    try:
        endpoint, _ = rules.bind("localhost").match(urlsplit(path).path, "GET")
    except HTTPException:
        return None
    ours = str(endpoint).startswith("wilma_ext.") and not path.endswith(FILES)
    return str(endpoint).removeprefix("wilma_ext.") if ours else None


def compressed(body: bytes) -> int:
    return len(gzip.compress(body, 6, mtime=0))


def attribute(tag: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return unescape(found[1]) if found else ""


def form_of(markup: str) -> tuple[str, dict[str, str]] | None:
    """Return where the page's first form that changes something goes, and what it would send."""
    found = re.search(r'<form method="post".*?</form>', markup, re.DOTALL)
    if not found:
        return None
    sent: dict[str, str] = {}
    for tag in re.findall(r"<input\b[^>]*>", found[0]):
        if attribute(tag, "type") in ("hidden", "radio", "checkbox"):
            sent.setdefault(attribute(tag, "name"), attribute(tag, "value"))
    return attribute(found[0], "action"), sent


def pages(rules: Map, fetch: Fetch, start: str = HOME) -> Iterator[tuple[str, bytes]]:
    """Yield one page of each kind that links and a few forms lead to, and its kind."""
    waiting, known = deque([start]), {"language", "static"}
    while waiting:
        path = waiting.popleft()
        if (kind := kind_of(rules, path)) is None or kind in known:
            continue
        known.add(kind)
        body = fetch(path, None)
        yield kind, body
        markup = body.decode()
        ours = markup[markup.index('class="wilma-ext"') :]
        waiting.extend(unescape(link) for link in re.findall(r'href="(/[^"]*)"', ours))
        if kind in SENT and (form := form_of(ours)):
            yield f"{kind}, sent", fetch(*form)


def weigh(kind: str, body: bytes, fetch: Fetch) -> Weight:
    """Weigh a page with every sheet and script it names."""
    markup = body.decode()
    sheets = [attribute(tag, "href") for tag in re.findall(r"<link\b[^>]*stylesheet[^>]*>", markup)]
    scripts = [attribute(tag, "src") for tag in re.findall(r"<script\b[^>]*>", markup)]
    return Weight(
        kind,
        compressed(body),
        sum(compressed(fetch(address, None)) for address in sheets),
        sum(compressed(fetch(address, None)) for address in scripts),
    )


def visitor(address: str, username: str) -> Fetch:
    """Sign somebody in and return how the person fetches."""
    opener = build_opener(HTTPCookieProcessor(CookieJar()))

    def fetch(path: str, sent: Mapping[str, str] | None) -> bytes:
        data = urlencode(sent).encode() if sent is not None else None
        with opener.open(address + path, data) as answer:
            body: bytes = answer.read()
        return body

    token = re.search(r'<input[^>]*name="csrf_token"[^>]*>', fetch("/sign-in", None).decode())
    if token is None:
        raise RuntimeError("the example's sign-in has no token")
    person = {"username": username, "password": "demo"}
    fetch("/sign-in", {**person, "csrf_token": attribute(token[0], "value")})
    return fetch


def weights(rules: Map, fetch: Fetch) -> Iterator[Weight]:
    """Weigh every kind of page that one person comes to."""
    files = cache(lambda path: fetch(path, None))
    for kind, body in pages(rules, fetch):
        yield weigh(kind, body, lambda path, _sent: files(path))


def main() -> int:
    memory = {"SQLALCHEMY_DATABASE_URI": "sqlite://", "SECRET_KEY": "reads addresses only"}
    rules, found = create_app(memory).url_map, dict[str, Weight]()
    with tempfile.TemporaryDirectory() as room, demo_school(Path(room)) as address:
        for username in PEOPLE:
            for weight in weights(rules, visitor(address, username)):
                found.setdefault(weight.page, weight)
    print("| page | html gz | css gz | js gz | total gz |\n|---|---:|---:|---:|---:|")
    for weight in sorted(found.values(), key=lambda one: -one.total):
        row = (weight.page, weight.html, weight.css, weight.js, weight.total)
        print("| " + " | ".join(map(str, row)) + " |")
    return 1 if any(weight.is_too_much for weight in found.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
