"""Whether a world hangs together: every id that a fact or a check names exists, and once."""

from collections.abc import Iterable, Iterator
from typing import Any

from wilma_ext.simulate.document import Place, WorldError
from wilma_ext.simulate.world import Check, World

Problem = tuple[Place, str]


def check_references(world: World) -> None:
    """Refuse a world that names what it does not have, or has what is named twice."""
    problems = [*_twice(world), *_unknown(world), *_wrong_answers(world), *_wrong_periods(world)]
    for number, check in enumerate(world.checks):
        problems += [(("checks", str(number)), words) for words in _wrong_shape(world, check)]
    if problems:
        raise WorldError(*problems)


def _twice(world: World) -> Iterator[Problem]:
    for kind in ("schools", "pupils", "groups", "members"):
        ids = [item.id for item in getattr(world, kind)]
        for index, name in enumerate(ids):
            if name in ids[:index]:
                yield (kind, str(index), "id"), f"the id {name!r} stands twice"


#: Kind of fact -> its attribute that names something -> the kind that it names.
_NAMES = {
    "pupils": {"school": "schools"},
    "guardians": {"of": "pupils"},
    "members": {"group": "groups", "schools": "schools"},
    "exceptions": {"member": "members"},
    "matrix": {"group": "groups"},
    "answers": {"pupil": "pupils", "by": "people", "county": "counties"},
    "capacity": {"pupil": "pupils"},
    "activations": {"pupil": "pupils", "group": "groups"},
    "checks": {"member": "members", "pupil": "pupils", "sees": "pupils", "seen_by": "members"},
}


def _unknown(world: World) -> Iterator[Problem]:
    """Yield every name that stands somewhere and is nobody's."""
    known = {
        kind: _ids(getattr(world, kind)) for kind in ("schools", "pupils", "groups", "members")
    }
    known["counties"] = world.counties()
    known["people"] = known["pupils"] | _ids(world.guardians)
    for kind, attributes in _NAMES.items():
        for index, row in enumerate(getattr(world, kind)):
            for attribute, names in attributes.items():
                value = getattr(row, attribute)
                given = (value,) if isinstance(value, str) else value or ()
                for name in given:
                    if name not in known[names]:
                        yield (kind, str(index), attribute), f"there is no {name!r}"


def _wrong_answers(world: World) -> Iterator[Problem]:
    for index, answer in enumerate(world.answers):
        place = ("answers", str(index))
        if answer.withdraw is not None and (answer.yes or answer.no):
            yield (*place, "withdraw"), "an entry answers or withdraws, not both"
        for pair in sorted(answer.yes & answer.no):
            yield (*place, "no"), f"yes and no to {pair}"


def _wrong_periods(world: World) -> Iterator[Problem]:
    for kind in ("agreements", "members", "capacity"):
        for index, row in enumerate(getattr(world, kind)):
            if row.until is not None and row.until <= row.since:
                yield (kind, str(index), "until"), "the end is not after the beginning"


def _ids(rows: Iterable[Any]) -> frozenset[str]:
    return frozenset(row.id for row in rows)


def _wrong_shape(world: World, check: Check) -> Iterator[str]:
    """A check asks one thing: a verdict, what a member sees, or by whom a pupil is seen."""
    verdict = any(value is not None for value in (check.allowed, check.because, check.route))
    asked = [verdict, check.sees is not None, check.seen_by is not None]
    wanted = {
        "sees": check.sees is not None and not (check.member and not check.pupil),
        "seen_by": check.seen_by is not None and not (check.pupil and not check.member),
        "allowed": verdict and not (check.member and check.pupil),
    }
    if sum(asked) != 1:
        yield "ask either allowed, or sees, or seen_by"
    yield from (f"{key} does not go with these ids" for key, bad in wanted.items() if bad)
    if check.at is None and world.at is None:
        yield "neither the check nor the world names an instant"
