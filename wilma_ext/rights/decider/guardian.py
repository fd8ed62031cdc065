"""A pupil's guardians, by the host's guardianships and by recorded decisions; a person's children.

Who of them is entitled to decide is the one rule of `guardianship`, asked here by id.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, bindparam, or_, select

from wilma_ext.clock import civil_date
from wilma_ext.errors import Invalid
from wilma_ext.models import GuardianDecision
from wilma_ext.register import SchoolRegister
from wilma_ext.register.reference import Native, as_reference, as_text, known
from wilma_ext.register.relation import column, id_type, native_id, relation
from wilma_ext.rights.access.bearing import Bearing, family_of
from wilma_ext.rights.access.period import live_on_day
from wilma_ext.rights.decider.guardianship import appointed_guardians, entitled_guardians
from wilma_ext.rights.person import Pupil, display_names, pupils_where, same_human
from wilma_ext.work import Work


@dataclass(frozen=True)
class Guardian:
    """A guardian of one pupil at one instant."""

    person_ref: str
    display_name: str
    #: Whether this guardian decides: with the right, and the right to information (R6).
    entitled: bool
    #: Whether a decision of the school makes the person a guardian.
    appointed: bool


def guardians_of(
    work: Work, register: SchoolRegister, pupil_ref: str, at: datetime
) -> list[Guardian]:
    """Return the pupil's guardians at the instant, entitled or not, in the order of their names."""
    native = native_id(register, "pupils", "id", pupil_ref)
    guardian = relation(register, "guardianships")
    statement = select(guardian.c.guardian_id).where(
        guardian.c.pupil_id == native, _today(guardian)
    )
    found = work.connection.scalars(statement, {"day": civil_date(at)})
    by_host = frozenset(as_reference(ref) for ref in found)
    decided = _decided(work, register, at, GuardianDecision.pupil_ref == pupil_ref)
    appointed = frozenset(decision.person_ref for decision, _ in decided)
    entitled = entitled_refs(work, register, pupil_ref, at)
    names = display_names(work, register, by_host | appointed)
    guardians = [
        Guardian(ref, names.get(ref, ""), ref in entitled, ref in appointed)
        for ref in by_host | appointed
    ]
    return sorted(guardians, key=lambda each: (each.display_name, each.person_ref))


def entitled_refs(
    work: Work, register: SchoolRegister, pupil_ref: str, at: datetime
) -> frozenset[str]:
    """Return the person ids of the guardians entitled to decide; stored with every answer."""
    native = native_id(register, "pupils", "id", pupil_ref)
    return entitled_of_pupils(work, register, [native], at).get(pupil_ref, frozenset())


def entitled_of_pupils(
    work: Work, register: SchoolRegister, pupils: Sequence[Native], at: datetime
) -> dict[str, frozenset[str]]:
    """Return the same for several pupils; one whom nobody may decide for is not in it."""
    alone = len(pupils) == 1
    values = {"at": at, "day": civil_date(at), "pupils": list(pupils), "pupil": [*pupils, None][0]}
    found: dict[str, set[str]] = {}
    for statement in _entitled(register, alone=alone):
        for pupil, person in work.connection.execute(statement, values):
            found.setdefault(pupil, set()).add(as_reference(person))
    return {pupil: frozenset(people) for pupil, people in found.items()}


def children_of(work: Work, register: SchoolRegister, person_ref: str, at: datetime) -> list[Pupil]:
    """Return the pupils of whom the person is a guardian now, entitled to decide or not."""
    person = native_id(register, "people", "id", person_ref)
    guardian = relation(register, "guardianships")
    mine = (
        select(guardian.c.pupil_id)
        .where(guardian.c.guardian_id == person, _today(guardian))
        .distinct()
    )
    by_host = pupils_where(
        work, register, lambda pupil, _: pupil.c.id.in_(mine), {"day": civil_date(at)}
    )
    decided = _decided(work, register, at, GuardianDecision.person_ref == person_ref)
    children = {pupil.pupil_ref: pupil for pupil in by_host}
    return list((children | {pupil.pupil_ref: pupil for _, pupil in decided}).values())


def refuse_own_child(work: Work, register: SchoolRegister, pupil: Pupil, person_ref: str) -> None:
    """Refuse who would act for the school about oneself, or about a child of one's own.

    It looks at every guardianship there ever was and, where one human has several accounts, at
    all of them (`human_id`).
    """
    guardian = relation(register, "guardianships")
    native = native_id(register, "pupils", "id", pupil.pupil_ref)
    found = work.connection.scalars(
        select(guardian.c.guardian_id).where(guardian.c.pupil_id == native).distinct()
    )
    family = {as_reference(ref) for ref in found}
    family |= entitled_refs(work, register, pupil.pupil_ref, work.now())
    family |= {pupil.person_ref} if pupil.person_ref is not None else set()
    if any(same_human(work, register, person_ref, ref) for ref in family):
        raise Invalid("own_family")


def _today(guardian: FromClause) -> ColumnElement[bool]:
    return live_on_day(column(guardian, "valid_from"), column(guardian, "valid_until"))


def _decided(
    work: Work, register: SchoolRegister, at: datetime, which: ColumnElement[bool]
) -> list[tuple[GuardianDecision, Pupil]]:
    """The decisions in force, of the provider that has the pupil now (R25), with their pupils."""
    until = GuardianDecision.valid_until
    found = work.session.scalars(
        select(GuardianDecision).where(
            which, GuardianDecision.valid_from <= at, or_(until.is_(None), until > at)
        )
    ).all()
    if not found:
        return []
    kind = id_type(register, "pupils", "id")
    natives = [native for row in found if (native := known(row.pupil_ref, kind)) is not None]
    pupils = pupils_where(work, register, lambda pupil, _: pupil.c.id.in_(natives))
    by_ref = {(pupil.provider_ref, pupil.pupil_ref): pupil for pupil in pupils}
    places = ((row, (row.provider_ref, row.pupil_ref)) for row in found)
    return [(row, by_ref[place]) for row, place in places if place in by_ref]


@lru_cache(maxsize=16)
def _entitled(register: SchoolRegister, *, alone: bool) -> tuple[Select[Any], Select[Any]]:
    """Pupil id as text, and the person: by the host in its own type, by a decision as text."""
    pupil, school = relation(register, "pupils"), relation(register, "schools")
    kind = id_type(register, "pupils", "id")
    wanted = bindparam("pupil" if alone else "pupils", type_=kind, expanding=not alone)
    family = (
        select(
            pupil.c.id.label("pupil_id"),
            as_text(pupil.c.id).label("pupil_ref"),
            as_text(school.c.provider_id).label("provider_ref"),
        )
        .join(school, school.c.id == pupil.c.school_id)
        .where(pupil.c.id == wanted if alone else pupil.c.id.in_(wanted))
        .subquery()
    )
    bearing = Bearing(register, family, family_of(register, wanted))
    guardian, entitled = entitled_guardians(bearing)
    decision, appointed = appointed_guardians(bearing)
    return (
        select(family.c.pupil_ref, guardian.c.guardian_id).join_from(family, guardian, entitled),
        select(family.c.pupil_ref, decision.c.person_ref).join_from(family, decision, appointed),
    )
