"""The draft of a consent form: one for each provider and county, in force for nobody.

Every saving names the draft that the editor saw. Another editor's saving in between is a
conflict, so that nobody's words are lost silently (X11).
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, select, update

from wilma_ext.clock import civil_date
from wilma_ext.errors import Conflict, Invalid, NotFound
from wilma_ext.models import ConsentForm, FormPair, FormText
from wilma_ext.oversight.event import Actor
from wilma_ext.rights.consent.pairs import ConsentPair
from wilma_ext.rights.form.consent_form import CHANGED, DRAFT_VERSION, PARTS, Form, Question
from wilma_ext.rights.form.consent_form import question_part as question_part_of
from wilma_ext.rights.form.content import asked_of, in_order, texts_of, write_asked, write_texts
from wilma_ext.rights.form.sentence import RIGHT_TO_SERVICES, STATEMENTS, filled
from wilma_ext.rights.form.terms import Terms, check_terms
from wilma_ext.work import Work

#: Letters of one part that are kept.
MOST_LETTERS = 4000

_LANGUAGE = re.compile(r"[a-z]{2,3}")

#: Parts that are one line: a heading, and what stands above a question's answers.
_ONE_LINE = re.compile(r"title|question:.*")


@dataclass(frozen=True)
class Seen:
    """The draft as an editor's page showed it."""

    form_id: str
    revision: int


@dataclass(frozen=True)
class Draft:
    """A form that is not in force."""

    form_id: str
    provider_ref: str
    county: str
    revision: int
    #: Who saved it last.
    author: str
    terms: Terms
    questions: tuple[Question, ...]
    #: language -> part -> text, as it was typed.
    texts: Mapping[str, Mapping[str, str]]

    @property
    def seen(self) -> Seen:
        """What a saving of this draft is based on."""
        return Seen(self.form_id, self.revision)

    def pairs(self) -> frozenset[ConsentPair]:
        """Return every pair that the draft asks about."""
        return frozenset(pair for question in self.questions for pair in question.pairs())

    def told(self, language: str) -> dict[str, str]:
        """Return the texts as they would be published; what is not written is empty."""
        rule = self.terms.validity
        blank = dict.fromkeys(parts_of(self.questions), "")
        written = {**blank, **self.texts.get(language, {})}
        return filled(language, written, rule.word, rule.fixed_until)

    def as_form(self, version: int, at: datetime) -> Form:
        """Return the form that publishing would make, to look at it beforehand."""
        return Form(
            form_id=self.form_id,
            provider_ref=self.provider_ref,
            county=self.county,
            version=version,
            material=self.terms.material,
            published_at=at,
            privacy_url=self.terms.privacy_url,
            questions=self.questions,
            texts={language: self.told(language) for language in self.texts},
            validity=self.terms.validity.word,
            fixed_until=self.terms.validity.fixed_until,
        )


def parts_of(questions: tuple[Question, ...]) -> tuple[str, ...]:
    """Return every part that may be written, in the order in which a form is read."""
    asked = (question_part_of(question.category) for question in questions)
    before, after = PARTS[:4], PARTS[4:]
    return (*before, *asked, *after, CHANGED)


def is_ours(language: str, part: str) -> bool:
    """Tell whether the part is a sentence of the product's own, which nobody edits (R8)."""
    return part == RIGHT_TO_SERVICES and language in STATEMENTS


def is_one_line(part: str) -> bool:
    """Tell whether the part is a single line."""
    return _ONE_LINE.fullmatch(part) is not None


def find_draft(work: Work, provider_ref: str, county: str) -> Draft | None:
    """Return the provider's draft for the county, if there is one."""
    row = work.session.scalar(
        select(ConsentForm)
        .where(_is_draft(provider_ref, county))
        .execution_options(populate_existing=True)
    )
    if row is None:
        return None
    return Draft(
        form_id=row.id,
        provider_ref=row.provider_ref,
        county=row.county,
        revision=row.revision,
        author=row.author,
        terms=Terms.of_row(row),
        questions=tuple(Question(*asked) for asked in asked_of(work, row.id).items()),
        texts=texts_of(work, row.id),
    )


def draft_of(work: Work, provider_ref: str, county: str) -> Draft:
    """Return the provider's draft for the county, or `NotFound`."""
    found = find_draft(work, provider_ref, county)
    if found is None:
        raise NotFound("no draft")
    return found


def save_texts(
    work: Work,
    *,
    actor: Actor,
    provider_ref: str,
    county: str,
    seen: Seen,
    language: str,
    texts: Mapping[str, str],
) -> Draft:
    """Save parts of one language; an empty part is taken out, the others stay as they were."""
    if not _LANGUAGE.fullmatch(language):
        raise Invalid("form_language")
    tidied = {part: _tidy(part, text) for part, text in texts.items()}
    row = claim(work, provider_ref, county, seen, author=actor.ref)
    draft = draft_of(work, provider_ref, county)
    if not set(tidied) <= set(parts_of(draft.questions)):
        raise Invalid("form_part")
    mine = {**draft.texts.get(language, {}), **tidied}
    kept = {part: text for part, text in mine.items() if text and not is_ours(language, part)}
    others = {code: parts for code, parts in draft.texts.items() if code != language}
    write_texts(work, row, {**others, **({language: kept} if kept else {})})
    return draft_of(work, provider_ref, county)


def save_questions(
    work: Work,
    *,
    actor: Actor,
    provider_ref: str,
    county: str,
    seen: Seen,
    questions: tuple[Question, ...],
) -> Draft:
    """Save what the form asks; the text of a question that is taken out is kept for its return."""
    row = claim(work, provider_ref, county, seen, author=actor.ref)
    asked = {question.category: in_order(question.professions) for question in questions}
    write_asked(work, row, {category: names for category, names in asked.items() if names})
    return draft_of(work, provider_ref, county)


def save_terms(
    work: Work, *, actor: Actor, provider_ref: str, county: str, seen: Seen, terms: Terms
) -> Draft:
    """Save the terms."""
    check_terms(terms, civil_date(work.now()))
    row = claim(work, provider_ref, county, seen, author=actor.ref)
    rule = terms.validity
    row.validity = rule.word
    row.fixed_until = rule.fixed_until if rule.word == "fixed" else None
    row.privacy_url, row.material = terms.privacy_url, terms.material
    work.session.flush()
    return draft_of(work, provider_ref, county)


def discard_draft(work: Work, *, provider_ref: str, county: str, seen: Seen) -> None:
    """Throw the draft away; it was in force for nobody, so nothing else changes."""
    claim(work, provider_ref, county, seen)
    for model in (FormPair, FormText):
        work.session.execute(delete(model).where(model.form_id == seen.form_id))
    work.session.execute(delete(ConsentForm).where(ConsentForm.id == seen.form_id))


def claim(
    work: Work, provider_ref: str, county: str, seen: Seen, *, author: str | None = None
) -> ConsentForm:
    """Count a saving of the draft that the editor saw, or raise `Conflict`.

    One statement checks and counts, so that of two editors at the same instant one is refused.
    """
    values: dict[str, Any] = {"revision": ConsentForm.revision + 1}
    if author is not None:
        values["author"] = author
    counted = work.session.execute(
        update(ConsentForm)
        .where(
            _is_draft(provider_ref, county),
            ConsentForm.id == seen.form_id,
            ConsentForm.revision == seen.revision,
        )
        .values(**values)
        .execution_options(synchronize_session=False)
        .returning(ConsentForm.id)
    ).all()
    if not counted:
        raise Conflict("the draft has been changed by somebody else")
    return work.session.get_one(ConsentForm, seen.form_id, populate_existing=True)


def _is_draft(provider_ref: str, county: str) -> ColumnElement[bool]:
    return and_(
        ConsentForm.provider_ref == provider_ref,
        ConsentForm.county == county,
        ConsentForm.version == DRAFT_VERSION,
        ConsentForm.published_at.is_(None),
    )


def _tidy(part: str, text: str) -> str:
    """A paragraph is one line: empty lines part the parts of the full text, so none stays here."""
    lines = [" ".join(line.split()) for line in unicodedata.normalize("NFC", text).splitlines()]
    tidied = (" " if is_one_line(part) else "\n").join(line for line in lines if line)
    if len(tidied) > MOST_LETTERS:
        raise Invalid("form_text_long", part)
    return tidied
