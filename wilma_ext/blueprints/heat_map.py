"""Where each number stands in a map of lessons missed: weeks across, weekdays or lessons down."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from wilma_ext.blueprints.chart import FEWEST_POINTS, Label

#: Lessons missed on a day from which the next darker step begins.
STEPS = ((5, "c3"), (3, "c2"), (1, "c1"), (0, "c0"))


@dataclass(frozen=True, slots=True)
class Cell:
    """One school day: ``lessons`` is None where there was no school."""

    x: int
    y: int
    lessons: int | None
    step: str


@dataclass(frozen=True, slots=True)
class Week:
    """One row of the heat map's table."""

    year: int
    number: int
    monday: date
    lessons: tuple[int | None, ...]

    @property
    def total(self) -> int:
        """Return the lessons missed in the week."""
        return sum(count or 0 for count in self.lessons)


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Lessons missed, weeks from left to right; weekdays downwards, or the hours of lessons."""

    key: str
    size: int
    width: int
    height: int
    cells: tuple[Cell, ...]
    week_labels: tuple[Label, ...]
    day_labels: tuple[Label, ...]
    day_names: tuple[str, ...]
    weeks: tuple[Week, ...]

    LEFT, TOP = 52, 26
    WIDE, NARROW, MANY_WEEKS = 32, 22, 26

    @classmethod
    def build(
        cls,
        key: str,
        lessons: Mapping[date, int | None],
        period: tuple[date, date],
        letters: Sequence[str],
        names: Sequence[str],
    ) -> "HeatMap":
        """Place the days of the period; a day without a number had no lesson missed.

        ``letters`` and ``names`` are the weekdays from Monday on, as many as are shown.
        """
        weeks = tuple(_weeks(lessons, period, len(letters)))
        return cls._of(key, weeks, letters, names, lambda weeks, size: _days(weeks, period, size))

    @classmethod
    def by_lesson(
        cls,
        key: str,
        lessons: Mapping[tuple[date, str], int],
        period: tuple[date, date],
        starts: Sequence[str],
    ) -> "HeatMap":
        """Place the lessons by the hour at which they start; ``starts`` are the rows."""
        weeks = tuple(_weeks_of_lessons(lessons, period, starts))
        return cls._of(key, weeks, starts, starts, _lessons)

    @classmethod
    def _of(
        cls,
        key: str,
        weeks: tuple[Week, ...],
        letters: Sequence[str],
        names: Sequence[str],
        cells: Callable[[tuple[Week, ...], int], Iterator[Cell]],
    ) -> "HeatMap":
        size = cls.WIDE if len(weeks) <= cls.MANY_WEEKS else cls.NARROW
        return cls(
            key=key,
            size=size - 2,
            width=cls.LEFT + max(len(weeks), 1) * size,
            height=cls.TOP + len(letters) * size,
            cells=tuple(cells(weeks, size)),
            week_labels=tuple(
                Label(cls.LEFT + column * size + size // 2 - 1, cls.TOP - 9, str(week.number))
                for column, week in enumerate(weeks)
            ),
            day_labels=tuple(
                Label(cls.LEFT - 10, cls.TOP + row * size + size // 2 + 4, letter)
                for row, letter in enumerate(letters)
            ),
            day_names=tuple(names),
            weeks=weeks,
        )

    @property
    def total(self) -> int:
        """Return the lessons missed in the whole period."""
        return sum(week.total for week in self.weeks)

    @property
    def drawn(self) -> bool:
        """Say whether there is enough to draw."""
        return self.total > 0 and len(self.cells) >= FEWEST_POINTS

    @property
    def busiest(self) -> tuple[str, int] | None:
        """Return the one weekday with most lessons missed, if there is just one."""
        sums = [
            (sum(week.lessons[day] or 0 for week in self.weeks), name)
            for day, name in enumerate(self.day_names)
        ]
        most, name = max(sums, default=(0, ""))
        if not most or [count for count, _ in sums].count(most) > 1:
            return None
        return name, most


def _weeks(
    lessons: Mapping[date, int | None], period: tuple[date, date], days: int
) -> Iterator[Week]:
    first, last = period
    monday = first - timedelta(days=first.weekday())
    while monday <= last:
        year, number, _ = monday.isocalendar()
        dates = [monday + timedelta(days=day) for day in range(days)]
        counts = tuple(lessons.get(day, 0) if first <= day <= last else None for day in dates)
        yield Week(year, number, monday, counts)
        monday += timedelta(days=7)


def _weeks_of_lessons(
    lessons: Mapping[tuple[date, str], int], period: tuple[date, date], starts: Sequence[str]
) -> Iterator[Week]:
    sums: Counter[tuple[date, str]] = Counter()
    for (day, start), count in lessons.items():
        sums[day - timedelta(days=day.weekday()), start] += count
    for week in _weeks({}, period, 0):
        counts = tuple(sums[week.monday, start] for start in starts)
        yield Week(week.year, week.number, week.monday, counts)


def _days(weeks: Sequence[Week], period: tuple[date, date], size: int) -> Iterator[Cell]:
    """The days of the period; those of its first and last week that lie outside are left out."""
    for column, week in enumerate(weeks):
        for row, count in enumerate(week.lessons):
            if period[0] <= week.monday + timedelta(days=row) <= period[1]:
                yield _cell(column, row, count, size)


def _lessons(weeks: Sequence[Week], size: int) -> Iterator[Cell]:
    for column, week in enumerate(weeks):
        for row, count in enumerate(week.lessons):
            yield _cell(column, row, count, size)


def _cell(column: int, row: int, count: int | None, size: int) -> Cell:
    x, y = HeatMap.LEFT + column * size, HeatMap.TOP + row * size
    return Cell(x, y, count, step_of(count))


def step_of(lessons: int | None) -> str:
    """Return the colour step of a day's lessons missed."""
    if lessons is None:
        return "none"
    return next(step for least, step in STEPS if lessons >= least)
