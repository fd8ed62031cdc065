"""What must hold of the stored rows themselves, whatever the decision says."""

from __future__ import annotations

from typing import Any

from sqlalchemy import literal_column, select

from tests.equivalence.life import COUNTY, Life
from tests.oracle.deciders import deciders
from wilma_ext.models import Answer, AnswerChoice, AnswerDecider

#: What of a choice may be written later: the end that a later word of the same person puts to it.
ENDING = ("superseded_at", "end_reason")

Stored = dict[str, Any]


class Ledger:
    """The answers of one life as they were last read."""

    def __init__(self, life: Life) -> None:
        self.life = life
        self.answers: dict[str, Stored] = {}
        self.choices: dict[str, Stored] = {}
        self.guardians: set[tuple[Any, ...]] = set()

    def read(self) -> None:
        """Read everything anew; nothing that stood has gone or says something else."""
        with self.life.work() as work:
            answers = {row["id"]: row for row in self._rows(work, Answer)}
            choices = {row["id"]: row for row in self._rows(work, AnswerChoice)}
            guardians = {tuple(row.values()) for row in self._rows(work, AnswerDecider)}
        assert self.answers.items() <= answers.items(), "an answer was changed or lost"
        assert self.guardians <= guardians, "who decided then was changed"
        for key, old in self.choices.items():
            kept = {name: said for name, said in old.items() if said or name not in ENDING}
            assert kept.items() <= choices[key].items(), "what was said was changed"
        self.answers, self.choices, self.guardians = answers, choices, guardians

    def _rows(self, work: Any, model: Any) -> list[Stored]:
        """As the database has them: nothing is lost or mended on the way."""
        mine = model.provider_ref == self.life.loaded.provider_ref
        found = select(literal_column("*")).select_from(model.__table__).where(mine)
        return [dict(row) for row in work.connection.execute(found).mappings()]

    def consents(self, pupil: str, profession: str, category: str) -> bool:
        """Somebody who decides today says yes, still in force, and nobody who decides says no."""
        row = AnswerChoice
        standing = select(row.giver_ref, row.value, row.valid_until).where(
            row.provider_ref == self.life.loaded.provider_ref,
            row.pupil_ref == self.life.loaded.ref(pupil),
            row.profession == profession,
            row.category == category,
            row.county == COUNTY,
            row.superseded_at.is_(None),
        )
        of_today = deciders(self.life.world, self.life.pupil(pupil), self.life.now)
        refs = {self.life.loaded.ref(each) for each in of_today}
        with self.life.work() as work:
            said = [each for each in work.session.execute(standing) if each.giver_ref in refs]
        alive = [each for each in said if not each.valid_until or each.valid_until > self.life.now]
        return {each.value for each in alive} == {"yes"}
