"""Last days and ends: a period is half-open in storage, people name its last day."""

from datetime import date, datetime, timedelta

from wilma_ext.clock import civil_date, midnight


def last_day(end: datetime) -> date:
    """Return the last day of a period: an end stored as 1.8. 00:00 is shown as 31.7."""
    return civil_date(end - timedelta(microseconds=1))


def end_of(day: date) -> datetime:
    """Return the end of a last day, which is a part of the period."""
    return midnight(day + timedelta(days=1))
