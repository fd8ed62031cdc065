"""The school year of a day, and its school days."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

HELSINKI = ZoneInfo("Europe/Helsinki")
#: Fewer school days than this look empty: the previous year is then shown too.
ENOUGH_DAYS = 20
AUTUMN_BREAK, WINTER_BREAK = 42, 9


def today() -> date:
    return datetime.now(HELSINKI).date()


def start_year(day: date) -> int:
    """Return the calendar year in which the school year of the day began."""
    return day.year if day.month >= 8 else day.year - 1


def school_days(until: date) -> list[date]:
    """Return the school days of the present school year up to the day."""
    year = start_year(until)
    days = list(_days(year, until))
    return days if len(days) >= ENOUGH_DAYS else [*_days(year - 1, until), *days]


def handed_out(day: date) -> datetime:
    """Return when certificates of the day are handed out: nine in the morning, local time."""
    return datetime.combine(day, time(9))


def _days(year: int, until: date) -> Iterator[date]:
    day = date(year, 8, 11)
    while day <= min(until, date(year + 1, 5, 31)):
        on_holiday = (day.month, day.day) >= (12, 20) or (day.month, day.day) <= (1, 6)
        on_break = day.isocalendar().week in (AUTUMN_BREAK, WINTER_BREAK)
        if day.weekday() < 5 and not on_holiday and not on_break:
            yield day
        day += timedelta(days=1)
