"""What differs between two versions, in words."""

from dataclasses import dataclass

from wilma_ext.blueprints.consent_form.wording import (
    pair_label,
    part_label,
    speech_of,
    validity_words,
)
from wilma_ext.blueprints.visit import gettext
from wilma_ext.rights.consent.validity import Validity
from wilma_ext.rights.form.consent_form import Form
from wilma_ext.rights.form.difference import Piece, form_difference


@dataclass(frozen=True)
class PartView:
    """A part of the text that differs."""

    name: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class DifferenceView:
    """Everything that differs: the facts in sentences, the texts piece by piece."""

    facts: tuple[str, ...]
    parts: tuple[PartView, ...]
    language: str
    direction: str


def difference_view(old: Form, new: Form, language: str) -> DifferenceView:
    """Return what differs between two versions in the language."""
    found = form_difference(old, new, language)
    facts = [gettext("Asked now: %(pair)s", pair=pair_label(pair)) for pair in found.added]
    facts += [gettext("Not asked any more: %(pair)s", pair=pair_label(p)) for p in found.removed]
    if found.validity:
        facts.append(
            gettext(
                "Validity: from “%(before)s” to “%(after)s”",
                before=validity_words(Validity(old.validity, old.fixed_until)),
                after=validity_words(Validity(new.validity, new.fixed_until)),
            )
        )
    if found.privacy_url:
        facts.append(
            gettext(
                "Privacy notice: from “%(before)s” to “%(after)s”",
                before=old.privacy_url or "–",
                after=new.privacy_url or "–",
            )
        )
    parts = tuple(PartView(part_label(part.part), part.pieces) for part in found.parts)
    return DifferenceView(tuple(facts), parts, language, speech_of(language).direction)
