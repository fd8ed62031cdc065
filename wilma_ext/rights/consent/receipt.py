"""The receipt of an answer: what was said, the exact text, until when (G10, R23, R24, R29)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from wilma_ext.errors import NotFound
from wilma_ext.models import ActivationPair, Answer, AnswerChoice, Provider
from wilma_ext.register import SchoolRegister
from wilma_ext.rights.consent.giver import Giver
from wilma_ext.rights.consent.pairs import ConsentPair, pair_states
from wilma_ext.rights.consent.shown_pair import consent_cells
from wilma_ext.rights.form.consent_form import Form, form_of
from wilma_ext.rights.person import display_names
from wilma_ext.rights.policy.policy import policy_at
from wilma_ext.rights.provider import Names
from wilma_ext.vocabulary import Capacity, Channel, Choice, ConsentState
from wilma_ext.work import Work


@dataclass(frozen=True)
class Said:
    """One pair of the receipt; of a withdrawal, a yes that it took back and so ended."""

    pair: ConsentPair
    value: Choice
    since: datetime
    until: datetime | None


@dataclass(frozen=True)
class Paper:
    """The paper that the school entered: who signed it, on which day, where it is kept (R24)."""

    signer: str
    signed_on: date | None
    document: str


@dataclass(frozen=True)
class Receipt:
    """One act of one person, as it was."""

    number: str
    given_at: datetime
    withdrawal: bool
    capacity: Capacity
    #: None where the person answered on the page.
    paper: Paper | None
    provider: Names
    form: Form
    language: str
    text: str
    text_sha256: str
    said: tuple[Said, ...]
    #: The pairs of it that were open to the welfare staff until this act, and closed by it.
    closed: tuple[ConsentPair, ...]


def receipt_of(work: Work, register: SchoolRegister, giver: Giver, answer_id: str) -> Receipt:
    """Return the receipt of the person's own answer; anybody else's is `NotFound`."""
    answer = work.session.get(Answer, answer_id)
    if answer is None or answer.form_id is None or not _is_own(answer, giver):
        raise NotFound("no such answer")
    form = form_of(work, giver.provider_ref, answer.form_id)
    withdrawal = answer.act == "withdrawal"
    said = _withdrawn(work, answer) if withdrawal else _said(work, answer)
    taken = {one.pair for one in said if withdrawal or one.value == Choice.NO}
    return Receipt(
        number=answer.number,
        given_at=answer.given_at,
        withdrawal=withdrawal,
        capacity=Capacity(answer.capacity),
        paper=_paper(work, register, answer),
        provider=_provider(work, giver.provider_ref),
        form=form,
        language=answer.language,
        text=form.full_text(answer.language),
        text_sha256=answer.text_sha256,
        said=said,
        closed=tuple(sorted(taken & _closed(work, register, answer))),
    )


def _said(work: Work, answer: Answer) -> tuple[Said, ...]:
    rows = work.session.scalars(select(AnswerChoice).where(AnswerChoice.answer_id == answer.id))
    return tuple(
        sorted(
            (Said(_pair(row), Choice(row.value), row.valid_from, row.valid_until) for row in rows),
            key=lambda one: one.pair,
        )
    )


def _withdrawn(work: Work, answer: Answer) -> tuple[Said, ...]:
    """What the withdrawal took back: it ended these choices at its own instant."""
    rows = work.session.scalars(
        select(AnswerChoice).where(
            AnswerChoice.provider_ref == answer.provider_ref,
            AnswerChoice.pupil_ref == answer.pupil_ref,
            AnswerChoice.giver_ref == answer.giver_ref,
            AnswerChoice.capacity == answer.capacity,
            AnswerChoice.county == answer.county,
            AnswerChoice.superseded_at == answer.given_at,
            AnswerChoice.end_reason == "withdrawn",
        )
    )
    found = (Said(_pair(row), Choice.YES, row.valid_from, answer.given_at) for row in rows)
    return tuple(sorted(found, key=lambda one: one.pair))


def _closed(work: Work, register: SchoolRegister, answer: Answer) -> set[ConsentPair]:
    """The pairs whose enabling ended at the instant of the act.

    Where pairs open without the secretary nothing of it is stored: there the rule is asked of the
    last instant before the act and of the act itself.
    """
    rows = work.session.scalars(
        select(ActivationPair).where(
            ActivationPair.provider_ref == answer.provider_ref,
            ActivationPair.pupil_ref == answer.pupil_ref,
            ActivationPair.valid_until == answer.given_at,
            ActivationPair.end_reason.in_(("withdrawn", "refused")),
        )
    )
    cells = consent_cells(work, answer.provider_ref, answer.county, answer.given_at)
    closed = {_pair(row) for row in rows}
    if policy_at(work, answer.provider_ref, answer.given_at).activation == "automatic":
        before = answer.given_at - timedelta(microseconds=1)
        living = _living(work, register, answer, before)
        closed |= living - _living(work, register, answer, answer.given_at)
    return closed & cells


def _living(work: Work, register: SchoolRegister, answer: Answer, at: datetime) -> set[ConsentPair]:
    states = pair_states(
        work,
        register,
        provider_ref=answer.provider_ref,
        pupil_ref=answer.pupil_ref,
        county=answer.county,
        at=at,
    )
    return {pair for pair, state in states.items() if state == ConsentState.LIVING}


def _paper(work: Work, register: SchoolRegister, answer: Answer) -> Paper | None:
    if answer.channel != Channel.PAPER.value:
        return None
    names = display_names(work, register, frozenset({answer.giver_ref}))
    return Paper(names.get(answer.giver_ref, ""), answer.signed_on, answer.document or "")


def _provider(work: Work, provider_ref: str) -> Names:
    row = work.session.get(Provider, provider_ref)
    if row is None:
        raise NotFound("no such provider")
    return Names(row.name_fi, row.name_sv, row.name_en)


def _pair(row: AnswerChoice | ActivationPair) -> ConsentPair:
    return ConsentPair(row.profession, row.category)


def _is_own(answer: Answer, giver: Giver) -> bool:
    return (
        answer.provider_ref == giver.provider_ref
        and answer.pupil_ref == giver.pupil_ref
        and answer.giver_ref == giver.person_ref
        and answer.capacity == giver.capacity.value
    )
