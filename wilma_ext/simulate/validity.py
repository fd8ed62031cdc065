"""Whether a world hangs together: every id that a fact or a check names exists, and once."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from wilma_ext.simulate.document import WorldError
from wilma_ext.simulate.world import Check, World


def check_references(world: World) -> None:
    """Refuse a world that names what it does not have, or has what is named twice."""
    for kind in ("schools", "pupils", "groups", "members"):
        ids = Counter(item.id for item in getattr(world, kind))
        twice = [name for name, count in ids.items() if count > 1]
        if twice:
            raise WorldError(f"{kind}: the id {twice[0]!r} stands twice")
    for place, name, known in _references(world):
        if name not in known:
            raise WorldError(f"{place}: there is no {name!r}")
    for number, check in enumerate(world.checks):
        _check_shape(number, check)


#: Kind of fact -> its attribute that names something -> the kind that it names.
_NAMES = {
    "pupils": {"school": "schools"},
    "guardians": {"of": "pupils"},
    "members": {"group": "groups", "schools": "schools"},
    "agreements": {"county": "counties"},
    "exceptions": {"member": "members"},
    "matrix": {"group": "groups"},
    "answers": {"pupil": "pupils", "by": "people", "county": "counties"},
    "capacity": {"pupil": "pupils"},
    "activations": {"pupil": "pupils", "group": "groups"},
    "checks": {"member": "members", "pupil": "pupils", "sees": "pupils", "seen_by": "members"},
}


def _references(world: World) -> Iterator[tuple[str, str, frozenset[str]]]:
    """Yield every name that stands somewhere, with the place and the ids it may be."""
    known = {
        kind: _ids(getattr(world, kind)) for kind in ("schools", "pupils", "groups", "members")
    }
    known["counties"] = frozenset(group.county for group in world.groups)
    known["people"] = known["pupils"] | _ids(world.guardians)
    for kind, attributes in _NAMES.items():
        for row in getattr(world, kind):
            for attribute, names in attributes.items():
                value = getattr(row, attribute)
                given = (value,) if isinstance(value, str) else value or ()
                yield from ((f"{kind}.{attribute}", name, known[names]) for name in given)


def _ids(rows: Iterable[Any]) -> frozenset[str]:
    return frozenset(row.id for row in rows)


def _check_shape(number: int, check: Check) -> None:
    """A check asks one thing: a verdict, what a member sees, or by whom a pupil is seen."""
    verdict = any(value is not None for value in (check.allowed, check.because, check.route))
    asked = [verdict, check.sees is not None, check.seen_by is not None]
    wanted = {
        "sees": check.sees is not None and not (check.member and not check.pupil),
        "seen_by": check.seen_by is not None and not (check.pupil and not check.member),
        "allowed": verdict and not (check.member and check.pupil),
    }
    if sum(asked) != 1:
        raise WorldError(f"checks.{number}: ask either allowed, or sees, or seen_by")
    wrong = [key for key, bad in wanted.items() if bad]
    if wrong:
        raise WorldError(f"checks.{number}: {wrong[0]} does not go with these ids")
