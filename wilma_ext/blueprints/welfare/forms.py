"""Forms of pupil welfare staff."""

from enum import StrEnum
from typing import Any

from wtforms import BooleanField, HiddenField, RadioField, TextAreaField
from wtforms.validators import Length

from wilma_ext.blueprints.field import OneOf, option
from wilma_ext.blueprints.form import SignedForm
from wilma_ext.blueprints.label import purpose_label
from wilma_ext.blueprints.search import SearchForm, search_field
from wilma_ext.blueprints.visit import gettext, lazy
from wilma_ext.rights.look_up.disclosure_verdict import STATED
from wilma_ext.vocabulary import Purpose


class Necessity(StrEnum):
    """How the page asks for the necessity that the law demands."""

    NOT_ASKED = "not_asked"
    BOX = "box"
    TEXT = "text"


class PupilSearch(SearchForm):
    """Which pupil; that one looks for a pupil hints at a client of pupil welfare (R16)."""

    search = search_field(lazy("Name or group"))


class PurposeForm(SignedForm):
    """Why the pupil is opened; which kind of form it was is bound into its token."""

    kind = HiddenField()
    purpose = RadioField(
        lazy("What do you need the data for?"),
        validate_choice=False,
        validators=[OneOf(lazy("Choose what you need the data for."))],
    )
    stated = BooleanField(
        lazy("I state that these data are necessary for assessing this pupil's need for support")
    )
    necessity = TextAreaField(
        lazy("Why are these data necessary for assessing this pupil's need for support?"),
        validators=[Length(max=500, message=lazy("Write at most 500 letters."))],
    )

    @classmethod
    def for_pupil(cls, membership_id: str, pupil_ref: str, kind: Necessity) -> Any:
        """Return the form about one pupil, asking for the necessity in one way."""
        form = cls.of(f"look_up:{membership_id}:{kind}:{pupil_ref}")
        form.kind.data = kind.value
        form.purpose.choices = [option(p.value, purpose_label(p.value)) for p in Purpose]
        if kind != Necessity.BOX:
            del form.stated
        if kind != Necessity.TEXT:
            del form.necessity
        return form

    def necessity_stated(self) -> str:
        """Return what was stated of the necessity, or nothing."""
        if "necessity" in self:
            return (self["necessity"].data or "").strip()
        return STATED if "stated" in self and self["stated"].data else ""

    def lacks_necessity(self) -> bool:
        """Tell whether the necessity was asked and not stated; its field then says what to do."""
        asked = [self[name] for name in ("stated", "necessity") if name in self]
        if not asked or self.necessity_stated():
            return False
        asked[0].errors = [
            gettext("State that the data are necessary. Otherwise nothing can be shown to you.")
        ]
        return True
