"""How long a yes is valid (P4): one rule for the policy and for the form that tells it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from wilma_ext.clock import midnight, school_year_end

#: The words of the rule; the first is the cautious default.
VALIDITIES = ("school_year", "fixed", "open")


@dataclass(frozen=True)
class Validity:
    """A rule; `fixed_until` is the last day where the word is `fixed`, else nothing."""

    word: str = VALIDITIES[0]
    fixed_until: date | None = None


SCHOOL_YEAR = Validity()


def consent_end(validity: str, fixed_until: date | None, given: datetime) -> datetime | None:
    """Return when a yes given at the instant ends (P4, design 4.6); None = open."""
    if validity == "school_year":
        return school_year_end(given)
    if validity == "fixed" and fixed_until is not None:
        return midnight(fixed_until + timedelta(days=1))
    return None


def earlier(one: datetime | None, other: datetime | None) -> datetime | None:
    """Return the earlier of two ends, of which either may be open."""
    ends = [end for end in (one, other) if end is not None]
    return min(ends) if ends else None
