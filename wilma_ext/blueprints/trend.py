"""Where each grade stands in a trend: one panel a subject, all on the same axis."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from wilma_ext.blueprints.chart import FEWEST_POINTS, Label

#: The grade axis of Finnish basic education never changes with the data.
GRADE_MIN, GRADE_MAX = 4, 10


@dataclass(frozen=True, slots=True)
class Point:
    """One grade: its place, and its text in the reader's language."""

    x: int
    y: int
    text: str


@dataclass(frozen=True, slots=True)
class Panel:
    """One subject's grades; ``line`` is an SVG path, broken where a month has no number."""

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
    """Grades of each subject over the months, every panel on the same axis from 4 to 10."""

    key: str
    months: tuple[str, ...]
    panels: tuple[Panel, ...]
    axis: tuple[Label, ...]

    WIDTH, HEIGHT = 256, 168
    LEFT, RIGHT, TOP, STEP = 34, 244, 18, 20
    BOTTOM = TOP + (GRADE_MAX - GRADE_MIN) * STEP

    @classmethod
    def build(
        cls,
        key: str,
        months: Sequence[str],
        series: Mapping[str, Sequence[tuple[float | None, str]]],
    ) -> "Trend":
        """Place the grades; each is a number or None (a verbal mark), and its text ("8,5", "S")."""
        return cls(
            key=key,
            months=tuple(months),
            panels=tuple(_panel(title, marks, len(months)) for title, marks in series.items()),
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


def _panel(title: str, marks: Sequence[tuple[float | None, str]], months: int) -> Panel:
    if len(marks) != months:
        raise ValueError(f"{len(marks)} grades for {months} months")
    gap = (Trend.RIGHT - Trend.LEFT - 20) / max(months - 1, 1)
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
