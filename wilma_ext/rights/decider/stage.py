"""Who decides for one pupil at an instant: guardians, pupil, or both (design 4.3, 4.4)."""

from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, select

from wilma_ext.errors import NotFound
from wilma_ext.register import SchoolRegister
from wilma_ext.register.relation import id_type, native_id
from wilma_ext.rights.access.bearing import CLOSED, Bearing, fenced_named, pupil_layer
from wilma_ext.rights.access.bound import values_at
from wilma_ext.vocabulary import Decider
from wilma_ext.work import Work


def stage_of(
    work: Work, register: SchoolRegister, *, provider_ref: str, pupil_ref: str, at: datetime
) -> Decider | None:
    """Return who decides; None while nobody can (unknown birth date, no policy)."""
    stage = work.connection.scalar(
        _statement(register), pupil_values(register, provider_ref, pupil_ref, at)
    )
    if stage is None:
        raise NotFound("no such pupil")
    return None if stage == CLOSED else Decider(stage)


def pupil_values(
    register: SchoolRegister, provider_ref: str, pupil_ref: str, at: datetime
) -> dict[str, Any]:
    """Return the bound values of a statement about one pupil."""
    return {
        **values_at(at),
        "provider_ref": provider_ref,
        "provider": native_id(register, "schools", "provider_id", provider_ref),
        "pupil": native_id(register, "pupils", "id", pupil_ref),
    }


def one_pupil(register: SchoolRegister) -> Bearing:
    """Return the bearing of one pupil, without a member."""
    layer, pupil = pupil_layer(register, with_member=False)
    wanted = bindparam("pupil", type_=id_type(register, "pupils", "id"))
    return fenced_named(register, layer, pupil, wanted)


@lru_cache(maxsize=16)
def _statement(register: SchoolRegister) -> Select[Any]:
    return select(one_pupil(register).row.c.stage)
