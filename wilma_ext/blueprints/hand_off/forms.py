"""The form of the county's channels: a few rows of an address and its names."""

from collections.abc import Sequence
from typing import Any

from wtforms import HiddenField, StringField
from wtforms.validators import Length

from wilma_ext.blueprints.form import SignedForm
from wilma_ext.blueprints.visit import gettext, lazy
from wilma_ext.rights.hand_off import LONGEST_ADDRESS, LONGEST_LABEL, MOST, Channel

LANGUAGES = ("fi", "sv", "en")


class ChannelsForm(SignedForm):
    """The fixed part; the rows are added."""

    #: What stood when the page was shown.
    before = HiddenField()

    def channels(self) -> list[Channel]:
        """Return the rows in which anything is written."""
        rows = [
            Channel(self._text(f"address_{n}"), *(self._text(f"{c}_{n}") for c in LANGUAGES))
            for n in range(MOST)
        ]
        return [row for row in rows if row != _EMPTY]

    def _text(self, name: str) -> str:
        return (self[name].data or "").strip()


_EMPTY = Channel("", "", "", "")


def channels_form(purpose: str, channels: Sequence[Channel], before: str) -> ChannelsForm:
    """Return the form with the channels as they are, and empty rows after them."""
    values: dict[str, Any] = {"before": before}
    fields: dict[str, Any] = {}
    names = {"fi": lazy("Name in Finnish"), "sv": lazy("Name in Swedish")}
    names["en"] = lazy("Name in English")
    for number in range(MOST):
        fields[f"address_{number}"] = StringField(
            gettext("Address or telephone number"), [Length(max=LONGEST_ADDRESS)]
        )
        for code in LANGUAGES:
            fields[f"{code}_{number}"] = StringField(names[code], [Length(max=LONGEST_LABEL)])
        if number < len(channels):
            channel = channels[number]
            values[f"address_{number}"] = channel.address
            values |= {f"{code}_{number}": getattr(channel, code) for code in LANGUAGES}
    form_class: Any = type("RowsForm", (ChannelsForm,), fields)
    form: ChannelsForm = form_class.of(purpose, data=values)
    return form
