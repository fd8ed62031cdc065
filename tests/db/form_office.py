"""The main user's commands on the draft of a consent form, each in a unit of work of its own."""

from collections.abc import Mapping
from typing import Any

import pytest

from tests.web.desk import COUNTY, IDS, Desk, desk
from wilma_ext.oversight.event import Actor
from wilma_ext.rights.form.consent_form import Form, Question, current_form
from wilma_ext.rights.form.draft import (
    Draft,
    Seen,
    draft_of,
    save_questions,
    save_terms,
    save_texts,
)
from wilma_ext.rights.form.publication import problems_of, publish_draft
from wilma_ext.rights.form.start import start_draft
from wilma_ext.rights.form.terms import Terms
from wilma_ext.rights.form.version import form_version

__all__ = ["COUNTY", "HERE", "IDS", "NEWS", "QUESTIONS", "WHERE", "Office", "desk", "office"]

EDITOR = Actor(IDS.main_user, "main_user")
WHERE: dict[str, str] = {"provider_ref": IDS.tenant, "county": COUNTY}
HERE: dict[str, Any] = {"actor": EDITOR, **WHERE}
QUESTIONS = (Question("absences", ("kuraattori", "psykologi")), Question("grades", ("kuraattori",)))
NEWS = {"fi": "Lääkäriltä ei enää kysytä.", "sv": "Läkare frågas inte mer.", "en": "No doctor."}


class Office:
    """The main user of a municipality in use."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def start(self, version: int | None = 1) -> Draft:
        with self.desk.work() as work:
            source = None
            if version is not None:
                source = form_version(work, IDS.tenant, COUNTY, version)
            return start_draft(work, source=source, **HERE)

    def draft(self) -> Draft:
        with self.desk.work() as work:
            return draft_of(work, IDS.tenant, COUNTY)

    def write(
        self,
        language: str,
        seen: Seen | None = None,
        *,
        texts: Mapping[str, str] | None = None,
        **parts: str,
    ) -> Draft:
        seen = seen or self.draft().seen
        written: dict[str, Any] = {"language": language, "texts": texts or parts}
        with self.desk.work() as work:
            return save_texts(work, seen=seen, **written, **HERE)

    def ask(self, *questions: Question) -> Draft:
        seen = self.draft().seen
        with self.desk.work() as work:
            return save_questions(work, seen=seen, questions=questions, **HERE)

    def agree(self, terms: Terms, seen: Seen | None = None) -> Draft:
        seen = seen or self.draft().seen
        with self.desk.work() as work:
            return save_terms(work, seen=seen, terms=terms, **HERE)

    def problems(self) -> list[tuple[str, str, str]]:
        with self.desk.work() as work:
            found = problems_of(work, draft_of(work, IDS.tenant, COUNTY), work.now())
            return [(p.code, p.language, p.part or str(p.pair or "")) for p in found]

    def publish(self, seen: Seen | None = None) -> str:
        seen = seen or self.draft().seen
        with self.desk.work() as work:
            return publish_draft(work, seen=seen, **HERE)

    def in_force(self) -> Form:
        with self.desk.work() as work:
            form = current_form(work, IDS.tenant, COUNTY, work.now())
        assert form is not None
        return form

    def complete(self, terms: Terms | None = None, news: Mapping[str, str] = NEWS) -> Draft:
        """Begin from the version in force and leave nothing to mend."""
        self.start()
        self.ask(*QUESTIONS)
        for language, text in news.items():
            self.write(language, changed=text)
        return self.agree(terms or Terms())


@pytest.fixture
def office(desk: Desk) -> Office:
    return Office(desk)
