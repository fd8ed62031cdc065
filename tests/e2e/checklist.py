"""The checklists of the pages, and which test proves which of their items.

X: everywhere, G: guardian, S: school secretary, W: pupil welfare. A test names its items with
`@covers("S4", "X2")`; a test that was written for a rule first stands in `NAMED`. Read from the
source, so that the figures do not depend on which tests a process has collected.
"""

import ast
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

FAMILIES = {"X": 22, "G": 22, "S": 20, "W": 11}
ITEMS = tuple(f"{family}{n}" for family, most in FAMILIES.items() for n in range(1, most + 1))
TESTS = Path(__file__).resolve().parents[1]

Test = TypeVar("Test", bound=Callable[..., object])


def covers(*items: str) -> Callable[[Test], Test]:
    """Name the items that a test proves."""
    if unknown := set(items) - set(ITEMS):
        raise ValueError(f"no such items: {sorted(unknown)}")
    return lambda test: test


_DESK, _BULK = "web/test_secretary_desk.py", "web/test_secretary_bulk.py"
_EQUAL = "equivalence/test_bulk.py"
_GUARDIAN, _FAMILY = "web/test_guardian_pages.py", "web/test_guardian_family.py"
_STATES, _WELFARE = "web/test_guardian_states.py", "web/test_welfare_pages.py"
_JOB, _KEYS = "e2e/test_main_job.py", "e2e/test_secretary_keys.py"

#: Item -> tests that were written for a rule before the list, as `path::Class::test`.
NAMED: dict[str, tuple[str, ...]] = {
    "X2": (
        f"{_JOB}::test_a_guardian_answers",
        f"{_JOB}::test_the_municipal_example",
        f"{_KEYS}::test_a_run_goes_on_without_a_script",
    ),
    "X7": (
        f"{_JOB}::test_a_guardian_answers_by_keyboard",
        f"{_JOB}::test_a_secretary_enables_by_keyboard",
    ),
    "X9": (f"{_JOB}::test_a_guardian_answers", f"{_GUARDIAN}::TestErrors"),
    "X10": (f"{_JOB}::test_a_guardian_answers", f"{_GUARDIAN}::TestAnswering"),
    "X11": (
        f"{_GUARDIAN}::TestAnswering::test_sending_twice_answers_once",
        f"{_GUARDIAN}::TestAnswering::test_another_answer_in_between_is_a_conflict",
    ),
    "X12": (
        f"{_GUARDIAN}::TestAnswering::test_an_ended_session_is_sent_to_sign_in_with_nothing_saved",
    ),
    "X13": ("unit/test_catalogue.py::test_every_text_is_translated",),
    "X15": (
        "unit/test_language.py::test_dates_are_those_of_finland",
        "unit/test_language.py::test_finnish_names_every_weekday_in_the_nominative",
    ),
    "X17": (
        "web/test_route_guard.py::test_every_answer_forbids_storing_and_sniffing",
        f"{_WELFARE}::test_pages_are_never_stored_and_carry_no_name_in_their_title",
    ),
    "X18": (f"{_WELFARE}::test_what_may_not_be_seen_and_what_does_not_exist_look_the_same",),
    "X21": ("web/test_hand_off_pages.py::test_every_page_leads_to_the_guide",),
    "G1": (f"{_JOB}::test_a_message_link_leads_to_the_childs_page_after_sign_in",),
    "G2": (f"{_GUARDIAN}::TestChildren",),
    "G3": (f"{_GUARDIAN}::TestForm::test_the_child_stands_in_heading_and_button",),
    "G4": (f"{_GUARDIAN}::TestForm::test_it_is_short_and_in_short_sentences",),
    "G5": (f"{_GUARDIAN}::TestForm::test_what_goes_by_law_cannot_be_ticked",),
    "G6": (
        f"{_GUARDIAN}::TestForm::test_nothing_is_chosen_before_the_first_answer",
        f"{_GUARDIAN}::TestForm::test_earlier_choices_stand_as_they_were",
    ),
    "G7": (f"{_GUARDIAN}::TestAnswering::test_a_refusal_is_not_an_unanswered_form",),
    "G8": (f"{_GUARDIAN}::TestForm::test_yes_and_no_look_alike",),
    "G10": (
        f"{_GUARDIAN}::TestAnswering::test_the_receipt_says_what_was_saved",
        "web/test_guardian_receipts.py::TestFile",
    ),
    "G11": (f"{_GUARDIAN}::TestWithdrawal",),
    "G12": (
        f"{_FAMILY}::TestTwoGuardians::test_the_history_tells_who_and_when_and_of_others_no_more",
    ),
    "G13": (f"{_FAMILY}::TestTwoGuardians",),
    "G14": (f"{_FAMILY}::test_every_hidden_reason_has_the_same_bytes",),
    "G15": (f"{_FAMILY}::TestPupil",),
    "G16": (f"{_STATES}::TestAskedAgain",),
    "G17": (f"{_STATES}::TestSoon",),
    "G20": ("web/test_blank_form.py::test_it_is_blank", "web/test_paper_pages.py::"),
    "S1": (f"{_DESK}::test_the_states_are_told_apart",),
    "S2": (
        f"{_DESK}::test_a_filter_leaves_those_it_names",
        "web/test_secretary_pages.py::TestList",
    ),
    "S3": (f"{_DESK}::test_only_who_waits_has_a_box",),
    "S4": (
        f"{_BULK}::TestSelection",
        f"{_KEYS}::test_shift_selects_a_range_and_the_head_a_page",
    ),
    "S5": (
        f"{_BULK}::TestSelection",
        f"{_EQUAL}::test_a_consent_that_changed_since_is_skipped_and_told",
    ),
    "S6": (f"{_BULK}::TestSelection",),
    "S7": (
        f"{_BULK}::TestRun",
        f"{_EQUAL}::test_a_crash_between_chunks_resumes",
        f"{_KEYS}::test_a_run_goes_on_without_a_script",
    ),
    "S8": (f"{_EQUAL}::test_a_stopped_run_keeps_what_was_done",),
    "S9": (f"{_EQUAL}::test_one_pupil_that_fails_stops_nobody_else",),
    "S10": (f"{_EQUAL}::test_undoing_takes_back_only_what_the_run_opened",),
    "S11": (
        f"{_EQUAL}::test_who_was_faster_is_told",
        f"{_EQUAL}::test_two_drivers_do_nobody_twice",
    ),
    "S12": (
        f"{_EQUAL}::test_two_thousand_are_enabled_in_one_run",
        f"{_DESK}::test_a_page_has_25_50_or_100",
        "equivalence/test_bench_desk.py::test_speed_of_the_desk",
    ),
    "S13": (f"{_DESK}::test_the_heads_sort_and_say_so",),
    "S14": (f"{_DESK}::test_one_pupils_page_says_how_it_ended",),
    "S15": ("web/test_paper_pages.py::",),
    "S16": ("web/test_reminder_pages.py::",),
    "S17": (f"{_DESK}::test_a_namesake_is_flagged_where_one_acts",),
    "S18": (f"{_DESK}::test_a_withdrawal_stands_in_a_list",),
    "S19": (f"{_KEYS}::test_ten_pupils_are_enabled_by_keys_alone",),
    "S20": (f"{_BULK}::TestClosing",),
    "W1": ("web/test_welfare_desk.py::TestAllSchools",),
    "W2": (f"{_WELFARE}::test_nothing_is_chosen_and_a_purpose_is_demanded",),
    "W3": (f"{_WELFARE}::test_what_is_not_available_looks_the_same_whatever_the_reason",),
    "W4": ("web/test_welfare_desk.py::test_the_basis_tells_whom_the_consent_covers_too",),
    "W5": ("web/test_welfare_desk.py::TestPeriod", "unit/test_charts.py::TestHeatMap"),
    "W6": ("unit/test_charts.py::TestTrend",),
    "W8": (f"{_JOB}::test_the_municipal_example",),
    "W9": (
        "web/test_hand_off_pages.py::test_staff_see_the_links_where_the_next_step_lies_outside",
    ),
    "W10": (f"{_WELFARE}::test_the_own_log_tells_what_was_opened",),
}


@cache
def places(module: Path) -> dict[str, tuple[str, ...]]:
    """Return the classes and tests of a module by their place in it, with the items they name."""
    found: dict[str, tuple[str, ...]] = {"": ()}

    def walk(nodes: list[ast.stmt], above: str) -> None:
        for node in nodes:
            if isinstance(node, ast.ClassDef | ast.FunctionDef):
                place = f"{above}::{node.name}" if above else node.name
                found[place] = tuple(_items(node))
                walk(node.body if isinstance(node, ast.ClassDef) else [], place)

    walk(ast.parse(module.read_text()).body, "")
    return found


def _items(node: ast.ClassDef | ast.FunctionDef) -> Iterator[str]:
    for call in node.decorator_list:
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == covers.__name__:
            yield from (str(ast.literal_eval(word)) for word in call.args)


@cache
def proofs() -> dict[str, tuple[str, ...]]:
    """Return for every item the tests that prove it, as `path::Class::test`."""
    found = {item: list(NAMED.get(item, ())) for item in ITEMS}
    for module in sorted(TESTS.rglob("test_*.py")):
        for place, items in places(module).items():
            for item in items:
                found[item].append(f"{module.relative_to(TESTS)}::{place}")
    return {item: tuple(tests) for item, tests in found.items()}


#: Where a test opens a browser; the others ask the pages as a client does.
BROWSER = ("e2e/", "guest/test_layout.py")


def in_browser() -> frozenset[str]:
    """Return the items of which a test goes through a browser."""
    return frozenset(
        i for i, tests in proofs().items() if any(t.startswith(BROWSER) for t in tests)
    )


def by_hand() -> tuple[str, ...]:
    """Return the items that no test proves."""
    return tuple(item for item, tests in proofs().items() if not tests)


def proved_by(passed: Iterable[str]) -> set[str]:
    """Return the items of which a test is among these, given as pytest names them."""
    names = {name.split("[")[0].removeprefix("tests/") for name in passed}
    return {
        item
        for item, tests in proofs().items()
        if any(name == test or name.startswith(_inside(test)) for test in tests for name in names)
    }


def _inside(test: str) -> str:
    return test if test.endswith("::") else f"{test}::"


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Tell after a run in the browser how much of the checklists has a test, and how much ran."""
    passed = [r for r in terminalreporter.stats.get("passed", ()) if r.when == "call"]
    if not any("browser" in report.keywords for report in passed):
        return
    ran = proved_by(report.nodeid for report in passed)
    for family, most in FAMILIES.items():
        own = [item for item in ITEMS if item.startswith(family)]
        tested, now = sum(bool(proofs()[i]) for i in own), sum(i in ran for i in own)
        seen = len(in_browser().intersection(own))
        terminalreporter.write_line(
            f"checklist {family}: {tested} of {most} items have a test, {seen} of them in the "
            f"browser; {now} ran here"
        )
    left = ", ".join(by_hand())
    terminalreporter.write_line(f"by hand (docs/accessibility.md): {left or 'none'}")
