"""A new version of the form, seen by who has answered an earlier one (R23, P18, G16)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select

from wilma_ext.errors import NotFound
from wilma_ext.models import Answer, AnswerChoice, PolicyVersion
from wilma_ext.rights.form.consent_form import CHANGED, Form
from wilma_ext.rights.form.version import form_versions
from wilma_ext.vocabulary import Choice
from wilma_ext.work import Work


@dataclass(frozen=True)
class News:
    """What a material version changed, in the words of its editor."""

    version: int
    published_at: datetime
    #: The language in which it is told: the one asked for, or the form's first.
    language: str
    text: str


@dataclass(frozen=True)
class FormChange:
    """What has become of the form since somebody answered it."""

    #: The version that was answered; None where the answer knew none.
    answered: int | None
    #: Whether consent is asked again: a material version since, and a policy that asks.
    asks_again: bool
    #: Every material version since, the oldest first.
    news: tuple[News, ...]


UNCHANGED = FormChange(None, False, ())


def form_change(
    work: Work, *, provider_ref: str, answer_id: str | None, current: Form, language: str
) -> FormChange:
    """Tell what has changed in the form since an answer of the provider's was given.

    Whether it asks again is the very rule by which the answer's yes stops counting: a material
    version came after it, and some policy in force since says `ask` (design 4.7). Nobody who has
    not answered is asked again.
    """
    if answer_id is None:
        return UNCHANGED
    given = work.session.get(Answer, answer_id)
    if given is None or given.provider_ref != provider_ref:
        raise NotFound("no such answer")
    since = [
        form
        for form, _author in reversed(form_versions(work, provider_ref, current.county))
        if given.given_at < form.published_at <= current.published_at
    ]
    material = [form for form in since if form.material]
    answered = _version(work, provider_ref, given.form_id, current.county)
    asks = bool(material) and _asked(work, provider_ref, given.given_at)
    return FormChange(answered, asks, tuple(_news(form, language) for form in material))


def pupils_asked_again(work: Work, provider_ref: str, county: str, at: datetime) -> int:
    """Count the pupils of whom a yes stands: a material version asks their families again."""
    choice = AnswerChoice
    return (
        work.session.scalar(
            select(func.count(choice.pupil_ref.distinct())).where(
                choice.provider_ref == provider_ref,
                choice.county == county,
                choice.value == Choice.YES.value,
                choice.given_at <= at,
                choice.superseded_at.is_(None),
                or_(choice.valid_until.is_(None), choice.valid_until > at),
            )
        )
        or 0
    )


def _asked(work: Work, provider_ref: str, given_at: datetime) -> bool:
    policy = PolicyVersion
    found = work.session.scalar(
        select(policy.id)
        .where(
            policy.provider_ref == provider_ref,
            policy.valid_from <= work.now(),
            or_(policy.valid_until.is_(None), policy.valid_until > given_at),
            policy.on_material_change == "ask",
        )
        .limit(1)
    )
    return found is not None


def _version(work: Work, provider_ref: str, form_id: str | None, county: str) -> int | None:
    versions = form_versions(work, provider_ref, county)
    return next((form.version for form, _author in versions if form.form_id == form_id), None)


def _news(form: Form, language: str) -> News:
    told = form.language_for(language)
    return News(form.version, form.published_at, told, form.texts[told].get(CHANGED, ""))
