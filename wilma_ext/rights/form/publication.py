"""Publishing a draft: what is still missing, and the act itself (R23, R28, design 4.1)."""

from dataclasses import dataclass
from datetime import datetime

from wilma_ext.clock import civil_date
from wilma_ext.errors import Invalid
from wilma_ext.oversight.event import Actor
from wilma_ext.rights.consent.pairs import ConsentPair
from wilma_ext.rights.form.consent_form import (
    CHANGED,
    REQUIRED_LANGUAGES,
    current_form,
    put_in_force,
    wanted_parts,
)
from wilma_ext.rights.form.draft import Draft, Seen, claim, draft_of, is_ours
from wilma_ext.rights.form.sentence import PLACEHOLDER
from wilma_ext.rights.form.terms import check_terms
from wilma_ext.rights.welfare.matrix import matrix_at
from wilma_ext.rights.welfare.welfare_group import groups_of
from wilma_ext.vocabulary import Route
from wilma_ext.work import Work


@dataclass(frozen=True)
class Problem:
    """One thing that keeps a draft from being published."""

    code: str
    language: str = ""
    part: str = ""
    pair: ConsentPair | None = None


def offerable_pairs(
    work: Work, provider_ref: str, county: str, at: datetime
) -> frozenset[ConsentPair]:
    """Return the pairs that a form may ask about: those whose cell is `consent` (design 4.1)."""
    groups = [group for group in groups_of(work, provider_ref) if group.county == county]
    return frozenset(
        pair
        for group in groups
        for pair, cell in matrix_at(work, group.id, at).cells.items()
        if cell.route == Route.CONSENT
    )


def problems_of(work: Work, draft: Draft, at: datetime) -> tuple[Problem, ...]:
    """Return everything that keeps the draft from being published, in the order of the pages."""
    earlier = current_form(work, draft.provider_ref, draft.county, at)
    offered = offerable_pairs(work, draft.provider_ref, draft.county, at)
    found = [] if draft.questions else [Problem("form_without_questions")]
    closed = sorted(draft.pairs() - offered)
    found += [Problem("form_pair_closed", pair=pair) for pair in closed]
    found += _terms(draft, at)
    news = draft.terms.material and earlier is not None
    for language in (*REQUIRED_LANGUAGES, *sorted(set(draft.texts) - set(REQUIRED_LANGUAGES))):
        found += _texts(draft, language, news=news)
    return tuple(found)


def _terms(draft: Draft, at: datetime) -> list[Problem]:
    try:
        check_terms(draft.terms, civil_date(at))
    except Invalid as error:
        return [Problem(error.code)]
    return []


def _texts(draft: Draft, language: str, *, news: bool) -> list[Problem]:
    if not draft.texts.get(language):
        return [Problem("form_language_missing", language)]
    told = draft.told(language)
    wanted = (*wanted_parts(draft.questions), *([CHANGED] if news else []))
    found = [Problem("form_part_missing", language, part) for part in wanted if not told[part]]
    return found + [
        Problem("form_placeholder", language, part)
        for part in wanted
        if PLACEHOLDER in told[part] and not is_ours(language, part)
    ]


def publish_draft(work: Work, *, actor: Actor, provider_ref: str, county: str, seen: Seen) -> str:
    """Put the draft in force from now on and return the form's id; refused while a part is missing.

    What was not asked for is left out: texts of questions taken away, news of a change that
    asks nobody again.
    """
    work.lock_provider(provider_ref, exclusive=True)
    row = claim(work, provider_ref, county, seen)
    draft = draft_of(work, provider_ref, county)
    if problems_of(work, draft, work.now()):
        raise Invalid("form_incomplete")
    wanted = {*wanted_parts(draft.questions), *([CHANGED] if draft.terms.material else [])}
    texts = {
        language: {part: text for part, text in parts.items() if part in wanted}
        for language, parts in draft.texts.items()
    }
    put_in_force(work, row, actor=actor, questions=draft.questions, texts=texts)
    return row.id
