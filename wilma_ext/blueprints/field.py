"""Fields and checks that several forms share; every message is our own, in the page's language."""

from collections.abc import Callable
from datetime import date
from typing import Any

from wtforms import SelectMultipleField, StringField
from wtforms.fields import choices
from wtforms.validators import StopValidation
from wtforms.widgets import CheckboxInput, ListWidget

from wilma_ext.blueprints.visit import gettext

#: An option of a field from its value and label; a pair where WTForms is older than 3.3.
option: Callable[[str, str], Any] = getattr(choices, "SelectChoice", lambda *pair: pair)


class OneOf:
    """Demands one of the offered choices; a missing and a tampered one are told the same."""

    def __init__(self, message: object) -> None:
        self.message = message

    def __call__(self, form: Any, field: Any) -> None:
        if field.data not in offered(field):
            raise StopValidation(str(self.message))


class SomeOf(OneOf):
    """Demands at least one choice, all of them offered."""

    def __call__(self, form: Any, field: Any) -> None:
        if not field.data or not set(field.data) <= set(offered(field)):
            raise StopValidation(str(self.message))


def offered(field: Any) -> list[str]:
    """Return the values that the field lets one choose."""
    return [str(value) for value, *_ in field.iter_choices()]


class CheckboxesField(SelectMultipleField):
    """Several choices as checkboxes."""

    widget = ListWidget()
    option_widget = CheckboxInput()


def _plausible(day: date) -> date:
    """A day of this or the next century; others are slips of the finger."""
    if not 1900 <= day.year <= 2200:
        raise ValueError("far away")
    return day


class DayField(StringField):
    """A day as Finland writes it: 21.11.2026. Empty is None; what cannot be read stays typed."""

    day: date | None = None

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata(valuelist)
        self.day = None
        text = (self.data or "").strip()
        if not text:
            return
        try:
            day, month, year = (int(part) for part in text.split("."))
            self.day = _plausible(date(year, month, day))
        except (ValueError, OverflowError) as error:
            message = gettext("Write the day as day, month and year, for example 31.7.2027.")
            raise ValueError(message) from error
