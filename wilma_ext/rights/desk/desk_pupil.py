"""One pupil on the secretary's desk: every answer, what is enabled and what was (S14)."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from wilma_ext.models import Activation, ActivationPair, Answer, AnswerChoice
from wilma_ext.rights.consent.pairs import ConsentPair
from wilma_ext.work import Work


@dataclass(frozen=True)
class PupilAnswer:
    """One act about a pupil as the secretary sees it."""

    giver_ref: str
    capacity: str
    withdrawal: bool
    on_paper: bool
    signed_on: date | None
    document: str | None
    #: Who typed in what stands on the paper (R24).
    entered_by: str | None
    given_at: datetime
    yes: tuple[ConsentPair, ...]
    no: tuple[ConsentPair, ...]


def answers_about(work: Work, provider_ref: str, pupil_ref: str) -> list[PupilAnswer]:
    """Return every answer about the pupil, newest first, with what it said."""
    answers = work.session.scalars(
        select(Answer)
        .where(Answer.provider_ref == provider_ref, Answer.pupil_ref == pupil_ref)
        .order_by(Answer.given_at.desc(), Answer.id)
    ).all()
    said: dict[str, dict[str, list[ConsentPair]]] = {}
    for row in work.session.scalars(
        select(AnswerChoice).where(AnswerChoice.answer_id.in_([a.id for a in answers]))
    ):
        pair = ConsentPair(row.profession, row.category)
        said.setdefault(row.answer_id, {}).setdefault(row.value, []).append(pair)
    return [
        PupilAnswer(
            answer.giver_ref,
            answer.capacity,
            answer.act == "withdrawal",
            answer.channel == "paper",
            answer.signed_on,
            answer.document,
            answer.entered_by,
            answer.given_at,
            tuple(sorted(said.get(answer.id, {}).get("yes", []))),
            tuple(sorted(said.get(answer.id, {}).get("no", []))),
        )
        for answer in answers
    ]


@dataclass(frozen=True)
class OpenPair:
    """A pair that is or was enabled for a pupil: since when, by whom, and how it ended."""

    pair: ConsentPair
    since: datetime
    by: str
    until: datetime | None = None
    end_reason: str | None = None


def opened_for(work: Work, provider_ref: str, pupil_ref: str, group_id: str) -> list[OpenPair]:
    """Return what is and was enabled for the pupil's group; what is open comes first."""
    rows = work.session.execute(
        select(ActivationPair, Activation.activated_by)
        .join(Activation, Activation.id == ActivationPair.activation_id)
        .where(
            ActivationPair.provider_ref == provider_ref,
            ActivationPair.pupil_ref == pupil_ref,
            ActivationPair.group_id == group_id,
        )
        .order_by(
            ActivationPair.valid_until.desc(), ActivationPair.category, ActivationPair.profession
        )
    )
    found = [
        OpenPair(
            ConsentPair(row.profession, row.category),
            row.valid_from,
            by,
            row.valid_until,
            row.end_reason,
        )
        for row, by in rows
    ]
    return sorted(found, key=lambda one: one.until is not None)
