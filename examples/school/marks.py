"""Generated lesson notes, grades and detentions of the present school year."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert

from examples.school.database import db
from examples.school.models import Detention, LessonNote, NoteType
from examples.school.note_types import ELSEWHERE, PRAISE, REMARKS, UNDECLARED
from examples.school.school_year import school_days

Row = dict[str, Any]

LESSONS = ("08:15", "09:15", "10:15", "11:45", "12:45", "13:45")
LESSON_MINUTES = 45
SUBJECTS = {
    "fi": (
        "Äidinkieli",
        "Matematiikka",
        "Englanti",
        "Ruotsi",
        "Ympäristöoppi",
        "Historia",
        "Liikunta",
        "Käsityö",
    ),
    "sv": (
        "Modersmål",
        "Matematik",
        "Engelska",
        "Finska",
        "Omgivningslära",
        "Historia",
        "Gymnastik",
        "Slöjd",
    ),
}
#: Notes in a school year of 190 days: (mean, spread) below and from grade 7 on.
NOTES_A_YEAR = {False: (80, 25), True: (280, 80)}
SCHOOL_YEAR_DAYS = 190
#: Notes that are not absences: type code -> weight, as in one real pupil's seven weeks.
OTHER_NOTES = {
    **dict.fromkeys(PRAISE, 34 / len(PRAISE)),
    **dict.fromkeys(REMARKS, 8 / len(REMARKS)),
    **dict.fromkeys(ELSEWHERE, 2.0),
    "90": 2.5,
    "11": 1.5,
    "45": 1.5,
    **dict.fromkeys(UNDECLARED, 0.4),
}
#: Absences: type code -> weight.
ABSENCES = {"83": 60, "84": 14, "85": 14, "87": 6, "86": 4, "43": 2}
ABSENCE_SHARE = 0.16
#: Two or three pupils in a hundred from grade 7 on are away a great deal.
HEAVY_SHARE = 0.025
EXPLANATIONS = {
    "fi": ("Kuumetta.", "Hammaslääkäri.", "Perheen matka.", "Flunssassa kotona."),
    "sv": ("Feber.", "Tandläkare.", "Familjeresa.", "Hemma med förkylning."),
}
DETENTION_REASONS = {
    "fi": ("Toistuvat myöhästymiset", "Häirintä oppitunnilla", "Poistuminen koulun alueelta"),
    "sv": ("Upprepade förseningar", "Störde lektionen", "Lämnade skolområdet"),
}


@dataclass(frozen=True)
class Subject:
    """The pupil about whom marks are drawn."""

    pupil_id: int
    grade_level: int
    language: str


class NoteBook:
    """Draws the lesson notes and detentions of pupils up to a day."""

    def __init__(self, until: date, seed: int = 7) -> None:
        self.random = random.Random(seed)
        self.days = school_days(until)
        self.type_ids = {row.code: row.id for row in db.session.execute(_codes())}

    def write(self, pupils: list[Subject]) -> None:
        """Insert the notes and detentions of all the pupils."""
        notes = [note for pupil in pupils for note in self._notes(pupil)]
        detentions = [row for pupil in pupils for row in self._detentions(pupil)]
        for kind, rows in ((LessonNote, notes), (Detention, detentions)):
            if rows:  # among few pupils nobody may have had a detention yet
                db.session.execute(insert(kind.__table__), rows)

    def _notes(self, pupil: Subject) -> Iterator[Row]:
        older = pupil.grade_level >= 7
        mean, spread = NOTES_A_YEAR[older]
        year = max(10.0, self.random.gauss(mean, spread))
        count = round(year * len(self.days) / SCHOOL_YEAR_DAYS)
        heavy = older and self.random.random() < HEAVY_SHARE
        away = round(count * ABSENCE_SHARE) + (self.random.randrange(40, 90) if heavy else 0)
        absent_days: set[date] = set()
        yield from self._absences(pupil, away, absent_days)
        present = [day for day in self.days if day not in absent_days]
        codes = self.random.choices(
            list(OTHER_NOTES), list(OTHER_NOTES.values()), k=count - round(count * ABSENCE_SHARE)
        )
        for code in codes if present else ():
            yield self._note(pupil, code, self.random.choice(present), self._lesson())

    def _absences(self, pupil: Subject, lessons: int, absent: set[date]) -> Iterator[Row]:
        """Give the lessons missed, whole days and parts of days for one reason each."""
        while lessons > 0 and len(absent) < len(self.days) - 5:
            day = self.random.choice(self.days)
            if day in absent:
                continue
            absent.add(day)
            code = self.random.choices(list(ABSENCES), list(ABSENCES.values()))[0]
            length = min(lessons, self.random.choice((1, 2, 4, 5, 6)))
            first = self.random.randrange(len(LESSONS) - length + 1)
            for lesson in range(first, first + length):
                yield self._note(pupil, code, day, lesson, with_text=lesson == first)
            lessons -= length

    def _note(
        self, pupil: Subject, code: str, day: date, lesson: int, *, with_text: bool = False
    ) -> Row:
        absence = code in ABSENCES
        told = with_text and code in ("83", "85") and self.random.random() < 0.4
        late = self.random.randrange(3, 25)
        return {
            "pupil_id": pupil.pupil_id,
            "type_id": self.type_ids[code],
            "day": day,
            "starts_at": LESSONS[lesson],
            "minutes": LESSON_MINUTES if absence else late if code == "90" else None,
            "subject": SUBJECTS[pupil.language][(day.toordinal() + lesson) % 8],
            "explained": code != "87" if absence else None,
            "text": self.random.choice(EXPLANATIONS[pupil.language]) if told else None,
        }

    def _detentions(self, pupil: Subject) -> Iterator[Row]:
        if pupil.grade_level < 5 or self.random.random() > 0.08 or not self.days:
            return
        for _ in range(self.random.choice((1, 1, 1, 2))):
            day = self.random.choice(self.days)
            yield {
                "pupil_id": pupil.pupil_id,
                "day": day,
                "minutes": self.random.choice((30, 60)),
                "served": day < self.days[-1] - timedelta(days=7),
                "reason": self.random.choice(DETENTION_REASONS[pupil.language]),
            }

    def _lesson(self) -> int:
        return self.random.randrange(len(LESSONS))


def _codes() -> Any:
    return db.select(NoteType.code, NoteType.id)
