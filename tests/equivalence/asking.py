"""The same question to the oracle and to the database; every difference in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tests.equivalence.loader import Loaded, Place, load
from tests.oracle import rules
from tests.oracle.world import Question, World
from wilma_ext.rights.access.decision import decide
from wilma_ext.rights.access.listing import visible_pupils
from wilma_ext.work import Work

Told = dict[str, Any]


def expected(world: World, question: Question) -> Told:
    asked = (question.category, question.at, question.necessity)
    verdict = rules.decide(world, question.member, question.pupil, *asked)
    visible = rules.visible_pupils(world, question.member, *asked)
    return {**as_told(verdict), "visible": visible}


def as_told(verdict: rules.Verdict) -> Told:
    return {
        "allowed": verdict.allowed,
        "route": verdict.route,
        "because": verdict.because,
        "failing": verdict.failing,
    }


def found(place: Place, work: Work, loaded: Loaded, world: World, question: Question) -> Told:
    visible = listed(place, work, loaded, world, question)
    return {**decided(place, work, loaded, question), "visible": visible}


def decided(place: Place, work: Work, loaded: Loaded, question: Question) -> Told:
    member, pupil = loaded.members[question.member], loaded.ref(question.pupil)
    verdict = decide(work, place.register, member, pupil_ref=pupil, **_asked(question))
    return {
        "allowed": verdict.allowed,
        "route": verdict.route.value,
        "because": verdict.because.value if verdict.because else None,
        "failing": tuple(r.value for r, passed in verdict.conditions.items() if not passed),
    }


def listed(
    place: Place, work: Work, loaded: Loaded, world: World, question: Question
) -> tuple[str, ...]:
    """Everybody whom the member may see; the question's own pupil is of no account."""
    member, names = loaded.members[question.member], {loaded.ref(p.id): p.id for p in world.pupils}
    rows = visible_pupils(work, place.register, member, **_asked(question))
    return tuple(sorted(names[row.pupil_ref] for row in rows))


def _asked(question: Question) -> Told:
    necessity = question.necessity or ""
    return {"category": question.category, "at": question.at, "necessity": necessity}


def differences(place: Place, world: World, questions: Iterable[Question]) -> list[str]:
    """Load the world, ask everything, and tell where the two do not agree."""
    loaded = load(place, world)
    told = []
    for question in questions:
        with place.work(question.at) as work:
            is_, should = found(place, work, loaded, world, question), expected(world, question)
        wrong = {key: (is_[key], should[key]) for key in should if is_[key] != should[key]}
        if wrong:
            told.append(f"{question}: {wrong}")
    return told
