"""What the page of one pupil shows: answers, what is enabled, and how it ended (S14)."""

from collections.abc import Mapping
from dataclasses import dataclass

from wilma_ext.blueprints.author import author_name
from wilma_ext.blueprints.event_label import closing_label
from wilma_ext.blueprints.label import category_label, in_sentence, profession_label
from wilma_ext.blueprints.secretary.view import Row, day, pair_rows
from wilma_ext.blueprints.visit import current_visit, gettext
from wilma_ext.rights.desk.desk_pupil import OpenPair, PupilAnswer
from wilma_ext.state import current_state


@dataclass(frozen=True)
class Event:
    """One answer in the pupil's history."""

    title: str
    time: str
    by: str
    lines: tuple[str, ...]


def opened_rows(opened: list[OpenPair], names: Mapping[str, str]) -> list[Row]:
    """Return what is enabled, or was: the professions, since when, by whom, and how it ended."""
    groups: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for item in opened:
        key = (item.pair.category, tuple(_told(item, names)))
        groups.setdefault(key, []).append(profession_label(item.pair.profession))
    register = current_state.register
    return [
        Row(category_label(register, category), (", ".join(professions), *told))
        for (category, told), professions in groups.items()
    ]


def _told(item: OpenPair, names: Mapping[str, str]) -> list[str]:
    speech, by = current_visit().speech, author_name(item.by, names)
    since = speech.instant(item.since)
    if item.until is None:
        return [gettext("Since %(time)s, enabled by %(name)s", time=since, name=by)]
    why = in_sentence(closing_label(item.end_reason or ""))
    return [
        gettext("Enabled %(time)s by %(name)s", time=since, name=by),
        gettext("Ended %(time)s: %(why)s", time=speech.instant(item.until), why=why),
    ]


def _paper(answer: PupilAnswer, names: Mapping[str, str]) -> list[str]:
    """Tell of a paper who typed it in, when it was signed, and where it lies (R24)."""
    if not answer.on_paper:
        return []
    by = names.get(answer.entered_by or "", gettext("A person not in the register any more"))
    told = [gettext("Entered from paper by %(name)s", name=by)]
    if answer.signed_on:
        told.append(gettext("Signed on %(day)s", day=day(answer.signed_on)))
    if answer.document:
        told.append(gettext("Document: %(reference)s", reference=answer.document))
    return told


def events(answers: list[PupilAnswer], names: Mapping[str, str]) -> list[Event]:
    """Return the answers in words: who, when, yes and no."""
    return [_event(answer, names) for answer in answers]


def _event(answer: PupilAnswer, names: Mapping[str, str]) -> Event:
    title = gettext("Consent withdrawn") if answer.withdrawal else gettext("Answered")
    who = names.get(answer.giver_ref, gettext("A person not in the register any more"))
    role = gettext("The pupil") if answer.capacity == "pupil" else gettext("Guardian")
    said = []
    for yes_or_no, pairs in ((gettext("Yes"), answer.yes), (gettext("No"), answer.no)):
        said += [f"{yes_or_no}: {row.key} ({row.values[0]})" for row in pair_rows(pairs)]
    said += _paper(answer, names)
    time = current_visit().speech.instant(answer.given_at)
    return Event(title, time, f"{who}, {in_sentence(role)}", tuple(said))
