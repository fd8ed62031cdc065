"""Many ordinary families at once, as rows: a world to measure in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from tests.equivalence.loader import Loaded, Place, load
from tests.oracle import building
from tests.oracle.civil import instant
from tests.oracle.world import World
from wilma_ext.models import Activation, ActivationPair, Answer, AnswerChoice, AnswerDecider

SAID = instant("2026-09-01T10:00")
ENABLED = instant("2026-09-02T09:00")
PAIRS = [(who, what) for who in ("kuraattori", "psykologi") for what in ("absences", "grades")]
Rows = Iterator[tuple[Any, dict[str, Any]]]


def crowd(place: Place, pupils: int, own: int) -> tuple[World, Loaded]:
    """The ordinary world of the oracle, and in it further pupils, `own` of them at Kaisa's school.

    Two guardians each; three of four families said yes and were enabled.
    """
    world = building.world()
    loaded = load(place, world)
    with place.session() as session:
        for first in range(0, pupils, 2000):
            numbers = range(first, min(first + 2000, pupils))
            insert_rows(
                session, (row for number in numbers for row in _family(loaded, number, own))
            )
    return world, loaded


def insert_rows(session: Session, rows: Rows) -> None:
    by_table: dict[Any, list[dict[str, Any]]] = {}
    for table, values in rows:
        by_table.setdefault(table, []).append(values)
    for table, values in by_table.items():
        session.execute(insert(table), values)


def _family(loaded: Loaded, number: int, own: int) -> Rows:
    """The guardians share the pupil's number, so that ids stay in one run."""
    host, pupil = loaded.host, loaded.native(f"pupil{number}")
    parents = [loaded.native(f"{each}{number}") for each in ("mother", "father")]
    school = loaded.native("s1" if number < own else "s2")
    born = {"birth_date": date(2014, 1 + number % 12, 1 + number % 28), "enrolled": True}
    yield host.pupils, {"id": pupil, "school_id": school, **born}
    for person in [pupil, *parents]:
        yield host.people, {"id": person, "human_id": f"human {person}"}
    for person in parents:
        rights = {"may_decide": True, "restricted_information": False}
        none = {"valid_from": None, "valid_until": None}
        yield (
            host.guardianships,
            {"pupil_id": pupil, "guardian_id": person, **rights, **none},
        )
    if number % 4:
        refs = [str(each) for each in parents]
        yield from consent(loaded, str(pupil), refs[0], refs)


def consent(
    loaded: Loaded, pupil: str, giver: str, guardians: list[str], *, enabled: bool = True
) -> Rows:
    """One guardian's yes to every pair, and the activation of them all."""
    place = {"provider_ref": loaded.provider_ref, "pupil_ref": pupil}
    key, said_by = _key(pupil, giver), {"giver_ref": giver, "capacity": "guardian"}
    answer = {
        "id": key,
        "number": key,
        "channel": "online",
        "act": "answer",
        "county": "luvn",
        "form_id": None,
        "language": "fi",
        "text_sha256": "-",
        "given_at": SAID,
        "given_on": SAID.date(),
        "school_ref": loaded.ref("s1"),
    }
    yield Answer, {**answer, **place, **said_by}
    for person in guardians:
        ref = {"provider_ref": loaded.provider_ref, "person_ref": person}
        yield AnswerDecider, {"answer_id": key, **ref}
    for n, (profession, category) in enumerate(PAIRS):
        pair = {"profession": profession, "category": category, "id": f"{key}-{n}"}
        of = {"answer_id": key, "county": "luvn", "value": "yes", "given_at": SAID}
        yield AnswerChoice, {**pair, **place, **said_by, **of, **_open(SAID)}
    if enabled:
        yield from _activation(loaded, key, place)


def _key(pupil: str, giver: str) -> str:
    """A key that fits its column however long the names of a world are."""
    return sha256(f"{pupil}:{giver}".encode()).hexdigest()[:18]


def _activation(loaded: Loaded, key: str, place: dict[str, str]) -> Rows:
    group = {"group_id": loaded.groups["hva"]}
    opened = {"id": key, "valid_from": ENABLED, "activated_by": "-"}
    yield Activation, {**opened, **place, **group}
    for n, (profession, category) in enumerate(PAIRS):
        pair = {"profession": profession, "category": category, "id": f"{key}-{n}"}
        yield ActivationPair, {**pair, **place, **group, "activation_id": key, **_open(ENABLED)}


def _open(since: datetime) -> dict[str, Any]:
    return {"valid_from": since, "valid_until": None}
