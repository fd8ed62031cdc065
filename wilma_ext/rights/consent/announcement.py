"""What the host is told of, so that it may write to a family: never what was said (R16).

Each thing is told once: what has been told stands in a table of its own, in the same transaction.
"""

import hashlib
from collections.abc import Collection, Sequence
from datetime import timedelta

from wilma_ext.models import Answer, Told
from wilma_ext.register import SchoolRegister
from wilma_ext.register.reference import Native
from wilma_ext.register.relation import native_id
from wilma_ext.rights.consent.conflict import Voice, disputes_about
from wilma_ext.rights.decider.entitled import entitled_of_pupils
from wilma_ext.rights.noticing.ended import ended_of_pupils
from wilma_ext.rights.provider import inserted_first
from wilma_ext.signals import Announcement, answer_recorded, consent_conflict, consent_ended
from wilma_ext.vocabulary import Choice
from wilma_ext.work import Work

#: What ran out longer ago is noted, and told to nobody: news that old is none.
_OLD = timedelta(days=30)


def announce_answer(work: Work, answer: Answer) -> None:
    """Tell that a person answered or took an answer back; to that person alone."""
    words = {"act": answer.act, "channel": answer.channel}
    work.announce(
        Announcement(
            answer_recorded,
            {**_about(work, answer.provider_ref, answer.pupil_ref, {answer.giver_ref}), **words},
        )
    )


def announce_ended(
    work: Work, register: SchoolRegister, provider_ref: str, pupils: Sequence[Native]
) -> int:
    """Tell each person whose yes has ended by itself, once for a pupil; return how many times."""
    kind = consent_ended.name
    people = set()
    for ended in ended_of_pupils(
        work, register, provider_ref=provider_ref, pupils=pupils, untold_as=kind
    ):
        first = _first_time(work, provider_ref, kind, ended.choice_id)
        if first and (ended.until is None or ended.until > work.now() - _OLD):
            people.add((ended.pupil_ref, ended.giver_ref))
    for pupil_ref, giver_ref in sorted(people):
        about = _about(work, provider_ref, pupil_ref, {giver_ref})
        work.announce(Announcement(consent_ended, about))
    return len(people)


def announce_conflicts(
    work: Work, register: SchoolRegister, provider_ref: str, pupil_refs: Collection[str]
) -> int:
    """Tell the entitled guardians of each new disagreement; return about how many pupils."""
    told = 0
    for pupil_ref, voices in disputes_about(work, register, provider_ref, pupil_refs).items():
        new = [_first_time(work, provider_ref, consent_conflict.name, key) for key in _keys(voices)]
        if any(new):
            native = native_id(register, "pupils", "id", pupil_ref)
            guardians = entitled_of_pupils(work, register, [native], work.now())
            about = _about(work, provider_ref, pupil_ref, guardians.get(pupil_ref, frozenset()))
            work.announce(Announcement(consent_conflict, about))
            told += 1
    return told


def _about(
    work: Work, provider_ref: str, pupil_ref: str, person_refs: Collection[str]
) -> dict[str, object]:
    return {
        "provider_ref": provider_ref,
        "pupil_ref": pupil_ref,
        "person_refs": tuple(sorted(person_refs)),
        "instant": work.now(),
    }


def _keys(voices: tuple[Voice, ...]) -> list[str]:
    """One key for each yes that meets a no; an answer said again is the same disagreement."""
    pairs = [(yes, no) for yes in voices for no in voices if yes.pair == no.pair]
    return sorted(
        hashlib.sha256(repr([_voice(yes), _voice(no)]).encode()).hexdigest()
        for yes, no in pairs
        if (yes.value, no.value) == (Choice.YES, Choice.NO)
    )


def _voice(voice: Voice) -> tuple[str, ...]:
    return (voice.giver_ref, voice.capacity.value, str(voice.pair), voice.since.isoformat())


def _first_time(work: Work, provider_ref: str, kind: str, key: str) -> bool:
    """Note that something is told now; false where it has been told before."""
    row = {"provider_ref": provider_ref, "kind": kind, "key": key, "told_at": work.now()}
    return inserted_first(work, Told, row)
