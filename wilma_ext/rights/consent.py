"""Consent: what guardians and pupils say about one pupil, appended and never overwritten (D6)."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from wilma_ext.clock import civil_date
from wilma_ext.errors import Conflict, Invalid, NotPermitted
from wilma_ext.models import Answer, AnswerChoice, AnswerDecider, new_id
from wilma_ext.oversight.event import Actor, Event, Recorded
from wilma_ext.register import SchoolRegister
from wilma_ext.rights.activation import end_closed_pairs
from wilma_ext.rights.consent_form import Form, current_form
from wilma_ext.rights.giver import Giver
from wilma_ext.rights.own_answer import own_choices
from wilma_ext.rights.pairs import ConsentPair
from wilma_ext.rights.person import Pupil, entitled_refs, pupil_of
from wilma_ext.rights.policy import policy_at
from wilma_ext.rights.stage import stage_of
from wilma_ext.vocabulary import Capacity, Channel, Choice, Decider
from wilma_ext.work import Work

#: Letters of a receipt number: none that are mistaken for one another.
_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


@dataclass(frozen=True)
class ShownForm:
    """What the giver had before the eyes: form version, language, and by which channel."""

    form: Form
    language: str
    channel: Channel = Channel.ONLINE
    #: Who typed in a paper answer, and the reference of the paper (R24).
    entered_by: str | None = None
    document: str | None = None


@dataclass(frozen=True)
class Given:
    """The outcome of an act: the answer and the pairs that it closed."""

    answer_id: str
    number: str
    closed: tuple[ConsentPair, ...]


def answer(
    work: Work,
    register: SchoolRegister,
    *,
    giver: Giver,
    shown: ShownForm,
    choices: Mapping[ConsentPair, Choice],
    last_seen: str | None,
) -> Given:
    """Record what an entitled person says about every pair of the form (R1, R6-R8, R23).

    `last_seen` is the person's latest answer as the page knew it: if another has come since, it
    is a conflict, unless it says the very same, when that answer is returned (X11).
    """
    hold(work, giver.provider_ref, giver.pupil_ref)
    pupil = require_entitled(work, register, giver)
    _require_current(work, shown, choices)
    latest = latest_answer(work, giver)
    if (latest.id if latest else None) != last_seen:
        return _repeated(work, register, giver, shown, choices, latest)
    return record_answer(
        work,
        register,
        giver=giver,
        pupil=pupil,
        shown=shown,
        choices=choices,
        until=policy_at(work, giver.provider_ref, work.now()).consent_ends(work.now()),
    )


def record_answer(
    work: Work,
    register: SchoolRegister,
    *,
    giver: Giver,
    pupil: Pupil,
    shown: ShownForm,
    choices: Mapping[ConsentPair, Choice],
    until: datetime | None,
) -> Given:
    """Write an answer whose giver is known to be entitled; the caller holds the pupil.

    A new yes ends at `until`; None has no end. A pair that is said again and still living keeps
    its start and end (design 4.2).
    """
    at, actor = work.now(), _actor(giver, shown)
    place = {"provider_ref": giver.provider_ref, "pupil_ref": giver.pupil_ref}
    end_closed_pairs(work, register, actor=actor, **place)
    before = own_choices(work, register, giver=giver, county=shown.form.county, at=at)
    row = _append(work, register, giver, pupil, shown, act="answer")
    for pair, value in choices.items():
        old = before.get(pair)
        same = old is not None and old.value == value and old.alive
        if old is not None:
            old.row.superseded_at = at
            old.row.end_reason = "repeated" if same else "changed"
        start = old.row.valid_from if same and old else at
        stop = old.row.valid_until if same and old else until
        stop = stop if value == Choice.YES else None
        work.session.add(_choice(row, giver, pair, value, start, stop))
    closed = end_closed_pairs(work, register, actor=actor, **place)
    data = {
        "answer": row.id,
        "giver": giver.person_ref,
        "capacity": giver.capacity.value,
        "channel": shown.channel.value,
        "form": shown.form.form_id,
        "language": shown.language,
        "text": row.text_sha256,
        "yes": sorted(str(p) for p, value in choices.items() if value == Choice.YES),
        "no": sorted(str(p) for p, value in choices.items() if value == Choice.NO),
    }
    work.record(
        Recorded(
            giver.provider_ref,
            Event.CONSENT_ANSWERED,
            actor,
            data=data,
            pupil_ref=giver.pupil_ref,
        )
    )
    return Given(row.id, row.number, closed)


def withdraw(
    work: Work,
    register: SchoolRegister,
    *,
    giver: Giver,
    shown: ShownForm,
    pairs: frozenset[ConsentPair] | None = None,
) -> Given:
    """Take back one's own yes, all of it or the named pairs; always possible (R3).

    It leaves the person unanswered there; a no is not touched, nor is anybody else's answer.
    """
    hold(work, giver.provider_ref, giver.pupil_ref)
    pupil = pupil_of(work, register, giver.pupil_ref, giver.provider_ref)
    return record_withdrawal(work, register, giver=giver, pupil=pupil, shown=shown, pairs=pairs)


def record_withdrawal(
    work: Work,
    register: SchoolRegister,
    *,
    giver: Giver,
    pupil: Pupil,
    shown: ShownForm,
    pairs: frozenset[ConsentPair] | None = None,
) -> Given:
    """Write a withdrawal; the caller holds the pupil."""
    at, actor = work.now(), _actor(giver, shown)
    place = {"provider_ref": giver.provider_ref, "pupil_ref": giver.pupil_ref}
    end_closed_pairs(work, register, actor=actor, **place)
    mine = own_choices(work, register, giver=giver, county=shown.form.county, at=at)
    taken = sorted(
        pair
        for pair, said in mine.items()
        if said.value == Choice.YES and (pairs is None or pair in pairs)
    )
    row = _append(work, register, giver, pupil, shown, act="withdrawal")
    for pair in taken:
        mine[pair].row.superseded_at = at
        mine[pair].row.end_reason = "withdrawn"
    closed = end_closed_pairs(work, register, actor=actor, **place)
    data = {
        "answer": row.id,
        "giver": giver.person_ref,
        "capacity": giver.capacity.value,
        "channel": shown.channel.value,
        "pairs": [str(pair) for pair in taken],
    }
    work.record(
        Recorded(
            giver.provider_ref,
            Event.CONSENT_WITHDRAWN,
            actor,
            data=data,
            pupil_ref=giver.pupil_ref,
        )
    )
    return Given(row.id, row.number, closed)


def latest_answer(work: Work, giver: Giver) -> Answer | None:
    """Return the latest act of this person about this pupil, if any."""
    return work.session.scalar(
        select(Answer)
        .where(
            Answer.provider_ref == giver.provider_ref,
            Answer.pupil_ref == giver.pupil_ref,
            Answer.giver_ref == giver.person_ref,
            Answer.capacity == giver.capacity.value,
        )
        .order_by(Answer.given_at.desc(), Answer.id)
        .limit(1)
    )


def require_entitled(work: Work, register: SchoolRegister, giver: Giver) -> Pupil:
    """Return the pupil, or refuse: only who decides today may answer (R5, R6, design 4.3)."""
    pupil = pupil_of(work, register, giver.pupil_ref, giver.provider_ref)
    if not may_answer(work, register, giver, pupil):
        raise NotPermitted("not a decider")
    return pupil


def may_answer(work: Work, register: SchoolRegister, giver: Giver, pupil: Pupil) -> bool:
    """Tell whether the giver is one of today's deciders about the pupil."""
    at = work.now()
    stage = stage_of(
        work, register, provider_ref=giver.provider_ref, pupil_ref=giver.pupil_ref, at=at
    )
    if giver.capacity == Capacity.PUPIL:
        return pupil.person_ref == giver.person_ref and stage in (Decider.PUPIL, Decider.JOINT)
    entitled = entitled_refs(work, register, giver.pupil_ref, at)
    return giver.person_ref in entitled and stage in (Decider.GUARDIAN, Decider.JOINT)


def hold(work: Work, provider_ref: str, pupil_ref: str) -> None:
    """Take the locks of an answer, before the instant of the work is asked for."""
    work.lock_provider(provider_ref)
    work.lock_pupil(provider_ref, pupil_ref, exclusive=True)


def _require_current(work: Work, shown: ShownForm, choices: Mapping[ConsentPair, Choice]) -> None:
    """The form is the one in force, and every pair of it, and no other, is answered."""
    form = current_form(work, shown.form.provider_ref, shown.form.county, work.now())
    if form is None or form.form_id != shown.form.form_id:
        raise Conflict("a new version of the form has been published")
    if frozenset(choices) != shown.form.pairs():
        raise Invalid("every_question")


def _repeated(
    work: Work,
    register: SchoolRegister,
    giver: Giver,
    shown: ShownForm,
    choices: Mapping[ConsentPair, Choice],
    latest: Answer | None,
) -> Given:
    mine = own_choices(work, register, giver=giver, county=shown.form.county, at=work.now())
    same = {pair: said.value for pair, said in mine.items() if said.alive} == dict(choices)
    if latest is None or not same:
        raise Conflict("you have answered elsewhere in the meantime")
    return Given(latest.id, latest.number, ())


def _append(
    work: Work,
    register: SchoolRegister,
    giver: Giver,
    pupil: Pupil,
    shown: ShownForm,
    *,
    act: str,
) -> Answer:
    at = work.now()
    row = Answer(
        id=new_id(),
        provider_ref=giver.provider_ref,
        number=_number(at),
        pupil_ref=giver.pupil_ref,
        giver_ref=giver.person_ref,
        capacity=giver.capacity.value,
        channel=shown.channel.value,
        act=act,
        county=shown.form.county,
        form_id=shown.form.form_id,
        language=shown.language,
        text_sha256=shown.form.text_sha256(shown.language),
        given_at=at,
        given_on=civil_date(at),
        school_ref=pupil.school_ref,
        entered_by=shown.entered_by,
        document=shown.document,
    )
    work.session.add(row)
    work.session.flush()
    for ref in sorted(entitled_refs(work, register, giver.pupil_ref, at)):
        work.session.add(
            AnswerDecider(answer_id=row.id, person_ref=ref, provider_ref=giver.provider_ref)
        )
    work.session.flush()
    return row


def _choice(
    row: Answer,
    giver: Giver,
    pair: ConsentPair,
    value: Choice,
    start: datetime,
    stop: datetime | None,
) -> AnswerChoice:
    return AnswerChoice(
        id=new_id(),
        provider_ref=giver.provider_ref,
        answer_id=row.id,
        pupil_ref=giver.pupil_ref,
        giver_ref=giver.person_ref,
        capacity=giver.capacity.value,
        county=row.county,
        profession=pair.profession,
        category=pair.category,
        value=value.value,
        given_at=row.given_at,
        valid_from=start,
        valid_until=stop,
        superseded_at=None,
        end_reason=None,
    )


def _actor(giver: Giver, shown: ShownForm) -> Actor:
    if shown.entered_by is not None:
        return Actor(shown.entered_by, "secretary")
    return giver.actor


def _number(at: datetime) -> str:
    letters = "".join(secrets.choice(_LETTERS) for _ in range(10))
    return f"{civil_date(at).year}-{letters[:5]}-{letters[5:]}"
