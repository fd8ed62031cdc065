"""What is open of pupils to a group and profession, whoever of its members looks (D4).

The very facts and conditions of `decide`, but for those that are one member's own: membership,
school, own child and personal denial.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, String, and_, bindparam, cast, null, select

from wilma_ext.models import ActivationPair, WelfareGroup
from wilma_ext.register import SchoolRegister
from wilma_ext.register.reference import Native
from wilma_ext.register.relation import id_type, native_id
from wilma_ext.rights.access.bearing import fenced_named, pupil_layer
from wilma_ext.rights.access.bound import PROVIDER_REF, values_at
from wilma_ext.rights.access.conditions import CONDITIONS
from wilma_ext.rights.access.decision import veto_values
from wilma_ext.rights.access.facts import fact_layer
from wilma_ext.rights.access.period import live
from wilma_ext.rights.consent.pairs import ConsentPair
from wilma_ext.rights.welfare.matrix import matrix_at
from wilma_ext.vocabulary import Reason, Route
from wilma_ext.work import Work

_OF_ONE_MEMBER = {
    Reason.NOT_A_MEMBER,
    Reason.NOT_ASSIGNED,
    Reason.OWN_CHILD,
    Reason.PERSONAL_DENIAL,
}


def open_pairs_of(
    work: Work,
    register: SchoolRegister,
    *,
    group: WelfareGroup,
    pupils: list[Native],
    at: datetime,
) -> Iterator[tuple[str, ConsentPair]]:
    """Yield every pupil and pair that consent opens to the group at the instant.

    What the law opens case by case is not among them: it is open for no pupil in particular.
    """
    values = {
        **values_at(at),
        **veto_values(register, at),
        "provider_ref": group.provider_ref,
        "provider": native_id(register, "schools", "provider_id", group.provider_ref),
        "group": group.id,
        "county": group.county,
        "person": None,
        "person_ref": None,
        "necessity": False,
        "pupils": pupils,
    }
    for pair in _consent_cells(work, group, at):
        cell = {"profession": pair.profession, "category": pair.category}
        for ref in work.connection.scalars(_statement(register), {**values, **cell}):
            yield ref, pair


def enabled_refs(work: Work, group: WelfareGroup, at: datetime) -> frozenset[str]:
    """Return the pupils for whom the secretary has enabled something of the group."""
    pair = ActivationPair.__table__
    statement = select(pair.c.pupil_ref).where(
        pair.c.provider_ref == PROVIDER_REF, pair.c.group_id == group.id, live(pair)
    )
    values = {"provider_ref": group.provider_ref, "at": at}
    return frozenset(work.connection.scalars(statement.distinct(), values))


def _consent_cells(work: Work, group: WelfareGroup, at: datetime) -> Iterable[ConsentPair]:
    cells = matrix_at(work, group.id, at).cells
    return sorted(pair for pair, cell in cells.items() if cell.route == Route.CONSENT)


@lru_cache(maxsize=16)
def _statement(register: SchoolRegister) -> Select[Any]:
    layer, pupil = pupil_layer(register, with_member=False)
    wanted = bindparam("pupils", type_=id_type(register, "pupils", "id"), expanding=True)
    nobody = cast(null(), String).label("membership_id")
    somebody = [
        bindparam(name, type_=String()).label(label)
        for name, label in (("profession",) * 2, ("group", "group_id"), ("county",) * 2)
    ]
    layer = layer.add_columns(nobody, *somebody)
    facts = fact_layer(fenced_named(register, layer, pupil, wanted))
    holding = [c.on(facts.c) for c in CONDITIONS if c.reason not in _OF_ONE_MEMBER]
    by_consent = facts.c.route == Route.CONSENT.value
    return select(facts.c.pupil_ref).where(and_(by_consent, *holding))
