"""Views that edit the draft: its texts, its questions, its terms.

Where somebody else has saved in between, the page comes back with what was typed and, beside it,
what is saved now; saving again is then a choice and not an accident (X11).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from wilma_ext.blueprints.author import author_name
from wilma_ext.blueprints.consent_form import view
from wilma_ext.blueprints.consent_form.drafts import overview_of
from wilma_ext.blueprints.consent_form.forms import (
    DraftForm,
    field_name,
    questions_form,
    terms_form,
    texts_form,
)
from wilma_ext.blueprints.consent_form.wording import (
    language_name,
    offered_languages,
    pair_label,
    part_label,
    speech_of,
)
from wilma_ext.blueprints.guard import permit
from wilma_ext.blueprints.page import Outcome, Page
from wilma_ext.blueprints.permission import Permission
from wilma_ext.blueprints.problem import problem_text
from wilma_ext.errors import Conflict, Invalid, NotFound
from wilma_ext.identity import OfficeHolder
from wilma_ext.oversight.event import Actor
from wilma_ext.rights.form.consent_form import CHANGED, current_form
from wilma_ext.rights.form.draft import (
    Draft,
    draft_of,
    find_draft,
    is_one_line,
    is_ours,
    parts_of,
    save_questions,
    save_terms,
    save_texts,
)
from wilma_ext.rights.form.publication import offerable_pairs
from wilma_ext.rights.form.sentence import STATEMENTS
from wilma_ext.rights.person import display_names
from wilma_ext.rights.policy.policy import policy_at
from wilma_ext.state import current_state
from wilma_ext.work import Work


@dataclass(frozen=True)
class TextRow:
    """One part: its field or our own sentence, what is in force, what another has saved."""

    label: str
    field: Any
    ours: str
    in_force: str
    saved: str
    rows: int


@permit(Permission.FORM_EDIT)
def texts(work: Work, holder: OfficeHolder, county: str, language: str) -> Outcome:
    """Write the parts of the text in one language."""
    frame = view.frame_of(work, holder, county)
    draft = draft_of(work, holder.provider_ref, county)
    if language not in {*offered_languages(), *draft.texts}:
        raise NotFound("no such language")
    earlier = current_form(work, holder.provider_ref, county, work.now())
    parts = [part for part in parts_of(draft.questions) if earlier or part != CHANGED]
    mine = [part for part in parts if not is_ours(language, part)]
    purpose = f"form-texts:{holder.provider_handle}:{county}:{language}"
    form = texts_form(purpose, draft, language, mine)

    def save(where: Mapping[str, Any]) -> None:
        save_texts(work, language=language, texts=form.texts(mine), **where)

    def context(now: Draft) -> dict[str, Any]:
        in_force = earlier.texts.get(language, {}) if earlier else {}
        saved = now.texts.get(language, {})
        plain = view.plain_warnings(now.told("fi")["summary"]) if language == "fi" else []
        return {
            "language_name": language_name(language),
            "text_language": language,
            "text_direction": speech_of(language).direction,
            "rows": [
                _text_row(part, form if part in mine else None, language, in_force, saved)
                for part in parts
            ],
            "warnings": plain,
            "here": view.form_url("texts", holder, county, language=language),
            **frame,
        }

    return _edited(work, holder, draft, form, save, ("consent_form/texts.html", context))


def _text_row(
    part: str,
    form: DraftForm | None,
    language: str,
    in_force: Mapping[str, str],
    saved: Mapping[str, str],
) -> TextRow:
    ours = "" if form else STATEMENTS.get(language, "")
    rows = 2 if is_one_line(part) else 6
    field = form[field_name(part)] if form else None
    return TextRow(part_label(part), field, ours, in_force.get(part, ""), saved.get(part, ""), rows)


@permit(Permission.FORM_EDIT)
def questions(work: Work, holder: OfficeHolder, county: str) -> Outcome:
    """Choose the categories and, for each, the professions; only what the matrix lets be asked."""
    frame = view.frame_of(work, holder, county)
    draft = draft_of(work, holder.provider_ref, county)
    offered = offerable_pairs(work, holder.provider_ref, county, work.now())
    form = questions_form(f"form-questions:{holder.provider_handle}:{county}", draft, offered)

    def save(where: Mapping[str, Any]) -> None:
        save_questions(work, questions=form.questions(), **where)

    def context(now: Draft) -> dict[str, Any]:
        return {
            "groups": form.groups(),
            "closed": [pair_label(pair) for pair in sorted(now.pairs() - offered)],
            "saved": [pair_label(pair) for pair in sorted(now.pairs())],
            "here": view.form_url("questions", holder, county),
            **frame,
        }

    return _edited(work, holder, draft, form, save, ("consent_form/questions.html", context))


@permit(Permission.FORM_EDIT)
def terms(work: Work, holder: OfficeHolder, county: str) -> Outcome:
    """Choose validity, privacy notice, and whether the change asks again."""
    frame = view.frame_of(work, holder, county)
    draft = draft_of(work, holder.provider_ref, county)
    form = terms_form(f"form-terms:{holder.provider_handle}:{county}", draft)

    def save(where: Mapping[str, Any]) -> None:
        save_terms(work, terms=form.terms(), **where)

    def context(now: Draft) -> dict[str, Any]:
        policy = policy_at(work, holder.provider_ref, work.now())
        return {
            "warnings": view.rule_warnings(policy, now.terms.validity, work.now()),
            "saved": view.terms_words(now.terms),
            "here": view.form_url("terms", holder, county),
            **frame,
        }

    return _edited(work, holder, draft, form, save, ("consent_form/terms.html", context))


def _edited(
    work: Work,
    holder: OfficeHolder,
    draft: Draft,
    form: Any,
    save: Callable[[Mapping[str, Any]], None],
    page: tuple[str, Callable[[Draft], dict[str, Any]]],
) -> Outcome:
    """Save what was sent, or show the page: with its faults, or with what another has saved."""
    template, context = page
    if form.accepted():
        where = {
            "actor": Actor(holder.person_ref, holder.office.value),
            "provider_ref": holder.provider_ref,
            "county": draft.county,
            "seen": form.seen(),
        }
        try:
            save(where)
        except Conflict:
            return _conflict(work, holder, draft, form, page)
        except Invalid as error:
            if error.field not in form:
                raise
            form[error.field].errors = [*form[error.field].errors, problem_text(error.code)]
        else:
            return overview_of(holder, "form_draft_saved")
    return Page(template, {"form": form, **context(draft)}, 422 if form.errors else 200)


def _conflict(
    work: Work,
    holder: OfficeHolder,
    draft: Draft,
    form: Any,
    page: tuple[str, Callable[[Draft], dict[str, Any]]],
) -> Outcome:
    """Show what was typed and what is saved now; the next saving builds on the latter."""
    template, context = page
    now = find_draft(work, holder.provider_ref, draft.county)
    if now is None:
        raise Conflict("the draft has been published or discarded")
    form.base_on(now)
    names = display_names(work, current_state.register, frozenset({now.author}))
    conflict = author_name(now.author, names)
    return Page(template, {"form": form, "conflict": conflict, **context(now)}, 409)
