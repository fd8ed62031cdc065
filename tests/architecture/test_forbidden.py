"""Words that must not stand in the code or in a template, whatever they are meant to do there."""

import ast
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.architecture.source import PACKAGE, name_of, python_files, templates

CALLS = {"Markup", "render_template_string", "eval", "exec"}
MODULES = {"pickle", "marshal", "shelve"}
UNSAFE_YAML = {"yaml.load", "yaml.full_load", "yaml.unsafe_load", "yaml.load_all"}
OWN_CLOCK = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time"}
TIMELESS_ROOMS = ("rights", "oversight")  # they are told the instant, they never ask for it
JINJA = re.compile(r"\{[{%#].*?[}%#]\}", re.DOTALL)
UNSAFE_FILTER = re.compile(r"\|\s*safe\b|\bautoescape\s+false\b")


def dotted(node: ast.expr) -> str:
    parts = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join(reversed([*parts, node.id] if isinstance(node, ast.Name) else parts))


def forbidden_calls(text: str, *, timeless: bool) -> set[str]:
    calls = (dotted(n.func) for n in ast.walk(ast.parse(text)) if isinstance(n, ast.Call))
    wrong = CALLS | UNSAFE_YAML | (OWN_CLOCK if timeless else set())
    return {c for c in calls for w in wrong if c == w or c.endswith(f".{w}")}


def forbidden_modules(text: str) -> set[str]:
    tree = ast.parse(text)
    names = {alias.name for n in ast.walk(tree) if isinstance(n, ast.Import) for alias in n.names}
    names |= {n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    return {name for name in names if name.split(".")[0] in MODULES}


def is_timeless(path: Path) -> bool:
    return any(path.is_relative_to(PACKAGE / room) for room in TIMELESS_ROOMS)


class Inline(HTMLParser):
    """Collects what a strict Content-Security-Policy would stop, and other machines' files."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(JINJA.sub(" ", text))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "style" or (tag == "script" and "src" not in given):
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            if name == "style" or name.startswith("on"):
                self.found.append(name)
            if name in ("src", "srcset") or (tag == "link" and name == "href"):
                self.found += re.findall(r"^(?:https?:)?//.*", value or "")
            if name in ("href", "action", "formaction") and (value or "").startswith("javascript:"):
                self.found.append(value or "")


def test_code_calls_nothing_forbidden() -> None:
    files = python_files("wilma_ext", "migrations", "examples")
    found = {name_of(p): forbidden_calls(p.read_text(), timeless=is_timeless(p)) for p in files}
    assert {name: calls for name, calls in found.items() if calls} == {}


def test_code_imports_nothing_forbidden() -> None:
    files = python_files("wilma_ext", "migrations", "examples")
    found = {name_of(p): forbidden_modules(p.read_text()) for p in files}
    assert {name: modules for name, modules in found.items() if modules} == {}


def test_templates_hold_nothing_inline() -> None:
    found = {name_of(p): Inline(p.read_text()).found for p in templates()}
    assert {name: inline for name, inline in found.items() if inline} == {}


def test_templates_escape_everything() -> None:
    assert [name_of(p) for p in templates() if UNSAFE_FILTER.search(p.read_text())] == []


@pytest.mark.parametrize(
    "text",
    [
        "Markup('<b>')",
        "markupsafe.Markup('<b>')",
        "flask.render_template_string(x)",
        "yaml.load(x)",
        "datetime.now(UTC)",
        "datetime.datetime.now()",
        "date.today()",
    ],
)
def test_a_forbidden_call_is_noticed(text: str) -> None:
    assert forbidden_calls(text, timeless=True)


def test_a_clock_may_ask_the_time_elsewhere() -> None:
    assert forbidden_calls("datetime.now(UTC)", timeless=False) == set()


@pytest.mark.parametrize(
    "text",
    [
        '<p style="color: red">',
        "<style>p {}</style>",
        "<script>go()</script>",
        '<a href="x" onclick="go()">',
        '<img src="//elsewhere/x.png">',
        '<link rel="stylesheet" href="https://elsewhere/x.css">',
        '<a href="javascript:go()">',
        '<p {% if x %}style="{{ y }}"{% endif %}>',
    ],
)
def test_an_inline_thing_is_noticed(text: str) -> None:
    assert Inline(text).found


@pytest.mark.parametrize(
    "text",
    [
        '<script type="module" src="{{ asset("live.js") }}"></script>',
        '<a href="https://elsewhere/">',
        "<p>{{ '<style>' }}</p>",
    ],
)
def test_an_innocent_thing_is_not(text: str) -> None:
    assert Inline(text).found == []
