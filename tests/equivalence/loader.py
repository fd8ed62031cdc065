"""Lays a world of the oracle into a real database, through the plugin's own commands.

Every world is a provider of its own, so worlds lie beside one another and nothing is cleaned.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import count
from typing import Any

from sqlalchemy import Connection, Engine, event, insert
from sqlalchemy.orm import Session

from tests.equivalence.events import Replay, guardianships
from tests.equivalence.host import Host, IdKind
from tests.oracle.civil import HELSINKI, midnight
from tests.oracle.world import World
from wilma_ext.engine import own_engine
from wilma_ext.migrate import upgrade
from wilma_ext.models import County, Provider, WelfareGroup
from wilma_ext.register import SchoolRegister
from wilma_ext.rights.access.decision import Member
from wilma_ext.work import Work

_numbers = count(1)


@dataclass
class Place:
    """A database with a host's tables and the plugin's, and the register over it.

    The worlds go through one connection, on which each statement is prepared once.
    """

    host: Host
    connection: Connection
    register: SchoolRegister = field(init=False)

    def __post_init__(self) -> None:
        self.register = self.host.register()

    @property
    def engine(self) -> Engine:
        return self.connection.engine

    @contextmanager
    def session(self) -> Iterator[Session]:
        """One transaction; the works of a world run in it one after another."""
        with (
            self.connection.begin(),
            Session(self.connection, expire_on_commit=False) as session,
        ):
            yield session

    def close(self) -> None:
        self.connection.close()
        self.engine.dispose()

    @contextmanager
    def work(self, at: datetime) -> Iterator[Work]:
        with self.session() as session:
            yield Work(session, lambda _: at)


@dataclass(frozen=True)
class Loaded:
    """Where a world lies: the references that stand for its names."""

    number: int
    host: Host
    provider_ref: str
    members: dict[str, Member] = field(default_factory=dict)
    groups: dict[str, str] = field(default_factory=dict)

    def native(self, name: str) -> Any:
        return self.host.native(self.number, name)

    def ref(self, name: str) -> str:
        return str(self.native(name))


def make_place(address: Any, ids: IdKind, *, aware: bool = True) -> Place:
    """Create the tables of the host and of the plugin in an empty database."""
    engine = own_engine(address)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _hasty)
    host = Host(ids, aware=aware)
    host.metadata.create_all(engine)
    upgrade(engine)
    return Place(host, engine.connect())


def _hasty(connection: Any, _record: Any) -> None:
    """No test loses anything when the machine does."""
    connection.execute("PRAGMA synchronous=OFF")


def load(place: Place, world: World) -> Loaded:
    """Insert the register, then let everything of the world happen in the order of time."""
    number = next(_numbers)
    loaded = Loaded(number, place.host, str(place.host.native(number, "provider")))
    with place.session() as session:
        _insert_register(session, place.host, world, loaded)
        _insert_provider(session, world, loaded)
        session.flush()
        replay = Replay(place.register, place.host, world, loaded)
        for happening in world.events():
            work = Work(session, lambda _, at=happening.at: at)
            replay.happen(work, happening)
            work.finish(lambda *_: None)
            session.expunge_all()  # every unit of work reads anew
    return loaded


def _insert_provider(session: Session, world: World, loaded: Loaded) -> None:
    begun = datetime(2020, 1, 1, tzinfo=HELSINKI)
    names = {"name_fi": "N", "name_sv": "N", "name_en": "N"}
    ref = loaded.provider_ref
    session.add(Provider(ref=ref, handle=f"provider-{ref}", created_at=begun, **names))
    counties = {group.county for group in world.groups}
    session.add_all(County(provider_ref=ref, key=key, **names) for key in sorted(counties))
    for group in world.groups:
        key = f"{ref}-{group.id}"
        loaded.groups[group.id] = key
        session.add(WelfareGroup(id=key, provider_ref=ref, county=group.county, **names))


def _insert_register(session: Session, host: Host, world: World, loaded: Loaded) -> None:
    native = loaded.native
    schools = {*world.schools, *(pupil.school for pupil in world.pupils)}
    schools |= {to for pupil in world.pupils for _, to in pupil.moves}
    rows: dict[Any, list[dict[str, Any]]] = {
        host.schools: [
            {"id": native(name), "provider_id": native("provider")} for name in sorted(schools)
        ],
        host.people: [
            {"id": native(name), "human_id": human and f"{loaded.number}-{human}"}
            for name, human in humans(world).items()
        ],
        host.pupils: [
            {
                "id": native(pupil.id),
                "school_id": native(pupil.school),
                "birth_date": pupil.born,
                "enrolled": pupil.enrolled,
            }
            for pupil in world.pupils
        ],
        host.guardianships: guardianships(loaded, world.guardians),
        host.vetoes: [_veto(host, loaded, veto) for veto in world.vetoes],
    }
    for table, values in rows.items():
        if values:
            session.execute(insert(table), values)


def _veto(host: Host, loaded: Loaded, veto: Any) -> dict[str, Any]:
    aware = host.vetoes.c.valid_from.type.timezone
    return {
        "pupil_id": loaded.native(veto.pupil),
        "person_id": loaded.native(veto.person) if veto.person else None,
        "category": veto.category,
        "valid_from": _local(veto.since, aware=aware),
        "valid_until": _local(veto.until, aware=aware),
    }


def _local(day: date | None, *, aware: bool) -> datetime | None:
    """The Helsinki midnight as the host writes it down: with its offset, or local without one."""
    if day is None:
        return None
    local = midnight(day).astimezone(HELSINKI)
    return local if aware else local.replace(tzinfo=None)


def humans(world: World) -> dict[str, str | None]:
    """Every person id of the world; those of one human bear the same name."""
    names = {pupil.id for pupil in world.pupils} | {row.id for row in world.guardians}
    names |= {veto.person for veto in world.vetoes if veto.person}
    names |= {answer.by for answer in world.answers}
    found: dict[str, str | None] = dict.fromkeys(sorted(names))
    for member in world.members:
        ids = {member.person, *member.also}
        human = min([f"human of {member.id}", *(found[each] or "~" for each in ids & found.keys())])
        met = {found.get(each) for each in ids} - {None}
        found.update({name: human for name, known in found.items() if known in met})
        found.update(dict.fromkeys(sorted(ids), human))
    return found
