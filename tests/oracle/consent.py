"""Whether a pair has consent at an instant, and if not, why (R1, R3-R7; design 4.2-4.5, 4.8)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from tests.oracle.choices import Choice, Pair, ran_out, standing
from tests.oracle.civil import age_on, civil_day
from tests.oracle.deciders import Stage, custody_begun_after, deciders, entitled, joint_at, stage
from tests.oracle.noticing import custody_changed, school_changed, stands_since
from tests.oracle.policy import window
from tests.oracle.world import Answer, PolicyVersion, Pupil, World


@dataclass(frozen=True)
class Reading:
    """One pair of one pupil for one county at one instant, from the answers known."""

    world: World
    pupil: Pupil
    county: str
    pair: Pair
    at: datetime
    answers: tuple[Answer, ...]
    lapsed: bool = False  # count also a yes that ran out or was left behind
    ladder: bool = True  # hold guardians' yes to the age ladder

    @cached_property
    def stage(self) -> Stage:
        return stage(self.world, self.pupil, self.at)

    @cached_property
    def guardians(self) -> frozenset[str]:
        return entitled(self.world, self.pupil, self.at)

    @cached_property
    def deciders(self) -> frozenset[str]:
        return deciders(self.world, self.pupil, self.at)

    @cached_property
    def choices(self) -> tuple[Choice, ...]:
        return standing(self.answers, self.county, self.pair, self._over)

    def _over(self, yes: Choice, at: datetime) -> bool:
        return not _holds(replace(self, at=at, lapsed=False), yes)

    @cached_property
    def by_age(self) -> bool:
        """4.4: while a capacity decision is live the ages of the window do not apply."""
        return self.ladder and not self.stage.by_decision

    @cached_property
    def age(self) -> int:
        return age_on(self.pupil.born, civil_day(self.at)) if self.pupil.born else 0

    def window(self, yes: Choice) -> list[PolicyVersion]:
        return window(self.world, yes.given, self.at)


def read(
    world: World,
    pupil: Pupil,
    county: str,
    pair: Pair,
    at: datetime,
    before: datetime | None = None,
) -> Reading:
    """What the answers up to `at` say; with `before`, without those from that instant on."""
    known = (answer for answer in world.answers if answer.pupil == pupil.id and answer.on <= at)
    heard = tuple(answer for answer in known if before is None or answer.on < before)
    return Reading(world, pupil, county, pair, at, heard)


def reason(pair: Reading) -> str | None:
    """None while the consent lives, else exactly one of the three reasons (design 4.8)."""
    if refused(pair):
        return "consent_refused"
    if satisfied(pair):
        return None
    if satisfied(replace(pair, lapsed=True)) or _lapsed_at_own_age(pair):
        return "consent_ended"
    return "no_consent"


def refused(pair: Reading) -> bool:
    """R7, design 4.2 and 4.3: an explicit No of one of today's deciders, which never expires."""
    return any(each.word == "no" and each.by in pair.deciders for each in pair.choices)


def satisfied(pair: Reading) -> bool:
    """The requirement of today's stage."""
    if pair.stage.decides == "guardian":
        return guardian_part(pair)
    if pair.stage.decides == "joint":
        return guardian_part(pair) and pupil_yes(pair) is not None
    if pair.stage.decides == "pupil":
        return _pupil_alone(pair)
    return False  # 4.3: unknown birth date = the consent route is closed


def guardian_part(pair: Reading) -> bool:
    """P2: one entitled guardian's yes, where every policy of its window let one suffice; yes of
    all of them always suffices. 4.3: "nobody entitled = closed"."""
    usable = [yes for yes in guardian_yes(pair) if _complete(pair, yes)]
    if pair.guardians and {yes.by for yes in usable} == pair.guardians:
        return True
    return any(_one_suffices(pair, yes) for yes in usable)


def _one_suffices(pair: Reading, yes: Choice) -> bool:
    return all(version.keys["decides"] == "any_guardian" for version in pair.window(yes))


def _complete(pair: Reading, yes: Choice) -> bool:
    """4.3: "at joint_from_age an unjoined yes is incomplete"."""
    joint = pair.by_age and any(joint_at(version, pair.age) for version in pair.window(yes))
    return not joint or pupil_yes(pair) is not None


def guardian_yes(pair: Reading) -> list[Choice]:
    """R6: the yes that count, of today's entitled guardians."""
    said = [each for each in pair.choices if each.word == "yes" and each.by in pair.guardians]
    return [
        yes for yes in said if _holds(pair, yes) and _in_age(pair, yes) and _in_custody(pair, yes)
    ]


def pupil_yes(pair: Reading) -> Choice | None:
    """The pupil's own yes while it counts."""
    said = [each for each in pair.choices if each.word == "yes" and each.by == pair.pupil.id]
    return next((yes for yes in said if _holds(pair, yes)), None)


def _pupil_alone(pair: Reading) -> bool:
    """R5: "the student decides"; an own_from_age lowered later does not free an older yes."""
    yes = pupil_yes(pair)
    if yes is None:
        return False
    ages = [version.keys["own_from_age"] for version in pair.window(yes)]
    return not pair.by_age or all(age <= pair.age for age in ages)


def _in_age(pair: Reading, yes: Choice) -> bool:
    """4.3: "at own_from_age guardians' yes has ended" (R5)."""
    ages = [version.keys["own_from_age"] for version in pair.window(yes)]
    return not pair.by_age or all(pair.age < age for age in ages)


def _holds(pair: Reading, yes: Choice) -> bool:
    """Neither run out (R4) nor left behind by a move (R25) or a material change (R23)."""
    if pair.lapsed:
        return True
    return not (ran_out(yes, pair.at) or _moved(pair, yes) or _reworded(pair, yes))


def _asks(pair: Reading, yes: Choice, key: str, word: str) -> bool:
    return any(version.keys[key] == word for version in pair.window(yes))


def _moved(pair: Reading, yes: Choice) -> bool:
    """P26, R25: inside the provider consent follows only if the policy says so."""
    if not _asks(pair, yes, "on_school_move", "ask"):
        return False
    same = pair.pupil.school_at(yes.given) == pair.pupil.school_at(pair.at)
    return not same or not stands_since(school_changed(pair.world, pair.pupil, pair.at), yes.given)


def _reworded(pair: Reading, yes: Choice) -> bool:
    """R23: "a material text change asks for new consent"."""
    forms = (form.at for form in pair.world.forms if form.material)
    newer = any(yes.given < at <= pair.at for at in forms)
    return newer and _asks(pair, yes, "on_material_change", "ask")


def _in_custody(pair: Reading, yes: Choice) -> bool:
    """Design 4.5, `suspend`: counts "only while today's deciders equal those stored with it, or a
    decider has answered since"; the comparison is of the guardians only."""
    if not _asks(pair, yes, "on_custody_change", "suspend"):
        return True
    heard = pair.guardians | pair.deciders
    changed = custody_changed(pair.world, pair.pupil, pair.at)
    return any(
        answer.by in heard
        and answer.on >= yes.given
        and stands_since(changed, answer.on)
        and _same_custody(pair, answer.on)
        for answer in pair.answers
    )


def _same_custody(pair: Reading, then: datetime) -> bool:
    """D6: "a change and its return never revive it silently"."""
    if entitled(pair.world, pair.pupil, then) != pair.guardians:
        return False
    return not custody_begun_after(pair.world, pair.pupil, pair.at, then)


def _lapsed_at_own_age(pair: Reading) -> bool:
    """Design 4.8: ended also where guardians' yes "lapsed at 18"."""
    if pair.stage.decides != "pupil" or pair.stage.by_decision:
        return False
    return guardian_part(replace(pair, lapsed=True, ladder=False))
