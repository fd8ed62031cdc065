"""Generated grades: exams of this autumn, last spring's certificate, the coming one."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert

from examples.school.database import db
from examples.school.marks import SUBJECTS, Subject
from examples.school.models import Grade
from examples.school.school_year import handed_out, school_days, start_year

NUMERIC, VERBAL = "4-10", "verbal"
#: Grades are given in words below this grade level.
NUMERIC_FROM = 4
#: How common each grade is, from 4 to 10.
VALUES = {"4": 2, "5": 5, "6": 10, "7": 21, "8": 30, "9": 24, "10": 8}
WORDS = {
    "fi": ("Edistyy hyvin.", "Tarvitsee vielä harjoitusta.", "Osaa tavoitteet erinomaisesti."),
    "sv": ("Gör goda framsteg.", "Behöver ännu öva.", "Behärskar målen utmärkt."),
}


class ReportCards:
    """Draws the grades of pupils up to a day."""

    def __init__(self, until: date, seed: int = 11) -> None:
        year = start_year(until)
        self.random = random.Random(seed)
        self.days = school_days(until)
        self.spring = date(year, 5, 30)
        self.christmas = date(year, 12, 18)
        #: When the teachers set the grades of the Christmas report.
        self.set_on = min(self.days[-1], self.christmas - timedelta(days=4))

    def write(self, pupils: list[Subject]) -> None:
        """Insert the grades of all the pupils."""
        db.session.execute(
            insert(Grade.__table__), [row for pupil in pupils for row in self._grades(pupil)]
        )

    def _grades(self, pupil: Subject) -> Iterator[dict[str, Any]]:
        for subject in SUBJECTS[pupil.language]:
            yield self._grade(pupil, subject, "interim", self.set_on, embargo=True)
            if pupil.grade_level > 1:
                yield self._grade(pupil, subject, "final", self.spring)
            if pupil.grade_level >= NUMERIC_FROM:
                for _ in range(self.random.choice((0, 1, 1, 2))):
                    yield self._grade(pupil, subject, "exam", self.random.choice(self.days))

    def _grade(
        self, pupil: Subject, subject: str, kind: str, day: date, *, embargo: bool = False
    ) -> dict[str, Any]:
        # Last spring the pupil was one grade level lower.
        level = pupil.grade_level - (kind == "final")
        in_words = level < NUMERIC_FROM
        drawn = self.random.choices(list(VALUES), list(VALUES.values()))[0]
        return {
            "pupil_id": pupil.pupil_id,
            "subject": subject,
            "value": "S" if in_words else drawn,
            "scale": VERBAL if in_words else NUMERIC,
            "kind": kind,
            "day": day,
            "visible_from": handed_out(self.christmas) if embargo else None,
            "verbal": self.random.choice(WORDS[pupil.language]) if in_words else None,
        }
