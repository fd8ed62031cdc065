"""The base of every form: plain WTForms with our own token; rules live in `rights`, not here."""

from typing import Any

from flask import current_app, request
from wtforms import Form

from wilma_ext.blueprints.token import Sealed, SignedToken
from wilma_ext.blueprints.visit import current_visit, lazy
from wilma_ext.state import current_state


class SignedForm(Form):
    """A form that changes something: its token is bound to the person and the purpose."""

    class Meta:
        csrf = True
        csrf_class = SignedToken
        csrf_field_name = "token"
        #: What is told when the token is too old, or not of this form.
        expired = lazy(
            "The page had been open too long, so nothing was saved. Your choices are still here: "
            "save again."
        )

    @classmethod
    def of(cls, purpose: str, **values: Any) -> Any:
        """Return the form for this request; `purpose` names act and object."""
        settings = current_state.settings
        secret = settings.secret_key or current_app.secret_key
        if not secret:
            raise RuntimeError("set SECRET_KEY, or WILMA_EXT_SECRET_KEY")
        person = current_visit().person_ref or ""
        sealed = Sealed(str(secret), person, purpose, settings.form_seconds)
        data = request.form if request.method == "POST" else None
        return cls(data, meta={"csrf_context": sealed}, **values)

    def accepted(self) -> bool:
        """Tell whether the request posts the form and everything in it holds."""
        return request.method == "POST" and self.validate()


class FilterForm(Form):
    """A form of search and filters: GET, in the URL, changes nothing."""

    @classmethod
    def of(cls, **values: Any) -> Any:
        """Return the form with the URL's parameters."""
        return cls(request.args, **values)
