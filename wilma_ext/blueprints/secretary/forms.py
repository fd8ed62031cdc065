"""Forms of the secretary's desk: filters in the URL, a selection, one pupil."""

from wtforms import SelectField, StringField
from wtforms.validators import Length

from wilma_ext.blueprints.form import FilterForm, SignedForm
from wilma_ext.blueprints.visit import lazy


class DeskFilter(FilterForm):
    """What the list shows; all of it stands in the URL (S2)."""

    state = SelectField(lazy("State"), validate_choice=False)
    school = SelectField(lazy("School"), validate_choice=False)
    search = StringField(lazy("Name or class"), [Length(max=100)])


class EnableForm(SignedForm):
    """The selected pupils come as repeated `pupil` fields beside the token."""


class PupilForm(SignedForm):
    """One button about one pupil."""
