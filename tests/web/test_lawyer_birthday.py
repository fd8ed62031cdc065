"""The 18th birthday through the real pages: at Helsinki midnight, whatever the clocks do."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tests.web.desk import IDS, Clock, Desk
from tests.web.html import linted
from tests.web.test_guardian_pages import YES, answered, child_url
from tests.web.test_lawyer import enable, in_host, seen
from tests.web.test_welfare_pages import opened
from wilma_ext.clock import midnight

#: What was consented to in the desk lies before all these days.
YEAR = datetime.now(UTC).year + 1
DAY = timedelta(days=1)


def last_sunday(month: int) -> date:
    """The day on which the clocks are turned."""
    last = date(YEAR, month, 31)
    return last - timedelta(days=(last.weekday() + 1) % 7)


def eighteen_years_before(day: date) -> date:
    return day.replace(year=day.year - 18)


def common_year_of_a_leap_child() -> int:
    """The first year to come in which somebody born on 29 February turns 18."""
    return next(year for year in range(YEAR, YEAR + 8) if (year - 18) % 4 == 0)


#: The birthday, and when its bearer was born.
BIRTHDAYS = {
    "an ordinary day": date(YEAR, 1, 15),
    "a day of 23 hours": last_sunday(3),
    "the day after it": last_sunday(3) + DAY,
    "a day of 25 hours": last_sunday(10),
    "the day after that": last_sunday(10) + DAY,
}
CASES = {name: (day, eighteen_years_before(day)) for name, day in BIRTHDAYS.items()}
_leap = common_year_of_a_leap_child()
CASES["born on 29 February"] = (date(_leap, 2, 28), date(_leap - 18, 2, 29))


@pytest.mark.parametrize("name", CASES)
def test_a_guardians_yes_ends_at_helsinki_midnight(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    day, born = CASES[name]
    begins = midnight(day)
    stand_still(monkeypatch, begins - 12 * timedelta(hours=1))
    desk.policy(joint_from_age=None)
    in_host(desk, born=born)
    desk.consent()
    stand_still(monkeypatch, begins - timedelta(microseconds=1))
    worker, shown = opened(desk)
    assert worker.get(shown).status_code == 200
    stand_still(monkeypatch, begins)
    assert worker.get(shown).status_code == 404  # an open look-up ends with the right
    assert not seen(desk)
    guardian, url = desk.client(IDS.guardian1), child_url(desk, IDS.pupil)
    page = linted(guardian.get(url))
    assert "decides about these consents alone" in page.ours.text
    linted(guardian.post(f"{url}answer", data=YES), 403)
    adult = desk.client(IDS.pupil)
    assert answered(adult, url, YES).status_code == 303
    stand_still(monkeypatch, begins + timedelta(seconds=1))
    enable(desk)
    assert seen(desk)


def stand_still(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    """The database's clock shows this instant until it is set anew."""
    monkeypatch.setattr(Clock, "__call__", lambda *_: at)
