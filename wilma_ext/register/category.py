"""Further data categories that a host declares: a dated table with labelled columns."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import Select

from wilma_ext.register.columns import Kind


class Sensitivity(StrEnum):
    """The class of a declared column (R17): only plain ones are shown at detail `rows`."""

    PLAIN = "plain"
    REASON = "reason"
    FREE_TEXT = "free_text"
    HEALTH = "health"


@dataclass(frozen=True)
class Labels:
    """One label in the three languages of the product."""

    fi: str
    sv: str
    en: str

    def in_language(self, language: str) -> str:
        """Return the label in the language, or the Finnish one."""
        return {"fi": self.fi, "sv": self.sv, "en": self.en}.get(language, self.fi)


@dataclass(frozen=True)
class CategoryColumn:
    """One column of a declared category."""

    name: str
    kind: Kind
    labels: Labels
    sensitivity: Sensitivity = Sensitivity.PLAIN


@dataclass(frozen=True)
class Category:
    """A declared category: its SELECT gives `pupil_id`, `day` and the declared columns."""

    key: str
    labels: Labels
    descriptions: Labels
    select: Select[Any]
    columns: tuple[CategoryColumn, ...] = ()


@dataclass(frozen=True)
class NoteType:
    """What one of the host's lesson-note types means (P10).

    `kind` is one of `absence`, `late`, `conduct`, `health`, `other`; only `absence` and `late`
    belong to the category `absences`. `unexplained` marks types that still await an explanation.
    A type the host does not declare is unknown and therefore hidden.
    """

    code: str
    kind: str
    labels: Labels
    unexplained: bool = False
    letter: str = field(default="")


NoteTypes = Mapping[str, NoteType]
