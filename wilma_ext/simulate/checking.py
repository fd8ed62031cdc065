"""A world's checks, asked of the very code that serves requests."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wilma_ext.rights.access.decision import Member, decide
from wilma_ext.rights.access.listing import visible_pupils
from wilma_ext.simulate.choices import policy_of
from wilma_ext.simulate.document import WorldError, read_document
from wilma_ext.simulate.replay import Replay
from wilma_ext.simulate.schema import world_of
from wilma_ext.simulate.scratch import Scratch
from wilma_ext.simulate.validity import check_references
from wilma_ext.simulate.world import Check, World
from wilma_ext.vocabulary import Reason, Route
from wilma_ext.work import Work


@dataclass(frozen=True)
class Result:
    """One check: what the world expects and what the code says."""

    number: int
    expected: dict[str, Any]
    got: dict[str, Any]

    @property
    def holds(self) -> bool:
        """Whether everything that the check names is so."""
        return all(self.got[key] == value for key, value in self.expected.items())


def simulate(text: str) -> list[Result]:
    """Load a world, let its facts happen and run its checks; a bad world is a `WorldError`."""
    document = read_document(text)
    try:
        world = world_of(document.values)
        check_references(world)
        return _results(world)
    except WorldError as error:
        raise document.located(error) from error


def _results(world: World) -> list[Result]:
    scratch = Scratch(world)
    try:
        replay = Replay(world, scratch, policy_of(world.policy))
        replay.run()
        return [_result(replay, number, check) for number, check in enumerate(world.checks, 1)]
    finally:
        scratch.close()


def _result(replay: Replay, number: int, check: Check) -> Result:
    at = check.at or replay.world.at
    if at is None:
        raise ValueError("the check has no instant")
    with replay.scratch.at(at) as work:
        if check.sees is not None:
            return Result(number, {"sees": sorted(check.sees)}, _sees(work, replay, check, at))
        if check.seen_by is not None:
            seen_by = {"seen_by": sorted(check.seen_by)}
            return Result(number, seen_by, _seen_by(work, replay, check, at))
        wanted = {"allowed": check.allowed, "because": check.because, "route": check.route}
        expected = {key: value for key, value in wanted.items() if value is not None}
        return Result(number, expected, _ask(work, replay, check.member, check, at))


def _sees(work: Work, replay: Replay, check: Check, at: datetime) -> dict[str, Any]:
    member = _member(replay, check.member)
    if member is None:
        return {"sees": []}
    found = visible_pupils(
        work,
        replay.register,
        member,
        category=check.category,
        at=at,
        necessity=check.necessity,
    )
    return {"sees": sorted(pupil.pupil_ref for pupil in found)}


def _seen_by(work: Work, replay: Replay, check: Check, at: datetime) -> dict[str, Any]:
    names = sorted(name for name in replay.members if _allowed(_ask(work, replay, name, check, at)))
    return {"seen_by": names}


def _ask(
    work: Work, replay: Replay, name: str | None, check: Check, at: datetime
) -> dict[str, Any]:
    member = _member(replay, name)
    if member is None:
        return {"allowed": False, "because": Reason.NOT_A_MEMBER.value, "route": Route.OFF.value}
    verdict = decide(
        work,
        replay.register,
        member,
        pupil_ref=check.pupil or "",
        category=check.category,
        at=at,
        necessity=check.necessity,
    )
    because = verdict.because.value if verdict.because else None
    return {"allowed": verdict.allowed, "because": because, "route": verdict.route.value}


def _allowed(got: dict[str, Any]) -> bool:
    return got["allowed"] is True


def _member(replay: Replay, name: str | None) -> Member | None:
    return replay.members.get(name or "")
