"""The CSRF token of our own forms: signed, dated, bound to the actor and the purpose (D12).

Deaf to the host's `WTF_*` settings: a host that switched CSRF off must not switch ours off.
"""

import hashlib
import hmac
import json
from dataclasses import dataclass
from typing import Any

from itsdangerous import BadSignature, URLSafeTimedSerializer
from wtforms import ValidationError
from wtforms.csrf.core import CSRF

_SALT = "wilma_ext.form"


@dataclass(frozen=True)
class Sealed:
    """What a token is bound to."""

    secret: str
    person_ref: str
    purpose: str
    seconds: int

    @property
    def mark(self) -> str:
        """Person and purpose as a keyed hash: a page shows no id of the host, not even so (X17)."""
        told = json.dumps([self.person_ref, self.purpose]).encode()
        return hmac.new(self.secret.encode(), told, hashlib.sha256).hexdigest()


class SignedToken(CSRF):
    """WTForms' CSRF interface over itsdangerous; nothing is kept in the host's session."""

    def setup_form(self, form: Any) -> Any:
        self.sealed: Sealed = form.meta.csrf_context
        return super().setup_form(form)

    def generate_csrf_token(self, csrf_token_field: Any) -> str:
        return self._serializer().dumps(self.sealed.mark)

    def validate_csrf_token(self, form: Any, field: Any) -> None:
        expired = str(form.meta.expired)
        try:
            bound = self._serializer().loads(field.data or "", max_age=self.sealed.seconds)
        except BadSignature as error:
            raise ValidationError(expired) from error
        if bound != self.sealed.mark:
            raise ValidationError(expired)

    def _serializer(self) -> URLSafeTimedSerializer:
        return URLSafeTimedSerializer(self.sealed.secret, salt=_SALT)
