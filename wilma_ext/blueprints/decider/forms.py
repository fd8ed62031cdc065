"""Forms of who decides: the search, the two decisions, and the end of one."""

from collections.abc import Sequence

from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from wilma_ext.blueprints.field import DayField, OneOf, option
from wilma_ext.blueprints.form import SignedForm
from wilma_ext.blueprints.label import decider_label
from wilma_ext.blueprints.search import SearchForm, search_field
from wilma_ext.blueprints.visit import lazy
from wilma_ext.vocabulary import Decider


class PupilSearch(SearchForm):
    """Which pupil."""

    search = search_field(lazy("Name or class of the pupil"))


class DecisionForm(SignedForm):
    """What every recorded decision stands on, and until when it is in force."""

    reason = TextAreaField(
        lazy("Reason"),
        description=lazy("Only main users see the reason. Write no more than is needed."),
        validators=[
            DataRequired(lazy("Write the reason.")),
            Length(max=500, message=lazy("Write at most 500 letters.")),
        ],
    )
    document = StringField(
        lazy("Reference of the document"),
        description=lazy("The number or name under which the decision itself is kept."),
        validators=[
            DataRequired(lazy("Write the reference of the document.")),
            Length(max=100, message=lazy("Write at most 100 letters.")),
        ],
    )
    last_day = DayField(
        lazy("Last day (optional)"),
        description=lazy("For example 31.7.2027. Leave it empty if the end is not known."),
    )


class CapacityForm(DecisionForm):
    """Who decides, whatever the age says."""

    decides = RadioField(
        lazy("Who decides"), validate_choice=False, validators=[OneOf(lazy("Choose who decides."))]
    )

    def offer(self) -> None:
        """Set what may be chosen."""
        stages = (Decider.PUPIL, Decider.JOINT, Decider.GUARDIAN)
        self.decides.choices = [option(stage.value, decider_label(stage.value)) for stage in stages]


class GuardianForm(DecisionForm):
    """Who acts as a guardian."""

    person = RadioField(
        lazy("Who acts as a guardian"),
        validate_choice=False,
        validators=[OneOf(lazy("Choose a person."))],
    )

    def offer(self, people: Sequence[tuple[str, str]]) -> None:
        """Set who may be chosen."""
        self.person.choices = [option(*person) for person in people]


class EndForm(SignedForm):
    """One button; nothing to fill in."""
