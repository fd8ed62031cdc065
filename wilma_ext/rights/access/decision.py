"""May this member see this category of this pupil now, and why (design D4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, select
from sqlalchemy.types import DateTime

from wilma_ext.clock import HELSINKI, utc
from wilma_ext.errors import NotFound
from wilma_ext.register import SchoolRegister
from wilma_ext.register.reference import Native
from wilma_ext.register.relation import id_type, native_id
from wilma_ext.rights.access.bearing import fenced_named, pupil_layer
from wilma_ext.rights.access.bound import values_at
from wilma_ext.rights.access.conditions import CONDITIONS, Condition
from wilma_ext.rights.access.facts import fact_layer
from wilma_ext.vocabulary import Reason, Route
from wilma_ext.work import Work


@dataclass(frozen=True)
class Member:
    """A welfare role: one membership of one person in one provider's group (D8)."""

    provider_ref: str
    membership_id: str
    person_ref: str


@dataclass(frozen=True)
class Verdict:
    """The answer for one member, pupil, category and instant, with every condition."""

    allowed: bool
    route: Route
    #: The first failing condition, none when allowed.
    because: Reason | None
    at: datetime
    #: Every condition in order: passed or not.
    conditions: Mapping[Reason, bool]
    #: The register and plugin facts that the conditions rested on.
    facts: Mapping[str, Any]


def decide(
    work: Work,
    register: SchoolRegister,
    member: Member,
    *,
    pupil_ref: str,
    category: str,
    at: datetime,
    necessity: str = "",
) -> Verdict:
    """Decide in one statement; an unknown pupil, or another provider's, is `NotFound`.

    Source: R1, R2, R9-R12, R22, R27; design section 4.8 gives the order of the reasons.
    """
    statement = _decide_statement(register)
    pupil = native_id(register, "pupils", "id", pupil_ref)
    values = bound(register, member, category=category, at=at, necessity=necessity)
    row = work.connection.execute(statement, {**values, "pupil": pupil}).mappings().one_or_none()
    if row is None:
        raise NotFound("no such pupil")
    conditions = {condition.reason: bool(row[_label(condition)]) for condition in CONDITIONS}
    failing = [reason for reason, passed in conditions.items() if not passed]
    return Verdict(
        allowed=bool(conditions) and not failing,
        route=Route(row["route"]),
        because=failing[0] if failing else None,
        at=utc(at),
        conditions=conditions,
        facts={key: value for key, value in row.items() if not key.startswith(_PASSES)},
    )


def bound(
    register: SchoolRegister, member: Member, *, category: str, at: datetime, necessity: str
) -> dict[str, Any]:
    """Return the bound values of a statement about one member, category and instant."""
    values = {
        **values_at(at),
        "provider_ref": member.provider_ref,
        "provider": native_id(register, "schools", "provider_id", member.provider_ref),
        "membership": member.membership_id,
        "person_ref": member.person_ref,
        "person": _person(register, member.person_ref),
        "category": category,
        "necessity": bool(necessity.strip()),
    }
    return {**values, **veto_values(register, at)}


def _person(register: SchoolRegister, person_ref: str) -> Native:
    return native_id(register, "people", "id", person_ref)


def veto_values(register: SchoolRegister, at: datetime) -> dict[str, Any]:
    """The instant in the host's own spelling: Helsinki time where its column has no zone."""
    if register.vetoes is None:
        return {}
    values = {}
    for name in ("valid_from", "valid_until"):
        found = register.vetoes.selected_columns.get(name)
        if found is not None:
            aware = isinstance(found.type, DateTime) and found.type.timezone
            local = utc(at).astimezone(HELSINKI)
            values[f"veto_{name}"] = local if aware else local.replace(tzinfo=None)
    return values


@lru_cache(maxsize=16)
def _decide_statement(register: SchoolRegister) -> Select[Any]:
    layer, pupil = pupil_layer(register, with_member=True)
    wanted = bindparam("pupil", type_=id_type(register, "pupils", "id"))
    facts = fact_layer(fenced_named(register, layer, pupil, wanted))
    return select(*facts.c, *[c.on(facts.c).label(_label(c)) for c in CONDITIONS])


#: Before a condition's own name, because some facts bear the same.
_PASSES = "passes_"


def _label(condition: Condition) -> str:
    return f"{_PASSES}{condition.reason.value}"


def every_condition(facts: Any) -> Any:
    """Return the conjunction of the very conditions that `decide` selects."""
    return and_(*[condition.on(facts) for condition in CONDITIONS])
