"""The provider's policy over time."""

from __future__ import annotations

from datetime import datetime

from tests.oracle.world import PolicyVersion, World


def versions(world: World) -> list[PolicyVersion]:
    """Every version, oldest first."""
    return sorted(world.policies, key=lambda version: version.since)


def policy_at(world: World, at: datetime) -> PolicyVersion | None:
    """The version in force, or None before the first."""
    past = [version for version in versions(world) if version.since <= at]
    return past[-1] if past else None


def window(world: World, given: datetime, at: datetime) -> list[PolicyVersion]:
    """Design 4.7: "a policy that widens applies only to answers given after it; one that narrows,
    at once" - so every version in force at any moment of [given, at] is to be satisfied."""
    first = policy_at(world, given)
    later = [version for version in versions(world) if given < version.since <= at]
    return [first, *later] if first else later
