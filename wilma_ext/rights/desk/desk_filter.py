"""Which pupils of the desk are meant: the filter of the list, and of a run over all it matches."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any
from urllib.parse import parse_qsl, urlencode

from wilma_ext.rights.desk.desk import DeskPupil, DeskState

#: Figures on top of the list that are not states: a pupil may have several of them.
MARKS: Mapping[str, Callable[[DeskPupil], bool]] = {
    "ending": lambda pupil: pupil.ending,
    "conflict": lambda pupil: pupil.conflict,
    "stray": lambda pupil: bool(pupil.stray),
}


@dataclass(frozen=True)
class DeskFilter:
    """What every pupil meant has; an empty value is no condition (S2)."""

    state: str = ""
    school: str = ""
    group: str = ""
    grade: str = ""
    profession: str = ""
    answered_from: date | None = None
    answered_until: date | None = None
    search: str = ""

    def matches(self, pupil: DeskPupil) -> bool:
        """Tell whether the pupil is meant."""
        return (
            _in_state(pupil, self.state)
            and self.school in ("", pupil.school_ref)
            and self.group in ("", pupil.group_name)
            and self.grade in ("", pupil.grade_level)
            and self._profession(pupil)
            and self._answered(pupil)
            and self._named(pupil)
        )

    def of(self, pupils: Iterable[DeskPupil]) -> list[DeskPupil]:
        """Return the pupils meant, in the order given."""
        return [pupil for pupil in pupils if self.matches(pupil)]

    def in_state(self, state: str) -> "DeskFilter":
        """Return the same filter for another state."""
        return replace(self, state=state)

    @property
    def query(self) -> str:
        """The filter as the query of an address."""
        values = {item.name: getattr(self, item.name) for item in fields(self)}
        return urlencode({name: str(value) for name, value in values.items() if value})

    @classmethod
    def from_query(cls, query: str) -> "DeskFilter":
        """Return the filter of a query that `query` wrote."""
        names = {item.name for item in fields(cls)}
        values: dict[str, Any] = {n: v for n, v in parse_qsl(query) if n in names}
        for name in ("answered_from", "answered_until"):
            if name in values:
                values[name] = date.fromisoformat(values[name])
        return cls(**values)

    def _profession(self, pupil: DeskPupil) -> bool:
        if not self.profession:
            return True
        pairs = pupil.waiting if self.state == DeskState.WAITING else pupil.waiting | pupil.enabled
        return any(pair.profession == self.profession for pair in pairs)

    def _answered(self, pupil: DeskPupil) -> bool:
        if self.answered_from is None and self.answered_until is None:
            return True
        day = pupil.answered_on
        return (
            day is not None
            and (self.answered_from is None or day >= self.answered_from)
            and (self.answered_until is None or day <= self.answered_until)
        )

    def _named(self, pupil: DeskPupil) -> bool:
        if not self.search:
            return True
        text = f"{pupil.name} {pupil.group_name}".casefold()
        return all(word in text for word in self.search.casefold().split())


def _in_state(pupil: DeskPupil, state: str) -> bool:
    if not state:
        return True
    return MARKS[state](pupil) if state in MARKS else pupil.state == state
