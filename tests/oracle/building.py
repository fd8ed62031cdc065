"""A small ordinary world to change one fact of, for cases typed by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any, Literal

from tests.oracle.civil import instant
from tests.oracle.rules import CONSENT_REASONS, Verdict, decide
from tests.oracle.world import (
    DEFAULT_POLICY,
    Activation,
    Answer,
    Assignment,
    CapacityDecision,
    Group,
    Guardian,
    MatrixEntry,
    Member,
    Pairs,
    PolicyVersion,
    Pupil,
    World,
)

NOW = "2026-11-21T12:00"
CHILD = date(2016, 5, 1)
YOUTH = date(2010, 3, 1)  # 16
ADULT = date(2008, 10, 15)  # 18 since 15.10.2026
BOTH = {"kuraattori": ("absences", "grades")}
ABSENCES = {"kuraattori": ("absences",)}
GRADES = {"kuraattori": ("grades",)}


def policy(since: str = "2026-01-01", **keys: Any) -> PolicyVersion:
    return PolicyVersion(instant(since), {**DEFAULT_POLICY, **keys})


def _said(by: str, on: str | None) -> datetime:
    """Where no instant is told, a morning's answers, each person's at a minute of its own."""
    minutes = {"maija": "00", "matti": "05", "aino": "10"}
    return instant(on or f"2026-09-01T10:{minutes.get(by, '15')}")


def _capacity(by: str) -> Literal["guardian", "pupil"]:
    return "pupil" if by == "aino" else "guardian"


def yes(
    by: str = "maija",
    on: str | None = None,
    pairs: Pairs | None = None,
    until: str | None = None,
    county: str = "luvn",
) -> Answer:
    end = instant(until) if until else None
    pairs = BOTH if pairs is None else pairs
    return Answer("aino", by, _said(by, on), county, _capacity(by), yes=pairs, until=end)


def no(
    by: str = "maija",
    on: str | None = None,
    pairs: Pairs | None = None,
    county: str = "luvn",
) -> Answer:
    pairs = BOTH if pairs is None else pairs
    return Answer("aino", by, _said(by, on), county, _capacity(by), no=pairs)


def withdraw(by: str = "maija", on: str = "2026-10-01T10:00", what: Any = "all") -> Answer:
    return Answer("aino", by, _said(by, on), "luvn", _capacity(by), withdraw=what)


def enable(
    on: str = "2026-09-02T09:00", until: str | None = None, group: str = "hva"
) -> Activation:
    return Activation("aino", group, instant(on), instant(until) if until else None)


def capacity(decides: Any, since: str = "2026-08-15", until: str | None = None) -> CapacityDecision:
    return CapacityDecision("aino", instant(since), decides, instant(until) if until else None)


def aino(born: date | None = CHILD, **changes: Any) -> Pupil:
    return Pupil("aino", "s1", born, **changes)


def guardian(name: str, **changes: Any) -> Guardian:
    return Guardian(name, ("aino",), **changes)


def member(**changes: Any) -> Member:
    since = instant("2026-08-01")
    kaisa = Member("kaisa", "kaisa", "hva", "kuraattori", since, schools=(Assignment("s1", since),))
    return replace(kaisa, **changes)


def matrix(since: str = "2026-08-01", group: str = "hva", **cells: dict[str, str]) -> MatrixEntry:
    return MatrixEntry(instant(since), group, cells)


def world(**changes: Any) -> World:
    """Maija said yes, the secretary enabled, Kaisa may see; any fact may be replaced."""
    ordinary = World(
        policies=(policy(),),
        schools=("s1", "s2"),
        pupils=(aino(),),
        guardians=(guardian("maija"), guardian("matti")),
        groups=(Group("hva", "luvn"),),
        members=(member(),),
        matrix=(matrix(kuraattori={"absences": "consent", "grades": "consent"}),),
        answers=(yes(),),
        activations=(enable(),),
    )
    return replace(ordinary, **changes)


def ask(
    of: World, at: str | datetime = NOW, category: str = "absences", necessity: str | None = None
) -> Verdict:
    """May Kaisa see this of Aino?"""
    moment = instant(at) if isinstance(at, str) else at
    return decide(of, "kaisa", "aino", category, moment, necessity)


def consent(of: World, at: str = NOW, category: str = "absences") -> str:
    """The consent's state: `living` or its one reason."""
    failing = [each for each in ask(of, at, category).failing if each in CONSENT_REASONS]
    assert len(failing) <= 1
    return failing[0] if failing else "living"
