"""The national classes of absence (Basic Education Act 628/1998 section 26, from 1.8.2023).

They are where a provider starts from when it says what its own types mean; a health reason is a
class of its own and is never shown (R17).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from wilma_ext.register import Labels, NoteType
from wilma_ext.vocabulary import NoteKind


@dataclass(frozen=True)
class AbsenceClass:
    """One class: its kind, its letter in tables, its names."""

    key: str
    kind: NoteKind
    letter: str
    labels: Labels
    unexplained: bool = False

    def type_of(self, code: str) -> NoteType:
        """Return the class as the meaning of a code."""
        return NoteType(
            code, self.kind.value, self.labels, unexplained=self.unexplained, letter=self.letter
        )


_CLASSES = (
    AbsenceClass(
        "health", NoteKind.HEALTH, "", Labels("Terveydellinen syy", "Hälsoskäl", "Health reason")
    ),
    AbsenceClass(
        "leave",
        NoteKind.ABSENCE,
        "A",
        Labels("Ennalta anottu vapaa", "Beviljad ledighet", "Leave granted in advance"),
    ),
    AbsenceClass(
        "other_explained",
        NoteKind.ABSENCE,
        "M",
        Labels("Muu selvitetty poissaolo", "Annan utredd frånvaro", "Other explained absence"),
    ),
    AbsenceClass(
        "unauthorised",
        NoteKind.ABSENCE,
        "L",
        Labels("Luvaton poissaolo", "Olovlig frånvaro", "Unauthorised absence"),
    ),
    AbsenceClass(
        "unexplained",
        NoteKind.ABSENCE,
        "S",
        Labels("Selvittämätön poissaolo", "Outredd frånvaro", "Unexplained absence"),
        unexplained=True,
    ),
    AbsenceClass("late", NoteKind.LATE, "Y", Labels("Myöhästyminen", "Försening", "Late arrival")),
)

#: Key -> class, in the order in which they are offered.
NATIONAL: Mapping[str, AbsenceClass] = {item.key: item for item in _CLASSES}
