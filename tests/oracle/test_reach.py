"""The random worlds reach every reason and both routes, and much of them is open."""

from __future__ import annotations

from collections import Counter

from hypothesis import HealthCheck, given, seed, settings

from tests.oracle.rules import REASONS, Verdict, decide
from tests.oracle.strategies import worlds_with_questions
from tests.oracle.world import Question, World

SEEDS, WORLDS, EACH = 10, 25, 8
Sample = list[tuple[World, Question, Verdict]]


def sample() -> Sample:
    """The same 2,000 questions every time, from several seeds: one would vary a few worlds."""
    return [each for number in range(SEEDS) for each in _asked(number)]


def _asked(each_seed: int) -> Sample:
    asked: Sample = []

    @seed(each_seed)
    @settings(
        max_examples=WORLDS,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(worlds_with_questions(EACH))
    def draw(drawn: tuple[World, tuple[Question, ...]]) -> None:
        world, questions = drawn
        asked.extend((world, each, answer(world, each)) for each in questions)

    draw()
    return asked


def answer(world: World, question: Question) -> Verdict:
    return decide(
        world,
        question.member,
        question.pupil,
        question.category,
        question.at,
        question.necessity,
    )


def test_every_reason_and_both_routes_are_reached() -> None:
    verdicts = [verdict for _, _, verdict in sample()]
    assert len(verdicts) >= SEEDS * WORLDS * EACH
    because = Counter(verdict.because for verdict in verdicts)
    allowed = Counter(verdict.route for verdict in verdicts if verdict.allowed)
    assert set(REASONS) <= set(because), because
    assert set(allowed) == {"consent", "statutory"}
    assert allowed.total() >= 0.15 * len(verdicts), because
    assert allowed["consent"] >= 0.08 * len(verdicts), allowed
