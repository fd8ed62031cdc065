"""What a permitted category rests on: whose yes, since when, until when (W4, D6)."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, select

from wilma_ext.models import AnswerChoice
from wilma_ext.register import SchoolRegister
from wilma_ext.rights.consent.standing import Pair, Standing
from wilma_ext.rights.decider.stage import one_pupil, pupil_values
from wilma_ext.work import Work


@dataclass(frozen=True)
class Ground:
    """A yes that counts today."""

    answer_id: str
    giver_ref: str
    capacity: str
    since: datetime
    until: datetime | None


def grounds_of(
    work: Work,
    register: SchoolRegister,
    *,
    provider_ref: str,
    pupil_ref: str,
    county: str,
    profession: str,
    category: str,
    at: datetime,
) -> tuple[Ground, ...]:
    """Return every decider's yes that counts for the pair at the instant."""
    values = {
        **pupil_values(register, provider_ref, pupil_ref, at),
        "county": county,
        "profession": profession,
        "category": category,
    }
    rows = work.connection.execute(_statement(register), values)
    return tuple(Ground(*row) for row in rows)


@lru_cache(maxsize=16)
def _statement(register: SchoolRegister) -> Select[Any]:
    bearing = one_pupil(register)
    pair = Pair(bindparam("profession"), bindparam("category"), bindparam("county"))
    standing = Standing(bearing, pair)
    choice = AnswerChoice.__table__.alias()
    return (
        select(
            choice.c.answer_id,
            choice.c.giver_ref,
            choice.c.capacity,
            choice.c.valid_from,
            choice.c.valid_until,
        )
        .select_from(bearing.row)
        .join(choice, and_(standing.stands(choice), standing.counts(choice)))
        .order_by(choice.c.valid_from, choice.c.id)
    )
