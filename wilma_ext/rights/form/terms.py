"""What a form says beside its words: validity, privacy notice, and whether it asks again."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from wilma_ext.errors import Invalid
from wilma_ext.rights.consent.validity import SCHOOL_YEAR, VALIDITIES, Validity

#: Letters of an address that are kept.
LONGEST_ADDRESS = 500

#: No consent is asked for longer than a childhood.
LAST_YEAR = 2200


@dataclass(frozen=True)
class Terms:
    """The terms of a form or a draft."""

    validity: Validity = SCHOOL_YEAR
    privacy_url: str = ""
    #: Whether those who have answered an earlier version are asked again (P18).
    material: bool = True

    @classmethod
    def of_row(cls, row: Any) -> "Terms":
        """Return the terms of a stored form."""
        return cls(Validity(row.validity, row.fixed_until), row.privacy_url, row.material)


def check_terms(terms: Terms, today: date) -> None:
    """Refuse a rule that ends before it begins, and a link that is not an https address."""
    rule = terms.validity
    if rule.word not in VALIDITIES:
        raise Invalid("form_validity", "validity")
    if rule.word == "fixed":
        _check_day(rule.fixed_until, today)
    if terms.privacy_url and not is_safe_address(terms.privacy_url):
        raise Invalid("form_privacy_url", "privacy_url")


def _check_day(last: date | None, today: date) -> None:
    if last is None:
        raise Invalid("form_fixed_missing", "fixed_until")
    if last <= today or last.year > LAST_YEAR:
        raise Invalid("form_fixed_past", "fixed_until")


def is_safe_address(address: str) -> bool:
    """Tell whether the address is https, of one line, and hides no user name before its host."""
    if not address.isascii() or not address.isprintable() or " " in address:
        return False
    if len(address) > LONGEST_ADDRESS or "\\" in address:
        return False
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return False
    return parts.scheme == "https" and bool(host) and "@" not in parts.netloc
