"""The route of a matrix cell (design D7, 4.9; R9-R11)."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from tests.oracle.civil import live
from tests.oracle.policy import policy_at
from tests.oracle.world import Member, PolicyVersion, World

Route = Literal["off", "consent", "statutory"]
CONTACT_CATEGORIES = ("contacts", "timetable")
MAY_BE_STATUTORY = ("kuraattori", "psykologi")  # R10: nurse and doctor never


def route(world: World, member: Member, category: str, at: datetime) -> Route:
    """D7: "a cell whose route the provider's mode does not allow counts as off"; 4.9: "an allow
    adds the category by the consent route only"."""
    policy = policy_at(world, at)
    if policy is None:
        return "off"
    word = cell(world, member, category, at)
    if word == "statutory" and _statutory_allowed(policy, member):
        return "statutory"
    wanted = word == "consent" or excepted(world, member, category, "allow", at)
    return "consent" if wanted and _consent_allowed(policy, category) else "off"


def cell(world: World, member: Member, category: str, at: datetime) -> str:
    """What the group's matrix in force says; a later entry replaces the earlier one."""
    entries = sorted(world.matrix, key=lambda entry: entry.since)
    past = [each for each in entries if each.group == member.group and each.since <= at]
    return past[-1].cells.get(member.profession, {}).get(category, "off") if past else "off"


def _statutory_allowed(policy: PolicyVersion, member: Member) -> bool:
    """R10, P16: only where the provider says so, and "only kuraattori, psykologi"."""
    listed = member.profession in policy.keys["statutory_professions"]
    possible = member.profession in MAY_BE_STATUTORY
    return policy.keys["mode"] == "consent_and_statutory" and listed and possible


def _consent_allowed(policy: PolicyVersion, category: str) -> bool:
    """P1: off, contact and timetable only, consent, consent and statutory."""
    if policy.keys["mode"] == "contact":
        return category in CONTACT_CATEGORIES
    return policy.keys["mode"] in ("consent", "consent_and_statutory")


def excepted(world: World, member: Member, category: str, effect: str, at: datetime) -> bool:
    """R11: a live addition or removal of the person's own."""
    return any(
        (each.member, each.category, each.effect) == (member.id, category, effect)
        and live(each.since, each.until, at)
        for each in world.exceptions
    )
