"""A small world to change one line of, and what its checks come to."""

from pathlib import Path
from typing import Any

from wilma_ext.simulate.checking import simulate
from wilma_ext.simulate.document import WorldError

EXAMPLES = Path(__file__).resolve().parents[2] / "examples" / "worlds"
FILES = sorted(EXAMPLES.glob("*.yaml"))

#: One line for each kind of fact; Kaisa sees Aino's absences.
WORLD = """\
version: 1
at: 2026-11-21T12:00:00+02:00
provider: lohja
policy: {}
schools: [{id: s1}, {id: s2}]
pupils: [{id: aino, school: s1, born: 2014-03-02}]
guardians: [{id: maija, of: [aino]}]
groups: [{id: hva, county: luvn}]
agreements: [{county: luvn, from: 2026-01-01}]
members: [{id: kaisa, group: hva, profession: kuraattori, schools: [s1], from: 2026-08-01}]
exceptions: []
matrix: [{group: hva, from: 2026-08-01, cells: {kuraattori: {absences: consent}}}]
capacity: []
answers: [{pupil: aino, by: maija, on: 2026-09-01, yes: {kuraattori: [absences]}}]
activations: [{pupil: aino, group: hva, on: 2026-09-02}]
checks: [{member: kaisa, pupil: aino, category: absences, allowed: true}]
"""


def changed(*changes: tuple[str, str], world: str = WORLD) -> str:
    """The world with some of its words replaced; what is to be replaced stands there once."""
    for old, new in changes:
        assert world.count(old) == 1, old
        world = world.replace(old, new)
    return world


def with_line(key: str, value: str, world: str = WORLD) -> str:
    """The world with the whole line of one key replaced."""
    lines = world.splitlines(keepends=True)
    [number] = [i for i, line in enumerate(lines) if line.startswith(f"{key}:")]
    lines[number] = f"{key}: {value}\n"
    return "".join(lines)


def got(text: str) -> dict[str, Any]:
    """What the code says to the world's first check."""
    return simulate(text)[0].got


def because(text: str) -> str | None:
    found: str | None = got(text)["because"]
    return found


def refusal(text: str) -> str:
    """The words with which a broken world is refused."""
    try:
        simulate(text)
    except WorldError as error:
        return str(error)
    raise AssertionError("the world was accepted")
