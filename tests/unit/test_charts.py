"""Charts: every number at its place, no text outside the box, colours one can read (web 2.2)."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wilma_ext.blueprints.chart import FEWEST_POINTS
from wilma_ext.blueprints.heat_map import STEPS, HeatMap, step_of
from wilma_ext.blueprints.trend import GRADE_MAX, GRADE_MIN, Trend

SHEET = Path(__file__).parents[2] / "frontend" / "src" / "_chart.scss"
LETTERS = ("ma", "ti", "ke", "to", "pe")
NAMES = ("maanantai", "tiistai", "keskiviikko", "torstai", "perjantai")
MONDAY = date(2026, 8, 10)

#: The letters of an axis are at most so wide, in units of the drawing.
LETTER = 8


def heat_map(lessons: dict[date, int], weeks: int = 4) -> HeatMap:
    return HeatMap.build(
        "k", dict(lessons), (MONDAY, MONDAY + timedelta(days=7 * weeks - 1)), LETTERS, NAMES
    )


class TestHeatMap:
    @given(st.dictionaries(st.integers(0, 300), st.integers(0, 8), max_size=60), st.integers(1, 45))
    def test_every_lesson_is_counted_once(self, counts: dict[int, int], weeks: int) -> None:
        lessons = {MONDAY + timedelta(days=back): count for back, count in counts.items()}
        chart = heat_map(lessons, weeks)
        last = MONDAY + timedelta(days=7 * weeks - 1)
        wanted = sum(c for day, c in lessons.items() if day <= last and day.weekday() < 5)
        assert chart.total == sum(cell.lessons or 0 for cell in chart.cells) == wanted

    @given(st.integers(1, 45))
    def test_nothing_stands_outside_the_box(self, weeks: int) -> None:
        chart = heat_map({MONDAY: 3}, weeks)
        for cell in chart.cells:
            assert cell.x >= 0
            assert cell.x + chart.size <= chart.width
            assert cell.y >= 0
            assert cell.y + chart.size <= chart.height
        for label in chart.day_labels:
            assert label.x - LETTER * len(label.text) >= 0  # written towards the left
        for label in chart.week_labels:
            assert 0 < label.x < chart.width
            assert label.y > 0

    def test_a_partial_week_has_no_boxes_before_its_first_day(self) -> None:
        chart = HeatMap.build(
            "k", {}, (MONDAY + timedelta(days=2), MONDAY + timedelta(days=6)), LETTERS, NAMES
        )
        assert len(chart.cells) == 3
        assert chart.weeks[0].lessons == (None, None, 0, 0, 0)

    def test_the_busiest_weekday_is_named_only_when_there_is_one(self) -> None:
        assert heat_map({MONDAY: 3, MONDAY + timedelta(days=1): 2}).busiest == ("maanantai", 3)
        assert heat_map({MONDAY: 3, MONDAY + timedelta(days=1): 3}).busiest is None
        assert heat_map({}).busiest is None

    @pytest.mark.parametrize(("lessons", "step"), [(0, "c0"), (1, "c1"), (3, "c2"), (9, "c3")])
    def test_more_lessons_are_darker(self, lessons: int, step: str) -> None:
        assert step_of(lessons) == step
        assert step_of(None) == "none"

    def test_by_lesson_the_rows_are_the_hours(self) -> None:
        lessons = {(MONDAY, "08:15"): 1, (MONDAY + timedelta(days=3), "08:15"): 1}
        lessons[MONDAY + timedelta(days=8), "12:00"] = 1
        period = (MONDAY, MONDAY + timedelta(days=13))
        chart = HeatMap.by_lesson("k", lessons, period, ("08:15", "12:00"))
        assert [week.lessons for week in chart.weeks] == [(2, 0), (0, 1)]
        assert chart.total == 3
        assert chart.busiest == ("08:15", 2)
        for label in chart.day_labels:
            assert label.x - LETTER * len(label.text) >= 0


class TestTrend:
    @given(st.lists(st.floats(GRADE_MIN, GRADE_MAX), min_size=1, max_size=12))
    def test_every_grade_stands_on_the_fixed_axis(self, grades: list[float]) -> None:
        months = [str(number) for number in range(len(grades))]
        chart = Trend.build("k", months, {"A": [(grade, str(grade)) for grade in grades]})
        (panel,) = chart.panels
        assert len(panel.points) == len(grades)
        for point in panel.points:
            assert 0 < point.x < Trend.WIDTH
            assert Trend.TOP <= point.y <= Trend.BOTTOM
        assert panel.drawn == (len(grades) >= FEWEST_POINTS)

    def test_a_verbal_mark_breaks_the_line_and_is_no_zero(self) -> None:
        marks = [(8.0, "8"), (None, "S"), (9.0, "9"), (7.0, "7")]
        (panel,) = Trend.build("k", ["1", "2", "3", "4"], {"A": marks}).panels
        assert len(panel.points) == 3
        assert panel.line.count("M") == 2
        assert panel.texts == ("8", "S", "9", "7")

    @pytest.mark.parametrize("grade", [3.9, 10.1, 0.0])
    def test_a_grade_off_the_axis_is_a_mistake(self, grade: float) -> None:
        with pytest.raises(ValueError, match="not between"):
            Trend.grade_y(grade)


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


class TestColours:
    """axe calls text in a drawing "incomplete": the contrast is computed here instead."""

    def fills(self) -> dict[str, str]:
        return dict(re.findall(r"\.wx-(c\d) \{ fill: (#[0-9a-f]{6}); \}", SHEET.read_text()))

    def test_every_step_has_a_colour(self) -> None:
        assert set(self.fills()) == {step for _, step in STEPS}

    def test_the_numbers_in_the_boxes_can_be_read(self) -> None:
        sheet = SHEET.read_text()
        dark = re.search(r"\.wx-t-c0, \.wx-t-c1\) \{\s*fill: (#[0-9a-f]{3,6})", sheet)
        light = re.search(r"\.wx-t-c2, \.wx-t-c3\) \{\s*fill: (#[0-9a-f]{3,6})", sheet)
        assert dark
        assert light
        fills = self.fills()
        for step, text in (("c0", dark), ("c1", dark), ("c2", light), ("c3", light)):
            assert contrast(fills[step], whole(text[1])) >= 4.5

    def test_a_zero_is_quieter_and_can_still_be_read(self) -> None:
        zero = re.search(r"\.wx-t-zero \{\s*fill: (#[0-9a-f]{6})", SHEET.read_text())
        assert zero
        assert contrast(self.fills()["c0"], zero[1]) >= 4.5

    def test_the_measure_itself_fails_a_pale_pair(self) -> None:
        assert contrast("#3a7bbf", "#ffffff") < 4.5


def whole(colour: str) -> str:
    return "#" + "".join(2 * c for c in colour[1:]) if len(colour) == 4 else colour
