"""Instants are UTC, civil dates are Helsinki's, ages turn on the birthday."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wilma_ext.clock import (
    birthday,
    birthday_cutoff,
    civil_date,
    midnight,
    parse_instant,
    school_year_end,
    school_year_start,
    utc,
)

DAYS = st.dates(date(2024, 1, 1), date(2040, 12, 31))


def age_by_counting(born: date, day: date) -> int:
    """The oracle: walk the birthdays; who is born on 29 February has it on 28 in common years."""
    age = 0
    while True:
        year = born.year + age + 1
        try:
            birthday = date(year, born.month, born.day)
        except ValueError:
            birthday = date(year, 2, 28)
        if birthday > day:
            return age
        age += 1


@given(DAYS, st.dates(date(2003, 1, 1), date(2023, 12, 31)), st.integers(7, 18))
def test_cutoff_is_the_age_by_counting_birthdays(day: date, born: date, age: int) -> None:
    assert (born <= birthday_cutoff(day, age)) == (age_by_counting(born, day) >= age)


@given(st.dates(date(2003, 1, 1), date(2023, 12, 31)), st.integers(7, 18))
def test_a_birthday_is_the_first_day_of_the_age(born: date, age: int) -> None:
    day = birthday(born, age)
    assert age_by_counting(born, day) == age
    assert age_by_counting(born, day - timedelta(days=1)) == age - 1


@pytest.mark.parametrize(
    ("day", "born", "of_age"),
    [
        (date(2026, 2, 27), date(2008, 2, 29), False),
        (date(2026, 2, 28), date(2008, 2, 29), True),
        (date(2028, 2, 28), date(2010, 2, 28), True),
        (date(2028, 2, 28), date(2010, 3, 1), False),
        (date(2030, 2, 28), date(2012, 2, 29), True),
        (date(2044, 2, 28), date(2024, 2, 29), True),
    ],
)
def test_eighteenth_birthday_of_a_leap_day(day: date, born: date, of_age: bool) -> None:
    assert (born <= birthday_cutoff(day, 18)) is of_age


@given(DAYS)
def test_a_day_begins_at_its_own_midnight(day: date) -> None:
    start = midnight(day)
    assert civil_date(start) == day
    assert civil_date(start - timedelta(microseconds=1)) == day - timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 11, 21), 24)]
)
def test_days_of_daylight_saving_are_shorter_and_longer(day: date, hours: int) -> None:
    assert midnight(day + timedelta(days=1)) - midnight(day) == timedelta(hours=hours)


@given(DAYS)
def test_school_year_consent_ends_on_a_first_of_august_sixty_days_on(day: date) -> None:
    end = school_year_end(midnight(day))
    last = civil_date(end) - timedelta(days=1)
    assert (last.month, last.day) == (7, 31)
    assert timedelta(days=60) <= last - day < timedelta(days=60 + 366)


def test_school_year_consent_of_june_first_and_second() -> None:
    assert civil_date(school_year_end(midnight(date(2026, 6, 1)))) == date(2026, 8, 1)
    assert civil_date(school_year_end(midnight(date(2026, 6, 2)))) == date(2027, 8, 1)


def test_school_year_starts_in_august() -> None:
    assert school_year_start(date(2026, 7, 31)) == date(2025, 8, 1)
    assert school_year_start(date(2026, 8, 1)) == date(2026, 8, 1)


def test_naive_instant_is_refused() -> None:
    with pytest.raises(ValueError, match="offset"):
        utc(datetime(2026, 11, 21, 12))  # noqa: DTZ001 - what is tested
    with pytest.raises(ValueError, match="offset"):
        parse_instant("2026-11-21T12:00:00")


def test_bare_date_is_its_helsinki_midnight() -> None:
    assert parse_instant("2026-08-01") == datetime(2026, 7, 31, 21, tzinfo=UTC)
    assert parse_instant("2026-11-21T12:00:00+02:00") == datetime(2026, 11, 21, 10, tzinfo=UTC)
