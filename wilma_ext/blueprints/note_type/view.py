"""What the pages of the note types show."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for

from wilma_ext.blueprints.note_type.word import kind_label
from wilma_ext.blueprints.visit import current_visit, gettext
from wilma_ext.identity import OfficeHolder
from wilma_ext.rights.look_up.national_absence import NATIONAL
from wilma_ext.rights.look_up.note_type import ABSENCE_KINDS, ListedType, Meaning


@dataclass(frozen=True)
class TypeLine:
    """One type of the list."""

    code: str
    name: str
    kind: str
    state: str
    tone: str
    notes: int
    url: str


def type_line(holder: OfficeHolder, listed: ListedType) -> TypeLine:
    """Return a type in words; an unknown one asks to be looked at."""
    meaning = listed.meaning
    if meaning is None:
        name, kind, state = "–", "–", (gettext("Unknown, hidden"), "wait")
    else:
        name = label_of(meaning)
        kind = kind_label(meaning.type.kind)
        state = (gettext("Shown"), "good") if meaning.shown else (gettext("Hidden"), "plain")
    url = "" if listed.locked else edit_url(holder, listed.code)
    return TypeLine(listed.code, name, kind, *state, listed.notes, url)


def label_of(meaning: Meaning) -> str:
    """Return the name of a type in the language of the page."""
    labels = meaning.type.labels
    return labels.in_language(current_visit().speech.code) or labels.fi


def edit_url(holder: OfficeHolder, code: str, **more: Any) -> str:
    """Return where the meaning of one type is said."""
    return url_for("wilma_ext.note_type.edit", provider=holder.provider_handle, code=code, **more)


@dataclass(frozen=True)
class Start:
    """A national class that fills the form."""

    name: str
    url: str


def starts(holder: OfficeHolder, code: str) -> list[Start]:
    """Return the national classes as links that fill the form of one type."""
    language = current_visit().speech.code
    return [
        Start(item.labels.in_language(language), edit_url(holder, code, like=item.key))
        for item in NATIONAL.values()
    ]


@dataclass(frozen=True)
class Change:
    """One row of a table before it is saved: what stands, and what would."""

    code: str
    before: str
    after: str


def changes(now: Mapping[str, Meaning], wanted: Mapping[str, Meaning]) -> list[Change]:
    """Return the types that a table would change, in words."""
    return [
        Change(code, in_words(now.get(code)), in_words(meaning))
        for code, meaning in sorted(wanted.items())
        if now.get(code) != meaning
    ]


def in_words(meaning: Meaning | None) -> str:
    """Return a meaning in one line."""
    if meaning is None:
        return gettext("Unknown, hidden")
    note, labels = meaning.type, meaning.type.labels
    parts = [" / ".join(name for name in (labels.fi, labels.sv, labels.en) if name)]
    parts.append(kind_label(note.kind))
    if note.kind in ABSENCE_KINDS:  # the others say themselves that they are never shown
        parts.append(gettext("Shown") if meaning.shown else gettext("Hidden"))
    if note.unexplained:
        parts.append(gettext("It still awaits an explanation"))
    if note.letter:
        parts.append(f"({note.letter})")
    return " · ".join(part for part in parts if part)


def fingerprint(now: Mapping[str, Meaning | None]) -> str:
    """Return a mark of what stands, by which the next request notices that it has changed."""
    told = {
        code: None
        if meaning is None
        else [meaning.shown, meaning.type.kind, meaning.type.unexplained, meaning.type.letter]
        + [meaning.type.labels.fi, meaning.type.labels.sv, meaning.type.labels.en]
        for code, meaning in now.items()
    }
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:32]
