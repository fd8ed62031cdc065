"""The fixtures themselves: databases start empty, templates are copied, guards hold."""

import smtplib
import socket
from collections.abc import Callable

import pytest
from flask import Flask, has_request_context
from playwright.sync_api import Page
from sqlalchemy import Connection, NullPool, create_engine, inspect, text

from tests.browser import Console, assert_fits
from tests.guards import is_local

POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; base-uri 'none'"
CLEAN = """<!doctype html><html lang="fi"><title>Koulu</title>
<main><h1>Koulu</h1><label>Nimi <input name="name"></label></main></html>"""
INLINE = CLEAN.replace("<main>", '<main><p style="color: red">x</p>')
UNLABELLED = CLEAN.replace("<label>Nimi ", "").replace("</label>", "")
WIDE = CLEAN.replace("<main>", "<main><pre>" + "x" * 400 + "</pre>")

built: list[str] = []


def connected(address: str) -> Connection:
    return create_engine(address, poolclass=NullPool).connect()


def one_table(address: str) -> None:
    built.append(address)
    with connected(address) as connection:
        connection.execute(text("CREATE TABLE pupil (name text)"))
        connection.execute(text("INSERT INTO pupil VALUES ('Äiti')"))
        connection.commit()


@pytest.mark.parametrize("turn", [1, 2])
def test_a_database_starts_empty(database_url: str, turn: int) -> None:
    with connected(database_url) as connection:
        assert inspect(connection).get_table_names() == []
    one_table(database_url)


@pytest.mark.parametrize("turn", [1, 2])
def test_a_template_is_built_once_and_copied(
    template_database: Callable[..., str], turn: int
) -> None:
    copies = [template_database(one_table), template_database(one_table)]
    assert len(set(copies)) == len(copies)
    assert not set(copies) & set(built)
    with connected(copies[0]) as first, connected(copies[1]) as second:
        first.execute(text("DELETE FROM pupil"))
        first.commit()
        assert second.execute(text("SELECT lower(name) FROM pupil")).scalar() in ("äiti", "Äiti")
    assert len([a for a in built if "template" in a]) <= 1


def test_a_local_builder_is_refused(template_database: Callable[..., str]) -> None:
    def local(address: str) -> None:
        pass

    with pytest.raises(ValueError, match="module"):
        template_database(local)


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("2001:db8::1", 80)])
def test_another_machine_is_out_of_reach(address: tuple[str, int]) -> None:
    family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
    with socket.socket(family) as connection, pytest.raises(pytest.fail.Exception):
        connection.connect(address)


def test_names_of_other_machines_are_not_asked_for() -> None:
    with pytest.raises(pytest.fail.Exception):
        socket.getaddrinfo("school.example", 443)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_the_loopback_is_local(host: str) -> None:
    assert is_local(host)


def test_no_mail_leaves() -> None:
    with pytest.raises(pytest.fail.Exception):
        smtplib.SMTP("127.0.0.1", 25)


def test_no_request_context_unless_asked_for(live_server_of: object) -> None:
    assert not has_request_context()


@pytest.fixture
def school() -> Flask:
    app = Flask("school", static_folder=None)
    pages = {"": CLEAN, "inline": INLINE, "unlabelled": UNLABELLED, "wide": WIDE}

    @app.get("/", defaults={"page": ""})
    @app.get("/<page>")
    def show(page: str) -> tuple[str, int, dict[str, str]]:
        return pages.get(page, ""), 200, {"Content-Security-Policy": POLICY}

    return app


@pytest.mark.parametrize("scripting", [True, False])
def test_a_person_reads_a_page(
    school: Flask,
    live_server_of: Callable[..., str],
    open_page: Callable[..., Page],
    scripting: bool,
) -> None:
    page = open_page(live_server_of(school), width=320, scripting=scripting)
    assert page.get_by_role("heading").inner_text() == "Koulu"
    assert_fits(page)


def test_a_clean_page_passes_axe(
    school: Flask, live_server_of: Callable[..., str], page: Page, axe: Callable[[Page], None]
) -> None:
    page.goto(live_server_of(school))
    axe(page)


def test_axe_refuses_a_page_without_scripting(
    school: Flask,
    live_server_of: Callable[..., str],
    open_page: Callable[..., Page],
    axe: Callable[[Page], None],
) -> None:
    page = open_page(live_server_of(school), scripting=False)
    with pytest.raises(AssertionError, match="wait for ever"):
        axe(page)


def test_an_inline_style_is_heard(
    school: Flask, live_server_of: Callable[..., str], page: Page, console: Console
) -> None:
    page.goto(live_server_of(school) + "/inline")
    page.wait_for_timeout(50)
    assert any("Content Security Policy" in problem for problem in console.problems)
    console.problems.clear()


def test_an_unlabelled_field_fails_axe(
    school: Flask, live_server_of: Callable[..., str], page: Page, axe: Callable[[Page], None]
) -> None:
    page.goto(live_server_of(school) + "/unlabelled")
    with pytest.raises(AssertionError, match="label"):
        axe(page)


def test_a_wide_page_does_not_fit(
    school: Flask, live_server_of: Callable[..., str], open_page: Callable[..., Page]
) -> None:
    page = open_page(live_server_of(school), width=320)
    page.goto("/wide")
    with pytest.raises(AssertionError, match="px"):
        assert_fits(page)
