"""What a form or a draft of one holds in the database: the pairs it asks about and its texts."""

import unicodedata
from collections.abc import Iterable, Mapping

from sqlalchemy import delete, select

from wilma_ext.models import ConsentForm, FormPair, FormText
from wilma_ext.vocabulary import Profession
from wilma_ext.work import Work

#: Category -> the professions asked about, in the order of the questions.
Asked = Mapping[str, tuple[str, ...]]


def asked_of(work: Work, form_id: str) -> Asked:
    """Return the pairs that the form asks about, question by question."""
    pairs = work.session.scalars(
        select(FormPair).where(FormPair.form_id == form_id).order_by(FormPair.position)
    )
    asked: dict[str, list[str]] = {}
    for pair in pairs:
        asked.setdefault(pair.category, []).append(pair.profession)
    return {category: in_order(professions) for category, professions in asked.items()}


def texts_of(work: Work, form_id: str) -> dict[str, dict[str, str]]:
    """Return language -> part -> text."""
    texts: dict[str, dict[str, str]] = {}
    for text in work.session.scalars(select(FormText).where(FormText.form_id == form_id)):
        texts.setdefault(text.language, {})[text.part] = text.text
    return texts


def write_asked(work: Work, form: ConsentForm, asked: Asked) -> None:
    """Let the form ask about these pairs and no others."""
    work.session.execute(delete(FormPair).where(FormPair.form_id == form.id))
    work.session.add_all(
        FormPair(
            form_id=form.id,
            provider_ref=form.provider_ref,
            profession=profession,
            category=category,
            position=position,
        )
        for position, (category, professions) in enumerate(asked.items())
        for profession in professions
    )
    work.session.flush()


def write_texts(work: Work, form: ConsentForm, texts: Mapping[str, Mapping[str, str]]) -> None:
    """Let the form have these texts and no others, in NFC as they are hashed (D14)."""
    work.session.execute(delete(FormText).where(FormText.form_id == form.id))
    work.session.add_all(
        FormText(
            form_id=form.id,
            provider_ref=form.provider_ref,
            language=language,
            part=part,
            text=unicodedata.normalize("NFC", text),
        )
        for language, parts in texts.items()
        for part, text in parts.items()
    )
    work.session.flush()


def in_order(professions: Iterable[str]) -> tuple[str, ...]:
    """Return the professions in the order in which they are always named."""
    named = set(professions)
    return tuple(item.value for item in Profession if item.value in named)
