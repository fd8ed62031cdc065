"""Whether the pupil is the worker's own child, or the worker (R22)."""

from typing import Any

from sqlalchemy import ColumnElement, FromClause, and_, bindparam, exists, false, or_, select

from wilma_ext.models import GuardianDecision
from wilma_ext.register.reference import as_text
from wilma_ext.register.relation import has, id_type, relation
from wilma_ext.rights.access.bearing import Bearing
from wilma_ext.rights.access.bound import PERSON_REF, PROVIDER_REF
from wilma_ext.rights.access.period import live


def is_own_child(bearing: Bearing) -> ColumnElement[bool]:
    """The pupil is the worker, or a child of the worker: by any guardianship, by a decision (R22).

    It looks through `human_id`, where one human has several accounts.
    """
    row = bearing.row.c
    guardian = bearing.guardianships()
    child = (
        exists(select(guardian.c.pupil_id))
        .where(
            guardian.c.pupil_id == row.pupil_id,
            _same_human(bearing, guardian.c.guardian_id, guardian),
        )
        .correlate(bearing.row)
    )
    self_ = and_(row.pupil_person_id.is_not(None), _same_human(bearing, row.pupil_person_id))
    return or_(child, self_, _appointed(bearing))


def _appointed(bearing: Bearing) -> ColumnElement[bool]:
    """The worker is a guardian of the pupil by a decision in force, under whichever account."""
    decision, row = GuardianDecision.__table__.alias(), bearing.row.c
    mine = (
        select(decision.c.id)
        .where(
            decision.c.provider_ref == PROVIDER_REF,
            decision.c.pupil_ref == row.pupil_ref,
            live(decision),
            or_(decision.c.person_ref == PERSON_REF, _other_account(bearing, decision)),
        )
        .correlate(bearing.row)
    )
    return and_(row.appointment_changed_at.is_not(None), exists(mine.offset(0)))


def _other_account(bearing: Bearing, decision: FromClause) -> ColumnElement[bool]:
    """The decision names another account of the worker, by `human_id`."""
    mine, theirs = (relation(bearing.register, "people") for _ in range(2))
    if not has(mine, "human_id"):
        return false()
    person = bindparam("person", type_=id_type(bearing.register, "people", "id"))
    same = (mine.c.id == person, theirs.c.human_id == mine.c.human_id)
    named = as_text(theirs.c.id) == decision.c.person_ref
    return exists(select(mine.c.id)).where(*same, named).correlate(bearing.row, decision)


def _same_human(
    bearing: Bearing, person_id: ColumnElement[Any], *within: FromClause
) -> ColumnElement[bool]:
    person = bindparam("person", type_=id_type(bearing.register, "people", "id"))
    mine, theirs = (relation(bearing.register, "people") for _ in range(2))
    if not has(mine, "human_id"):
        return person_id == person
    alias = (
        exists(select(mine.c.id))
        .where(mine.c.id == person, theirs.c.human_id == mine.c.human_id, theirs.c.id == person_id)
        .correlate(bearing.row, *within)
    )
    return or_(person_id == person, alias)
