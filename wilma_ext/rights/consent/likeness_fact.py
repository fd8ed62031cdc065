"""What is compared of two families: their acts, standing words and guardians, but for the names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from wilma_ext.rights.consent.pairs import ConsentPair

#: How far ahead the desk looks for consents that end.
SOON = timedelta(days=30)

#: Table -> the columns of ours that are read here, or that bind a statement to its pupil.
READ: Mapping[str, frozenset[str]] = {
    "answer": frozenset(
        {"id", "provider_ref", "pupil_ref", "giver_ref", "capacity", "given_at", "given_on"}
        | {"school_ref", "form_id"}
    ),
    "answer_decider": frozenset({"answer_id", "person_ref"}),
    "answer_choice": frozenset(
        {"answer_id", "provider_ref", "pupil_ref", "giver_ref", "capacity", "county", "value"}
        | {"profession", "category", "given_at", "valid_from", "valid_until", "superseded_at"}
    ),
}
#: Tables of which all is compared: what is the same for a whole provider, and what is so rare
#: that whoever is named in it is looked at alone.
COMMON = frozenset({"policy", "consent_form"})
RARE = frozenset({"capacity_decision", "guardian_decision", "observed_change"})


class Act(NamedTuple):
    """An answer or a withdrawal. Instants are as the database compares them."""

    answer_id: str
    giver_ref: str
    capacity: str
    act: str
    county: str
    form_id: str | None
    given_at: Any
    given_on: date
    school_ref: str
    deciders: tuple[str, ...]


class Said(NamedTuple):
    """Pairs on which one person's word stands, all said alike in one answer."""

    answer_id: str
    giver_ref: str
    capacity: str
    value: str
    given_at: Any
    #: Its period contains the instant; and the instant that is `SOON` after it.
    alive: bool
    lasts: bool
    pairs: frozenset[ConsentPair]


class Guardianship(NamedTuple):
    """A row of the register's guardianships."""

    person_ref: str
    may_decide: Any
    restricted: Any
    since: Any
    until: Any


@dataclass(frozen=True)
class Facts:
    """The facts of many pupils, by pupil; `singular` are those with facts that are rare."""

    at: datetime
    said: Mapping[str, Sequence[Said]]
    acts: Mapping[str, Sequence[Act]]
    guardians: Mapping[str, Sequence[Guardianship]]
    singular: frozenset[str]
    #: When policies and forms changed, in order, as the database compares instants.
    changes: Sequence[Any]
