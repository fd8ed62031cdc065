"""Families that are alike are asked about once: the states are those of the rule for each alone."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from sqlalchemy import insert, select, update
from sqlalchemy.sql import visitors

from tests.equivalence.crowd import SAID, crowd
from tests.equivalence.loader import Loaded, Place, load
from tests.oracle import building
from tests.oracle.civil import instant
from tests.oracle.strategies import worlds_with_questions
from tests.oracle.world import Question as Asked
from tests.oracle.world import World
from wilma_ext.models import Answer, AnswerChoice, AnswerDecider, ObservedChange
from wilma_ext.models.base import PREFIX
from wilma_ext.opaque_id import new_id
from wilma_ext.rights.consent import likeness, pairs
from wilma_ext.rights.consent.likeness import Child, Question, states_of_school
from wilma_ext.rights.consent.likeness_fact import COMMON, RARE, READ, SOON
from wilma_ext.rights.consent.likeness_reading import facts_of
from wilma_ext.rights.consent.pairs import states_of_pupils
from wilma_ext.work import Work

AT = instant(building.NOW)
WORLDS = {"sqlite": 25, "postgresql": 10}
CROWD, SEEDS = 48, 3


def both(place: Place, work: Work, loaded: Loaded, county: str, at: datetime) -> Iterator[Any]:
    """The states by likeness, and by the rule for every pupil, now and later."""
    table = place.host.pupils
    rows = work.connection.execute(
        select(table)
        .join(place.host.schools, place.host.schools.c.id == table.c.school_id)
        .where(place.host.schools.c.provider_id == loaded.native("provider"), table.c.enrolled)
    ).all()
    schools = {str(row.school_id) for row in rows}
    where = {"provider_ref": loaded.provider_ref, "county": county}
    facts = facts_of(work, place.register, school_refs=schools, at=at, **where)
    children = [Child(str(row.id), str(row.school_id), row.birth_date) for row in rows]
    for moment in (at, at + SOON):
        question = Question(loaded.provider_ref, county, moment)
        quick = states_of_school(work, place.register, question, children, facts)
        natives = [row.id for row in rows]
        whole = states_of_pupils(work, place.register, pupils=natives, at=moment, **where)
        kept = {ref: states for ref, states in whole.items() if ref in facts.said}
        yield quick, _as_said(kept, facts)


def _as_said(whole: Any, facts: Any) -> Any:
    """What is said after the first instant is no part of a look ahead."""
    spoken = {ref: {pair for one in said for pair in one.pairs} for ref, said in facts.said.items()}
    return {
        ref: {pair: state for pair, state in states.items() if pair in spoken[ref]}
        for ref, states in whole.items()
    }


def test_random_worlds_have_the_states_of_the_rule(place: Place) -> None:
    @settings(
        max_examples=WORLDS[place.engine.dialect.name],
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(worlds_with_questions(1))
    def check(drawn: tuple[World, tuple[Asked, ...]]) -> None:
        world, (asked,) = drawn
        loaded = load(place, world)
        for county in {group.county for group in world.groups}:
            with place.work(asked.at) as work:
                quick, whole = next(both(place, work, loaded, county, asked.at))
                assert quick == whole

    check()


@contextmanager
def varied(place: Place, seed: int) -> Iterator[tuple[Work, Loaded]]:
    """A crowd of families in which facts differ here and there, but never the names alone."""
    _, loaded = crowd(place, CROWD, CROWD)
    dice = random.Random(seed)
    with place.work(AT) as work:
        for number in range(CROWD):
            for change in dice.sample(_CHANGES, k=dice.choice((0, 0, 1, 2))):
                change(place, work, loaded, number, dice)
        yield work, loaded


def _changed(work: Work, model: Any, loaded: Loaded, number: int, **values: Any) -> None:
    pupil = loaded.ref(f"pupil{number}")
    work.session.execute(
        update(model)
        .where(model.provider_ref == loaded.provider_ref, model.pupil_ref == pupil)
        .values(**values)
        .execution_options(synchronize_session=False)
    )


def _ends(place: Place, work: Work, loaded: Loaded, number: int, dice: random.Random) -> None:
    days = dice.choice((-5, 0, 10, 400))
    values = {"value": "yes", "valid_until": AT + timedelta(days=days)}
    _changed(work, AnswerChoice, loaded, number, **values)


def _refuses(place: Place, work: Work, loaded: Loaded, number: int, dice: random.Random) -> None:
    _changed(work, AnswerChoice, loaded, number, value="no", valid_until=None)


def _earlier(place: Place, work: Work, loaded: Loaded, number: int, dice: random.Random) -> None:
    """Said before the policy of the day, or later than the others."""
    said = dice.choice((instant("2026-07-01"), SAID + timedelta(days=3), AT))
    for model in (Answer, AnswerChoice):
        _changed(work, model, loaded, number, given_at=said)


def _elsewhere(place: Place, work: Work, loaded: Loaded, number: int, dice: random.Random) -> None:
    _changed(work, Answer, loaded, number, school_ref="elsewhere")


def _observed(place: Place, work: Work, loaded: Loaded, number: int, dice: random.Random) -> None:
    values = {"provider_ref": loaded.provider_ref, "pupil_ref": loaded.ref(f"pupil{number}")}
    kind = dice.choice(("custody", "school", "provider"))
    row = {"id": new_id(), "kind": kind, "observed_at": SAID + timedelta(days=1), **values}
    work.session.execute(insert(ObservedChange), [row])


def _aged(place: Place, work: Work, loaded: Loaded, number: int, dice: random.Random) -> None:
    born = dice.choice((date(2011, 11, 21), date(2011, 11, 22), date(2011, 12, 1), None))
    table = place.host.pupils
    pupil = loaded.native(f"pupil{number}")
    work.session.execute(update(table).where(table.c.id == pupil).values(birth_date=born))


def _guardian(place: Place, work: Work, loaded: Loaded, number: int, dice: random.Random) -> None:
    values = dice.choice(
        (
            {"may_decide": False},
            {"restricted_information": True},
            {"valid_from": date(2026, 9, 20)},
            {"valid_until": date(2026, 12, 1)},
            {"valid_until": date(2026, 11, 1)},
        )
    )
    table = place.host.guardianships
    who = loaded.native(f"{dice.choice(('mother', 'father'))}{number}")
    work.session.execute(update(table).where(table.c.guardian_id == who).values(**values))


def _stored(place: Place, work: Work, loaded: Loaded, number: int, dice: random.Random) -> None:
    """The answer was given under other guardians."""
    father = loaded.ref(f"father{number}")
    work.session.execute(
        update(AnswerDecider)
        .where(AnswerDecider.person_ref == father)
        .values(person_ref=f"former {father}")
    )


_CHANGES = (
    *(_ends, _refuses, _earlier, _elsewhere, _observed),
    *(_aged, _guardian, _stored),
)


@pytest.mark.parametrize("seed", range(SEEDS))
def test_a_varied_crowd_has_the_states_of_the_rule(place: Place, seed: int) -> None:
    with varied(place, seed) as (work, loaded):
        for quick, whole in both(place, work, loaded, "luvn", AT):
            assert quick == whole
            assert len({str(states) for states in whole.values()}) > 1


def differing(place: Place) -> int:
    """How many looks of the crowds are wrong."""
    wrong = 0
    for seed in range(SEEDS):
        with varied(place, seed) as (work, loaded):
            wrong += sum(quick != whole for quick, whole in both(place, work, loaded, "luvn", AT))
    return wrong


@pytest.mark.parametrize("ids", ["integer"], indirect=True)
@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "blind",
    [
        lambda patch: patch.setattr(likeness, "reached_age", lambda *_: 0),
        lambda patch: patch.setattr(likeness._Kinds, "_guardians", lambda *_: iter(())),
        lambda patch: patch.setattr(likeness, "is_singular", lambda *_: False),
    ],
    ids=["ages", "guardians", "rare facts"],
)
def test_blind_for_one_fact_it_errs(
    place: Place, blind: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin: families that differ in what is not looked at are taken for alike."""
    blind(monkeypatch)
    assert differing(place) > 0


@pytest.mark.parametrize("ids", ["integer"], indirect=True)
def test_no_fact_of_the_rule_is_overlooked(place: Place) -> None:
    """A column that the rule begins to read must be compared too."""
    read: dict[str, set[str]] = {}
    for element in visitors.iterate(pairs._statement(place.register)):
        table = getattr(element, "table", None)
        name = getattr(getattr(table, "element", table), "name", "")
        if isinstance(name, str) and name.startswith(PREFIX):
            read.setdefault(name.removeprefix(PREFIX), set()).add(element.name)
    assert read.keys() == {*READ, *COMMON, *RARE}
    assert {name: frozenset(read[name]) - READ[name] for name in READ} == dict.fromkeys(
        READ, frozenset()
    )
