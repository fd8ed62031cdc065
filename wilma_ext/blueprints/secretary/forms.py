"""Forms of the secretary's desk: filters in the URL, a selection, one pupil, a run."""

from wtforms import HiddenField, RadioField, SelectField, StringField
from wtforms.validators import Length

from wilma_ext.blueprints.field import CheckboxesField, DayField, OneOf, option
from wilma_ext.blueprints.form import FilterForm, SignedForm
from wilma_ext.blueprints.visit import gettext, lazy
from wilma_ext.vocabulary import DisableReason


class DeskFilterForm(FilterForm):
    """What the list shows; all of it stands in the URL (S2)."""

    state = SelectField(lazy("State"), validate_choice=False)
    school = SelectField(lazy("School"), validate_choice=False)
    group = SelectField(lazy("Class"), validate_choice=False)
    grade = SelectField(lazy("Grade level"), validate_choice=False)
    profession = SelectField(lazy("Profession"), validate_choice=False)
    answered_from = DayField(lazy("Answered from"))
    answered_until = DayField(lazy("Answered until"))
    search = StringField(lazy("Name or class"), [Length(max=100)])


class SelectionForm(SignedForm):
    """The selected pupils come as repeated `pupil` fields, or as `select=all` with the filter."""


class StartForm(SignedForm):
    """Starts the run that was looked at; `run` is its id, so that it starts once (X11)."""

    run = HiddenField()
    at = HiddenField()
    query = HiddenField()
    select = HiddenField()


class RunForm(SignedForm):
    """One button about a run; `run` is the id of the run that it may start."""

    run = HiddenField()


class PupilForm(SignedForm):
    """One button about one pupil."""


class DisableForm(SignedForm):
    """Why the group is disabled for one pupil (S14)."""

    why = RadioField(
        lazy("Why is it disabled?"),
        validate_choice=False,
        validators=[OneOf(lazy("Choose why the welfare group is disabled."))],
    )

    def offer(self) -> None:
        """Set what may be chosen."""
        self.why.choices = [
            option(DisableReason.MISTAKE, gettext("It was enabled by mistake")),
            option(DisableReason.LEAVING, gettext("The pupil leaves the school")),
            option(DisableReason.UNCLEAR, gettext("Something has to be cleared up first")),
            option(DisableReason.OTHER, gettext("Another reason")),
        ]

    @property
    def reason(self) -> DisableReason:
        """What was chosen."""
        return DisableReason(self.why.data)


class ClosingFilter(FilterForm):
    """Whose access is to be closed at the end of term (S20)."""

    what = RadioField(lazy("Whose access is closed"), validate_choice=False)
    group = CheckboxesField(lazy("Classes"), validate_choice=False)


class ClosingForm(SignedForm):
    """Closes the pupils of the preview; `same` is what tells that they are still the same."""

    run = HiddenField()
    same = HiddenField()
