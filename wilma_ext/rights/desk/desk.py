"""The secretary's desk: pupils with the state of their consent and what is enabled (S1-S3)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import func, select

from wilma_ext.models import ActivationPair
from wilma_ext.register import SchoolRegister
from wilma_ext.register.reference import as_reference
from wilma_ext.register.relation import column, native_id, relation
from wilma_ext.rights.access.bound import PROVIDER_REF
from wilma_ext.rights.access.period import live
from wilma_ext.rights.consent.likeness import Child
from wilma_ext.rights.consent.likeness_reading import pairs_in
from wilma_ext.rights.consent.pairs import ConsentPair, States
from wilma_ext.rights.desk.desk_standing import Standings, standings_of
from wilma_ext.rights.person import School, schools_of
from wilma_ext.rights.welfare.welfare_group import group_of
from wilma_ext.vocabulary import ConsentState
from wilma_ext.work import Work


class DeskState(StrEnum):
    """Where a pupil stands on the secretary's desk; what waits to be done comes first.

    A given consent is waiting or enabled; the others tell apart why there is none.
    """

    WAITING = "waiting"
    ENABLED = "enabled"
    UNANSWERED = "unanswered"
    INCOMPLETE = "incomplete"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"


class DeskPupil(NamedTuple):
    """One line of the desk; never a word of look-ups (R16)."""

    pupil_ref: str
    given_names: str
    family_name: str
    group_name: str
    grade_level: str
    school_ref: str
    school_name: str
    school_name_sv: str | None
    birth_date: date | None
    state: DeskState
    #: Living pairs that are not enabled yet, and those that are.
    waiting: frozenset[ConsentPair]
    enabled: frozenset[ConsentPair]
    #: Pairs that are enabled although their consent does not live: nothing is open by them.
    stray: frozenset[ConsentPair]
    #: The day of the latest act of anybody about the pupil.
    answered_on: date | None
    #: A living consent ends within `SOON`.
    ending: bool
    #: One decider's yes stands against another's no.
    conflict: bool

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
    at: datetime | None = None,
) -> list[DeskPupil]:
    """Return the enrolled pupils of the provider's schools, or of the named ones.

    With `at` the desk as it stood then: the plugin's facts of that instant, the register's of
    today.
    """
    group = group_of(work, provider_ref, group_id)
    at = at or work.now()
    schools = {
        school.school_ref: school
        for school in schools_of(work, register, provider_ref)
        if school_refs is None or school.school_ref in school_refs
    }
    rows = _pupils(work, register, schools)
    children = [_child(row) for row in rows]
    standings = standings_of(
        work,
        register,
        provider_ref=provider_ref,
        county=group.county,
        children=children,
        school_refs=list(schools),
        at=at,
    )
    opened = opened_pairs(work, provider_ref, group_id, at)
    return [
        _line(
            child, row, schools[child.school_ref], standings, opened.get(child.pupil_ref, _NOTHING)
        )
        for child, row in zip(children, rows, strict=True)
    ]


def _pupils(work: Work, register: SchoolRegister, schools: Mapping[str, School]) -> Sequence[Any]:
    pupil = relation(register, "pupils")
    natives = [native_id(register, "schools", "id", ref) for ref in schools]
    statement = select(
        pupil.c.id,
        pupil.c.given_names,
        pupil.c.family_name,
        pupil.c.group_name,
        column(pupil, "grade_level").label("grade_level"),
        pupil.c.school_id,
        column(pupil, "birth_date").label("birth_date"),
    ).where(pupil.c.school_id.in_(natives), pupil.c.enrolled.is_(True))
    return work.connection.execute(statement).all()


def _child(row: Any) -> Child:
    return Child(as_reference(row.id), as_reference(row.school_id), _day(row.birth_date))


def _line(
    child: Child, row: Any, school: School, standings: Standings, opened: frozenset[ConsentPair]
) -> DeskPupil:
    _, given, family, group, grade, *_ = row
    ref = child.pupil_ref
    states = standings.states.get(ref, {})
    waiting, enabled, stray = _split(standings.living(states), opened)
    return DeskPupil(
        ref,
        str(given),
        str(family),
        str(group),
        "" if grade is None else str(grade),
        child.school_ref,
        school.name,
        school.name_sv,
        child.birth_date,
        _state(states, waiting, enabled, standings.latest_act(ref)),
        waiting,
        enabled,
        stray,
        standings.answered_on(ref),
        ref in standings.ending,
        ref in standings.conflicts,
    )


_NOTHING: frozenset[ConsentPair] = frozenset()


@lru_cache(maxsize=4096)
def _split(
    living: frozenset[ConsentPair], opened: frozenset[ConsentPair]
) -> tuple[frozenset[ConsentPair], frozenset[ConsentPair], frozenset[ConsentPair]]:
    """Return what waits, what is enabled, and what is enabled without a living consent."""
    return living - opened, living & opened, opened - living


def _state(
    states: States,
    waiting: frozenset[ConsentPair],
    enabled: frozenset[ConsentPair],
    latest_act: str | None,
) -> DeskState:
    if waiting:
        return DeskState.WAITING
    if enabled:
        return DeskState.ENABLED
    return closed_state(states, latest_act)


def closed_state(states: States, latest_act: str | None) -> DeskState:
    """Return why nothing of a pupil lives: what happened last, before what was said of a part.

    Where one pair was refused and another only waits for a second yes, the answer is not whole.
    """
    said = set(states.values())
    if latest_act == "withdrawal":
        return DeskState.WITHDRAWN
    if ConsentState.ENDED in said:
        return DeskState.ENDED
    if said == {ConsentState.REFUSED}:
        return DeskState.REFUSED
    return DeskState.INCOMPLETE if latest_act else DeskState.UNANSWERED


def opened_pairs(
    work: Work, provider_ref: str, group_id: str, at: datetime
) -> dict[str, frozenset[ConsentPair]]:
    """Return what is enabled for every pupil of whom anything is."""
    pair = ActivationPair.__table__.c
    statement = (
        select(pair.pupil_ref, func.aggregate_strings(pair.profession + ":" + pair.category, ","))
        .where(
            pair.provider_ref == PROVIDER_REF,
            pair.group_id == group_id,
            live(ActivationPair.__table__),
        )
        .group_by(pair.pupil_ref)
    )
    rows = work.connection.execute(statement, {"provider_ref": provider_ref, "at": at}).all()
    return {ref: pairs_in(pairs) for ref, pairs in rows}


def _day(value: Any) -> date | None:
    return value if isinstance(value, date) else None
