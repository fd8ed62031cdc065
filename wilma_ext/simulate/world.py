"""A world as plain facts, in the words of the file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from wilma_ext.rights.consent.pairs import ConsentPair

#: What has no beginning in the file began here.
BEGINNING = datetime(1900, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class School:
    id: str


@dataclass(frozen=True)
class Pupil:
    id: str
    school: str
    born: date | None = None
    enrolled: bool = True


@dataclass(frozen=True)
class Guardian:
    id: str
    of: tuple[str, ...]
    may_decide: bool = True
    restricted: bool = False
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Group:
    id: str
    county: str


@dataclass(frozen=True)
class Agreement:
    county: str
    since: datetime = BEGINNING
    until: datetime | None = None


@dataclass(frozen=True)
class Member:
    id: str
    group: str
    profession: str
    schools: tuple[str, ...] = ()
    since: datetime = BEGINNING
    until: datetime | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class PersonalException:
    member: str
    category: str
    effect: str
    since: datetime = BEGINNING
    until: datetime | None = None


@dataclass(frozen=True)
class MatrixEntry:
    group: str
    cells: Mapping[str, Mapping[str, str]]
    since: datetime = BEGINNING


@dataclass(frozen=True)
class Answer:
    pupil: str
    by: str
    on: datetime
    yes: frozenset[ConsentPair] = frozenset()
    no: frozenset[ConsentPair] = frozenset()
    until: datetime | None = None
    #: None = no withdrawal, an empty set = everything.
    withdraw: frozenset[ConsentPair] | None = None
    county: str | None = None


@dataclass(frozen=True)
class Capacity:
    pupil: str
    decides: str
    since: datetime = BEGINNING
    until: datetime | None = None


@dataclass(frozen=True)
class Activation:
    pupil: str
    group: str
    on: datetime
    until: datetime | None = None


@dataclass(frozen=True)
class Check:
    category: str
    member: str | None = None
    pupil: str | None = None
    at: datetime | None = None
    necessity: str = ""
    allowed: bool | None = None
    because: str | None = None
    route: str | None = None
    sees: tuple[str, ...] | None = None
    seen_by: tuple[str, ...] | None = None


@dataclass(frozen=True)
class World:
    """Everything that a file may say; `at` is the default instant of the checks."""

    checks: tuple[Check, ...]
    at: datetime | None = None
    provider: str = "provider"
    policy: Mapping[str, Any] = field(default_factory=dict)
    schools: tuple[School, ...] = ()
    pupils: tuple[Pupil, ...] = ()
    guardians: tuple[Guardian, ...] = ()
    groups: tuple[Group, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    members: tuple[Member, ...] = ()
    exceptions: tuple[PersonalException, ...] = ()
    matrix: tuple[MatrixEntry, ...] = ()
    answers: tuple[Answer, ...] = ()
    capacity: tuple[Capacity, ...] = ()
    activations: tuple[Activation, ...] = ()

    def counties(self) -> frozenset[str]:
        """The counties of the groups, and those with which there is an agreement."""
        agreed = frozenset(agreement.county for agreement in self.agreements)
        return agreed | frozenset(group.county for group in self.groups)
