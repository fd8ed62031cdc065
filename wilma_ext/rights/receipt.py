"""The receipt of an answer: what was said, the exact text, until when (G10, R23, R29)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from wilma_ext.errors import NotFound
from wilma_ext.models import Answer, AnswerChoice
from wilma_ext.rights.consent_form import Form, form_of
from wilma_ext.rights.giver import Giver
from wilma_ext.rights.pairs import ConsentPair
from wilma_ext.vocabulary import Choice
from wilma_ext.work import Work


@dataclass(frozen=True)
class Said:
    """One pair of the receipt."""

    pair: ConsentPair
    value: Choice
    since: datetime
    until: datetime | None


@dataclass(frozen=True)
class Receipt:
    """One act of one person, as it was."""

    number: str
    given_at: datetime
    withdrawal: bool
    form: Form
    language: str
    text: str
    text_sha256: str
    said: tuple[Said, ...]


def receipt_of(work: Work, giver: Giver, answer_id: str) -> Receipt:
    """Return the receipt of the person's own answer; anybody else's is `NotFound`."""
    answer = work.session.get(Answer, answer_id)
    if answer is None or answer.form_id is None or not _is_own(answer, giver):
        raise NotFound("no such answer")
    form = form_of(work, giver.provider_ref, answer.form_id)
    rows = work.session.scalars(
        select(AnswerChoice)
        .where(AnswerChoice.answer_id == answer.id)
        .order_by(AnswerChoice.category, AnswerChoice.profession)
    )
    said = tuple(
        Said(
            ConsentPair(row.profession, row.category),
            Choice(row.value),
            row.valid_from,
            row.valid_until,
        )
        for row in rows
    )
    return Receipt(
        answer.number,
        answer.given_at,
        answer.act == "withdrawal",
        form,
        answer.language,
        form.full_text(answer.language),
        answer.text_sha256,
        said,
    )


def _is_own(answer: Answer, giver: Giver) -> bool:
    return (
        answer.provider_ref == giver.provider_ref
        and answer.pupil_ref == giver.pupil_ref
        and answer.giver_ref == giver.person_ref
        and answer.capacity == giver.capacity.value
    )
