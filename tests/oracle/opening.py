"""Whether a consented pair has been opened by activation (R2; design 4.7)."""

from __future__ import annotations

from datetime import datetime

from tests.oracle.choices import Choice, Pair
from tests.oracle.civil import live
from tests.oracle.consent import Reading, guardian_yes, pupil_yes, read, reason
from tests.oracle.world import Activation, Group, Pupil, World


def activated(world: World, pupil: Pupil, group: Group, pair: Pair, at: datetime) -> bool:
    """By the secretary's act, or where the policy says automatic."""
    acts = [act for act in world.activations if (act.pupil, act.group) == (pupil.id, group.id)]
    if any(_open(world, pupil, group, pair, act, at) for act in acts):
        return True
    return automatic(read(world, pupil, group.county, pair, at))


def _open(
    world: World, pupil: Pupil, group: Group, pair: Pair, act: Activation, at: datetime
) -> bool:
    """4.7: an activation holds "the pairs it opened (those live when it ran)", until an answer
    that finds or leaves one lapsed; "only a new activation reopens it"."""
    if not live(act.on, act.until, at):
        return False
    if reason(read(world, pupil, group.county, pair, act.on)):
        return False
    later = [each.on for each in world.answers if each.pupil == pupil.id and act.on < each.on <= at]
    return not any(_closes(world, pupil, group, pair, on) for on in later)


def _closes(world: World, pupil: Pupil, group: Group, pair: Pair, on: datetime) -> bool:
    """Whether the answer of that instant finds the pair lapsed, or leaves it without consent."""
    memory, key = world.memory, (pupil.id, group.id, pair, on)
    if memory is None:
        return _closed(world, pupil, group, pair, on)
    if key not in memory:
        memory[key] = _closed(world, pupil, group, pair, on)
    return bool(memory[key])


def _closed(world: World, pupil: Pupil, group: Group, pair: Pair, on: datetime) -> bool:
    found = reason(read(world, pupil, group.county, pair, on, before=on))
    left = reason(read(world, pupil, group.county, pair, on))
    return found is not None or left is not None


def automatic(pair: Reading) -> bool:
    """P6: automatic applies to a yes given under it and never taken back from it since."""
    own = pupil_yes(pair) if pair.pupil.id in pair.deciders else None
    counting = [yes for yes in guardian_yes(pair) if yes.by in pair.deciders]
    return any(_all_automatic(pair, yes) for yes in [*counting, *([own] if own else [])])


def _all_automatic(pair: Reading, yes: Choice) -> bool:
    versions = pair.window(yes)
    return bool(versions) and all(each.keys["activation"] == "automatic" for each in versions)
