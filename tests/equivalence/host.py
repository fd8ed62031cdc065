"""A host with no more tables than a register needs; its ids are integers or texts."""

from __future__ import annotations

from itertools import count
from typing import Any, Literal

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Integer,
    MetaData,
    String,
    Table,
    false,
    literal_column,
    select,
)

from wilma_ext.register import SchoolRegister

IdKind = Literal["integer", "text"]


class Host:
    """The tables of one host and the ids it gives to the names of a world.

    A world's names are made unique, so that many worlds lie in one database beside one another.
    """

    def __init__(self, ids: IdKind, *, aware: bool = True) -> None:
        self.ids = ids
        self._numbers = count(1)
        self._given: dict[tuple[int, str], int] = {}
        self.metadata = MetaData()
        key: Any = Integer if ids == "integer" else String(40)
        self._add_families(key)
        self._add_records(key, aware=aware)

    def _add_families(self, key: Any) -> None:
        tables = self.metadata
        self.schools = Table(
            "school", tables, Column("id", key, primary_key=True), Column("provider_id", key)
        )
        self.pupils = Table(
            "pupil",
            tables,
            Column("id", key, primary_key=True),
            Column("school_id", key, index=True),
            Column("birth_date", Date),
            Column("enrolled", Boolean),
        )
        self.guardianships = Table(
            "guardianship",
            tables,
            Column("pupil_id", key, index=True),
            Column("guardian_id", key, index=True),
            Column("may_decide", Boolean),
            Column("restricted_information", Boolean),
            Column("valid_from", Date),
            Column("valid_until", Date),
        )
        self.people = Table(
            "person", tables, Column("id", key, primary_key=True), Column("human_id", String(60))
        )

    def _add_records(self, key: Any, *, aware: bool) -> None:
        tables = self.metadata
        self.vetoes = Table(
            "veto",
            tables,
            Column("pupil_id", key, index=True),
            Column("person_id", key),
            Column("category", String(40)),
            Column("valid_from", DateTime(timezone=aware)),
            Column("valid_until", DateTime(timezone=aware)),
        )

        self.marks = Table(
            "mark",
            tables,
            Column("id", Integer, primary_key=True),
            Column("pupil_id", key, index=True),
            Column("day", Date),
            Column("starts_at", String(5)),
            Column("value", String(10)),
        )

    def native(self, world: int, name: str) -> int | str:
        """Return the id that the host gives to a name of a world."""
        if self.ids == "text":
            return f"w{world}-{name}"
        if (world, name) not in self._given:
            self._given[world, name] = next(self._numbers)
        return self._given[world, name]

    def register(self) -> SchoolRegister:
        """Describe the host anew: statements are built once per register."""
        return SchoolRegister(
            schools=select(self.schools, literal_column("'School'", String).label("name")),
            pupils=select(
                self.pupils,
                self.pupils.c.id.label("person_id"),
                literal_column("'Given'", String).label("given_names"),
                literal_column("'Family'", String).label("family_name"),
                literal_column("'6A'", String).label("group_name"),
                false().label("contact_protected"),
            ),
            guardianships=select(self.guardianships),
            people=select(self.people, literal_column("'Name'", String).label("display_name")),
            offices=select(
                self.people.c.id.label("person_id"),
                literal_column("'secretary'", String).label("office"),
                self.schools.c.provider_id,
            ),
            lesson_notes=select(
                self.marks.c.id,
                self.marks.c.pupil_id,
                self.marks.c.day,
                self.marks.c.starts_at,
                self.marks.c.value.label("type_code"),
            ),
            grades=select(
                self.marks.c.id,
                self.marks.c.pupil_id,
                self.marks.c.day,
                self.marks.c.value,
                literal_column("'Subject'", String).label("subject"),
                literal_column("'4-10'", String).label("scale"),
                literal_column("'exam'", String).label("kind"),
            ),
            vetoes=select(self.vetoes),
            noticing=False,  # the oracle reads the register's past from the world itself
        )
