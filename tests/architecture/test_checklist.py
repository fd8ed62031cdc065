"""Every item of the pages' checklists has a test, or a line that says how it was looked at."""

from pathlib import Path

import pytest

from tests.e2e.checklist import (
    ITEMS,
    NAMED,
    TESTS,
    by_hand,
    covers,
    in_browser,
    places,
    proofs,
    proved_by,
)

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "accessibility.md"


def written_by_hand() -> list[str]:
    """Return the items that have a line in the section of what was checked by hand."""
    section = DOCUMENT.read_text().split("## Checked by hand")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("| ")]
    first = [line.split("|")[1].strip() for line in lines]
    return [item for item in first if item in ITEMS]


def test_every_test_that_is_named_exists() -> None:
    assert set(NAMED) <= set(ITEMS)
    for test in (test for tests in NAMED.values() for test in tests):
        module, place = test.split("::", 1)
        assert place in places(TESTS / module), test


def test_what_has_no_test_has_its_line_and_nothing_else_has() -> None:
    assert written_by_hand() == list(by_hand())


def test_the_desk_of_the_secretary_is_proved_without_a_hand() -> None:
    assert not [item for item in by_hand() if item.startswith("S")]


def test_what_a_family_the_desk_and_the_staff_do_is_seen_in_a_browser() -> None:
    tested = {item for item, tests in proofs().items() if tests and not item.startswith("X")}
    assert tested <= in_browser()


def test_an_unknown_item_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="X23"):
        covers("X23")


def test_a_test_proves_its_own_items_and_no_others() -> None:
    one = "tests/web/test_secretary_desk.py::test_the_states_are_told_apart[sqlite]"
    assert proved_by([one]) == {"S1"}
    assert proved_by(["tests/web/test_secretary_desk.py::test_unknown"]) == set()
    assert "S15" in proved_by(["tests/web/test_paper_pages.py::test_anything"])
