"""The verdict: every condition of design 4.8, in its order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from tests.oracle.civil import civil_day, live, live_day
from tests.oracle.consent import read, reason
from tests.oracle.opening import activated
from tests.oracle.policy import policy_at
from tests.oracle.routes import Route, excepted, route
from tests.oracle.world import Group, Member, Pupil, World


@dataclass(frozen=True)
class Verdict:
    allowed: bool
    route: Route
    because: str | None
    failing: tuple[str, ...]


@dataclass(frozen=True)
class Case:
    """One question with everything it names."""

    world: World
    member: Member
    group: Group
    pupil: Pupil
    category: str
    at: datetime
    necessity: str | None
    route: Route

    def policy(self, key: str) -> object:
        version = policy_at(self.world, self.at)
        return version.keys[key] if version else None


def _a_member(case: Case) -> bool:
    """R27: "ending the assignment ends access same moment"."""
    return live(case.member.since, case.member.until, case.at)


def _assigned(case: Case) -> bool:
    """R12: "only pupils of the schools assigned to them", P17 all schools."""
    if case.policy("school_scope") == "all":
        return True
    school = case.pupil.school_at(case.at)
    own = [each for each in case.member.schools if each.school == school]
    return _a_member(case) and any(live(each.since, each.until, case.at) for each in own)


def _enrolled(case: Case) -> bool:
    """Design 4.8, not_enrolled."""
    return case.pupil.enrolled


def _not_own_child(case: Case) -> bool:
    """R22: never "own child or self"; design 4.8: looks through the human's other person ids."""
    human = same_human(case.world, case.member)
    rows = [row for row in case.world.guardians_at(case.at) if case.pupil.id in row.of]
    return case.pupil.id not in human and not any(row.id in human for row in rows)


def same_human(world: World, member: Member) -> frozenset[str]:
    """Every person id of the member's human, as far as the members' entries tell."""
    known = {member.person, *member.also}
    for _ in world.members:
        for each in world.members:
            ids = {each.person, *each.also}
            known |= ids if ids & known else set()
    return frozenset(known)


def _agreed(case: Case) -> bool:
    """D7: "an agreement in force where demanded", with the group's county."""
    agreements = [each for each in case.world.agreements if each.county == case.group.county]
    in_force = any(live(each.since, each.until, case.at) for each in agreements)
    return in_force or not case.policy("agreement_required")


def _in_matrix(case: Case) -> bool:
    """R10, P8."""
    return case.route != "off"


def _not_denied(case: Case) -> bool:
    """R11, design 4.9: "a deny always wins"."""
    return not excepted(case.world, case.member, case.category, "deny", case.at)


def _consent(case: Case) -> str | None:
    """R1, design 4.8: of the three consent reasons exactly one; none on the statutory route."""
    if case.route == "statutory":
        return None
    pair = (case.member.profession, case.category)
    return reason(read(case.world, case.pupil, case.group.county, pair, case.at))


def _activated(case: Case) -> bool:
    """R2: consent alone opens nothing; the statutory route needs none (D7)."""
    pair = (case.member.profession, case.category)
    if case.route == "statutory":
        return True
    return activated(case.world, case.pupil, case.group, pair, case.at)


def _necessity_stated(case: Case) -> bool:
    """D7, R10: the statutory route "needs a stated necessity"."""
    return case.route != "statutory" or bool(case.necessity and case.necessity.strip())


def _no_veto(case: Case) -> bool:
    """D2: "the host may narrow by a vetoes SELECT"."""
    day = civil_day(case.at)
    return not any(
        each.pupil == case.pupil.id
        and each.person in (None, case.member.person)
        and each.category in (None, case.category)
        and live_day(each.since, each.until, day)
        for each in case.world.vetoes
    )


CONSENT_REASONS = ("no_consent", "consent_refused", "consent_ended")
CONDITIONS: tuple[tuple[str, Callable[[Case], bool]], ...] = (
    ("not_a_member", _a_member),
    ("not_assigned", _assigned),
    ("not_enrolled", _enrolled),
    ("own_child", _not_own_child),
    ("no_agreement", _agreed),
    ("not_in_matrix", _in_matrix),
    ("personal_denial", _not_denied),
    *((word, lambda case, word=word: _consent(case) != word) for word in CONSENT_REASONS),
    ("not_activated", _activated),
    ("necessity_not_stated", _necessity_stated),
    ("host_veto", _no_veto),
)
REASONS = tuple(name for name, _ in CONDITIONS)


def decide(
    world: World,
    member: str,
    pupil: str,
    category: str,
    at: datetime,
    necessity: str | None = None,
) -> Verdict:
    """May this member see this category of this pupil at this instant, and why not?

    D9: empty anything denies. A member nobody knows is not a member, a pupil nobody knows is
    assigned to nobody.
    """
    who = next((each for each in world.members if each.id == member), None)
    whom = next((each for each in world.pupils if each.id == pupil), None)
    group = next((each for each in world.groups if who and each.id == who.group), None)
    if who is None or group is None:
        return Verdict(False, "off", "not_a_member", ("not_a_member",))
    if whom is None:
        return Verdict(False, "off", "not_assigned", ("not_assigned",))
    at = at.astimezone(UTC)
    by = route(world, who, category, at)
    case = Case(world, who, group, whom, category, at, necessity, by)
    failing = tuple(name for name, holds in CONDITIONS if not holds(case))
    return Verdict(not failing, by, failing[0] if failing else None, failing)


def visible_pupils(
    world: World, member: str, category: str, at: datetime, necessity: str | None = None
) -> tuple[str, ...]:
    """D4: the very same conditions, asked of every pupil; sorted ids."""
    asked = (
        (each.id, decide(world, member, each.id, category, at, necessity)) for each in world.pupils
    )
    return tuple(sorted(pupil for pupil, verdict in asked if verdict.allowed))


def seen_by(
    world: World, pupil: str, category: str, at: datetime, necessity: str | None = None
) -> tuple[str, ...]:
    """The members who may see the category of the pupil; sorted ids."""
    asked = (
        (each.id, decide(world, each.id, pupil, category, at, necessity)) for each in world.members
    )
    return tuple(sorted(member for member, verdict in asked if verdict.allowed))
