"""The bound values of a rights statement: the question's own words, dates and instants."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Boolean, Date, String, bindparam

from wilma_ext.clock import birthday_cutoff, civil_date
from wilma_ext.models import Instant

#: Ages at which a policy may let a pupil join or decide; older counts as the last.
AGES = range(7, 19)

AT = bindparam("at", type_=Instant())
DAY = bindparam("day", type_=Date())
PROVIDER_REF = bindparam("provider_ref", type_=String())
CATEGORY = bindparam("category", type_=String())
MEMBERSHIP = bindparam("membership", type_=String())
PERSON_REF = bindparam("person_ref", type_=String())
NECESSITY = bindparam("necessity", type_=Boolean())


def born_by(age: int) -> Any:
    """Return the bound latest birth date of those who have reached the age."""
    return bindparam(f"born_by_{age}", type_=Date())


def values_at(at: datetime) -> dict[str, Any]:
    """Return the bound values that follow from the instant alone."""
    day: date = civil_date(at)
    cutoffs = {f"born_by_{age}": birthday_cutoff(day, age) for age in AGES}
    return {"at": at, "day": day, **cutoffs}
