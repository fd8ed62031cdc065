"""What has happened to a child's consents, as one person may see it (G12)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from wilma_ext.models import Answer, ConsentForm
from wilma_ext.rights.family import Consent
from wilma_ext.vocabulary import Capacity
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
    return [
        Act(
            answer.id,
            (answer.giver_ref, answer.capacity) == mine,
            Capacity(answer.capacity),
            answer.channel == "paper",
            answer.act == "withdrawal",
            answer.given_at,
            version,
        )
        for answer, version in rows
    ]
