"""What a change of the policy would do, counted before it is saved (P1-P28).

The new version is stored inside a savepoint, the statements that decide are asked there, and the
savepoint is rolled back: no rule is spelled a second time, and nothing remains.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from wilma_ext.models import AnswerChoice
from wilma_ext.register import SchoolRegister
from wilma_ext.register.reference import Native
from wilma_ext.register.relation import native_id, native_ids, relation
from wilma_ext.rights.access.bound import AT, PROVIDER_REF
from wilma_ext.rights.access.open_pair import enabled_refs, open_pairs_of
from wilma_ext.rights.access.period import open_ended
from wilma_ext.rights.consent.pairs import ConsentPair, states_of_pupils
from wilma_ext.rights.policy.policy import (
    Policy,
    changed_choices,
    changed_policy,
    policy_at,
    store_policy,
)
from wilma_ext.rights.policy.reach import REACH, Reach
from wilma_ext.rights.welfare.welfare_group import groups_of
from wilma_ext.vocabulary import ConsentState, Profession
from wilma_ext.work import Work

#: Pupils asked about in one statement.
CHUNK = 500


@dataclass(frozen=True)
class Tally:
    """So many pupils, and so many pairs of profession and category about them."""

    pupils: int = 0
    pairs: int = 0


@dataclass(frozen=True)
class PolicyEffect:
    """What the changes would do at this instant."""

    changed: Mapping[str, tuple[Any, Any]]
    #: Enrolled pupils of the provider.
    enrolled: int
    #: Pupils about whom an answer stands, and how many of them were looked at for the figures.
    answered: int
    examined: int
    #: Consents that are living today, that would end, and that would live (again); none where the
    #: changed choices do not act on consents.
    living: Tally
    ending: Tally
    reviving: Tally
    #: What is open to a group today, what would close, and what would open at once.
    open: Tally
    closing: Tally
    opening: Tally
    #: Professions to which the law would open data case by case, and would no longer.
    law_opens: tuple[Profession, ...]
    law_closes: tuple[Profession, ...]

    @property
    def reaches(self) -> frozenset[Reach]:
        """Return what the changed choices act on."""
        return frozenset(REACH[key] for key in self.changed)


def policy_effect(
    work: Work,
    register: SchoolRegister,
    *,
    provider_ref: str,
    changes: Mapping[str, Any],
    most: int | None = None,
) -> PolicyEffect:
    """Count what the changes would do now; what `set_policy` would refuse is refused here too.

    A preview is reading: it holds the provider shared, so that no policy is published meanwhile.
    With more than `most` pupils about whom somebody has answered, evenly spread ones are looked at.
    """
    work.lock_provider(provider_ref)
    at = work.now()
    before = policy_at(work, provider_ref, at)
    after = changed_policy(before, changes, at)
    changed = changed_choices(before, after)
    every = _spoken(work, register, provider_ref, at)
    asked = _Asked(provider_ref, _spread(every, most), frozenset(REACH[key] for key in changed))
    now = _standing(work, register, asked, before)
    then = now
    if asked.reaches & {Reach.CONSENT, Reach.ACCESS}:
        with _undone(work):
            store_policy(work, provider_ref, after, decided_by="preview")
            then = _standing(work, register, asked, after)
    return PolicyEffect(
        changed=changed,
        enrolled=_enrolled(work, register, provider_ref),
        answered=_number(every),
        examined=_number(asked.spoken),
        living=_tally(now.living),
        ending=_tally(now.living - then.living),
        reviving=_tally(then.living - now.living),
        open=_tally(now.open),
        closing=_tally(now.open - then.open),
        opening=_tally(then.open - now.open),
        law_opens=tuple(p for p in after.law_opens if p not in before.law_opens),
        law_closes=tuple(p for p in before.law_opens if p not in after.law_opens),
    )


@contextmanager
def _undone(work: Work) -> Iterator[None]:
    """Take back whatever the block stores."""
    savepoint = work.session.begin_nested()
    try:
        yield
    finally:
        savepoint.rollback()


#: One consent, or one open pair: county or group, pupil, pair.
_Item = tuple[str, str, ConsentPair]
#: County -> the pupils about whom somebody has answered, as the host knows them.
_Spoken = Mapping[str, Mapping[str, Native]]


@dataclass(frozen=True)
class _Asked:
    """What is asked of each policy; a consent is looked at only where it can change."""

    provider_ref: str
    spoken: _Spoken
    reaches: frozenset[Reach]


@dataclass(frozen=True)
class _Stood:
    """What stands under one policy."""

    living: frozenset[_Item] = frozenset()
    open: frozenset[_Item] = frozenset()


def _standing(work: Work, register: SchoolRegister, asked: _Asked, policy: Policy) -> _Stood:
    """Return what stands now, by the statements that decide."""
    living: Iterator[_Item] = iter(())
    open_: Iterator[_Item] = iter(())
    if Reach.CONSENT in asked.reaches:
        living = _living(work, register, asked)
    if asked.reaches & {Reach.CONSENT, Reach.ACCESS, Reach.MEMBERS}:
        open_ = _open(work, register, asked, policy)
    return _Stood(frozenset(living), frozenset(open_))


def _living(work: Work, register: SchoolRegister, asked: _Asked) -> Iterator[_Item]:
    for county, pupils in asked.spoken.items():
        for chunk in _chunks(list(pupils.values())):
            states = states_of_pupils(
                work,
                register,
                provider_ref=asked.provider_ref,
                pupils=chunk,
                county=county,
                at=work.now(),
            )
            for ref, of_pupil in states.items():
                for pair, state in of_pupil.items():
                    if state == ConsentState.LIVING:
                        yield county, ref, pair


def _open(work: Work, register: SchoolRegister, asked: _Asked, policy: Policy) -> Iterator[_Item]:
    at = work.now()
    for group in groups_of(work, asked.provider_ref):
        enabled = enabled_refs(work, group, at)
        able = [
            native
            for ref, native in asked.spoken.get(group.county, {}).items()
            if ref in enabled or policy.activation == "automatic"
        ]
        for chunk in _chunks(able):
            for ref, pair in open_pairs_of(work, register, group=group, pupils=chunk, at=at):
                yield group.id, ref, pair


def _spread(spoken: _Spoken, most: int | None) -> _Spoken:
    """Return no more than so many of the pupils, evenly spread over them all."""
    refs = sorted({ref for pupils in spoken.values() for ref in pupils})
    if most is None or len(refs) <= most:
        return spoken
    chosen = {refs[number * len(refs) // most] for number in range(most)}
    return {
        county: {ref: native for ref, native in pupils.items() if ref in chosen}
        for county, pupils in spoken.items()
    }


def _number(spoken: _Spoken) -> int:
    return len({ref for pupils in spoken.values() for ref in pupils})


def _spoken(
    work: Work, register: SchoolRegister, provider_ref: str, at: datetime
) -> dict[str, dict[str, Native]]:
    """Return the pupils about whom a choice stands, by county, as the host knows them."""
    choice = AnswerChoice.__table__
    statement = select(choice.c.county, choice.c.pupil_ref).where(
        choice.c.provider_ref == PROVIDER_REF,
        choice.c.given_at <= AT,
        open_ended(choice.c.superseded_at),
    )
    values = {"provider_ref": provider_ref, "at": at}
    found: dict[str, set[str]] = {}
    for county, ref in work.connection.execute(statement.distinct(), values):
        found.setdefault(county, set()).add(ref)
    # A pupil whom the host can no longer know has nothing open.
    return {county: native_ids(register, "pupils", "id", refs) for county, refs in found.items()}


def _chunks(pupils: list[Native]) -> Iterator[list[Native]]:
    for start in range(0, len(pupils), CHUNK):
        yield pupils[start : start + CHUNK]


def _tally(items: frozenset[_Item]) -> Tally:
    return Tally(len({ref for _, ref, _ in items}), len(items))


def _enrolled(work: Work, register: SchoolRegister, provider_ref: str) -> int:
    pupil, school = relation(register, "pupils"), relation(register, "schools")
    statement = select(func.count(pupil.c.id.distinct())).join_from(
        pupil, school, school.c.id == pupil.c.school_id
    )
    provider = native_id(register, "schools", "provider_id", provider_ref)
    return (
        work.connection.scalar(
            statement.where(school.c.provider_id == provider, pupil.c.enrolled.is_(True))
        )
        or 0
    )
