"""A suppression of a checker names what it suppresses, and says why: beside it, or right above."""

import io
import re
import tokenize

import pytest

from tests.architecture.source import name_of, python_files

START = r"#\s*(?:(?:ruff|flake8):\s*)?"
CODES = r"[A-Z]+\d+(?:[,\s]+[A-Z]+\d+)*"
ANY = re.compile(rf"{START}(?:noqa|nosec|type:\s*ignore|pragma:\s*no|mypy:)", re.IGNORECASE)
NAMED = re.compile(
    rf"{START}(?:noqa:\s*{CODES}|nosec:?\s+{CODES}|type:\s*ignore\[[\w, -]+\]"
    r"|pragma:\s*no\s+(?:cover|branch)|mypy:\s*[\w-]+)",
    re.IGNORECASE,
)
WORD = re.compile(r"[^\W\d_]{2,}")


def unexplained(text: str) -> list[int]:
    """Return the lines that suppress without a name or a reason.

    A reason above serves every line of a run that suppresses the same; what a value is (`#:`) is
    no reason.
    """
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    comments = [token for token in tokens if token.type == tokenize.COMMENT]
    reasons: set[int] = set()
    served: dict[int, list[str]] = {}
    wrong = []
    for comment in comments:
        said, line = comment.string, comment.start[0]
        named, rest = NAMED.findall(said), NAMED.sub("", said)
        explains = len(WORD.findall(rest)) > 1
        if not ANY.search(said):
            alone = comment.line.lstrip().startswith("#") and not said.startswith("#:")
            reasons |= {line} if alone and explains else set()
        elif ANY.search(rest):
            wrong.append(line)
        elif line - 1 in reasons or served.get(line - 1) == named:
            served[line] = named
        elif not explains:
            wrong.append(line)
    return wrong


def test_every_suppression_has_its_reason() -> None:
    found = {name_of(p): unexplained(p.read_text()) for p in python_files()}
    assert {name: lines for name, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("x()  # noqa: S101", 1),
        ("x()  # NOQA:S101,F401", 1),
        ("x()  # noqa", 1),
        ("x()  # noqa - what is tested", 1),
        ("x()  # type: ignore[arg-type]", 1),
        ("x()  # type: ignore  # ships no types", 1),
        ("x()  # noqa: S101  # type: ignore[misc]", 1),
        ("x()  # noqa  # type: ignore[misc]  # ships no types", 1),
        ("x()  # nosec B101", 1),
        ("x()  # pragma: no cover", 1),
        ("x()  # noqa: S101 - yes", 1),
        ("# ruff: noqa: F401", 1),
        ("# mypy: ignore-errors", 1),
        ("# It ships no types.\n\nx()  # type: ignore[misc]", 3),
        ("y()  # it ships no types\nx()  # type: ignore[misc]", 2),
        ("#: It is the answer.\nx = y  # type: ignore[misc]", 2),
        ("# It ships no types.\nx()  # type: ignore[misc]\ny()  # noqa: S101", 3),
        ("x()  # noqa: S101 - what is tested\ny()  # noqa: S101", 2),
    ],
)
def test_a_suppression_without_a_reason_is_noticed(text: str, line: int) -> None:
    assert unexplained(text) == [line]


@pytest.mark.parametrize(
    "text",
    [
        "x()  # noqa: DTZ001 - what is tested",
        "x()  # noqa: S314  # our own file",
        "x()  # type: ignore[misc]  # it ships no types",
        "x()  # pragma: no cover - another system's branch",
        "# It ships no types.\nx()  # type: ignore[misc]",
        "# It ships no types.\nx()  # type: ignore[misc]\ny()  # type: ignore[misc]",
        "# ruff: noqa: F401 - the names of the package",
        "x = '# noqa: S101'",
        "x()  # type: int",
    ],
)
def test_a_suppression_with_its_reason_is_not(text: str) -> None:
    assert unexplained(text) == []
