"""Where a draft begins: from a published version, or from the default text."""

from wilma_ext.errors import Conflict
from wilma_ext.models import ConsentForm
from wilma_ext.opaque_id import new_id
from wilma_ext.oversight.event import Actor
from wilma_ext.rights.consent.pairs import ConsentPair
from wilma_ext.rights.consent.validity import Validity
from wilma_ext.rights.form.consent_form import CHANGED, DRAFT_VERSION, Form, Question
from wilma_ext.rights.form.content import write_asked, write_texts
from wilma_ext.rights.form.default_text import default_form_texts
from wilma_ext.rights.form.draft import Draft, draft_of
from wilma_ext.rights.form.publication import offerable_pairs
from wilma_ext.rights.form.sentence import reopened
from wilma_ext.rights.form.terms import Terms
from wilma_ext.rights.policy.policy import policy_at
from wilma_ext.rights.provider import county_name, default_questions, insert_missing
from wilma_ext.work import Work


def start_draft(
    work: Work, *, actor: Actor, provider_ref: str, county: str, source: Form | None
) -> Draft:
    """Start the draft from a published version, or where `source` is None from the default text.

    A provider has one draft for a county: where another has been started, it is a conflict.
    What had changed in the source is no news any more.
    """
    names = county_name(work, provider_ref, county)
    if source is None:
        begun = default_form_texts({"fi": names.fi, "sv": names.sv, "en": names.en})
        texts = {language: dict(parts) for language, parts in begun.items()}
        questions, terms = (
            _default_questions(work, provider_ref, county),
            _terms(work, provider_ref),
        )
    else:
        texts = {language: _again(source, language) for language in source.texts}
        rule = Validity(source.validity, source.fixed_until)
        questions, terms = source.questions, Terms(rule, source.privacy_url)
    row = _insert(work, actor, provider_ref, county, terms)
    write_asked(work, row, {question.category: question.professions for question in questions})
    write_texts(work, row, texts)
    return draft_of(work, provider_ref, county)


def _again(source: Form, language: str) -> dict[str, str]:
    parts = reopened(language, source.texts[language], source.validity, source.fixed_until)
    return {part: text for part, text in parts.items() if part != CHANGED}


def _terms(work: Work, provider_ref: str) -> Terms:
    """A form begins with the rule of the policy in force."""
    policy = policy_at(work, provider_ref, work.now())
    return Terms(Validity(policy.validity, policy.fixed_until))


def _default_questions(work: Work, provider_ref: str, county: str) -> tuple[Question, ...]:
    """The questions of the default form, as far as the rights matrix lets them be asked."""
    offered = offerable_pairs(work, provider_ref, county, work.now())
    asked = (
        (
            question.category,
            tuple(
                name
                for name in question.professions
                if ConsentPair(name, question.category) in offered
            ),
        )
        for question in default_questions()
    )
    return tuple(Question(category, names) for category, names in asked if names)


def _insert(work: Work, actor: Actor, provider_ref: str, county: str, terms: Terms) -> ConsentForm:
    row_id = new_id()
    values = {
        "id": row_id,
        "provider_ref": provider_ref,
        "county": county,
        "version": DRAFT_VERSION,
        "material": terms.material,
        "published_at": None,
        "author": actor.ref,
        "privacy_url": terms.privacy_url,
        "validity": terms.validity.word,
        "fixed_until": terms.validity.fixed_until,
        "revision": 1,
    }
    work.session.execute(insert_missing(work, ConsentForm), [values])
    row = work.session.get(ConsentForm, row_id)
    if row is None:
        raise Conflict("a draft has been started by somebody else")
    return row
