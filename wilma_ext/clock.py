"""Instants and civil dates: instants are UTC, civil dates are those of Helsinki."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

HELSINKI = ZoneInfo("Europe/Helsinki")

#: A school year's consent ends at the end of this day ...
SCHOOL_YEAR_END = (7, 31)
#: ... unless that is nearer than this, when the next one is meant.
SCHOOL_YEAR_SLACK = timedelta(days=60)


def utc(instant: datetime) -> datetime:
    """Return the instant in UTC; a naive one has no meaning and is refused."""
    if instant.tzinfo is None or instant.utcoffset() is None:
        raise ValueError("an instant needs an offset")
    return instant.astimezone(UTC)


def civil_date(instant: datetime) -> date:
    """Return the Helsinki calendar day on which the instant falls."""
    return utc(instant).astimezone(HELSINKI).date()


def midnight(day: date) -> datetime:
    """Return the instant at which the day begins in Helsinki."""
    return datetime.combine(day, time(), tzinfo=HELSINKI).astimezone(UTC)


def school_year_end(instant: datetime) -> datetime:
    """Return when a consent given now ends: the start of 1 August after the next 31 July.

    The 31 July must be at least 60 days away (design 4.6, P4).
    """
    day = civil_date(instant)
    end = date(day.year, *SCHOOL_YEAR_END)
    if end - day < SCHOOL_YEAR_SLACK:
        end = date(day.year + 1, *SCHOOL_YEAR_END)
    return midnight(end + timedelta(days=1))


def school_year_start(day: date) -> date:
    """Return the 1 August that opened the school year of the day."""
    return date(day.year if day.month >= 8 else day.year - 1, 8, 1)


def birthday_cutoff(day: date, age: int) -> date:
    """Return the latest birth date whose bearer is at least `age` years old on the day.

    Who is born on 29 February has the birthday on 28 February in common years (design 4.3).
    """
    year = day.year - age
    if (day.month, day.day) == (2, 28):
        return _last_of_february(year) if not _is_leap(day.year) else date(year, 2, 28)
    if (day.month, day.day) == (2, 29):
        return _last_of_february(year)
    return date(year, day.month, day.day)


def birthday(born: date, age: int) -> date:
    """Return the day from which the bearer of the birth date is `age` years old."""
    year = born.year + age
    if (born.month, born.day) == (2, 29):
        return _last_of_february(year)
    return date(year, born.month, born.day)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _last_of_february(year: int) -> date:
    return date(year, 2, 29 if _is_leap(year) else 28)


def parse_instant(text: str) -> datetime:
    """Read an ISO instant with an offset, or a bare date as its Helsinki midnight."""
    try:
        return midnight(date.fromisoformat(text))
    except ValueError:
        return utc(datetime.fromisoformat(text))
