"""What must hold of every world, whatever the facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.oracle.calendar_pool import TICK, WORKDAYS
from tests.oracle.civil import instant
from tests.oracle.consent import read, reason
from tests.oracle.deciders import deciders
from tests.oracle.random_facts import CATEGORIES, STAFF
from tests.oracle.rules import Verdict, decide, seen_by, visible_pupils
from tests.oracle.strategies import instants, questions, worlds
from tests.oracle.world import DEFAULT_POLICY, Answer, Pairs, PolicyVersion, Question, World

ALL: Pairs = dict.fromkeys(STAFF, CATEGORIES)
modest = settings(
    max_examples=60,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def asked(world: World, question: Question) -> Verdict:
    return decide(
        world, question.member, question.pupil, question.category, question.at, question.necessity
    )


def with_act(world: World, act: Answer) -> World:
    return replace(world, answers=(*world.answers, act))


def act_before(world: World, question: Question, by: str, **what: object) -> Answer | None:
    """One more answer, on the eve of the question; None where it would be no later than others."""
    on = question.at - TICK
    taken = [each.on for each in world.answers if each.pupil == question.pupil]
    taken += [each.on for each in world.activations if each.pupil == question.pupil]
    if on in taken:
        return None
    county = next(
        group.county
        for group in world.groups
        if any(who.id == question.member and who.group == group.id for who in world.members)
    )
    capacity = "pupil" if by == question.pupil else "guardian"
    return Answer(question.pupil, by, on, county, capacity, **what)


@modest
@given(st.data())
def test_a_no_of_a_decider_never_opens(data: st.DataObject) -> None:
    """R7: whatever was closed stays closed, and the consent route is closed."""
    world = data.draw(worlds())
    question = data.draw(questions(world))
    pupil = next(each for each in world.pupils if each.id == question.pupil)
    for by in sorted(deciders(world, pupil, question.at)):
        act = act_before(world, question, by, no=ALL)
        if act:
            before, after = asked(world, question), asked(with_act(world, act), question)
            assert before.allowed or not after.allowed
            assert not after.allowed or after.route == "statutory"


@modest
@given(st.data())
def test_a_withdrawal_never_opens(data: st.DataObject) -> None:
    """R3, of consents: no pair without a living consent gets one by a withdrawal, unless custody
    had suspended another's yes and the withdrawal is the answer that confirms it (4.5)."""
    world = data.draw(worlds())
    keep = {"on_custody_change": "keep"}
    kept = tuple(replace(each, keys={**each.keys, **keep}) for each in world.policies)
    world = replace(world, policies=kept)
    question = data.draw(questions(world))
    people = {row.id for row in world.guardians} | {question.pupil}
    for by in sorted(people):
        act = act_before(world, question, by, withdraw="all")
        if act:
            before, after = asked(world, question), asked(with_act(world, act), question)
            assert before.allowed or not after.allowed


@modest
@given(st.data())
def test_the_order_of_two_guardians_latest_acts_is_irrelevant(data: st.DataObject) -> None:
    """4.2: "nobody touches another's answer": swap the instants, the consent is the same."""
    world = data.draw(worlds())
    pupil = data.draw(st.sampled_from(world.pupils))
    others = tuple(each for each in world.answers if each.pupil != pupil.id)
    acts: tuple[dict[str, object], ...] = ({"yes": ALL}, {"no": ALL}, {"withdraw": "all"})
    first, second = data.draw(st.sampled_from(acts)), data.draw(st.sampled_from(acts))
    early = WORKDAYS[0] + timedelta(minutes=1)
    county = world.groups[0].county

    def answered(one: dict[str, object], by: str, two: dict[str, object], then: str) -> World:
        said = [(one, by, early), (two, then, early + TICK)]
        made = tuple(Answer(pupil.id, who, on, county, **what) for what, who, on in said)
        return replace(world, answers=(*others, *made))

    at = max(data.draw(instants(world, early)), early + 2 * TICK)
    pair = data.draw(st.tuples(st.sampled_from(STAFF), st.sampled_from(CATEGORIES)))
    orders = (answered(first, "g1", second, "g2"), answered(second, "g2", first, "g1"))
    found = {reason(read(each, pupil, county, pair, at)) for each in orders}
    assert len(found) == 1


@modest
@given(st.data())
def test_lists_agree_with_decide(data: st.DataObject) -> None:
    """D4: drift between "may I" and "which ones" is impossible."""
    world = data.draw(worlds())
    ask = data.draw(questions(world))
    rest = (ask.category, ask.at, ask.necessity)
    allowed = asked(world, ask).allowed
    assert (ask.pupil in visible_pupils(world, ask.member, *rest)) == allowed
    assert (ask.member in seen_by(world, ask.pupil, *rest)) == allowed


@modest
@given(st.data())
def test_a_world_without_any_one_kind_of_fact_denies(data: st.DataObject) -> None:
    """D9: empty anything denies."""
    world = data.draw(worlds())
    question = data.draw(questions(world))
    emptied: tuple[dict[str, Any], ...]
    emptied = ({"policies": ()}, {"pupils": ()}, {"groups": ()}, {"members": ()})
    assert not any(asked(replace(world, **each), question).allowed for each in emptied)
    assert not asked(World(), question).allowed
    silent = asked(replace(world, answers=()), question)
    assert not silent.allowed or silent.route == "statutory"


def test_events_stand_in_time_and_kind_order() -> None:
    at = instant("2026-09-01T10:00")
    answer = Answer("aino", "maija", at, "luvn", yes={"kuraattori": ("absences",)})
    policy = PolicyVersion(at, DEFAULT_POLICY)
    world = World(policies=(policy,), answers=(answer,))
    assert [event.kind for event in world.events()] == ["policy", "answer"]
