"""What is noticed of the host's register, so that a change and its return revive nothing (D6).

The register tells of today. Every act about a pupil, and the periodic command for all, looks at it
and appends what has changed since the last look; what comes and goes between two looks is not seen.
"""

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from wilma_ext.models import (
    Answer,
    AnswerChoice,
    AnswerDecider,
    KnownPupil,
    ObservedChange,
)
from wilma_ext.opaque_id import new_id
from wilma_ext.oversight.event import Actor, Event, Recorded
from wilma_ext.register import SchoolRegister
from wilma_ext.register.reference import Native, as_reference
from wilma_ext.register.relation import native_id, relation
from wilma_ext.rights.decider.entitled import entitled_of_pupils, in_chunks
from wilma_ext.rights.noticing.enrolment import natives_of
from wilma_ext.rights.provider import inserted_first
from wilma_ext.vocabulary import ChangeKind
from wilma_ext.work import Work

#: Who acts where nobody does.
SYSTEM = Actor("system", "system")


@dataclass(frozen=True)
class Sight:
    """What the register says of a pupil: the provider's school, and who decides as a guardian."""

    #: None while the pupil is in no school of the provider.
    school_ref: str | None
    guardians_sha256: str


@dataclass(frozen=True)
class Noticed:
    """A change that was noticed just now."""

    pupil_ref: str
    kind: ChangeKind


def observe(
    work: Work, register: SchoolRegister, provider_ref: str, pupil_refs: Collection[str]
) -> tuple[Noticed, ...]:
    """Compare the register with what was seen last, and append what has changed.

    At first sight of a pupil the last answer stands for what was seen. Called before an act
    decides anything, so that what changed before the act stands before it.
    """
    if not register.noticing:
        return ()
    noticed: list[Noticed] = []
    for refs in in_chunks(sorted(set(pupil_refs))):
        noticed += _observe(work, register, provider_ref, tuple(refs))
    return tuple(noticed)


def pupils_spoken_of(work: Work, provider_ref: str) -> tuple[str, ...]:
    """Return the pupils of whom anything stands, those who have left among them."""
    statement = (
        select(AnswerChoice.pupil_ref)
        .where(AnswerChoice.provider_ref == provider_ref, AnswerChoice.superseded_at.is_(None))
        .distinct()
        .order_by(AnswerChoice.pupil_ref)
    )
    return tuple(work.session.scalars(statement))


def _observe(
    work: Work, register: SchoolRegister, provider_ref: str, refs: tuple[str, ...]
) -> Iterator[Noticed]:
    at = work.now()
    known = _known(work, provider_ref, refs)
    today = _today(work, register, provider_ref, refs)
    before = {**_at_last_answer(work, provider_ref, set(refs) - known.keys()), **known}
    for ref in refs:
        now, last = today.get(ref), before.get(ref)
        seen = _seen(now, last)
        if seen is None or not _keep(work, provider_ref, ref, known.get(ref), seen):
            continue
        for kind in _changes(last, seen):
            _append(work, provider_ref, ref, kind, at)
            yield Noticed(ref, kind)


def _seen(now: Sight | None, last: Sight | None) -> Sight | None:
    """What there is to remember; of a pupil in no school only that, and nothing of a stranger.

    The guardians of a pupil who has left are none of the provider's business; on return they are
    compared with those of the last day.
    """
    if now is not None:
        return now
    return None if last is None else Sight(None, last.guardians_sha256)


def _changes(last: Sight | None, seen: Sight) -> Iterator[ChangeKind]:
    if last is None:
        return
    if last.school_ref is not None and seen.school_ref is None:
        yield ChangeKind.PROVIDER
    elif None not in (last.school_ref, seen.school_ref) and last.school_ref != seen.school_ref:
        yield ChangeKind.SCHOOL
    if last.guardians_sha256 != seen.guardians_sha256:
        yield ChangeKind.CUSTODY


def _keep(work: Work, provider_ref: str, ref: str, known: Sight | None, seen: Sight) -> bool:
    """Remember what is seen; tell whether this was the first to see it.

    Two acts under a shared lock may see the same change: the second finds it written down.
    """
    if known == seen:
        return False
    values = {
        "school_ref": seen.school_ref,
        "guardians_sha256": seen.guardians_sha256,
        "seen_at": work.now(),
    }
    place = {"provider_ref": provider_ref, "pupil_ref": ref}
    if known is None:
        return inserted_first(work, KnownPupil, {**place, **values})
    done = work.connection.execute(
        update(KnownPupil)
        .where(
            KnownPupil.provider_ref == provider_ref,
            KnownPupil.pupil_ref == ref,
            KnownPupil.school_ref.is_not_distinct_from(known.school_ref),
            KnownPupil.guardians_sha256 == known.guardians_sha256,
        )
        .values(**values)
    )
    return done.rowcount == 1


def _append(work: Work, provider_ref: str, ref: str, kind: ChangeKind, at: datetime) -> None:
    work.session.add(
        ObservedChange(
            id=new_id(), provider_ref=provider_ref, pupil_ref=ref, kind=kind.value, observed_at=at
        )
    )
    work.session.flush()
    work.record(
        Recorded(
            provider_ref,
            Event.CHANGE_OBSERVED,
            SYSTEM,
            data={"kind": kind.value},
            pupil_ref=ref,
        )
    )


def _known(work: Work, provider_ref: str, refs: tuple[str, ...]) -> dict[str, Sight]:
    statement = select(
        KnownPupil.pupil_ref, KnownPupil.school_ref, KnownPupil.guardians_sha256
    ).where(KnownPupil.provider_ref == provider_ref, KnownPupil.pupil_ref.in_(refs))
    return {ref: Sight(school, digest) for ref, school, digest in work.session.execute(statement)}


def _today(
    work: Work, register: SchoolRegister, provider_ref: str, refs: tuple[str, ...]
) -> dict[str, Sight]:
    """The pupils who are in a school of the provider now."""
    pupil, school = relation(register, "pupils"), relation(register, "schools")
    statement = (
        select(pupil.c.id, pupil.c.school_id)
        .join(school, school.c.id == pupil.c.school_id)
        .where(
            pupil.c.id.in_(natives_of(register, refs)),
            school.c.provider_id == native_id(register, "schools", "provider_id", provider_ref),
        )
    )
    schools: dict[Native, Native] = {row[0]: row[1] for row in work.connection.execute(statement)}
    guardians = entitled_of_pupils(work, register, list(schools), work.now())
    found = {}
    for native, school_id in schools.items():
        ref = as_reference(native)
        digest = _digest(guardians.get(ref, frozenset()))
        found[ref] = Sight(as_reference(school_id), digest)
    return found


def _at_last_answer(work: Work, provider_ref: str, refs: Collection[str]) -> dict[str, Sight]:
    """What the last answer about each pupil was given under."""
    statement = (
        select(Answer.id, Answer.pupil_ref, Answer.school_ref)
        .where(Answer.provider_ref == provider_ref, Answer.pupil_ref.in_(sorted(refs)))
        .order_by(Answer.given_at, Answer.id)
    )
    last = {row.pupil_ref: row for row in work.session.execute(statement)} if refs else {}
    of_answer: dict[str, set[str]] = {}
    deciders = select(AnswerDecider.answer_id, AnswerDecider.person_ref).where(
        AnswerDecider.answer_id.in_([row.id for row in last.values()])
    )
    for answer_id, person_ref in work.session.execute(deciders) if last else ():
        of_answer.setdefault(answer_id, set()).add(person_ref)
    return {
        ref: Sight(row.school_ref, _digest(of_answer.get(row.id, set())))
        for ref, row in last.items()
    }


def _digest(persons: Collection[str]) -> str:
    return hashlib.sha256("\n".join(sorted(persons)).encode()).hexdigest()
