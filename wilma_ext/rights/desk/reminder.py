"""Whom the host may remind, and of what: never what was said, never a look-up (R16, R31)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from wilma_ext.clock import birthday, civil_date
from wilma_ext.errors import NotFound
from wilma_ext.register import SchoolRegister
from wilma_ext.rights.decider.entitled import entitled_of_pupils, in_chunks
from wilma_ext.rights.desk.reminder_facts import (
    AskedPupil,
    Person,
    Yes,
    answered_of,
    asked_county,
    counting_yes_of,
    pupils_of_schools,
)
from wilma_ext.rights.person import display_names
from wilma_ext.rights.policy.policy import Policy, policy_at
from wilma_ext.vocabulary import Capacity, Decider
from wilma_ext.work import Work

#: How long before its end a consent is told of, in days.
SOON = 30


@dataclass(frozen=True)
class Reminder:
    """One pupil and the people to write to; no other data of either."""

    pupil_ref: str
    #: Family name first, as lists have it.
    pupil_name: str
    group_name: str
    school_name: str
    #: The people's names; no guardian's of a pupil whose contact data are protected (R19).
    people: tuple[str, ...]
    #: The last day of what ends; None where nothing ends.
    until: date | None
    school_name_sv: str | None = None


def unanswered(
    work: Work,
    register: SchoolRegister,
    provider_ref: str,
    school_refs: frozenset[str] | None = None,
) -> list[Reminder]:
    """Return the enrolled pupils whose deciders have not answered the form in force.

    Where one guardian's answer is enough, the other is not named any more once one has answered.
    Who has said only no, or has taken a yes back since the form was published, has answered; who
    has no yes any more that counts, has not. A pupil for whom nobody can decide is not in it.
    """
    at = work.now()
    policy, county = _policy(work, provider_ref), asked_county(work, provider_ref, at)
    if policy is None or county is None:
        return []
    rows = pupils_of_schools(work, register, provider_ref, school_refs, at)
    heard = answered_of(work, register, provider_ref=provider_ref, county=county, rows=rows, at=at)
    guardians = entitled_of_pupils(work, register, [row.pupil_id for row in rows], at)
    missing = {
        row.pupil_ref: _missing(
            row,
            guardians.get(row.pupil_ref, frozenset()),
            heard.get(row.pupil_ref, frozenset()),
            all_must=policy.decides == "all_guardians",
        )
        for row in rows
    }
    return _reminders(work, register, rows, missing, {})


def expiring(
    work: Work,
    register: SchoolRegister,
    provider_ref: str,
    school_refs: frozenset[str] | None = None,
    days: int = SOON,
) -> list[Reminder]:
    """Return the enrolled pupils of whom a yes that counts ends within the days, and whose it is.

    It ends by its validity, or a guardian's at the birthday from which the pupil decides alone
    (R4, R5). From the birthday from which both decide a guardian's yes is not enough: then it is
    the pupil who is to be asked. `until` is the last day of the first to end.
    """
    at = work.now()
    policy, county = _policy(work, provider_ref), asked_county(work, provider_ref, at)
    if policy is None or county is None:
        return []
    rows = pupils_of_schools(work, register, provider_ref, school_refs, at)
    said = counting_yes_of(
        work, register, provider_ref=provider_ref, county=county, rows=rows, at=at
    )
    limit = civil_date(at) + timedelta(days=days)
    people: dict[str, frozenset[Person]] = {}
    until: dict[str, date] = {}
    for row in rows:
        counting = said.get(row.pupil_ref, ())
        ends = [(yes.person, _last_day(row, yes, policy)) for yes in counting]
        ends += _until_both_decide(row, counting, policy)
        soon = [(person, last) for person, last in ends if last is not None and last <= limit]
        if soon:
            people[row.pupil_ref] = frozenset(person for person, _ in soon)
            until[row.pupil_ref] = min(last for _, last in soon)
    return _reminders(work, register, rows, people, until)


def _policy(work: Work, provider_ref: str) -> Policy | None:
    """The policy of a provider that uses the plugin now."""
    try:
        policy = policy_at(work, provider_ref, work.now())
    except NotFound:
        return None
    return None if policy.mode == "off" else policy


def _missing(
    row: AskedPupil, guardians: frozenset[str], heard: frozenset[Person], *, all_must: bool
) -> frozenset[Person]:
    """Who decides about the pupil today and has not answered."""
    wanted: set[Person] = set()
    if row.stage in (Decider.GUARDIAN, Decider.JOINT):
        some = {Person(ref, Capacity.GUARDIAN) for ref in guardians}
        wanted |= some - heard if all_must or not some & heard else set()
    if row.stage in (Decider.PUPIL, Decider.JOINT) and row.person_ref is not None:
        wanted |= {Person(row.person_ref, Capacity.PUPIL)} - heard
    return frozenset(wanted)


def _last_day(row: AskedPupil, yes: Yes, policy: Policy) -> date | None:
    """The last day on which the yes counts, if it is known to end."""
    ends = [] if yes.until is None else [_day_before(yes.until)]
    by_age = yes.person.capacity == Capacity.GUARDIAN and row.capacity_decision is None
    if by_age and row.birth_date is not None:
        ends.append(birthday(row.birth_date, policy.own_from_age) - timedelta(days=1))
    return min(ends, default=None)


def _until_both_decide(
    row: AskedPupil, counting: Sequence[Yes], policy: Policy
) -> list[tuple[Person, date | None]]:
    """Whom to ask, and the last day on which a guardian's yes is enough by itself (R4)."""
    age, born = policy.joint_from_age, row.birth_date
    alone = row.stage == Decider.GUARDIAN and row.capacity_decision is None
    if age is None or age >= policy.own_from_age or born is None or not (alone and counting):
        return []
    pupil = row.person_ref
    asked = [Person(pupil, Capacity.PUPIL)] if pupil else [yes.person for yes in counting]
    return [(person, birthday(born, age) - timedelta(days=1)) for person in asked]


def _day_before(end: datetime) -> date:
    return civil_date(end - timedelta(microseconds=1))


def _reminders(
    work: Work,
    register: SchoolRegister,
    rows: Iterable[AskedPupil],
    people: Mapping[str, frozenset[Person]],
    until: Mapping[str, date],
) -> list[Reminder]:
    told = [row for row in rows if people.get(row.pupil_ref)]
    names = _names(work, register, {p.ref for row in told for p in people[row.pupil_ref]})
    found = [
        Reminder(
            row.pupil_ref,
            f"{row.family_name} {row.given_names}",
            row.group_name,
            row.school_name,
            _shown(people[row.pupil_ref], names, protected=row.contact_protected is not False),
            until.get(row.pupil_ref),
            row.school_name_sv,
        )
        for row in told
    ]
    return sorted(found, key=lambda r: (r.school_name, r.group_name, r.pupil_name, r.pupil_ref))


def _shown(
    people: frozenset[Person], names: Mapping[str, str], *, protected: bool
) -> tuple[str, ...]:
    told = [p for p in people if not protected or p.capacity == Capacity.PUPIL]
    return tuple(sorted(names.get(person.ref, "") for person in told))


def _names(work: Work, register: SchoolRegister, refs: set[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for some in in_chunks(sorted(refs)):
        found |= display_names(work, register, frozenset(some))
    return found
