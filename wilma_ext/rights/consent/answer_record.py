"""Writing an answer or a withdrawal down: appended facts, and what they close."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from wilma_ext.clock import civil_date
from wilma_ext.models import Answer, AnswerChoice, AnswerDecider
from wilma_ext.opaque_id import new_id
from wilma_ext.oversight.event import Actor, Event, Recorded
from wilma_ext.register import SchoolRegister
from wilma_ext.rights.consent.announcement import announce_answer, announce_conflicts
from wilma_ext.rights.consent.deactivation import end_closed_pairs
from wilma_ext.rights.consent.giver import Giver
from wilma_ext.rights.consent.own_answer import OwnChoice, own_choices
from wilma_ext.rights.consent.pairs import ConsentPair
from wilma_ext.rights.decider.guardian import entitled_refs
from wilma_ext.rights.form.consent_form import Form
from wilma_ext.rights.noticing.register_change import SYSTEM, observe
from wilma_ext.rights.person import Pupil
from wilma_ext.vocabulary import Channel, Choice
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
    #: The day that stands on the paper.
    signed_on: date | None = None


@dataclass(frozen=True)
class Given:
    """The outcome of an act: the answer and the pairs that it closed."""

    answer_id: str
    number: str
    closed: tuple[ConsentPair, ...]


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
    observe(work, register, giver.provider_ref, [giver.pupil_ref])
    end_closed_pairs(work, register, actor=SYSTEM, **place)
    before = own_choices(work, register, giver=giver, county=shown.form.county, at=at)
    row = _append(work, register, giver, pupil, shown, act="answer")
    periods = {pair: _period(before.get(pair), value, at, until) for pair, value in choices.items()}
    work.session.flush()  # what stood before has its end: one choice stands on a pair at a time
    for pair, value in choices.items():
        work.session.add(_choice(row, giver, pair, value, *periods[pair]))
    closed = end_closed_pairs(work, register, actor=actor, **place)
    said = {
        "form": shown.form.form_id,
        "language": shown.language,
        "text": row.text_sha256,
        "yes": sorted(str(pair) for pair, value in choices.items() if value == Choice.YES),
        "no": sorted(str(pair) for pair, value in choices.items() if value == Choice.NO),
    }
    _record(work, Event.CONSENT_ANSWERED, giver, shown, row, said)
    announce_answer(work, row)
    announce_conflicts(work, register, giver.provider_ref, [giver.pupil_ref])
    return Given(row.id, row.number, closed)


def _period(
    old: OwnChoice | None, value: Choice, at: datetime, until: datetime | None
) -> tuple[datetime, datetime | None]:
    """End what the person said before on the pair, and return the period of what is said now."""
    start, stop = at, until
    if old is not None:
        same = old.value == value and old.alive
        old.row.superseded_at = at
        old.row.end_reason = "repeated" if same else "changed"
        if same:
            start, stop = old.row.valid_from, old.row.valid_until
    return start, stop if value == Choice.YES else None


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
    observe(work, register, giver.provider_ref, [giver.pupil_ref])
    end_closed_pairs(work, register, actor=SYSTEM, **place)
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
    said = {"pairs": [str(pair) for pair in taken]}
    _record(work, Event.CONSENT_WITHDRAWN, giver, shown, row, said)
    announce_answer(work, row)
    return Given(row.id, row.number, closed)


def _record(
    work: Work,
    event: Event,
    giver: Giver,
    shown: ShownForm,
    row: Answer,
    said: Mapping[str, object],
) -> None:
    data = {
        "answer": row.id,
        "giver": giver.person_ref,
        "capacity": giver.capacity.value,
        "channel": shown.channel.value,
        **said,
    }
    work.record(
        Recorded(
            giver.provider_ref, event, _actor(giver, shown), data=data, pupil_ref=giver.pupil_ref
        )
    )


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
        signed_on=shown.signed_on,
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
