"""Through a role's pages as one finds them: from the first page on, one page of each kind."""

from collections import deque
from collections.abc import Iterator

from flask import Flask
from playwright.sync_api import Page

from tools.weight import kind_of

LINKS = "nodes => nodes.map(node => node.getAttribute('href'))"


def pages(app: Flask, page: Page, *starts: str) -> Iterator[str]:
    """Open one page of each kind that links lead to, and yield its kind."""
    waiting, known = deque(starts), {"language", "static"}
    while waiting:
        path = waiting.popleft()
        kind = kind_of(app.url_map, path)
        if kind is None or kind in known:
            continue
        known.add(kind)
        page.goto(path)
        yield kind
        waiting.extend(page.locator(".wilma-ext a[href^='/']").evaluate_all(LINKS))
