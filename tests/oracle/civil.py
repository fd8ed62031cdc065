"""Instants, civil days and ages (design D5: instants are UTC, civil dates Europe/Helsinki)."""

from __future__ import annotations

import calendar
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

HELSINKI = ZoneInfo("Europe/Helsinki")


def instant(text: str) -> datetime:
    """An instant from text: with an offset as it says, without one Helsinki time; a bare date is
    local midnight. Always UTC, because equal zones compare by the clock on the wall."""
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=HELSINKI)
    return moment.astimezone(UTC)


def midnight(day: date) -> datetime:
    """The instant a Helsinki day begins."""
    return datetime.combine(day, time(), HELSINKI).astimezone(UTC)


def civil_day(at: datetime) -> date:
    """The Helsinki day an instant falls on."""
    return at.astimezone(HELSINKI).date()


def birthday(born: date, age: int) -> date:
    """Design 4.3: born on 29 February, the birthday is 28 February in common years."""
    year = born.year + age
    if (born.month, born.day) == (2, 29) and not calendar.isleap(year):
        return date(year, 2, 28)
    return born.replace(year=year)


def age_on(born: date, day: date) -> int:
    """Whole years of age on a civil day."""
    years = day.year - born.year
    return years if birthday(born, years) <= day else years - 1


def live(since: datetime | None, until: datetime | None, at: datetime) -> bool:
    """D5: periods are half-open."""
    return (since is None or since <= at) and (until is None or at < until)


def live_day(since: date | None, until: date | None, day: date) -> bool:
    """The same for the register's civil dates."""
    return (since is None or since <= day) and (until is None or day < until)
