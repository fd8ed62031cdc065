"""The secretary's desk: pupils with the state of their consent and what is enabled (S1-S3)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select

from wilma_ext.models import Activation, ActivationPair, Answer, AnswerChoice
from wilma_ext.register import SchoolRegister
from wilma_ext.register.reference import as_reference
from wilma_ext.register.relation import column, native_id, relation
from wilma_ext.rights.pairs import ConsentPair, States, states_of_pupils
from wilma_ext.rights.person import School, schools_of
from wilma_ext.rights.welfare_group import group_of
from wilma_ext.vocabulary import ConsentState
from wilma_ext.work import Work


class DeskState(StrEnum):
    """Where a pupil stands on the secretary's desk."""

    WAITING = "waiting"
    ENABLED = "enabled"
    REFUSED = "refused"
    ENDED = "ended"
    UNANSWERED = "unanswered"


@dataclass(frozen=True)
class DeskPupil:
    """One line of the desk; never a word of look-ups (R16)."""

    pupil_ref: str
    given_names: str
    family_name: str
    group_name: str
    school_ref: str
    school_name: str
    school_name_sv: str | None
    birth_date: date | None
    state: DeskState
    #: Living pairs that are not enabled yet, and those that are.
    waiting: tuple[ConsentPair, ...]
    enabled: tuple[ConsentPair, ...]

    @property
    def name(self) -> str:
        """Family name first, as lists have it."""
        return f"{self.family_name} {self.given_names}"


def desk_of(
    work: Work,
    register: SchoolRegister,
    *,
    provider_ref: str,
    group_id: str,
    school_refs: frozenset[str] | None,
) -> list[DeskPupil]:
    """Return the enrolled pupils of the provider's schools, or of the named ones."""
    group = group_of(work, provider_ref, group_id)
    schools = {
        school.school_ref: school
        for school in schools_of(work, register, provider_ref)
        if school_refs is None or school.school_ref in school_refs
    }
    rows = _pupils(work, register, schools)
    spoken = _spoken_of(work, provider_ref)
    natives = [row.id for row in rows if as_reference(row.id) in spoken]
    states = states_of_pupils(
        work,
        register,
        provider_ref=provider_ref,
        pupils=natives,
        county=group.county,
        at=work.now(),
    )
    opened = _opened(work, provider_ref, group_id)
    return [_line(row, schools, states, opened) for row in rows]


def _pupils(work: Work, register: SchoolRegister, schools: Mapping[str, School]) -> Sequence[Any]:
    pupil = relation(register, "pupils")
    natives = [native_id(register, "schools", "id", ref) for ref in schools]
    statement = select(
        pupil.c.id,
        pupil.c.given_names,
        pupil.c.family_name,
        pupil.c.group_name,
        pupil.c.school_id,
        column(pupil, "birth_date"),
    ).where(pupil.c.school_id.in_(natives), pupil.c.enrolled.is_(True))
    return work.connection.execute(statement).all()


def _line(
    row: Any,
    schools: Mapping[str, School],
    states: Mapping[str, States],
    opened: Mapping[str, frozenset[ConsentPair]],
) -> DeskPupil:
    identifier, given, family, group, school, born = row
    ref, school_ref = as_reference(identifier), as_reference(school)
    of_pupil = states.get(ref, {})
    living = {pair for pair, state in of_pupil.items() if state == ConsentState.LIVING}
    enabled = living & opened.get(ref, frozenset())
    return DeskPupil(
        ref,
        str(given),
        str(family),
        str(group),
        school_ref,
        schools[school_ref].name,
        schools[school_ref].name_sv,
        born if isinstance(born, date) else None,
        _state(of_pupil, living, enabled),
        tuple(sorted(living - enabled)),
        tuple(sorted(enabled)),
    )


def _state(of_pupil: States, living: set[ConsentPair], enabled: set[ConsentPair]) -> DeskState:
    """One word for the pupil: what waits to be done comes first."""
    if living - enabled:
        return DeskState.WAITING
    if enabled:
        return DeskState.ENABLED
    said = set(of_pupil.values())
    if ConsentState.REFUSED in said:
        return DeskState.REFUSED
    if ConsentState.ENDED in said:
        return DeskState.ENDED
    return DeskState.UNANSWERED


def _spoken_of(work: Work, provider_ref: str) -> frozenset[str]:
    """The pupils of whom anybody has said anything that stands."""
    statement = (
        select(AnswerChoice.pupil_ref)
        .where(AnswerChoice.provider_ref == provider_ref, AnswerChoice.superseded_at.is_(None))
        .distinct()
    )
    return frozenset(work.session.scalars(statement))


def _opened(work: Work, provider_ref: str, group_id: str) -> dict[str, frozenset[ConsentPair]]:
    statement = select(
        ActivationPair.pupil_ref, ActivationPair.profession, ActivationPair.category
    ).where(
        ActivationPair.provider_ref == provider_ref,
        ActivationPair.group_id == group_id,
        ActivationPair.valid_until.is_(None),
    )
    found: dict[str, set[ConsentPair]] = {}
    for ref, profession, category in work.session.execute(statement):
        found.setdefault(ref, set()).add(ConsentPair(profession, category))
    return {ref: frozenset(pairs) for ref, pairs in found.items()}


@dataclass(frozen=True)
class PupilAnswer:
    """One act about a pupil as the secretary sees it (S14)."""

    giver_ref: str
    capacity: str
    withdrawal: bool
    on_paper: bool
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
            answer.given_at,
            tuple(sorted(said.get(answer.id, {}).get("yes", []))),
            tuple(sorted(said.get(answer.id, {}).get("no", []))),
        )
        for answer in answers
    ]


@dataclass(frozen=True)
class OpenPair:
    """A pair that is enabled for a pupil: since when, by whom."""

    pair: ConsentPair
    since: datetime
    by: str


def opened_for(work: Work, provider_ref: str, pupil_ref: str, group_id: str) -> list[OpenPair]:
    """Return what is enabled for the pupil's group, since when and by whom (S14)."""
    rows = work.session.execute(
        select(ActivationPair, Activation.activated_by)
        .join(Activation, Activation.id == ActivationPair.activation_id)
        .where(
            ActivationPair.provider_ref == provider_ref,
            ActivationPair.pupil_ref == pupil_ref,
            ActivationPair.group_id == group_id,
            ActivationPair.valid_until.is_(None),
        )
        .order_by(ActivationPair.category, ActivationPair.profession)
    )
    return [
        OpenPair(ConsentPair(row.profession, row.category), row.valid_from, by) for row, by in rows
    ]
