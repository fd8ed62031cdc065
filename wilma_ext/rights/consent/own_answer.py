"""What one person has said about one pupil and what of it still lives."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, select

from wilma_ext.models import AnswerChoice
from wilma_ext.register import SchoolRegister
from wilma_ext.rights.access.bound import AT, PROVIDER_REF
from wilma_ext.rights.access.period import open_ended
from wilma_ext.rights.consent.giver import Giver
from wilma_ext.rights.consent.pairs import ConsentPair
from wilma_ext.rights.consent.standing import Pair, Standing
from wilma_ext.rights.decider.stage import one_pupil, pupil_values
from wilma_ext.vocabulary import Choice
from wilma_ext.work import Work


@dataclass(frozen=True)
class OwnChoice:
    """A standing choice of one person; `alive` tells a no, or a yes that has not lapsed."""

    row: AnswerChoice
    value: Choice
    alive: bool


def own_choices(
    work: Work, register: SchoolRegister, *, giver: Giver, county: str, at: datetime
) -> dict[ConsentPair, OwnChoice]:
    """Return the person's standing choices about the pupil, by pair."""
    values = {
        **pupil_values(register, giver.provider_ref, giver.pupil_ref, at),
        "giver": giver.person_ref,
        "capacity": giver.capacity.value,
        "county": county,
    }
    found = work.connection.execute(_statement(register), values)
    alive_of: dict[str, bool] = {row[0]: row[1] for row in found}
    rows = work.session.scalars(
        select(AnswerChoice)
        .where(AnswerChoice.id.in_(alive_of))
        .execution_options(populate_existing=True)
    )
    return {
        ConsentPair(row.profession, row.category): OwnChoice(
            row, Choice(row.value), row.value == Choice.NO.value or bool(alive_of[row.id])
        )
        for row in rows
    }


@lru_cache(maxsize=16)
def _statement(register: SchoolRegister) -> Select[Any]:
    bearing = one_pupil(register)
    choice = AnswerChoice.__table__.alias()
    pair = Pair(choice.c.profession, choice.c.category, choice.c.county)
    alive = Standing(bearing, pair).alive(choice)
    return (
        select(choice.c.id, alive)
        .select_from(bearing.row)
        .join(choice, choice.c.pupil_ref == bearing.row.c.pupil_ref)
        .where(
            choice.c.provider_ref == PROVIDER_REF,
            choice.c.giver_ref == bindparam("giver"),
            choice.c.capacity == bindparam("capacity"),
            choice.c.county == bindparam("county"),
            choice.c.given_at <= AT,
            open_ended(choice.c.superseded_at),
        )
    )
