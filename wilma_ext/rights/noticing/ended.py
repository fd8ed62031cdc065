"""Whose yes has ended by itself: by its validity, a birthday, a move, custody, a new form."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, exists, select, true

from wilma_ext.models import AnswerChoice, KnownPupil, Told
from wilma_ext.register import SchoolRegister
from wilma_ext.register.reference import Native, as_reference
from wilma_ext.register.relation import id_type, native_id
from wilma_ext.rights.access.bearing import fenced_named, pupil_layer
from wilma_ext.rights.access.bound import AT, PROVIDER_REF, values_at
from wilma_ext.rights.access.period import open_ended
from wilma_ext.rights.consent.standing import Pair, Standing
from wilma_ext.rights.decider.entitled import entitled_of_pupils
from wilma_ext.vocabulary import Capacity, Choice
from wilma_ext.work import Work


@dataclass(frozen=True)
class Ended:
    """A yes that nobody took back and that no longer counts."""

    choice_id: str
    pupil_ref: str
    giver_ref: str
    until: datetime | None


def ended_of_pupils(
    work: Work,
    register: SchoolRegister,
    *,
    provider_ref: str,
    pupils: Sequence[Native],
    untold_as: str,
) -> list[Ended]:
    """Return what has ended of the enrolled pupils and of those who have left the provider.

    Left out is what has been told of already under the name `untold_as`, and what is none of the
    giver's business any more: who is no guardian today learns nothing of the child.
    """
    values = {
        **values_at(work.now()),
        "provider_ref": provider_ref,
        "provider": native_id(register, "schools", "provider_id", provider_ref),
        "pupils": list(pupils),
        "kind": untold_as,
    }
    found = [Ended(*row) for row in work.connection.execute(_statement(register), values)]
    left = work.connection.execute(_left_behind(), _refs(values, pupils)).all()
    if left:
        guardians = entitled_of_pupils(work, register, pupils, work.now())
        for *ended, capacity in left:
            row = Ended(*ended)
            heard = row.giver_ref in guardians.get(row.pupil_ref, frozenset())
            if heard or capacity == Capacity.PUPIL.value:
                found.append(row)
    return found


def _refs(values: dict[str, Any], pupils: Sequence[Native]) -> dict[str, Any]:
    return {**values, "refs": [as_reference(pupil) for pupil in pupils]}


_COLUMNS = ("id", "pupil_ref", "giver_ref", "valid_until")


@lru_cache(maxsize=16)
def _statement(register: SchoolRegister) -> Select[Any]:
    layer, pupil = pupil_layer(register, with_member=False)
    wanted = bindparam("pupils", type_=id_type(register, "pupils", "id"), expanding=True)
    bearing = fenced_named(register, layer, pupil, wanted)
    choice, row = AnswerChoice.__table__.alias(), bearing.row
    standing = Standing(bearing, Pair(choice.c.profession, choice.c.category, choice.c.county))
    return (
        select(*[choice.c[name] for name in _COLUMNS])
        .select_from(row)
        .join(choice, and_(standing.stands(choice), standing.ended(choice)))
        .where(row.c.enrolled.is_(true()), _untold(choice))
        .order_by(choice.c.pupil_ref, choice.c.id)
    )


@lru_cache(maxsize=1)
def _left_behind() -> Select[Any]:
    """A yes about a pupil who has left the provider (R25)."""
    choice, known = AnswerChoice.__table__.alias(), KnownPupil.__table__.alias()
    here = and_(known.c.provider_ref == PROVIDER_REF, known.c.pupil_ref == choice.c.pupil_ref)
    return (
        select(*[choice.c[name] for name in (*_COLUMNS, "capacity")])
        .join(known, here)
        .where(
            known.c.school_ref.is_(None),
            choice.c.provider_ref == PROVIDER_REF,
            choice.c.pupil_ref.in_(bindparam("refs", expanding=True)),
            choice.c.value == Choice.YES.value,
            choice.c.given_at <= AT,
            open_ended(choice.c.superseded_at),
            _untold(choice),
        )
    )


def _untold(choice: Any) -> Any:
    told = Told.__table__.alias()
    return ~exists(select(told.c.key)).where(
        told.c.provider_ref == PROVIDER_REF,
        told.c.kind == bindparam("kind"),
        told.c.key == choice.c.id,
    ).correlate(choice)
