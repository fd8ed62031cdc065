"""Which plugins all tests share, what a test needs, and what was really run.

Nothing here is called `app`: pytest-flask pushes a request context around every test that asks for
`app`, so only a test that wants one asks for it.
"""

import os
from typing import Any

import pytest
from flask import Flask
from hypothesis import settings

from tests.hosts.templates import KeptTemplates

pytest_plugins = ["tests.guards", "tests.postgres", "tests.browser", "tests.e2e.checklist"]

NEEDS = ("postgresql", "browser")
BROWSER_FIXTURES = {"browser", "context", "new_context", "open_page", "page"}


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark what needs a server or a browser, so that nobody has to remember it."""
    fixtures = set(getattr(item, "fixturenames", ()))
    params = item.callspec.params if hasattr(item, "callspec") else {}
    on_postgresql = "databases_of" in fixtures and "postgresql" in params.values()
    if on_postgresql or "postgres_server" in fixtures:
        item.add_marker("postgresql")
    if fixtures & BROWSER_FIXTURES:
        item.add_marker("browser")


def tally(reporter: Any, need: str) -> tuple[int, int]:
    """Count the tests with this need that ran, and those that were skipped."""
    ran = {
        report.nodeid
        for outcome in ("passed", "failed", "xfailed", "xpassed")
        for report in reporter.stats.get(outcome, ())
        if report.when == "call" and need in report.keywords
    }
    skipped = {r.nodeid for r in reporter.stats.get("skipped", ()) if need in r.keywords}
    return len(ran), len(skipped)


def missing(reporter: Any) -> list[str]:
    """Name the needs demanded by WILMA_EXT_TEST_REQUIRE whose tests were skipped or none."""
    demanded = os.environ.get("WILMA_EXT_TEST_REQUIRE", "").split()
    counts = {need: tally(reporter, need) for need in demanded}
    return [need for need, (ran, skipped) in counts.items() if skipped or not ran]


def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    on_worker = hasattr(session.config, "workerinput")
    if reporter and not on_worker and not session.config.option.collectonly and missing(reporter):
        session.exitstatus = session.exitstatus or pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any) -> None:
    counts = {need: tally(terminalreporter, need) for need in NEEDS}
    parts = [f"{need}: {ran} run, {skipped} skipped" for need, (ran, skipped) in counts.items()]
    terminalreporter.write_line("; ".join(parts))
    for need in missing(terminalreporter):
        terminalreporter.write_line(f"{need}: was to be run and was not", red=True)


# A busy machine is no fault of the code: time is measured by `make bench`, never asserted.
settings.register_profile("wilma_ext", deadline=None)
settings.load_profile("wilma_ext")

# Every test has an app of its own: without this each would compile the same templates again.
Flask.jinja_options = {"bytecode_cache": KeptTemplates()}
