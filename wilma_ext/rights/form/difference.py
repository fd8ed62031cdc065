"""What differs between two versions of a form, sentence by sentence."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from wilma_ext.rights.consent.pairs import ConsentPair
from wilma_ext.rights.form.consent_form import CHANGED, Form
from wilma_ext.rights.form.draft import parts_of
from wilma_ext.rights.form.plain_language import sentences_of


class Kind(StrEnum):
    """What has become of a sentence."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Piece:
    """Neighbouring sentences of one kind."""

    kind: Kind
    text: str


@dataclass(frozen=True)
class PartDifference:
    """A part of the text that differs, with what stayed for the context."""

    part: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class FormDifference:
    """Everything that differs from one version to another, in one language."""

    parts: tuple[PartDifference, ...]
    added: tuple[ConsentPair, ...]
    removed: tuple[ConsentPair, ...]
    validity: bool
    privacy_url: bool

    @property
    def nothing(self) -> bool:
        """Whether nothing differs at all."""
        told = (self.parts, self.added, self.removed, self.validity, self.privacy_url)
        return not any(told)


def form_difference(old: Form, new: Form, language: str) -> FormDifference:
    """Compare two versions; a language that one of them lacks is all new or all gone."""
    before, after = old.texts.get(language, {}), new.texts.get(language, {})
    questions = (*new.questions, *(q for q in old.questions if q not in new.questions))
    parts = dict.fromkeys(part for part in parts_of(questions) if part != CHANGED)
    return FormDifference(
        tuple(_parts(parts, before, after)),
        tuple(sorted(new.pairs() - old.pairs())),
        tuple(sorted(old.pairs() - new.pairs())),
        (old.validity, old.fixed_until) != (new.validity, new.fixed_until),
        old.privacy_url != new.privacy_url,
    )


def _parts(
    parts: Mapping[str, None], before: Mapping[str, str], after: Mapping[str, str]
) -> list[PartDifference]:
    pairs = ((part, before.get(part, ""), after.get(part, "")) for part in parts)
    return [PartDifference(part, pieces_of(old, new)) for part, old, new in pairs if old != new]


def pieces_of(old: str, new: str) -> tuple[Piece, ...]:
    """Return the text with what was taken out and what was put in, in reading order."""
    before, after = sentences_of(old), sentences_of(new)
    pieces: list[Piece] = []
    matched = SequenceMatcher(a=before, b=after, autojunk=False)
    for code, first, last, start, stop in matched.get_opcodes():
        if code == "equal":
            pieces.append(Piece(Kind.SAME, " ".join(before[first:last])))
            continue
        if first < last:
            pieces.append(Piece(Kind.REMOVED, " ".join(before[first:last])))
        if start < stop:
            pieces.append(Piece(Kind.ADDED, " ".join(after[start:stop])))
    return tuple(pieces)
