"""What happens next by itself to one pupil's consent, as one person may know it (issue 3.5)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from wilma_ext.clock import birthday, midnight
from wilma_ext.register import SchoolRegister
from wilma_ext.rights.consent.family import Consent
from wilma_ext.rights.consent.pairs import ConsentPair
from wilma_ext.rights.consent.place import Place
from wilma_ext.rights.consent.shown_pair import Showing, Shown
from wilma_ext.rights.decider.capacity import live_capacity
from wilma_ext.rights.decider.stage import stage_of
from wilma_ext.vocabulary import Capacity, Decider
from wilma_ext.work import Work

#: Birthdays and ends of decisions are told so long before.
HORIZON = timedelta(days=366)


class Happening(StrEnum):
    """What may come without anybody's doing, or what is waited for."""

    ANOTHER_TO_ANSWER = "another_to_answer"
    SCHOOL_TO_ENABLE = "school_to_enable"
    OWN_YES_ENDS = "own_yes_ends"
    PUPIL_JOINS = "pupil_joins"
    PUPIL_DECIDES = "pupil_decides"
    DECISION_ENDS = "decision_ends"


@dataclass(frozen=True)
class Coming:
    """One of them; `at` is None for what is waited for without a date."""

    happening: Happening
    at: datetime | None = None
    #: The pupil's age from then on, at a birthday.
    age: int | None = None
    #: Whether a yes of the person ends by it.
    ends_own: bool = False
    #: The categories whose yes ends; empty = all of them.
    categories: tuple[str, ...] = ()
    #: Who is waited for.
    capacity: Capacity | None = None


def coming_to(
    work: Work,
    register: SchoolRegister,
    consent: Consent,
    shown: Mapping[ConsentPair, Shown],
) -> tuple[Coming, ...]:
    """Return what comes, the waiting first and the rest by date; nothing where all is hidden.

    A yes that a birthday ends is told with the birthday, not again with its last day.
    """
    if consent.place != Place.MAY_ANSWER:
        return ()
    changes = _changes_of_decider(work, register, consent)
    ends_at = next((c.at for c in changes if c.ends_own), None)
    dated = [*changes, *_own_ends(consent, ends_at)]
    return (*_waiting(consent, shown), *sorted(dated, key=_when))


def _waiting(consent: Consent, shown: Mapping[ConsentPair, Shown]) -> list[Coming]:
    found = []
    if consent.lacking():
        found += [
            Coming(Happening.ANOTHER_TO_ANSWER, capacity=capacity)
            for capacity in sorted({other.capacity for other in consent.needed_silent()})
        ]
    if any(pair.showing == Showing.TO_ENABLE for pair in shown.values()):
        found.append(Coming(Happening.SCHOOL_TO_ENABLE))
    return found


def _own_ends(consent: Consent, no_later_than: datetime | None) -> list[Coming]:
    """The ends of the person's own living yes, one for each date."""
    ending: dict[datetime, set[ConsentPair]] = {}
    for pair in consent.own_yes():
        until = consent.words[pair].until
        if until is not None and (no_later_than is None or until < no_later_than):
            ending.setdefault(until, set()).add(pair)
    return [
        Coming(
            Happening.OWN_YES_ENDS,
            until,
            ends_own=True,
            categories=() if pairs == consent.own_yes() else _categories(pairs),
        )
        for until, pairs in ending.items()
    ]


def _categories(pairs: set[ConsentPair]) -> tuple[str, ...]:
    return tuple(sorted({pair.category for pair in pairs}))


def _changes_of_decider(work: Work, register: SchoolRegister, consent: Consent) -> list[Coming]:
    """Birthdays by the policy and the end of a capacity decision, where who decides changes."""
    before, found = consent.stage, []
    for coming in _moments(work, consent):
        if coming.at is None or before is None:
            continue
        stage = _stage_at(work, register, consent, coming.at)
        if stage != before:
            found.append(_as_it_is(consent, coming, stage))
        before = stage
    return found


def _as_it_is(consent: Consent, coming: Coming, stage: Decider | None) -> Coming:
    if coming.happening == Happening.DECISION_ENDS:
        return coming
    if stage == Decider.PUPIL:
        ends = not consent.is_self and bool(consent.own_yes())
        return replace(coming, happening=Happening.PUPIL_DECIDES, ends_own=ends)
    return replace(coming, happening=Happening.PUPIL_JOINS)


def _moments(work: Work, consent: Consent) -> list[Coming]:
    at, giver = work.now(), consent.giver
    found = []
    for age in {consent.policy.joint_from_age, consent.policy.own_from_age}:
        if age is not None and consent.pupil.birth_date is not None:
            day = midnight(birthday(consent.pupil.birth_date, age))
            found.append(Coming(Happening.PUPIL_JOINS, day, age))
    capacity = live_capacity(work, giver.provider_ref, giver.pupil_ref, at)
    if capacity is not None:
        found.append(Coming(Happening.DECISION_ENDS, capacity.valid_until))
    return sorted((c for c in found if c.at and at < c.at <= at + HORIZON), key=_when)


def _stage_at(
    work: Work, register: SchoolRegister, consent: Consent, instant: datetime
) -> Decider | None:
    giver = consent.giver
    return stage_of(
        work,
        register,
        provider_ref=giver.provider_ref,
        pupil_ref=giver.pupil_ref,
        at=instant,
    )


def _when(coming: Coming) -> float:
    return coming.at.timestamp() if coming.at else 0.0
