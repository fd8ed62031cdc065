"""What the charts share: a text at its place, and when a drawing says more than a sentence.

The templates of ``macros/chart.html`` draw what is computed and say it in words; geometry knows
neither markup nor words nor a database.
"""

from dataclasses import dataclass

#: Fewer points than this are said in words, not drawn.
FEWEST_POINTS = 3


@dataclass(frozen=True, slots=True)
class Label:
    """A text at a place of the drawing."""

    x: int
    y: int
    text: str
