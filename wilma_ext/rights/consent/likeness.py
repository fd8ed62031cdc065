"""The consent states of a whole school at once: families that are alike are asked about once.

The rule of consent compares persons and counts them, and compares instants with one another and
with the days on which policies and forms changed; it knows nobody by name. So two pupils whose
facts are the same but for the names have the same states. The facts are read in a few plain
statements, the rule itself is asked for one pupil of each kind: it stands in `standing` and
`consent_state` alone, and nothing of it is said again here.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from wilma_ext.clock import birthday_cutoff, civil_date
from wilma_ext.register import SchoolRegister
from wilma_ext.rights.access.bound import AGES
from wilma_ext.rights.consent.likeness_fact import SOON, Facts, Said
from wilma_ext.rights.consent.pairs import ConsentPair, States, states_of_pairs
from wilma_ext.vocabulary import ConsentState
from wilma_ext.work import Work

#: How many pairs the rule is asked about in one statement.
AT_ONCE = 2000


class Child(NamedTuple):
    """What the register says of a pupil that the rule looks at."""

    pupil_ref: str
    school_ref: str
    birth_date: date | None


@dataclass(frozen=True)
class Question:
    """Whose consent is looked at, and when."""

    provider_ref: str
    county: str
    at: datetime


def states_of_school(
    work: Work,
    register: SchoolRegister,
    question: Question,
    children: Iterable[Child],
    facts: Facts,
) -> Mapping[str, States]:
    """Return the state of every pair on which something stands, by pupil.

    A pupil of whom nothing is said is not in it. The facts serve two instants: their own, and the
    one that is `SOON` after it.
    """
    if question.at not in (facts.at, facts.at + SOON):
        raise ValueError("the facts were read for another instant")
    kinds = _Kinds(facts, question)
    of_kind: dict[Any, list[str]] = {}
    for child in children:
        if child.pupil_ref in facts.said:
            of_kind.setdefault(kinds.of(child), []).append(child.pupil_ref)
    asked: dict[Any, tuple[str, ConsentPair]] = {}
    for kind, refs in of_kind.items():
        for pair, voices in _voices(kind).items():
            asked.setdefault((kind.family, voices), (refs[0], pair))
    states = _asked(work, register, question, asked)
    found: dict[str, States] = {}
    for kind, refs in of_kind.items():
        of_pupil = {pair: states[kind.family, voices] for pair, voices in _voices(kind).items()}
        found.update(dict.fromkeys(refs, of_pupil))
    return found


def _asked(
    work: Work,
    register: SchoolRegister,
    question: Question,
    asked: Mapping[Any, tuple[str, ConsentPair]],
) -> dict[Any, ConsentState]:
    """Ask the rule for one pair of each kind.

    Ahead of the facts a word may have been taken back: where none stands by then is no consent.
    """
    wanted = list(asked.values())
    answers: dict[tuple[str, ConsentPair], ConsentState] = {}
    for first in range(0, len(wanted), AT_ONCE):
        answers |= states_of_pairs(
            work,
            register,
            provider_ref=question.provider_ref,
            wanted=wanted[first : first + AT_ONCE],
            county=question.county,
            at=question.at,
        )
    return {kind: answers.get(one, ConsentState.NONE) for kind, one in asked.items()}


class _Kind(NamedTuple):
    """Pupils of one kind: their families are alike, and so is all that was said of them."""

    family: Any
    said: tuple[tuple[Any, frozenset[ConsentPair]], ...]


def _voices(kind: _Kind) -> dict[ConsentPair, tuple[Any, ...]]:
    """Return what was said on each pair."""
    found: dict[ConsentPair, tuple[Any, ...]] = {}
    for voice, pairs in kind.said:
        for pair in pairs:
            found[pair] = (*found.get(pair, ()), voice)
    return found


@dataclass(eq=False)
class _Kinds:
    """Tells of which kind a pupil is; whoever is unlike all others is a kind of their own."""

    facts: Facts
    question: Question
    _today: date = field(init=False)
    _cutoffs: list[date] = field(init=False)

    def __post_init__(self) -> None:
        self._today = civil_date(self.question.at)
        self._cutoffs = cutoffs_at(self.question.at)

    def of(self, child: Child) -> _Kind:
        """Return the pupil's kind."""
        names = _Names()
        ref, facts = child.pupil_ref, self.facts
        acts, said = facts.acts.get(ref, ()), facts.said[ref]
        moments = sorted({act.given_at for act in acts} | {one.given_at for one in said})
        order = {moment: n for n, moment in enumerate(moments)}
        places = {act.answer_id: n for n, act in enumerate(acts)}
        family = (
            ref if is_singular(facts, ref) else None,
            reached_age(child.birth_date, self._cutoffs),
            tuple(self._guardians(ref, names)),
            tuple(
                (
                    names[act.giver_ref],
                    act.capacity,
                    act.act,
                    act.form_id,
                    order[act.given_at],
                    self._era(act.given_at),
                    act.school_ref == child.school_ref,
                    tuple(names[decider] for decider in act.deciders),
                )
                for act in acts
            ),
        )
        return _Kind(family, tuple(self._said(one, names, order, places) for one in said))

    def _guardians(self, ref: str, names: "_Names") -> Iterator[Any]:
        rows = self.facts.guardians.get(ref, ())
        dated = any(row.since is not None for row in rows)
        days = tuple(act.given_on for act in self.facts.acts.get(ref, ())) if dated else ()
        for row in rows:
            since = None if row.since is None else _relation(row.since, self._today, days)
            until = None if row.until is None else _relation(row.until, self._today, ())
            yield (names[row.person_ref], row.may_decide, row.restricted, since, until)

    def _said(
        self, one: Said, names: "_Names", order: Mapping[Any, int], places: Mapping[str, int]
    ) -> tuple[Any, frozenset[ConsentPair]]:
        voice = (
            names[one.giver_ref],
            one.capacity,
            one.value,
            one.alive,
            one.lasts,
            order[one.given_at],
            self._era(one.given_at),
            places[one.answer_id],
        )
        return voice, one.pairs

    def _era(self, moment: Any) -> int:
        """Between which changes of policy and form the moment lies."""
        return bisect_right(self.facts.changes, moment)


def is_singular(facts: Facts, pupil_ref: str) -> bool:
    """Tell whether the pupil is looked at alone, for facts that are too rare to compare."""
    return pupil_ref in facts.singular


def reached_age(born: date | None, cutoffs: Sequence[date]) -> int | None:
    """Return how many of the ages that a policy may name have been reached, None = unknown."""
    return None if born is None else len(cutoffs) - bisect_left(cutoffs, born)


def cutoffs_at(at: datetime) -> list[date]:
    """Return the latest birth dates of those who have reached each age, in order."""
    day = civil_date(at)
    return sorted(birthday_cutoff(day, age) for age in AGES)


def _relation(day: Any, today: date, days: tuple[date, ...]) -> Any:
    """How a day of the register lies to today and to the days of the acts; no day as it is."""
    if type(day) is not date:
        return day
    return (day <= today, tuple(day > each for each in days))


class _Names(dict[str, int]):
    """Numbers instead of names, in the order in which they are met."""

    def __missing__(self, name: str) -> int:
        self[name] = number = len(self)
        return number
