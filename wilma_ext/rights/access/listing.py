"""Which pupils a member may open: a list of names, never of data (design D8, R13)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, or_, select

from wilma_ext.errors import NotFound
from wilma_ext.models import Assignment, PolicyVersion
from wilma_ext.register import SchoolRegister
from wilma_ext.register.name_search import named_like
from wilma_ext.register.reference import Native
from wilma_ext.register.relation import id_type, native_id
from wilma_ext.rights.access.bearing import fenced, pupil_layer
from wilma_ext.rights.access.decision import Member, bound, every_condition
from wilma_ext.rights.access.facts import fact_layer
from wilma_ext.work import Work


@dataclass(frozen=True)
class VisiblePupil:
    """The head of a pupil on a list: name, school and group, which are no data category."""

    pupil_ref: str
    given_names: str
    family_name: str
    group_name: str
    school_name: str
    school_name_sv: str | None


def visible_pupils(
    work: Work,
    register: SchoolRegister,
    member: Member,
    *,
    category: str,
    at: datetime,
    necessity: str = "",
    words: Sequence[str] = (),
) -> tuple[VisiblePupil, ...]:
    """Return every pupil whose category the member may see at the instant.

    Filters on the very conditions of `decide`, so the two cannot drift apart. With `words` only
    the pupils in whose name or group each of them stands.
    """
    values = bound(register, member, category=category, at=at, necessity=necessity)
    schools = _own_schools(work, register, member, at)
    if words:
        statement = _statement(register, narrowed=schools is not None, words=words)
    else:
        statement = _list_statement(register, narrowed=schools is not None)
    if schools is not None:
        values["schools"] = schools
    rows = work.connection.execute(statement, values).mappings()
    return tuple(VisiblePupil(**row) for row in rows)


def _own_schools(
    work: Work, register: SchoolRegister, member: Member, at: datetime
) -> list[Native] | None:
    """The schools that can matter, so that a list starts from an index; None = all of them.

    Only a starting point: the condition `not_assigned` itself is among the conditions.
    """
    policy = PolicyVersion
    scope = work.session.scalar(
        select(policy.school_scope).where(
            policy.provider_ref == member.provider_ref,
            policy.valid_from <= at,
            or_(policy.valid_until.is_(None), policy.valid_until > at),
        )
    )
    if scope == "all":
        return None
    refs = work.session.scalars(
        select(Assignment.school_ref)
        .where(
            Assignment.provider_ref == member.provider_ref,
            Assignment.membership_id == member.membership_id,
        )
        .distinct()
    )
    return [native for ref in refs for native in _known(register, ref)]


def _known(register: SchoolRegister, school_ref: str) -> list[Native]:
    try:
        return [native_id(register, "schools", "id", school_ref)]
    except NotFound:
        return []  # a school that the host no longer knows opens nothing


@lru_cache(maxsize=32)
def _list_statement(register: SchoolRegister, *, narrowed: bool) -> Select[Any]:
    return _statement(register, narrowed=narrowed, words=())


def _statement(register: SchoolRegister, *, narrowed: bool, words: Sequence[str]) -> Select[Any]:
    layer, pupil = pupil_layer(register, with_member=True)
    if words:
        names = [pupil.c.given_names, pupil.c.family_name, pupil.c.group_name]
        layer = layer.where(named_like(names, list(words)))
    if narrowed:
        kind = id_type(register, "schools", "id")
        layer = layer.where(pupil.c.school_id.in_(bindparam("schools", type_=kind, expanding=True)))
    facts = fact_layer(fenced(register, layer))
    head = [facts.c[name] for name in VisiblePupil.__dataclass_fields__]
    return select(*head).where(every_condition(facts.c)).order_by(facts.c.pupil_ref)
