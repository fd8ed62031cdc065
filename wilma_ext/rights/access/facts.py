"""The second layer of a rights statement: every fact that a condition rests on, computed once."""

from dataclasses import replace
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    String,
    and_,
    bindparam,
    case,
    exists,
    literal,
    or_,
    select,
    true,
)

from wilma_ext.models import (
    ActivationPair,
    Agreement,
    Assignment,
    MatrixCell,
    MatrixVersion,
    PersonalException,
)
from wilma_ext.register.relation import column, has, id_type, relation
from wilma_ext.rights.access.bearing import Bearing
from wilma_ext.rights.access.bound import CATEGORY, PROVIDER_REF
from wilma_ext.rights.access.own_child import is_own_child
from wilma_ext.rights.access.period import live
from wilma_ext.rights.consent.consent_state import is_opening, state_and_opening, state_of
from wilma_ext.rights.consent.standing import Pair, Standing
from wilma_ext.vocabulary import (
    CONTACT_CATEGORIES,
    Effect,
    Profession,
    Route,
)


def fact_layer(bearing: Bearing) -> FromClause:
    """Return the fenced second layer: the bearing's columns and all facts about the row."""
    bearing = _weighed(bearing)
    row = bearing.row.c
    facts = [
        *(column for column in row if column.key != _TOLD),
        is_own_child(bearing).label("own_child"),
        _live_id(bearing, Assignment, _assigned(bearing)).label("assignment_id"),
        _live_id(bearing, Agreement, _agreed(bearing)).label("agreement_id"),
        _cell(bearing, "version_id").label("matrix_version_id"),
        _cell(bearing, "detail").label("detail"),
        _route(bearing).label("route"),
        _live_id(bearing, PersonalException, _exception(bearing, Effect.DENY)).label("denial_id"),
        state_of(row[_TOLD]).label("consent_state"),
        _live_id(bearing, ActivationPair, _activated(bearing)).label("activation_pair_id"),
        is_opening(row[_TOLD]).label("opened_automatically"),
        _vetoed(bearing).label("vetoed"),
    ]
    return select(*facts).select_from(bearing.row).offset(0).subquery()


#: The column of the bearing that tells what came of the answers, until the facts tell it apart.
_TOLD = "told"


def _weighed(bearing: Bearing) -> Bearing:
    """Return the bearing with what was said of the pair, weighed once for all facts.

    Written in front of the statement and not in its midst: SQLite reads no more than a hundred
    things inside one another, and a host's register may be several deep of its own.
    """
    row = bearing.row.c
    standing = Standing(bearing, Pair(row.profession, CATEGORY, row.county))
    told = state_and_opening(standing).label(_TOLD)
    layer = select(*row, told).select_from(bearing.row).offset(0).cte("weighed")
    return replace(bearing, row=layer)


def _live_id(bearing: Bearing, model: Any, matches: Any) -> ColumnElement[Any]:
    """The id of a live row of the model that matches, or NULL."""
    table = model.__table__.alias()
    return (
        select(table.c.id)
        .where(table.c.provider_ref == PROVIDER_REF, live(table), matches(table.c))
        .order_by(table.c.valid_from)
        .limit(1)
        .correlate(bearing.row)
        .scalar_subquery()
    )


def _assigned(bearing: Bearing) -> Any:
    row = bearing.row.c
    return lambda c: and_(c.membership_id == row.membership_id, c.school_ref == row.school_ref)


def _agreed(bearing: Bearing) -> Any:
    return lambda c: c.county == bearing.row.c.county


def _exception(bearing: Bearing, effect: Effect) -> Any:
    return lambda c: and_(
        c.membership_id == bearing.row.c.membership_id,
        c.category == CATEGORY,
        c.effect == effect.value,
    )


def _activated(bearing: Bearing) -> Any:
    row = bearing.row.c
    return lambda c: and_(
        c.pupil_ref == row.pupil_ref,
        c.group_id == row.group_id,
        c.profession == row.profession,
        c.category == CATEGORY,
    )


def _cell(bearing: Bearing, name: str) -> ColumnElement[Any]:
    """A column of the cell in the matrix version that is in force."""
    version, cell = MatrixVersion.__table__.alias(), MatrixCell.__table__.alias()
    row = bearing.row.c
    return (
        select(cell.c[name])
        .select_from(cell.join(version, version.c.id == cell.c.version_id))
        .where(
            version.c.provider_ref == PROVIDER_REF,
            version.c.group_id == row.group_id,
            live(version),
            cell.c.profession == row.profession,
            cell.c.category == CATEGORY,
        )
        .limit(1)
        .correlate(bearing.row)
        .scalar_subquery()
    )


def _route(bearing: Bearing) -> ColumnElement[str]:
    """The cell's route, or off where the provider's mode does not allow it (D7, R10).

    A personal allow adds the category by the consent route only (design 4.9).
    """
    row = bearing.row.c
    cell = _cell(bearing, "route")
    by_law = and_(
        row.mode == "consent_and_statutory",
        or_(
            and_(
                row.profession == Profession.KURAATTORI.value, row.statutory_kuraattori.is_(true())
            ),
            and_(row.profession == Profession.PSYKOLOGI.value, row.statutory_psykologi.is_(true())),
        ),
    )
    by_consent = or_(
        row.mode == "consent",
        row.mode == "consent_and_statutory",
        # The category is a bound value, no constant.
        and_(row.mode == "contact", or_(*[CATEGORY == key for key in CONTACT_CATEGORIES])),  # noqa: SIM300
    )
    allowed = _live_id(bearing, PersonalException, _exception(bearing, Effect.ALLOW))
    return case(
        (and_(cell == Route.STATUTORY.value, by_law), Route.STATUTORY.value),
        (
            and_(by_consent, or_(cell == Route.CONSENT.value, allowed.is_not(None))),
            Route.CONSENT.value,
        ),
        else_=literal(Route.OFF.value, String),
    )


def _vetoed(bearing: Bearing) -> ColumnElement[bool]:
    """The host has vetoed the pupil, for this worker and category or for all."""
    if bearing.register.vetoes is None:
        return literal(False)
    veto = relation(bearing.register, "vetoes")
    person = column(veto, "person_id")
    category = column(veto, "category")
    conditions = [veto.c.pupil_id == bearing.row.c.pupil_id]
    if has(veto, "person_id"):
        mine = bindparam("person", type_=id_type(bearing.register, "people", "id"))
        conditions.append(or_(person.is_(None), person == mine))
    if has(veto, "category"):
        conditions.append(or_(category.is_(None), category == CATEGORY))
    for name, begins in (("valid_from", True), ("valid_until", False)):
        if has(veto, name):
            edge = veto.c[name]
            at = bindparam(f"veto_{name}", type_=edge.type)
            conditions.append(or_(edge.is_(None), edge <= at if begins else edge > at))
    return exists(select(veto.c.pupil_id)).where(*conditions).correlate(bearing.row)
