"""Searching by name in the host's tables: every word must stand somewhere in the columns."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_

#: Fewer letters than this would list everybody.
SHORTEST = 2
#: No name has more letters; the rest is not read, so that no search outgrows the database.
LONGEST = 100


def search_words(text: str) -> list[str]:
    """Return the words to search for; too short a text gives none, too long a one its beginning."""
    text = " ".join(text[:LONGEST].split())
    return text.split() if len(text) >= SHORTEST else []


def named_like(columns: Sequence[ColumnElement[Any]], words: list[str]) -> ColumnElement[bool]:
    """Return the condition that each word stands in one of the columns, in whatever case.

    SQLite lowers only ASCII, so the usual spellings of a word are tried beside the lowered one.
    """
    return and_(*(or_(*(_like(column, word) for column in columns)) for word in words))


def _like(column: ColumnElement[Any], word: str) -> ColumnElement[bool]:
    lowered = func.lower(column).contains(word.lower(), autoescape=True)
    spellings = sorted({word, word.lower(), word.upper(), word.capitalize()})
    return or_(lowered, *(column.contains(spelling, autoescape=True) for spelling in spellings))
