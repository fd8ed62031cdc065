"""A world: every fact that decides who may see what, as frozen values.

Every instant is aware and in UTC (`civil.instant` makes one); `since`/`until` is a half-open
period.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal, NamedTuple

PROFESSIONS = ("kuraattori", "psykologi", "terveydenhoitaja", "laakari")
KINDS = (
    "policy", "form", "matrix", "agreement", "member", "assignment", "exception", "capacity",
    "move", "custody", "answer", "activation",
)  # fmt: skip
DEFAULT_POLICY: Mapping[str, Any] = {
    "mode": "consent",
    "decides": "any_guardian",
    "joint_from_age": 15,
    "own_from_age": 18,
    "validity": "school_year",
    "activation": "manual",
    "agreement_required": False,
    "school_scope": "own",
    "statutory_professions": ("kuraattori",),
    "on_school_move": "keep",
    "on_custody_change": "suspend",
    "on_material_change": "ask",
    "look_up_minutes": 60,
    "necessity_text": False,
    "log_extract": "on_request",
    "paper_consent": True,
    "four_eyes": True,
}

Pairs = Mapping[str, tuple[str, ...]]  # profession -> categories
Cells = Mapping[str, Mapping[str, str]]  # profession -> category -> off | consent | statutory


@dataclass(frozen=True)
class PolicyVersion:
    since: datetime
    keys: Mapping[str, Any]  # all keys of DEFAULT_POLICY


@dataclass(frozen=True)
class Form:
    at: datetime
    material: bool


@dataclass(frozen=True)
class Pupil:
    """The id is also the pupil's person id."""

    id: str
    school: str
    born: date | None
    enrolled: bool = True
    moves: tuple[tuple[datetime, str], ...] = ()

    def school_at(self, at: datetime) -> str:
        past = [school for moved, school in sorted(self.moves) if moved <= at]
        return past[-1] if past else self.school


@dataclass(frozen=True)
class Guardian:
    """One guardianship row per pupil of `of`; the same id may have several entries."""

    id: str
    of: tuple[str, ...]
    may_decide: bool = True
    restricted: bool = False
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Custody:
    """All that the register says of guardians from an instant on: a host without dates changes its
    rows, and keeps none of the old ones."""

    since: datetime
    rows: tuple[Guardian, ...]


@dataclass(frozen=True)
class Group:
    id: str
    county: str


@dataclass(frozen=True)
class Agreement:
    county: str
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True)
class Assignment:
    school: str
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True)
class Member:
    id: str
    person: str
    group: str
    profession: str
    since: datetime
    until: datetime | None = None
    schools: tuple[Assignment, ...] = ()
    also: tuple[str, ...] = ()  # other person ids of the same human


@dataclass(frozen=True)
class PersonalException:
    member: str
    category: str
    effect: Literal["allow", "deny"]
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True)
class MatrixEntry:
    since: datetime
    group: str
    cells: Cells


@dataclass(frozen=True)
class Answer:
    """What one person said at one instant: yes and no to pairs, or a withdrawal."""

    pupil: str
    by: str
    on: datetime
    county: str
    capacity: Literal["guardian", "pupil"] = "guardian"
    yes: Pairs = field(default_factory=dict)
    no: Pairs = field(default_factory=dict)
    until: datetime | None = None
    withdraw: Literal["all"] | Pairs | None = None
    paper: bool = False  # R24: signed on paper, typed in by the school; it counts as one's own


@dataclass(frozen=True)
class CapacityDecision:
    pupil: str
    since: datetime
    decides: Literal["pupil", "joint", "guardian"]
    until: datetime | None = None


@dataclass(frozen=True)
class Activation:
    pupil: str
    group: str
    on: datetime
    until: datetime | None = None


@dataclass(frozen=True)
class Veto:
    """A host's veto; no person or category means all of them. Civil dates, as in the register."""

    pupil: str
    person: str | None = None
    category: str | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Question:
    member: str
    pupil: str
    category: str
    at: datetime
    necessity: str | None = None


class Event(NamedTuple):
    at: datetime
    kind: str
    fact: Any


@dataclass(frozen=True)
class World:
    provider: str = "lohja"
    policies: tuple[PolicyVersion, ...] = ()
    forms: tuple[Form, ...] = ()
    schools: tuple[str, ...] = ()
    pupils: tuple[Pupil, ...] = ()
    guardians: tuple[Guardian, ...] = ()
    groups: tuple[Group, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    members: tuple[Member, ...] = ()
    exceptions: tuple[PersonalException, ...] = ()
    matrix: tuple[MatrixEntry, ...] = ()
    answers: tuple[Answer, ...] = ()
    capacity: tuple[CapacityDecision, ...] = ()
    activations: tuple[Activation, ...] = ()
    vetoes: tuple[Veto, ...] = ()
    custody: tuple[Custody, ...] = ()  # each replaces `guardians`, and the one before it
    looks: tuple[tuple[str, datetime], ...] = ()  # pupil and instant: the register was looked at
    #: What was found of the past. Only for a world that goes on: nothing before its last instant
    #: may be replaced.
    memory: dict[Any, Any] | None = field(default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        acts = [(answer.pupil, answer.on) for answer in self.answers]
        acts += [(activation.pupil, activation.on) for activation in self.activations]
        if len(set(acts)) != len(acts):
            raise ValueError("two answers or activations about one pupil at one instant")
        for answer in self.answers:
            if (answer.capacity == "pupil") != (answer.by == answer.pupil):
                raise ValueError("a pupil answers about oneself, a guardian about another")
            if answer.withdraw and (answer.yes or answer.no):
                raise ValueError("an entry answers or withdraws, not both")

    def guardians_at(self, at: datetime) -> tuple[Guardian, ...]:
        """The guardianships as the register had them at the instant."""
        past = [each for each in self.custody if each.since <= at]
        return max(past, key=lambda each: each.since).rows if past else self.guardians

    def events(self) -> Iterator[Event]:
        """Every dated fact in time order, at one instant in the order of KINDS.

        The register (schools, pupils, guardians, vetoes) and the groups stand before the first
        event; of it only a change of custody is an event, and a pupil's move: `(pupil id, school)`.
        An assignment's fact is `(member id, Assignment)`, every other fact the value itself.
        """
        yield from sorted(self._facts(), key=lambda event: (event.at, KINDS.index(event.kind)))

    def _facts(self) -> Iterator[Event]:
        yield from (Event(each.since, "policy", each) for each in self.policies)
        yield from (Event(each.at, "form", each) for each in self.forms)
        yield from (Event(each.since, "matrix", each) for each in self.matrix)
        yield from (Event(each.since, "agreement", each) for each in self.agreements)
        for member in self.members:
            yield Event(member.since, "member", member)
            for each in member.schools:
                yield Event(each.since, "assignment", (member.id, each))
        yield from (Event(each.since, "exception", each) for each in self.exceptions)
        yield from (Event(each.since, "capacity", each) for each in self.capacity)
        for pupil in self.pupils:
            yield from (Event(moved, "move", (pupil.id, to)) for moved, to in pupil.moves)
        yield from (Event(each.since, "custody", each) for each in self.custody)
        yield from (Event(each.on, "answer", each) for each in self.answers)
        yield from (Event(each.on, "activation", each) for each in self.activations)
