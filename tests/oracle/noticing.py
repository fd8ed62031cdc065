"""What was noticed of the host's register (design D6: "a change and its return revive nothing").

A register tells of today only. Each act about a pupil looks at it, so a change is known if it was
there at one look and not at the look before; what came and went between two looks is not.
"""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise
from typing import Literal

from tests.oracle.deciders import entitled
from tests.oracle.world import Pupil, World

Kind = Literal["custody", "school"]


def custody_changed(world: World, pupil: Pupil, at: datetime) -> datetime | None:
    """When a change of those entitled was last noticed."""
    return _last_change(world, pupil, at, "custody")


def school_changed(world: World, pupil: Pupil, at: datetime) -> datetime | None:
    """When a move was last noticed."""
    return _last_change(world, pupil, at, "school")


def stands_since(changed: datetime | None, said: datetime) -> bool:
    """What was said was said after the change; one noticed by the very act stands before it."""
    return changed is None or changed <= said


def _last_change(world: World, pupil: Pupil, at: datetime, kind: Kind) -> datetime | None:
    past = [on for on in _changes(world, pupil, kind) if on <= at]
    return past[-1] if past else None


def _changes(world: World, pupil: Pupil, kind: Kind) -> list[datetime]:
    """The looks that saw something else than the look before."""
    memory, key = world.memory, (kind, pupil.id, len(world.looks))
    if memory is not None and key in memory:
        known: list[datetime] = memory[key]
        return known
    looks = sorted(on for name, on in world.looks if name == pupil.id)
    seen = [
        entitled(world, pupil, on) if kind == "custody" else pupil.school_at(on) for on in looks
    ]
    found = [on for on, (old, new) in zip(looks[1:], pairwise(seen), strict=True) if old != new]
    if memory is not None:
        memory[key] = found
    return found
