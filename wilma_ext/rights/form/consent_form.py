"""The consent form as versioned content: the pairs it offers and its text (R8, R23, R26)."""

import hashlib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select

from wilma_ext.errors import Invalid, NotFound
from wilma_ext.models import ConsentForm
from wilma_ext.opaque_id import new_id
from wilma_ext.oversight.event import Actor, Event, Recorded
from wilma_ext.rights.consent.pairs import ConsentPair
from wilma_ext.rights.consent.validity import SCHOOL_YEAR, Validity, consent_end
from wilma_ext.rights.form.content import asked_of, texts_of, write_asked, write_texts
from wilma_ext.rights.form.sentence import PLACEHOLDER, RIGHT_TO_SERVICES, filled
from wilma_ext.work import Work

#: Languages without which a form cannot be published (R28).
REQUIRED_LANGUAGES = ("fi", "sv")

#: Parts of a form's text that every language has; a question adds `question:<category>`.
PARTS = ("title", "summary", RIGHT_TO_SERVICES, "by_law", "withdrawal", "details")

#: The version of a draft; being one per provider and county, it keeps drafts to one as well.
DRAFT_VERSION = 0

#: What changed since the version before: for those who have answered it, so no part of the text.
CHANGED = "changed"


@dataclass(frozen=True)
class Question:
    """A question of a form: one category for several professions (design 4.1)."""

    category: str
    professions: tuple[str, ...]

    def pairs(self) -> tuple[ConsentPair, ...]:
        """Return the pairs that the question asks about."""
        return tuple(ConsentPair(profession, self.category) for profession in self.professions)


@dataclass(frozen=True)
class Form:
    """A published version of the consent form."""

    form_id: str
    provider_ref: str
    county: str
    version: int
    material: bool
    published_at: datetime
    privacy_url: str
    questions: tuple[Question, ...]
    #: language -> part -> text.
    texts: Mapping[str, Mapping[str, str]]
    #: How long a yes is valid, as the text tells it.
    validity: str = SCHOOL_YEAR.word
    #: The last day where `validity` is `fixed`.
    fixed_until: date | None = None

    def consent_ends(self, given: datetime) -> datetime | None:
        """Return when a yes given at the instant ends by what the form says; None = open."""
        return consent_end(self.validity, self.fixed_until, given)

    def pairs(self) -> frozenset[ConsentPair]:
        """Return every pair that the form offers."""
        return frozenset(pair for question in self.questions for pair in question.pairs())

    def language_for(self, language: str) -> str:
        """Return the language itself, or the first required one that the form has."""
        return language if language in self.texts else REQUIRED_LANGUAGES[0]

    def full_text(self, language: str) -> str:
        """Return the exact text of the form in the language, before any name is filled in."""
        return full_text(self.texts[language], self.questions)

    def text_sha256(self, language: str) -> str:
        """Return the SHA-256 of the text as UTF-8 in NFC, in hexadecimal (D14)."""
        return sha256_of(self.full_text(language))


def full_text(parts: Mapping[str, str], questions: tuple[Question, ...]) -> str:
    """Join the parts in their fixed order, the questions before the details.

    A version from before the statement on the right to services has none: its text stays exact.
    """
    asked = [parts[question_part(question.category)] for question in questions]
    right = [parts[RIGHT_TO_SERVICES]] if RIGHT_TO_SERVICES in parts else []
    ordered = [parts["title"], parts["summary"], *right, parts["by_law"], *asked]
    return "\n\n".join([*ordered, parts["withdrawal"], parts["details"]])


def question_part(category: str) -> str:
    """Return the part of the text that asks about the category."""
    return f"question:{category}"


def wanted_parts(questions: tuple[Question, ...]) -> tuple[str, ...]:
    """Return the parts that every language of a form with these questions has."""
    return (*PARTS, *(question_part(question.category) for question in questions))


def sha256_of(text: str) -> str:
    """Return the SHA-256 of a text as UTF-8 in NFC."""
    return hashlib.sha256(unicodedata.normalize("NFC", text).encode()).hexdigest()


def publish_form(
    work: Work,
    *,
    actor: Actor,
    provider_ref: str,
    county: str,
    questions: tuple[Question, ...],
    texts: Mapping[str, Mapping[str, str]],
    material: bool = True,
    privacy_url: str = "",
    validity: Validity = SCHOOL_YEAR,
) -> str:
    """Publish a new version, in force from now on; refused while a required text is missing.

    A text may say `{validity}` where the sentence of the form's own rule belongs.
    """
    work.lock_provider(provider_ref, exclusive=True)
    row = ConsentForm(
        id=new_id(),
        provider_ref=provider_ref,
        county=county,
        version=DRAFT_VERSION,
        material=material,
        author=actor.ref,
        privacy_url=privacy_url,
        validity=validity.word,
        fixed_until=validity.fixed_until,
    )
    put_in_force(work, row, actor=actor, questions=questions, texts=texts)
    return row.id


def put_in_force(
    work: Work,
    row: ConsentForm,
    *,
    actor: Actor,
    questions: tuple[Question, ...],
    texts: Mapping[str, Mapping[str, str]],
) -> None:
    """Give a form its version, its exact text and its instant; the caller holds the provider."""
    final = {
        language: filled(language, parts, row.validity, row.fixed_until)
        for language, parts in texts.items()
    }
    _check(questions, final)
    last = select(func.max(ConsentForm.version)).where(
        ConsentForm.provider_ref == row.provider_ref, ConsentForm.county == row.county
    )
    row.version = (work.session.scalar(last) or DRAFT_VERSION) + 1
    row.published_at, row.author = work.now(), actor.ref
    work.session.add(row)
    work.session.flush()
    write_asked(work, row, {question.category: question.professions for question in questions})
    write_texts(work, row, final)
    data = {
        "form": row.id,
        "version": row.version,
        "county": row.county,
        "material": row.material,
    }
    work.record(Recorded(row.provider_ref, Event.FORM_PUBLISHED, actor, data=data))


def _check(questions: tuple[Question, ...], texts: Mapping[str, Mapping[str, str]]) -> None:
    if not questions or any(not question.professions for question in questions):
        raise Invalid("form_without_questions")
    for language in {*REQUIRED_LANGUAGES, *texts}:
        parts = texts.get(language, {})
        if any(not parts.get(part, "").strip() for part in wanted_parts(questions)):
            raise Invalid("form_text_missing", language)
        if any(PLACEHOLDER in text for text in parts.values()):
            raise Invalid("form_placeholder", language)


def current_form(work: Work, provider_ref: str, county: str, at: datetime) -> Form | None:
    """Return the version in force at the instant, if any."""
    found = work.session.scalar(
        select(ConsentForm)
        .where(
            ConsentForm.provider_ref == provider_ref,
            ConsentForm.county == county,
            ConsentForm.published_at <= at,
        )
        .order_by(ConsentForm.version.desc())
        .limit(1)
    )
    return None if found is None else _read(work, found)


def form_of(work: Work, provider_ref: str, form_id: str) -> Form:
    """Return the provider's form version, or `NotFound`."""
    found = work.session.get(ConsentForm, form_id)
    if found is None or found.provider_ref != provider_ref or found.published_at is None:
        raise NotFound("no such form")
    return _read(work, found)


def _read(work: Work, row: ConsentForm) -> Form:
    if row.published_at is None:
        raise NotFound("a draft is not in force")
    return Form(
        form_id=row.id,
        provider_ref=row.provider_ref,
        county=row.county,
        version=row.version,
        material=row.material,
        published_at=row.published_at,
        privacy_url=row.privacy_url,
        questions=tuple(Question(*asked) for asked in asked_of(work, row.id).items()),
        texts=texts_of(work, row.id),
        validity=row.validity,
        fixed_until=row.fixed_until,
    )
