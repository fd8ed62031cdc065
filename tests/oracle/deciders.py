"""Who decides for a pupil at an instant (design 4.3, 4.4; R5, R6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from tests.oracle.civil import age_on, civil_day, live, live_day, midnight
from tests.oracle.policy import policy_at
from tests.oracle.world import CapacityDecision, Guardian, PolicyVersion, Pupil, World


@dataclass(frozen=True)
class Stage:
    decides: Literal["guardian", "joint", "pupil", "closed"]
    by_decision: bool = False  # a capacity decision, not the age ladder


def stage(world: World, pupil: Pupil, at: datetime) -> Stage:
    """A capacity decision "replaces the ladder" (4.4); "unknown birth date = closed" (4.3)."""
    policy = policy_at(world, at)
    if policy is None or pupil.born is None:
        return Stage("closed")
    decision = capacity_decision(world, pupil, at)
    if decision:
        return Stage(decision.decides, by_decision=True)
    return _ladder(policy, age_on(pupil.born, civil_day(at)))


def _ladder(policy: PolicyVersion, age: int) -> Stage:
    if age >= policy.keys["own_from_age"]:
        return Stage("pupil")
    if joint_at(policy, age):
        return Stage("joint")
    return Stage("guardian")


def joint_at(policy: PolicyVersion, age: int) -> bool:
    """The ladder's middle step; null means there is none."""
    joint_from = policy.keys["joint_from_age"]
    return joint_from is not None and age >= joint_from


def capacity_decision(world: World, pupil: Pupil, at: datetime) -> CapacityDecision | None:
    """The live decision, the latest by its beginning."""
    alive = [
        each
        for each in sorted(world.capacity, key=lambda each: each.since)
        if each.pupil == pupil.id and live(each.since, each.until, at)
    ]
    return alive[-1] if alive else None


def live_rows(world: World, pupil: Pupil, at: datetime) -> list[Guardian]:
    """The pupil's guardianships of the Helsinki day."""
    day = civil_day(at)
    rows = [row for row in world.guardians_at(at) if pupil.id in row.of]
    return [row for row in rows if live_day(row.since, row.until, day)]


def entitled(world: World, pupil: Pupil, at: datetime) -> frozenset[str]:
    """R6: a guardian in force "with may_decide and without restricted information"."""
    rows = live_rows(world, pupil, at)
    return frozenset(row.id for row in rows if row.may_decide and not row.restricted)


def deciders(world: World, pupil: Pupil, at: datetime) -> frozenset[str]:
    """Design 4.3: the entitled guardians, "or by age and capacity the pupil too, or the pupil
    alone"."""
    who = stage(world, pupil, at).decides
    guardians = entitled(world, pupil, at) if who in ("guardian", "joint") else frozenset()
    return guardians | ({pupil.id} if who in ("joint", "pupil") else frozenset())


def custody_begun_after(world: World, pupil: Pupil, at: datetime, moment: datetime) -> bool:
    """Whether some of today's custody of an entitled guardian is younger than the moment."""
    today = entitled(world, pupil, at)
    begins = [row.since for row in live_rows(world, pupil, at) if row.id in today and row.since]
    return any(midnight(day) > moment for day in begins)
