"""Views that look at the form: as it stands, as a guardian sees it, as it has changed."""

from dataclasses import dataclass
from typing import Any

from wilma_ext.blueprints.author import author_name
from wilma_ext.blueprints.consent_form import view
from wilma_ext.blueprints.consent_form.difference import difference_view
from wilma_ext.blueprints.consent_form.forms import CompareForm
from wilma_ext.blueprints.consent_form.wording import (
    language_name,
    offered_languages,
    speech_of,
)
from wilma_ext.blueprints.guard import permit
from wilma_ext.blueprints.guardian.forms import answer_form
from wilma_ext.blueprints.page import Outcome, Page
from wilma_ext.blueprints.permission import Permission
from wilma_ext.blueprints.visit import gettext
from wilma_ext.errors import NotFound
from wilma_ext.identity import OfficeHolder
from wilma_ext.rights.consent.validity import Validity
from wilma_ext.rights.form.consent_form import Form
from wilma_ext.rights.form.draft import Draft, draft_of, find_draft
from wilma_ext.rights.form.publication import problems_of
from wilma_ext.rights.form.version import counties_of, form_version, form_versions
from wilma_ext.rights.person import display_names
from wilma_ext.rights.policy.policy import policy_at
from wilma_ext.state import current_state
from wilma_ext.work import Work


@dataclass(frozen=True)
class DraftCard:
    """The draft, and what there is to do with it."""

    author: str
    steps: tuple[view.Step, ...]
    further: tuple[tuple[str, str], ...]
    problems: int
    warnings: tuple[str, ...]
    urls: dict[str, str]


@dataclass(frozen=True)
class CountyForm:
    """The form of one county."""

    key: str
    county: str
    versions: tuple[view.VersionRow, ...]
    draft: DraftCard | None
    warnings: tuple[str, ...]
    urls: dict[str, str]


@permit(Permission.FORM_SEE)
def overview(work: Work, holder: OfficeHolder) -> Outcome:
    """Show the version in force, the draft and the history of each county's form."""
    counties = counties_of(work, holder.provider_ref)
    forms = [_county_form(work, holder, county) for county in counties]
    return Page("consent_form/overview.html", {"forms": forms, **view.frame_of(work, holder)})


def _county_form(work: Work, holder: OfficeHolder, county: str) -> CountyForm:
    published = form_versions(work, holder.provider_ref, county)
    draft = find_draft(work, holder.provider_ref, county)
    people = {author for _form, author in published} | ({draft.author} if draft else set())
    names = display_names(work, current_state.register, frozenset(people))
    warnings: list[str] = []
    for form, _author in published[:1]:
        rule = Validity(form.validity, form.fixed_until)
        policy = policy_at(work, holder.provider_ref, work.now())
        warnings = view.rule_warnings(policy, rule, work.now())
    return CountyForm(
        county,
        view.known_county(work, holder, county),
        tuple(view.version_row(form, author_name(who, names), holder) for form, who in published),
        _draft_card(work, holder, draft, names) if draft else None,
        tuple(warnings),
        {page: view.form_url(page, holder, county) for page in ("start", "compare")},
    )


def _draft_card(work: Work, holder: OfficeHolder, draft: Draft, names: dict[str, str]) -> DraftCard:
    problems = problems_of(work, draft, work.now())
    county, written = draft.county, {"fi", "sv", *draft.texts}
    further = tuple(
        (language_name(code), view.form_url("texts", holder, county, language=code))
        for code in offered_languages()
        if code not in written
    )
    shown = view.reading_language(draft.texts or {"fi": {}})
    urls = {page: view.form_url(page, holder, county) for page in ("publish", "discard")}
    if draft.texts:
        where = {"version": view.DRAFT, "language": shown}
        urls["preview"] = view.form_url("preview", holder, county, **where)
    return DraftCard(
        author_name(draft.author, names),
        view.draft_steps(draft, problems, holder),
        further,
        len(problems),
        tuple(view.draft_warnings(draft)),
        urls,
    )


@permit(Permission.FORM_SEE)
def preview(work: Work, holder: OfficeHolder, county: str, version: str, language: str) -> Outcome:
    """Show a version as a guardian sees it; nothing can be sent from it."""
    frame = view.frame_of(work, holder, county)
    form = _form(work, holder, county, version)
    if language not in form.texts:
        raise NotFound("not in this language")
    speech = speech_of(language)
    others = [
        (language_name(code), code == language, _preview_url(holder, form, version, code))
        for code in view.in_reading_order(form.texts)
    ]
    context = {
        "consent_form": form,
        "text": form.texts[language],
        "text_language": language,
        "text_direction": speech.direction,
        "questions": answer_form(form, language, {}, purpose=f"preview:{form.form_id}"),
        "is_draft": version == view.DRAFT,
        "others": others,
    }
    return Page("consent_form/preview.html", {**context, **frame})


def _preview_url(holder: OfficeHolder, form: Form, version: str, language: str) -> str:
    return view.form_url("preview", holder, form.county, version=version, language=language)


@permit(Permission.FORM_SEE)
def compare(work: Work, holder: OfficeHolder, county: str) -> Outcome:
    """Show what differs between any two versions in one language."""
    frame = view.frame_of(work, holder, county)
    forms = _forms(work, holder, county)
    if not forms:
        raise NotFound("nothing to compare")
    languages = view.in_reading_order({code: 1 for form in forms.values() for code in form.texts})
    form: Any = CompareForm.of()
    form.offer(
        {key: _version_name(key, one) for key, one in forms.items()},
        {code: language_name(code) for code in languages},
    )
    keys = list(forms)
    _choose(form.newer, keys, keys[0])
    _choose(form.older, keys, keys[1] if len(keys) > 1 else keys[0])
    here = view.reading_language(dict.fromkeys(languages))
    _choose(form.language, languages, here)
    difference = difference_view(forms[form.older.data], forms[form.newer.data], form.language.data)
    context = {
        "filter_form": form,
        "difference": difference,
        "names": (
            _version_name(form.older.data, forms[form.older.data]),
            _version_name(form.newer.data, forms[form.newer.data]),
        ),
    }
    return Page("consent_form/compare.html", {**context, **frame})


def _choose(field: Any, known: list[str], otherwise: str) -> None:
    """Keep what stands in the URL where it is known, else take what is compared most often."""
    if field.data not in known:
        field.data = otherwise


def _forms(work: Work, holder: OfficeHolder, county: str) -> dict[str, Form]:
    """Return the draft and every version, newest first, under what stands in URLs."""
    published = [form for form, _author in form_versions(work, holder.provider_ref, county)]
    draft = find_draft(work, holder.provider_ref, county)
    found = {str(form.version): form for form in published}
    if draft is None:
        return found
    return {view.DRAFT: draft.as_form(len(published) + 1, work.now()), **found}


def _form(work: Work, holder: OfficeHolder, county: str, version: str) -> Form:
    if version == view.DRAFT:
        last = len(form_versions(work, holder.provider_ref, county))
        return draft_of(work, holder.provider_ref, county).as_form(last + 1, work.now())
    if not (version.isascii() and version.isdigit() and len(version) < 7):
        raise NotFound("no such version")
    return form_version(work, holder.provider_ref, county, int(version))


def _version_name(key: str, form: Form) -> str:
    if key == view.DRAFT:
        return gettext("Draft")
    return gettext("Version %(version)s", version=form.version)
