"""Forms of the note types: one type, or a whole table."""

from typing import Any

from wtforms import BooleanField, HiddenField, RadioField, StringField, TextAreaField
from wtforms.validators import Length

from wilma_ext.blueprints.field import OneOf, option
from wilma_ext.blueprints.form import SignedForm
from wilma_ext.blueprints.note_type.word import kind_label
from wilma_ext.blueprints.visit import lazy
from wilma_ext.register import Labels, NoteType
from wilma_ext.rights.look_up.note_type import (
    ABSENCE_KINDS,
    LONGEST_LABEL,
    LONGEST_LETTER,
    Meaning,
)
from wilma_ext.vocabulary import NoteKind

#: Letters of a table that are read.
LONGEST_TABLE = 60_000


class TypeForm(SignedForm):
    """What one type means."""

    #: What stood when the page was shown, to notice another change in between (A13).
    before = HiddenField()
    kind = RadioField(
        lazy("What does it mean?"),
        validate_choice=False,
        validators=[OneOf(lazy("Choose what the type means."))],
    )
    shown = BooleanField(
        lazy("Welfare staff see it where absences are open to them"),
        description=lazy("Only absences and late arrivals can be shown."),
    )
    unexplained = BooleanField(lazy("It still awaits an explanation"))
    letter = StringField(
        lazy("Letter in tables (optional)"),
        [Length(max=LONGEST_LETTER, message=lazy("Write at most two characters."))],
    )
    label_fi = StringField(lazy("Name in Finnish"), [Length(max=LONGEST_LABEL)])
    label_sv = StringField(lazy("Name in Swedish"), [Length(max=LONGEST_LABEL)])
    label_en = StringField(lazy("Name in English"), [Length(max=LONGEST_LABEL)])

    @classmethod
    def about(cls, meaning: Meaning | None, before: str, purpose: str) -> Any:
        """Return the form of one type, filled with what it means now."""
        values: dict[str, Any] = {"before": before}
        if meaning is not None:
            note, labels = meaning.type, meaning.type.labels
            values |= {"kind": note.kind, "shown": meaning.shown, "letter": note.letter}
            values |= {f"label_{code}": getattr(labels, code) for code in ("fi", "sv", "en")}
            values["unexplained"] = note.unexplained
        form = cls.of(purpose, data=values)
        form.kind.choices = [option(kind.value, kind_label(kind.value)) for kind in NoteKind]
        return form

    def meaning(self, code: str) -> Meaning:
        """Return what was filled in; a kind that is never shown is not shown."""
        kind = str(self["kind"].data)
        names = ((self[f"label_{c}"].data or "").strip() for c in ("fi", "sv", "en"))
        letter = (self["letter"].data or "").strip()
        note = NoteType(
            code, kind, Labels(*names), unexplained=bool(self["unexplained"].data), letter=letter
        )
        return Meaning(note, bool(self["shown"].data) and kind in ABSENCE_KINDS)


class TableForm(SignedForm):
    """A table of types, pasted from a spreadsheet or a CSV file."""

    before = HiddenField()
    table = TextAreaField(
        lazy("Table of types"),
        [Length(max=LONGEST_TABLE, message=lazy("The table is too long. Import it in parts."))],
    )
