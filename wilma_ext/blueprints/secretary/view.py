"""What the secretary's templates show."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from wilma_ext.blueprints.label import category_label, profession_label
from wilma_ext.blueprints.visit import current_visit, gettext, lazy
from wilma_ext.rights.desk import DeskPupil, DeskState, OpenPair, PupilAnswer
from wilma_ext.rights.pairs import ConsentPair
from wilma_ext.state import current_state

PAGE = 50

_STATES: Mapping[DeskState, tuple[object, str]] = {
    DeskState.WAITING: (lazy("Waiting to be enabled"), "wait"),
    DeskState.ENABLED: (lazy("Enabled"), "good"),
    DeskState.REFUSED: (lazy("Refused"), "plain"),
    DeskState.ENDED: (lazy("Consent ended"), "plain"),
    DeskState.UNANSWERED: (lazy("No consent"), "plain"),
}


@dataclass(frozen=True)
class Line:
    """One pupil of the list."""

    handle: str
    name: str
    group_name: str
    school_name: str
    born: str
    state: str
    tone: str
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


def state_label(state: DeskState) -> str:
    """Return the words for a state."""
    return str(_STATES[state][0])


def list_title(state: str) -> str:
    """Return the heading of the list for the state that it shows."""
    known = {item.value for item in DeskState}
    return state_label(DeskState(state)) if state in known else gettext("All pupils")


def counts(pupils: list[DeskPupil]) -> Counter[DeskState]:
    """Return how many pupils stand in each state."""
    return Counter(pupil.state for pupil in pupils)


def matching(pupils: list[DeskPupil], *, state: str, school: str, search: str) -> list[DeskPupil]:
    """Return the pupils that the filters leave, in name order."""
    words = search.casefold().split()
    return [
        pupil
        for pupil in pupils
        if (not state or pupil.state == state)
        and (not school or pupil.school_ref == school)
        and all(word in f"{pupil.name} {pupil.group_name}".casefold() for word in words)
    ]


def lines(
    shown: list[DeskPupil], handles: Mapping[str, str], everyone: list[DeskPupil]
) -> list[Line]:
    """Return the lines of one page."""
    names = Counter(pupil.name for pupil in everyone)
    return [
        Line(
            handles[pupil.pupil_ref],
            pupil.name,
            pupil.group_name,
            school_name(pupil),
            day(pupil.birth_date),
            state_label(pupil.state),
            _STATES[pupil.state][1],
            pupil.state == DeskState.WAITING,
            names[pupil.name] > 1,
        )
        for pupil in shown
    ]


def school_name(pupil: DeskPupil) -> str:
    """Return the school's name in the language of the page, where it has one."""
    swedish = current_visit().speech.code == "sv"
    return (pupil.school_name_sv if swedish else None) or pupil.school_name


def day(value: date | None) -> str:
    """Return a date in the language of the page, or nothing."""
    return current_visit().speech.date(value) if value else ""


@dataclass(frozen=True)
class Row:
    """A key and its values of a summary list."""

    key: str
    values: tuple[str, ...]


def pair_rows(pairs: tuple[ConsentPair, ...]) -> list[Row]:
    """Return pairs as one row for each category, naming the professions."""
    by_category: dict[str, list[str]] = {}
    for pair in pairs:
        by_category.setdefault(pair.category, []).append(profession_label(pair.profession))
    register = current_state.register
    return [
        Row(category_label(register, category), (", ".join(names),))
        for category, names in by_category.items()
    ]


def opened_rows(opened: list[OpenPair], names: Mapping[str, str]) -> list[Row]:
    """Return what is enabled: the professions, since when and by whom (S14)."""
    groups: dict[tuple[str, str], list[str]] = {}
    speech = current_visit().speech
    for item in opened:
        by = names.get(item.by, item.by)
        since = gettext(
            "Since %(time)s, enabled by %(name)s", time=speech.instant(item.since), name=by
        )
        groups.setdefault((item.pair.category, since), []).append(
            profession_label(item.pair.profession)
        )
    register = current_state.register
    return [
        Row(category_label(register, category), (", ".join(professions), since))
        for (category, since), professions in groups.items()
    ]


@dataclass(frozen=True)
class Event:
    """One answer in the pupil's history."""

    title: str
    time: str
    by: str
    lines: tuple[str, ...]


def events(answers: list[PupilAnswer], names: Mapping[str, str]) -> list[Event]:
    """Return the answers in words: who, when, yes and no."""
    return [_event(answer, names) for answer in answers]


def _event(answer: PupilAnswer, names: Mapping[str, str]) -> Event:
    title = gettext("Consent withdrawn") if answer.withdrawal else gettext("Answered")
    who = names.get(answer.giver_ref, gettext("A person not in the register any more"))
    role = gettext("The pupil") if answer.capacity == "pupil" else gettext("Guardian")
    said = []
    for word, pairs in ((gettext("Yes"), answer.yes), (gettext("No"), answer.no)):
        said += [f"{word}: {row.key} ({row.values[0]})" for row in pair_rows(pairs)]
    if answer.on_paper:
        said.append(gettext("Entered by the school from paper"))
    time = current_visit().speech.instant(answer.given_at)
    return Event(title, time, f"{who}, {role}", tuple(said))
