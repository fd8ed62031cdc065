"""Small files with a noun for a name: how long a file and a function may be."""

import ast
from pathlib import Path

import pytest

from tests.architecture.source import name_of, python_files, templates

PYTHON, FUNCTION, TEMPLATE, TEST = 250, 40, 120, 300
NAMELESS = {"base", "common", "helper", "helpers", "misc", "util", "utils"}
ALLOWED = {"wilma_ext/models/base.py"}


def lines_of(path: Path) -> int:
    return len(path.read_text().splitlines())


def longest_allowed(path: Path) -> int:
    if path.suffix == ".html":
        return TEMPLATE
    return TEST if name_of(path).startswith("tests/") else PYTHON


def long_functions(text: str) -> list[str]:
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    functions = (node for node in ast.walk(ast.parse(text)) if isinstance(node, kinds))
    return [f.name for f in functions if (f.end_lineno or 0) - f.lineno + 1 > FUNCTION]


def test_no_file_is_too_long() -> None:
    found = {name_of(p): lines_of(p) for p in [*python_files(), *templates()]}
    limits = {name_of(p): longest_allowed(p) for p in [*python_files(), *templates()]}
    assert {name: n for name, n in found.items() if n > limits[name]} == {}


def test_no_function_is_too_long() -> None:
    found = {name_of(p): long_functions(p.read_text()) for p in python_files()}
    assert {name: functions for name, functions in found.items() if functions} == {}


def test_every_file_has_a_noun_for_a_name() -> None:
    found = {name_of(p) for p in python_files() if p.stem in NAMELESS}
    assert found - ALLOWED == set()


@pytest.mark.parametrize(("lines", "named"), [(39, []), (40, ["long"])])
def test_a_long_function_is_noticed(lines: int, named: list[str]) -> None:
    assert long_functions("def long():\n" + "    pass\n" * lines) == named
