"""What the list of the desk shows: figures, lines, states in words."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from wilma_ext.blueprints.label import category_label, profession_label, school_name
from wilma_ext.blueprints.visit import current_visit, gettext, lazy
from wilma_ext.rights.consent.pairs import ConsentPair
from wilma_ext.rights.desk.desk import DeskPupil, DeskState
from wilma_ext.rights.desk.desk_filter import MARKS, DeskFilter
from wilma_ext.state import current_state

_STATES: Mapping[str, tuple[object, str]] = {
    DeskState.WAITING: (lazy("Waiting to be enabled"), "wait"),
    DeskState.ENABLED: (lazy("Enabled"), "good"),
    DeskState.UNANSWERED: (lazy("No answer"), "plain"),
    DeskState.INCOMPLETE: (lazy("Answered in part"), "plain"),
    DeskState.REFUSED: (lazy("Refused"), "plain"),
    DeskState.WITHDRAWN: (lazy("Withdrawn"), "plain"),
    DeskState.ENDED: (lazy("Consent ended"), "plain"),
    "ending": (lazy("Ending within 30 days"), "info"),
    "conflict": (lazy("Disagreement"), "info"),
    "stray": (lazy("Enabled but no consent"), "bad"),
}

#: The figures on top, in their order (S1).
FIGURES = (
    *(DeskState.WAITING, DeskState.ENABLED, DeskState.UNANSWERED, DeskState.REFUSED),
    *(DeskState.WITHDRAWN, DeskState.ENDED, "ending", "conflict", "stray"),
)


@dataclass(frozen=True)
class Line:
    """One pupil of the list."""

    handle: str
    name: str
    group_name: str
    school_name: str
    born: str
    answered: str
    tags: tuple[tuple[str, str], ...]
    selectable: bool
    #: Another pupil of the list bears the same name (S17).
    namesake: bool


@dataclass(frozen=True)
class Tile:
    """A figure on top of the list; its link is a filter."""

    number: int
    label: str
    url: str
    current: bool
    alert: bool = False


def state_label(word: str) -> str:
    """Return the words for a state or a mark."""
    return str(_STATES[word][0])


def list_title(state: str) -> str:
    """Return the heading of the list for the state that it shows."""
    return state_label(state) if state in _STATES else gettext("All pupils")


def figures(everyone: Iterable[DeskPupil], chosen: DeskFilter) -> dict[str, int]:
    """Return how many pupils of the filter, whatever its state, each figure counts."""
    alike = chosen.in_state("").of(everyone)
    counted: Counter[str] = Counter(pupil.state for pupil in alike)
    for word, holds in MARKS.items():
        counted[word] = sum(map(holds, alike))
    return {str(word): counted[word] for word in FIGURES}


def lines(
    shown: list[DeskPupil], handles: Mapping[str, str], everyone: list[DeskPupil]
) -> list[Line]:
    """Return the lines of one page."""
    names = Counter((pupil.family_name, pupil.given_names) for pupil in everyone)
    return [
        Line(
            handles[pupil.pupil_ref],
            pupil.name,
            pupil.group_name,
            school_name(pupil),
            day(pupil.birth_date),
            day(pupil.answered_on),
            tuple(_tags(pupil)),
            bool(pupil.waiting),
            names[pupil.family_name, pupil.given_names] > 1,
        )
        for pupil in shown
    ]


def _tags(pupil: DeskPupil) -> Iterable[tuple[str, str]]:
    marks = {"ending": pupil.ending, "conflict": pupil.conflict, "stray": bool(pupil.stray)}
    for word in (pupil.state, *(word for word, holds in marks.items() if holds)):
        yield state_label(word), _STATES[word][1]


def day(value: date | None) -> str:
    """Return a date in the language of the page, or nothing."""
    return current_visit().speech.date(value) if value else ""


@dataclass(frozen=True)
class Row:
    """A key and its values of a summary list."""

    key: str
    values: tuple[str, ...]


def pair_rows(pairs: Iterable[ConsentPair]) -> list[Row]:
    """Return pairs as one row for each category, naming the professions."""
    by_category: dict[str, list[str]] = {}
    for pair in sorted(pairs):
        by_category.setdefault(pair.category, []).append(profession_label(pair.profession))
    register = current_state.register
    return [
        Row(category_label(register, category), (", ".join(names),))
        for category, names in by_category.items()
    ]
