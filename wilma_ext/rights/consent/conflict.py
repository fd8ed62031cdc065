"""Deciders who disagree: a yes and a no that meet on one pair (P28).

The pair stays closed, as the rights already have it; here the disagreement is only found, so that
somebody may tell the family. A new answer of one of them resolves it; the school cannot.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, or_, select, true

from wilma_ext.models import AnswerChoice
from wilma_ext.register import SchoolRegister
from wilma_ext.register.relation import id_type, native_id
from wilma_ext.rights.access.bearing import fenced_named, pupil_layer
from wilma_ext.rights.access.bound import AT, PROVIDER_REF, values_at
from wilma_ext.rights.access.period import open_ended
from wilma_ext.rights.consent.pairs import ConsentPair
from wilma_ext.rights.consent.standing import Pair, Standing
from wilma_ext.rights.decider.entitled import in_chunks
from wilma_ext.rights.desk.reminder_facts import asked_county
from wilma_ext.rights.person import School, schools_of
from wilma_ext.vocabulary import Capacity, Choice
from wilma_ext.work import Work


@dataclass(frozen=True)
class Voice:
    """What one decider says on one pair, and since when; never why."""

    giver_ref: str
    capacity: Capacity
    pair: ConsentPair
    value: Choice
    since: datetime


@dataclass(frozen=True)
class Disagreement:
    """One pupil about whom deciders disagree, with what each of them says on those pairs."""

    pupil_ref: str
    given_names: str
    family_name: str
    group_name: str
    school: School
    birth_date: date | None
    voices: tuple[Voice, ...]

    @property
    def name(self) -> str:
        """Family name first, as lists have it."""
        return f"{self.family_name} {self.given_names}"


def conflicts_of(
    work: Work,
    register: SchoolRegister,
    *,
    provider_ref: str,
    school_refs: frozenset[str] | None,
) -> list[Disagreement]:
    """Return the enrolled pupils of the schools about whom deciders disagree today.

    Only a yes that would count and a no that blocks make a disagreement (design 4.3): who does
    not decide today has no part in it.
    """
    schools = _schools(work, register, provider_ref, school_refs)
    found: dict[str, Any] = {}
    voices: defaultdict[str, list[Voice]] = defaultdict(list)
    for row in _rows(work, register, provider_ref, work.now()):
        if row["school_ref"] in schools:
            found[row["pupil_ref"]] = row
            voices[row["pupil_ref"]].append(_voice(row))
    return [
        _disagreement(row, schools, disputed)
        for ref, row in found.items()
        if (disputed := _disputed(voices[ref]))
    ]


def disputes_about(
    work: Work,
    register: SchoolRegister,
    provider_ref: str,
    pupil_refs: Collection[str],
    at: datetime | None = None,
) -> dict[str, tuple[Voice, ...]]:
    """Return the voices that disagree about each of the pupils; one without any is not in it.

    The instant is the present one, or an earlier one at which a list was looked through.
    """
    voices: defaultdict[str, list[Voice]] = defaultdict(list)
    for row in _rows(work, register, provider_ref, at or work.now(), frozenset(pupil_refs)):
        voices[row["pupil_ref"]].append(_voice(row))
    return {ref: disputed for ref, said in voices.items() if (disputed := _disputed(said))}


def _schools(
    work: Work, register: SchoolRegister, provider_ref: str, school_refs: frozenset[str] | None
) -> dict[str, School]:
    return {
        school.school_ref: school
        for school in schools_of(work, register, provider_ref)
        if school_refs is None or school.school_ref in school_refs
    }


def _rows(
    work: Work,
    register: SchoolRegister,
    provider_ref: str,
    at: datetime,
    pupil_refs: frozenset[str] | None = None,
) -> Iterable[Any]:
    """Every voice that counts, of the pupils about whom there is a yes and a no at all."""
    county = asked_county(work, provider_ref, at)
    if county is None:
        return
    values = {
        **values_at(at),
        "provider_ref": provider_ref,
        "provider": native_id(register, "schools", "provider_id", provider_ref),
        "county": county,
    }
    if pupil_refs is None:
        spoken = work.connection.scalars(_candidates(), values).all()
    else:
        among = _candidates(named=True)
        spoken = work.connection.scalars(among, {**values, "refs": sorted(pupil_refs)}).all()
    natives = [native_id(register, "pupils", "id", ref) for ref in spoken]
    for some in in_chunks(natives):
        statement = _voices(register)
        yield from work.connection.execute(statement, {**values, "pupils": some}).mappings()


@lru_cache(maxsize=2)
def _candidates(*, named: bool = False) -> Select[Any]:
    """The pupils, or those of the named ones, about whom a yes and a no stand on one pair."""
    yes, no = AnswerChoice.__table__.alias(), AnswerChoice.__table__.alias()
    keys = ("provider_ref", "pupil_ref", "county", "profession", "category")
    found = (
        select(yes.c.pupil_ref)
        .join(no, and_(*[yes.c[key] == no.c[key] for key in keys]))
        .where(
            yes.c.provider_ref == PROVIDER_REF,
            yes.c.county == bindparam("county"),
            yes.c.value == Choice.YES.value,
            no.c.value == Choice.NO.value,
            *[said.c.given_at <= AT for said in (yes, no)],
            *[open_ended(said.c.superseded_at) for said in (yes, no)],
        )
        .distinct()
        .order_by(yes.c.pupil_ref)
    )
    if named:
        return found.where(yes.c.pupil_ref.in_(bindparam("refs", expanding=True)))
    return found


_OWN = ("pupil_ref", "given_names", "family_name", "group_name", "school_ref", "birth_date")
_SAID = ("giver_ref", "capacity", "profession", "category", "value", "valid_from")


@lru_cache(maxsize=16)
def _voices(register: SchoolRegister) -> Select[Any]:
    layer, pupil = pupil_layer(register, with_member=False)
    wanted = bindparam("pupils", type_=id_type(register, "pupils", "id"), expanding=True)
    bearing = fenced_named(register, layer, pupil, wanted)
    choice, row = AnswerChoice.__table__.alias(), bearing.row
    standing = Standing(bearing, Pair(choice.c.profession, choice.c.category, choice.c.county))
    blocks = and_(choice.c.value == Choice.NO.value, standing.decides(choice))
    return (
        select(*[row.c[name] for name in _OWN], *[choice.c[name] for name in _SAID])
        .select_from(row)
        .join(choice, and_(standing.stands(choice), or_(standing.counts(choice), blocks)))
        .where(choice.c.county == bindparam("county"), row.c.enrolled.is_(true()))
        .order_by(choice.c.valid_from, choice.c.id)
    )


def _voice(row: Any) -> Voice:
    pair = ConsentPair(row["profession"], row["category"])
    value, capacity = Choice(row["value"]), Capacity(row["capacity"])
    return Voice(row["giver_ref"], capacity, pair, value, row["valid_from"])


def _disputed(voices: list[Voice]) -> tuple[Voice, ...]:
    """The voices on the pairs where both a yes and a no are heard."""
    said: defaultdict[ConsentPair, set[Choice]] = defaultdict(set)
    for voice in voices:
        said[voice.pair].add(voice.value)
    return tuple(voice for voice in voices if len(said[voice.pair]) > 1)


def _disagreement(row: Any, schools: dict[str, School], voices: tuple[Voice, ...]) -> Disagreement:
    names = ("pupil_ref", "given_names", "family_name", "group_name", "birth_date")
    own = {name: row[name] for name in names}
    return Disagreement(school=schools[row["school_ref"]], voices=voices, **own)
