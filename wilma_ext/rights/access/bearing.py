"""Where a statement stands: one pupil at one instant, with age, school, decider and policy.

The first of the three layers of a rights statement (bearing -> facts -> conditions). Each layer
is fenced with OFFSET 0 so that what is computed once is not computed again in the next.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    CTE,
    BindParameter,
    ColumnElement,
    FromClause,
    Integer,
    Select,
    bindparam,
    case,
    func,
    literal,
    select,
)

from wilma_ext.models import (
    CapacityDecision,
    GuardianDecision,
    Membership,
    ObservedChange,
    PolicyVersion,
    WelfareGroup,
)
from wilma_ext.register import SchoolRegister
from wilma_ext.register.reference import as_text
from wilma_ext.register.relation import column, id_type, relation
from wilma_ext.rights.access.bound import AGES, AT, MEMBERSHIP, PERSON_REF, PROVIDER_REF, born_by
from wilma_ext.rights.access.period import live
from wilma_ext.vocabulary import ChangeKind, Decider

#: The stage of a pupil about whom nobody can consent.
CLOSED = "closed"

PUPIL_COLUMNS = (
    "given_names",
    "family_name",
    "group_name",
    "grade_level",
    "birth_date",
    "enrolled",
    "contact_protected",
)


@dataclass(frozen=True, eq=False)
class Bearing:
    """The fenced first layer and the register it reads."""

    register: SchoolRegister
    row: FromClause
    #: The guardianships among which those of the row's pupils are.
    family: CTE

    def guardianships(self) -> FromClause:
        """Return the guardianships as one more source of the statement."""
        return self.family.alias()


def pupil_layer(register: SchoolRegister, *, with_member: bool) -> tuple[Select[Any], FromClause]:
    """Return the unfenced first layer and its pupils, for the caller to narrow.

    Condition zero is in it: the pupil's school belongs to the provider (T03).
    """
    pupil, school = _aged(relation(register, "pupils")), relation(register, "schools")
    policy = PolicyVersion.__table__.alias()
    source = pupil.join(school, school.c.id == pupil.c.school_id).outerjoin(
        policy, (policy.c.provider_ref == PROVIDER_REF) & live(policy)
    )
    columns = [*_pupil_columns(pupil, school), *_standing(pupil, policy), *_noticed(pupil)]
    columns.append(_last_appointment(pupil).label("appointment_changed_at"))
    columns += [policy.c[key].label(key) for key in _POLICY]
    if with_member:
        member, group = Membership.__table__.alias(), WelfareGroup.__table__.alias()
        source = source.outerjoin(
            member,
            (member.c.id == MEMBERSHIP)
            & (member.c.provider_ref == PROVIDER_REF)
            & (member.c.person_ref == PERSON_REF),
        ).outerjoin(group, group.c.id == member.c.group_id)
        columns += _member_columns(member, group)
    provider = bindparam("provider", type_=id_type(register, "schools", "provider_id"))
    return select(*columns).select_from(source).where(school.c.provider_id == provider), pupil


def fenced(register: SchoolRegister, layer: Select[Any]) -> Bearing:
    """Close the first layer over pupils whom the caller's own conditions find."""
    return Bearing(register, layer.offset(0).subquery(), family_of(register))


def fenced_named(
    register: SchoolRegister, layer: Select[Any], pupil: FromClause, wanted: BindParameter[Any]
) -> Bearing:
    """Close the first layer over the pupils of a bound id, or of a bound list of ids."""
    named = pupil.c.id.in_(wanted) if wanted.expanding else pupil.c.id == wanted
    row = layer.where(named).offset(0).subquery()
    return Bearing(register, row, family_of(register, wanted))


def family_of(register: SchoolRegister, wanted: BindParameter[Any] | None = None) -> CTE:
    """Return the guardianships, or those of one named pupil, written once in a statement.

    SQLite looks for nobody inside a host's UNION: it read the whole of it for every mention, or
    for every pupil. Written so it reads them once and makes an index of its own. PostgreSQL does
    look, and is told to; a list of names beside each pupil's own would take it ten times as long.
    """
    family = select(relation(register, "guardianships"))
    if wanted is not None and not wanted.expanding:
        return family.where(family.selected_columns.pupil_id == wanted).cte("family")
    return family.cte("family").prefix_with("NOT MATERIALIZED", dialect="postgresql")


_POLICY = (
    "mode",
    "decides",
    "activation",
    "agreement_required",
    "school_scope",
    "statutory_kuraattori",
    "statutory_psykologi",
)


def _pupil_columns(pupil: FromClause, school: FromClause) -> list[ColumnElement[Any]]:
    return [
        pupil.c.id.label("pupil_id"),
        as_text(pupil.c.id).label("pupil_ref"),
        pupil.c.school_id.label("school_id"),
        as_text(pupil.c.school_id).label("school_ref"),
        as_text(school.c.provider_id).label("provider_ref"),
        column(pupil, "person_id").label("pupil_person_id"),
        school.c.name.label("school_name"),
        column(school, "name_sv").label("school_name_sv"),
        *(column(pupil, name).label(name) for name in PUPIL_COLUMNS),
    ]


def _member_columns(member: FromClause, group: FromClause) -> list[ColumnElement[Any]]:
    return [
        member.c.id.label("membership_id"),
        member.c.profession.label("profession"),
        member.c.valid_from.label("member_from"),
        member.c.valid_until.label("member_until"),
        member.c.added_by.label("member_by"),
        group.c.id.label("group_id"),
        group.c.county.label("county"),
    ]


def _standing(pupil: FromClause, policy: FromClause) -> list[ColumnElement[Any]]:
    age, capacity = pupil.c.age, _capacity(pupil)
    stage = case(
        (pupil.c.birth_date.is_(None) | policy.c.id.is_(None), CLOSED),
        (capacity.is_not(None), capacity),
        (age >= policy.c.own_from_age, Decider.PUPIL.value),
        (age >= policy.c.joint_from_age, Decider.JOINT.value),
        else_=Decider.GUARDIAN.value,
    )
    return [age.label("age"), capacity.label("capacity_decision"), stage.label("stage")]


def _noticed(pupil: FromClause) -> list[ColumnElement[Any]]:
    """When a change of each kind was last noticed of the pupil: `school_changed_at` and so on."""
    return [_last_change(pupil, kind).label(f"{kind}_changed_at") for kind in ChangeKind]


def _last_change(pupil: FromClause, kind: ChangeKind) -> ColumnElement[Any]:
    change = ObservedChange.__table__.alias()
    return (
        select(func.max(change.c.observed_at))
        .where(
            change.c.provider_ref == PROVIDER_REF,
            change.c.pupil_ref == as_text(pupil.c.id),
            change.c.kind == kind.value,
            change.c.observed_at <= AT,
        )
        .correlate(pupil)
        .scalar_subquery()
    )


def _last_appointment(pupil: FromClause) -> ColumnElement[Any]:
    """When a decision on a guardian last began or ended; NULL where there never was one."""
    decision = GuardianDecision.__table__.alias()
    began, ended = decision.c.valid_from, decision.c.valid_until
    return (
        select(func.max(case((ended <= AT, ended), else_=began)))
        .where(
            decision.c.provider_ref == PROVIDER_REF,
            decision.c.pupil_ref == as_text(pupil.c.id),
            began <= AT,
        )
        .correlate(pupil)
        .scalar_subquery()
    )


def _aged(pupil: FromClause) -> FromClause:
    """The pupils with their age, spelled once: the statement's length is most of its cost."""
    return select(*pupil.c, _age(pupil).label("age")).subquery()


def _age(pupil: FromClause) -> ColumnElement[int]:
    """The age in whole years within `AGES`; 0 below it, or for an unknown birth date."""
    steps = [(pupil.c.birth_date <= born_by(age), literal(age, Integer)) for age in reversed(AGES)]
    return case(*steps, else_=literal(0, Integer))


def _capacity(pupil: FromClause) -> ColumnElement[Any]:
    """The latest capacity decision that is live, which replaces the age ladder (design 4.4)."""
    decision = CapacityDecision.__table__.alias()
    return (
        select(decision.c.decides)
        .where(
            decision.c.provider_ref == PROVIDER_REF,
            decision.c.pupil_ref == as_text(pupil.c.id),
            live(decision),
        )
        .order_by(decision.c.valid_from.desc())
        .limit(1)
        .correlate(pupil)
        .scalar_subquery()
    )
