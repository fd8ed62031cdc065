"""The host's description of its school world, given to the extension as SELECTs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select

from wilma_ext.register.category import Category, NoteType


@dataclass(frozen=True, eq=False)
class SchoolRegister:
    """Eight SELECTs (two of them optional), declared categories and the meaning of note types.

    Every SELECT follows the column contract in `wilma_ext.register.columns`. A soft delete or a
    tenant filter that the host applies in its ORM must be written into its SELECTs.
    """

    schools: Select[Any]
    pupils: Select[Any]
    guardianships: Select[Any]
    people: Select[Any]
    offices: Select[Any]
    lesson_notes: Select[Any] | None = None
    grades: Select[Any] | None = None
    vetoes: Select[Any] | None = None
    categories: tuple[Category, ...] = ()
    note_types: Mapping[str, NoteType] = field(default_factory=dict)
    #: False where nothing of the register ever changes unannounced, as in a world that is
    #: simulated: then there is nothing to notice. A real host leaves it alone.
    noticing: bool = True

    def selects(self) -> dict[str, Select[Any]]:
        """Return the SELECTs that the host gives, by contract name."""
        given = {
            "schools": self.schools,
            "pupils": self.pupils,
            "guardianships": self.guardianships,
            "people": self.people,
            "offices": self.offices,
            "lesson_notes": self.lesson_notes,
            "grades": self.grades,
            "vetoes": self.vetoes,
        }
        return {name: select for name, select in given.items() if select is not None}
