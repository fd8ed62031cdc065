"""The entitled guardians of any number of pupils, in statements that a database can take (R6)."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TypeVar

from wilma_ext.register import SchoolRegister
from wilma_ext.register.reference import Native
from wilma_ext.rights.decider import guardian
from wilma_ext.work import Work

#: How many pupils one statement asks about: every id is a bound value.
CHUNK = 400

Item = TypeVar("Item")


def in_chunks(items: Sequence[Item], size: int = CHUNK) -> Iterator[Sequence[Item]]:
    """Return the items in pieces that one statement can take."""
    for start in range(0, len(items), size):
        yield items[start : start + size]


def entitled_of_pupils(
    work: Work, register: SchoolRegister, pupils: Sequence[Native], at: datetime
) -> dict[str, frozenset[str]]:
    """Return the person ids of those who decide as guardians, by pupil id; none, no entry."""
    found: dict[str, frozenset[str]] = {}
    for some in in_chunks(pupils):
        found |= guardian.entitled_of_pupils(work, register, some, at)
    return found
