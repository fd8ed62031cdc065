"""The consent form as versioned content: the pairs it offers and its text (R8, R23, R26)."""

import hashlib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from wilma_ext.errors import Invalid, NotFound
from wilma_ext.models import ConsentForm, FormPair, FormText, new_id
from wilma_ext.oversight.event import Actor, Event, Recorded
from wilma_ext.rights.pairs import ConsentPair
from wilma_ext.vocabulary import Profession
from wilma_ext.work import Work

#: Languages without which a form cannot be published (R28).
REQUIRED_LANGUAGES = ("fi", "sv")

#: Parts of a form's text that every language has; a question adds `question:<category>`.
PARTS = ("title", "summary", "by_law", "withdrawal", "details")


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
    """Join the parts in their fixed order, the questions before the details."""
    asked = [parts[f"question:{question.category}"] for question in questions]
    ordered = [parts["title"], parts["summary"], parts["by_law"], *asked]
    return "\n\n".join([*ordered, parts["withdrawal"], parts["details"]])


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
) -> str:
    """Publish a new version, in force from now on; refused while a required text is missing."""
    _check(questions, texts)
    work.lock_provider(provider_ref, exclusive=True)
    last = select(func.max(ConsentForm.version)).where(
        ConsentForm.provider_ref == provider_ref, ConsentForm.county == county
    )
    form = ConsentForm(
        id=new_id(),
        provider_ref=provider_ref,
        county=county,
        version=(work.session.scalar(last) or 0) + 1,
        material=material,
        published_at=work.now(),
        author=actor.ref,
        privacy_url=privacy_url,
    )
    work.session.add(form)
    work.session.flush()
    work.session.add_all(_pairs(form, questions))
    work.session.add_all(_texts(form, texts))
    data = {"form": form.id, "version": form.version, "county": county, "material": material}
    work.record(Recorded(provider_ref, Event.FORM_PUBLISHED, actor, data=data))
    return form.id


def _check(questions: tuple[Question, ...], texts: Mapping[str, Mapping[str, str]]) -> None:
    if not questions or any(not question.professions for question in questions):
        raise Invalid("form_without_questions")
    for language in {*REQUIRED_LANGUAGES, *texts}:
        parts = texts.get(language, {})
        wanted = {*PARTS, *(f"question:{question.category}" for question in questions)}
        if any(not parts.get(part, "").strip() for part in wanted):
            raise Invalid("form_text_missing", language)


def _pairs(form: ConsentForm, questions: tuple[Question, ...]) -> list[FormPair]:
    return [
        FormPair(
            form_id=form.id,
            provider_ref=form.provider_ref,
            profession=profession,
            category=question.category,
            position=position,
        )
        for position, question in enumerate(questions)
        for profession in question.professions
    ]


def _texts(form: ConsentForm, texts: Mapping[str, Mapping[str, str]]) -> list[FormText]:
    return [
        FormText(
            form_id=form.id,
            provider_ref=form.provider_ref,
            language=language,
            part=part,
            text=unicodedata.normalize("NFC", text),
        )
        for language, parts in texts.items()
        for part, text in parts.items()
    ]


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
    pairs = work.session.scalars(
        select(FormPair).where(FormPair.form_id == row.id).order_by(FormPair.position)
    )
    asked: dict[str, list[str]] = {}
    for pair in pairs:
        asked.setdefault(pair.category, []).append(pair.profession)
    texts: dict[str, dict[str, str]] = {}
    for text in work.session.scalars(select(FormText).where(FormText.form_id == row.id)):
        texts.setdefault(text.language, {})[text.part] = text.text
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
        questions=tuple(Question(name, _in_order(names)) for name, names in asked.items()),
        texts=texts,
    )


def _in_order(professions: list[str]) -> tuple[str, ...]:
    return tuple(item.value for item in Profession if item.value in professions)
