"""Where each number stands in a chart: geometry without markup, words or a database.

The templates of ``macros/chart.html`` draw what is computed here and say it in words.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

#: Lessons missed on a day from which the next darker step begins.
STEPS = ((5, "c3"), (3, "c2"), (1, "c1"), (0, "c0"))

#: The grade axis of Finnish basic education never changes with the data.
GRADE_MIN, GRADE_MAX = 4, 10

#: Fewer points than this are said in words, not drawn.
FEWEST_POINTS = 3


@dataclass(frozen=True, slots=True)
class Label:
    """A text at a place of the drawing."""

    x: int
    y: int
    text: str


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
    """Lessons missed, weeks from left to right and weekdays downwards."""

    key: str
    size: int
    width: int
    height: int
    cells: tuple[Cell, ...]
    week_labels: tuple[Label, ...]
    day_labels: tuple[Label, ...]
    day_names: tuple[str, ...]
    weeks: tuple[Week, ...]

    LEFT, TOP = 40, 26
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
        size = cls.WIDE if len(weeks) <= cls.MANY_WEEKS else cls.NARROW
        return cls(
            key=key,
            size=size - 2,
            width=cls.LEFT + max(len(weeks), 1) * size,
            height=cls.TOP + len(letters) * size,
            cells=tuple(_cells(weeks, period, size)),
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


def _cells(weeks: Sequence[Week], period: tuple[date, date], size: int) -> Iterator[Cell]:
    for column, week in enumerate(weeks):
        for row, count in enumerate(week.lessons):
            if period[0] <= week.monday + timedelta(days=row) <= period[1]:
                x, y = HeatMap.LEFT + column * size, HeatMap.TOP + row * size
                yield Cell(x, y, count, step_of(count))


def step_of(lessons: int | None) -> str:
    """Return the colour step of a day's lessons missed."""
    if lessons is None:
        return "none"
    return next(step for least, step in STEPS if lessons >= least)


@dataclass(frozen=True, slots=True)
class Point:
    """One grade: its place, and its text in the reader's language."""

    x: int
    y: int
    text: str


@dataclass(frozen=True, slots=True)
class Panel:
    """One subject's grades; ``line`` is an SVG path, broken where a term has no number."""

    title: str
    points: tuple[Point, ...]
    line: str
    texts: tuple[str, ...]

    @property
    def drawn(self) -> bool:
        """Say whether there is enough to draw."""
        return len(self.points) >= FEWEST_POINTS


@dataclass(frozen=True, slots=True)
class Trend:
    """Grades of each subject over the terms, every panel on the same axis from 4 to 10."""

    key: str
    terms: tuple[str, ...]
    panels: tuple[Panel, ...]
    axis: tuple[Label, ...]

    WIDTH, HEIGHT = 256, 168
    LEFT, RIGHT, TOP, STEP = 34, 244, 18, 20
    BOTTOM = TOP + (GRADE_MAX - GRADE_MIN) * STEP

    @classmethod
    def build(
        cls,
        key: str,
        terms: Sequence[str],
        series: Mapping[str, Sequence[tuple[float | None, str]]],
    ) -> "Trend":
        """Place the grades; each is a number or None (a verbal mark), and its text ("8,5", "S")."""
        return cls(
            key=key,
            terms=tuple(terms),
            panels=tuple(_panel(title, marks, len(terms)) for title, marks in series.items()),
            axis=tuple(
                Label(cls.LEFT - 12, cls.grade_y(grade), str(grade))
                for grade in range(GRADE_MIN, GRADE_MAX + 1, 2)
            ),
        )

    @classmethod
    def grade_y(cls, grade: float) -> int:
        """Return the height at which a grade stands; a grade off the axis is a mistake."""
        if not GRADE_MIN <= grade <= GRADE_MAX:
            raise ValueError(f"grade {grade} is not between {GRADE_MIN} and {GRADE_MAX}")
        return round(cls.TOP + (GRADE_MAX - grade) * cls.STEP)

    @property
    def drawn(self) -> bool:
        """Say whether any subject has enough to draw."""
        return any(panel.drawn for panel in self.panels)


def _panel(title: str, marks: Sequence[tuple[float | None, str]], terms: int) -> Panel:
    if len(marks) != terms:
        raise ValueError(f"{len(marks)} grades for {terms} terms")
    gap = (Trend.RIGHT - Trend.LEFT - 20) / max(terms - 1, 1)
    placed = [
        None
        if grade is None
        else Point(round(Trend.LEFT + 10 + at * gap), Trend.grade_y(grade), text)
        for at, (grade, text) in enumerate(marks)
    ]
    return Panel(
        title=title,
        points=tuple(point for point in placed if point is not None),
        line=_path(placed),
        texts=tuple(text for _, text in marks),
    )


def _path(placed: Sequence[Point | None]) -> str:
    """Join neighbouring points; a missing one breaks the line."""
    runs = (
        list(run) for known, run in groupby(placed, key=lambda point: point is not None) if known
    )
    return " ".join(
        "M" + " L".join(f"{point.x},{point.y}" for point in run if point) for run in runs
    )
