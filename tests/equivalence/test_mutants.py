"""The comparison notices when a condition is missing, or a rule a little wrong."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from sqlalchemy import and_, false, or_, true

from tests.equivalence.asking import differences, expected
from tests.equivalence.corpus import CLOSED_BY, CLOSED_BY_RULE, Case
from tests.equivalence.loader import Place
from tests.oracle.strategies import worlds_with_questions
from tests.oracle.world import Question, World
from wilma_ext.rights.access import conditions, decision, own_child, period
from wilma_ext.rights.access.bound import AT
from wilma_ext.rights.consent import consent_state, deactivation, standing
from wilma_ext.rights.consent.standing import Standing
from wilma_ext.vocabulary import Choice

Mutate = Callable[[pytest.MonkeyPatch], None]
REASONS = [condition.reason.value for condition in conditions.CONDITIONS]


def without_condition(reason: str) -> Mutate:
    left = tuple(each for each in conditions.CONDITIONS if each.reason.value != reason)
    return lambda patch: patch.setattr(decision, "CONDITIONS", left)


def without(name: str, instead: Any) -> Mutate:
    """The method of Standing is always true, or always false."""
    return lambda patch: patch.setattr(Standing, name, lambda *_: instead)


def no_left_behind(patch: pytest.MonkeyPatch) -> None:
    """A no goes the way of a yes: left behind by a move or a material change."""
    decides = Standing.decides

    def forgetful(self: Standing, choice: Any) -> Any:
        is_yes = choice.c.value == Choice.YES.value
        return and_(decides(self, choice), or_(is_yes, self.alive(choice)))

    patch.setattr(Standing, "decides", forgetful)


def only_todays_policy(patch: pytest.MonkeyPatch) -> None:
    since = standing.policy_since

    def today(bearing: Any, said: Any, rule: Any, *within: Any) -> Any:
        def of_today(policy: Any) -> Any:
            return and_(rule(policy), or_(policy.valid_until.is_(None), policy.valid_until > AT))

        return since(bearing, said, of_today, *within)

    patch.setattr(standing, "policy_since", today)


def closed_end(patch: pytest.MonkeyPatch) -> None:
    def until_and_at(until: Any) -> Any:
        return or_(until.is_(None), until >= AT)

    for module in (period, conditions):
        patch.setattr(module, "open_ended", until_and_at)


def any_county(patch: pytest.MonkeyPatch) -> None:
    stands = Standing.stands

    def everywhere(self: Standing, choice: Any) -> Any:
        parts = [each for each in stands(self, choice).clauses if "county" not in str(each)]
        return and_(*parts)

    patch.setattr(Standing, "stands", everywhere)


def one_is_every(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(consent_state, "_all", lambda _, number: number > 0)


def open_for_good(patch: pytest.MonkeyPatch) -> None:
    """An answer finds no open pair that it could end."""
    found = deactivation.open_pairs

    def none_to_end(*args: Any, dated: bool = False, **kwargs: Any) -> Any:
        return [] if dated else found(*args, **kwargs)

    patch.setattr(deactivation, "open_pairs", none_to_end)


def one_account(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(own_child, "has", lambda source, name: name != "human_id" and name in source.c)


MUTANTS: dict[str, Mutate] = {
    "custody": without("_custody", true()),
    "a no is not left behind": no_left_behind,
    "policy window": only_todays_policy,
    "every guardian": one_is_every,
    "same school": without("_same_school", true()),
    "same meaning": without("_same_meaning", true()),
    "half-open end": closed_end,
    "own age": without("_before_own_age", true()),
    "joint age": without("_needs_pupil", false()),
    "ended activation": open_for_good,
    "ended activation with an end": open_for_good,
    "same human": one_account,
    "same county": any_county,
}
CASES = [(name, without_condition(name), CLOSED_BY[name]) for name in REASONS]
CASES += [(name, MUTANTS[name], case) for name, case in CLOSED_BY_RULE.items()]


@contextmanager
def mutated(place: Place, mutate: Mutate) -> Any:
    """A statement is built once per register, so a new register builds the mutant's own."""
    with pytest.MonkeyPatch.context() as patch:
        mutate(patch)
        yield Place(place.host, place.connection)


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
@pytest.mark.parametrize("ids", ["text"], indirect=True)
@pytest.mark.parametrize(("name", "mutate", "case"), CASES, ids=[case[0] for case in CASES])
def test_a_mutant_opens_what_is_closed(place: Place, name: str, mutate: Mutate, case: Case) -> None:
    """Not only another reason is told: the pupil is shown."""
    should = expected(case.world, case.question)
    assert not should["allowed"]
    assert name not in REASONS or should["failing"] == (name,)
    assert differences(place, case.world, [case.question]) == []
    with mutated(place, mutate) as mutant:
        found = differences(mutant, case.world, [case.question])
    assert len(found) == 1
    assert "'allowed': (True, False)" in found[0]


@pytest.mark.long
@pytest.mark.parametrize("ids", ["integer"], indirect=True)
def test_random_worlds_notice_every_missing_condition(place: Place) -> None:
    """Of random questions that one condition alone denies, one at least for each condition."""
    mutants = {reason: without_condition(reason) for reason in REASONS}
    places = {reason: Place(place.host, place.connection) for reason in REASONS}
    noticed: set[str] = set()

    @seed(1)
    @settings(
        max_examples=500,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(worlds_with_questions(8))
    def search(drawn: tuple[World, tuple[Question, ...]]) -> None:
        world, questions = drawn
        closed = {expected(world, each)["failing"]: each for each in questions}
        new = [reason for reason in REASONS if (reason,) in closed and reason not in noticed]
        for reason in new:
            with pytest.MonkeyPatch.context() as patch:
                mutants[reason](patch)
                found = differences(places[reason], world, [closed[reason,]])
            assert "'allowed': (True, False)" in found[0]
            noticed.add(reason)

    search()
    assert noticed == set(REASONS)
