"""The search by a name: posted, so that no address, nor a log of them, tells whom (X17, R16)."""

from typing import Any

from flask import request
from wtforms import StringField
from wtforms.validators import Length

from wilma_ext.blueprints.form import SignedForm
from wilma_ext.blueprints.visit import lazy
from wilma_ext.register.name_search import LONGEST


def search_field(label: str) -> Any:
    """Return the field of what is searched for."""
    tell = lazy("Write at most 100 letters.")
    return StringField(label, validators=[Length(max=LONGEST, message=tell)])


class SearchForm(SignedForm):
    """A search, answered by the same page; it changes nothing, so it may be sent again.

    A form names its one field `search`.
    """

    class Meta:
        expired = lazy("The page had been open too long. Search again.")

    @property
    def text(self) -> str:
        """Return what is searched for; nothing where it was refused."""
        return "" if self.errors else (self["search"].data or "")

    def refused(self) -> bool:
        """Tell whether something was sent that does not hold."""
        return request.method == "POST" and not self.validate()
