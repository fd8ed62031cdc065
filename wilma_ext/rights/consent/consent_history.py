"""What has happened to a child's consents, as one person may see it (G12)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from wilma_ext.models import Answer, AnswerChoice, ConsentForm
from wilma_ext.rights.consent.family import Consent
from wilma_ext.vocabulary import Capacity, Channel, Choice
from wilma_ext.work import Work


@dataclass(frozen=True)
class Act:
    """One line of the history: who, when, what kind, by which version of the form."""

    answer_id: str
    own: bool
    capacity: Capacity
    on_paper: bool
    withdrawal: bool
    given_at: datetime
    version: int | None
    #: What was said, of the person's own answers only.
    said: frozenset[Choice] = frozenset()


def history_of(work: Work, consent: Consent) -> list[Act]:
    """Return every answer about the child, newest first (G12); other people's without contents."""
    rows = work.session.execute(
        select(Answer, ConsentForm.version)
        .outerjoin(ConsentForm, ConsentForm.id == Answer.form_id)
        .where(
            Answer.provider_ref == consent.giver.provider_ref,
            Answer.pupil_ref == consent.giver.pupil_ref,
        )
        .order_by(Answer.given_at.desc(), Answer.id)
    )
    mine = (consent.giver.person_ref, consent.giver.capacity.value)
    said = _own_choices(work, consent)
    return [
        Act(
            answer.id,
            (answer.giver_ref, answer.capacity) == mine,
            Capacity(answer.capacity),
            answer.channel == Channel.PAPER.value,
            answer.act == "withdrawal",
            answer.given_at,
            version,
            frozenset(said.get(answer.id, ())),
        )
        for answer, version in rows
    ]


def _own_choices(work: Work, consent: Consent) -> dict[str, set[Choice]]:
    rows = work.session.execute(
        select(AnswerChoice.answer_id, AnswerChoice.value).where(
            AnswerChoice.provider_ref == consent.giver.provider_ref,
            AnswerChoice.pupil_ref == consent.giver.pupil_ref,
            AnswerChoice.giver_ref == consent.giver.person_ref,
            AnswerChoice.capacity == consent.giver.capacity.value,
        )
    )
    found: dict[str, set[Choice]] = {}
    for answer_id, value in rows:
        found.setdefault(answer_id, set()).add(Choice(value))
    return found
