"""Forms of the data protection officer: filters in the URL, and one button."""

from typing import Any

from wtforms import SelectField, StringField
from wtforms.validators import Length

from wilma_ext.blueprints.event_label import event_group_label, outcome_label
from wilma_ext.blueprints.field import DayField, OneOf, option
from wilma_ext.blueprints.form import FilterForm, SignedForm
from wilma_ext.blueprints.visit import gettext, lazy
from wilma_ext.oversight.event import Outcome
from wilma_ext.oversight.search import EVENT_GROUPS

_LONGEST = [Length(max=100, message=lazy("Write at most 100 letters."))]


class LogFilterForm(FilterForm):
    """What the list shows; all of it stands in the URL (D2)."""

    since = DayField(lazy("From (d.m.yyyy)"))
    until = DayField(lazy("Until (d.m.yyyy)"))
    actor = StringField(lazy("Who acted"), validators=_LONGEST)
    pupil = StringField(lazy("Pupil"), validators=_LONGEST)
    group = SelectField(
        lazy("Events"),
        validate_choice=False,
        validators=[OneOf(lazy("Choose one of the groups of events."))],
    )
    outcome = SelectField(
        lazy("Outcome"),
        validate_choice=False,
        validators=[OneOf(lazy("Choose one of the outcomes."))],
    )

    @classmethod
    def with_defaults(cls, since: str) -> Any:
        """Return the form; without any choice of one's own it shows the time since the day."""
        form = cls.of(data={"since": since, "group": "", "outcome": ""})
        everything = option("", gettext("All"))
        groups = [option(key, event_group_label(key)) for key in EVENT_GROUPS]
        form.group.choices = [everything, *groups]
        outcomes = [option(outcome.value, outcome_label(outcome.value)) for outcome in Outcome]
        form.outcome.choices = [everything, *outcomes]
        return form


class VerifyForm(SignedForm):
    """One button; nothing to fill in."""
