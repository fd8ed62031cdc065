"""A scratch database in memory with the smallest host that a register needs."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Engine,
    Label,
    MetaData,
    StaticPool,
    String,
    Table,
    create_engine,
    false,
    insert,
    literal_column,
    select,
)

from wilma_ext.engine import immediate
from wilma_ext.models import Base
from wilma_ext.oversight.chain import append
from wilma_ext.register import SchoolRegister
from wilma_ext.simulate.world import World
from wilma_ext.work import Work, WorkFactory

_TABLES = MetaData()
_ID = String(200)
_SCHOOL = Table("school", _TABLES, Column("id", _ID), Column("provider_id", _ID))
_PUPIL = Table(
    "pupil",
    _TABLES,
    Column("id", _ID),
    Column("school_id", _ID),
    Column("birth_date", Date),
    Column("enrolled", Boolean),
)
_GUARDIANSHIP = Table(
    "guardianship",
    _TABLES,
    Column("pupil_id", _ID),
    Column("guardian_id", _ID),
    Column("may_decide", Boolean),
    Column("restricted_information", Boolean),
    Column("valid_from", Date),
    Column("valid_until", Date),
)
_PERSON = Table("person", _TABLES, Column("id", _ID), Column("human_id", _ID))


class Scratch:
    """One world's database and the clock that its facts are written by."""

    def __init__(self, world: World) -> None:
        self.engine = _engine()
        self.register = _register()
        self._instant: datetime | None = None
        self._works = WorkFactory(self.engine, append, clock=lambda _connection: self._now())
        self._fill(world)

    @contextmanager
    def at(self, instant: datetime) -> Iterator[Work]:
        """Open a unit of work that lives at the instant."""
        self._instant = instant
        with self._works() as work:
            yield work

    def close(self) -> None:
        """Forget the database."""
        self.engine.dispose()

    def _now(self) -> datetime:
        if self._instant is None:
            raise RuntimeError("the scratch database lives only at a given instant")
        return self._instant

    def _fill(self, world: World) -> None:
        guardians = [
            {
                "pupil_id": pupil,
                "guardian_id": guardian.id,
                "may_decide": guardian.may_decide,
                "restricted_information": guardian.restricted,
                "valid_from": guardian.since,
                "valid_until": guardian.until,
            }
            for guardian in world.guardians
            for pupil in guardian.of
        ]
        rows: list[tuple[Table, Sequence[Mapping[str, Any]]]] = [
            (_SCHOOL, [{"id": s.id, "provider_id": world.provider} for s in world.schools]),
            (_PUPIL, [_pupil_row(world, index) for index in range(len(world.pupils))]),
            (_GUARDIANSHIP, guardians),
            (_PERSON, _people(world)),
        ]
        with self.engine.begin() as connection:
            for table, values in rows:
                if values:
                    connection.execute(insert(table), values)


def _pupil_row(world: World, index: int) -> dict[str, object]:
    pupil = world.pupils[index]
    return {
        "id": pupil.id,
        "school_id": pupil.school,
        "birth_date": pupil.born,
        "enrolled": pupil.enrolled,
    }


def _people(world: World) -> list[dict[str, str]]:
    """Everybody of the world; a member and the ids named with `also` are one human."""
    people = {guardian.id for guardian in world.guardians} | {pupil.id for pupil in world.pupils}
    humans = {ref: {ref} for ref in people}
    for member in world.members:
        refs = {member.id, *member.also}
        same = refs.union(*(humans.get(ref, set()) for ref in refs))
        humans.update(dict.fromkeys(same, same))
    return [{"id": ref, "human_id": f"human of {min(humans[ref])}"} for ref in sorted(humans)]


def _engine() -> Engine:
    engine = create_engine("sqlite://", poolclass=StaticPool)
    immediate(engine)
    Base.metadata.create_all(engine)
    _TABLES.create_all(engine)
    return engine


@cache
def _register() -> SchoolRegister:
    """The same for every world, so that its statements are built once in a process."""

    def words(text: str, label: str) -> Label[str]:
        return literal_column(f"'{text}'", String).label(label)

    return SchoolRegister(
        schools=select(_SCHOOL, words("School", "name")),
        pupils=select(
            _PUPIL,
            _PUPIL.c.id.label("person_id"),
            words("Given", "given_names"),
            words("Family", "family_name"),
            words("1A", "group_name"),
            false().label("contact_protected"),
        ),
        guardianships=select(_GUARDIANSHIP),
        people=select(_PERSON, words("Name", "display_name")),
        offices=select(
            _PERSON.c.id.label("person_id"),
            words("secretary", "office"),
            _SCHOOL.c.provider_id,
        ),
        noticing=False,
    )
