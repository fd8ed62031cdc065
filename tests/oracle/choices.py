"""What each person's answers add up to, for one county and one pair."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from tests.oracle.world import Answer, Pairs

Pair = tuple[str, str]  # profession, category


@dataclass(frozen=True)
class Choice:
    """A person's standing word on a pair; `given` is when it was last said."""

    by: str
    word: Literal["yes", "no"]
    given: datetime
    until: datetime | None = None


Over = Callable[[Choice, datetime], bool]  # has this yes ceased to hold by the instant?


def standing(answers: Iterable[Answer], county: str, pair: Pair, over: Over) -> tuple[Choice, ...]:
    """One choice at most per person: "nobody touches another's answer" (design 4.2).

    The county is named in the consent (R26): what was said of one is not said of another.
    """
    said: dict[str, Choice | None] = {}
    for answer in sorted(answers, key=lambda each: each.on):
        if answer.county == county:
            said[answer.by] = _after(said.get(answer.by), answer, pair, over)
    return tuple(choice for choice in said.values() if choice)


def _after(earlier: Choice | None, answer: Answer, pair: Pair, over: Over) -> Choice | None:
    """Design 4.2: an answer changes only the pairs it mentions; withdrawing leaves unanswered."""
    if _names(answer.no, pair):
        return Choice(answer.by, "no", answer.on)
    if _names(answer.yes, pair):
        return Choice(answer.by, "yes", answer.on, _end(earlier, answer, over))
    if _withdraws(answer, pair) and earlier and earlier.word == "yes":
        return None
    return earlier


def _end(earlier: Choice | None, answer: Answer, over: Over) -> datetime | None:
    """Design 4.2: "an unchanged pair keeps its start and end"; one said again after it ran out or
    was left behind, by a move or a material change, is new."""
    if earlier and earlier.word == "yes" and not over(earlier, answer.on):
        return earlier.until
    return answer.until


def ran_out(choice: Choice, at: datetime) -> bool:
    """R4: an expired consent closes at once. Half-open: at its end it is over."""
    return choice.until is not None and choice.until <= at


def _withdraws(answer: Answer, pair: Pair) -> bool:
    if answer.withdraw is None:
        return False
    return answer.withdraw == "all" or _names(answer.withdraw, pair)


def _names(pairs: Pairs, pair: Pair) -> bool:
    profession, category = pair
    return category in pairs.get(profession, ())
