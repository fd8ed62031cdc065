"""What the form's pages show, as frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for

from wilma_ext.blueprints.consent_form.wording import (
    language_name,
    offered_languages,
    pair_label,
    problem_words,
    validity_words,
)
from wilma_ext.blueprints.main_user import main_user_frame
from wilma_ext.blueprints.visit import current_visit, gettext, ngettext
from wilma_ext.clock import civil_date
from wilma_ext.errors import NotFound
from wilma_ext.identity import OfficeHolder
from wilma_ext.rights.consent.validity import Validity
from wilma_ext.rights.form.consent_form import REQUIRED_LANGUAGES, Form
from wilma_ext.rights.form.draft import Draft
from wilma_ext.rights.form.plain_language import MOST_WORDS, plainness_of
from wilma_ext.rights.form.publication import Problem
from wilma_ext.rights.form.sentence import PLACEHOLDER, STATEMENTS
from wilma_ext.rights.form.terms import Terms
from wilma_ext.rights.form.version import counties_of
from wilma_ext.rights.policy.policy import Policy
from wilma_ext.rights.provider import county_name
from wilma_ext.work import Work

#: What stands in a URL instead of a version's number.
DRAFT = "draft"


@dataclass(frozen=True)
class Step:
    """One thing of the draft that is edited on a page of its own."""

    key: str
    values: tuple[str, ...]
    url: str
    action_of: str


@dataclass(frozen=True)
class Complaint:
    """What keeps the draft from publishing, with the page where it is mended."""

    text: str
    url: str


@dataclass(frozen=True)
class VersionRow:
    """One published version."""

    version: int
    published_at: datetime
    author: str
    material: bool
    validity: str
    languages: str
    urls: Mapping[str, str]


def frame_of(work: Work, holder: OfficeHolder, county: str = "") -> dict[str, Any]:
    """Return the frame of every page of the form; with a county, its name."""
    name = known_county(work, holder, county) if county else ""
    home = url_for("wilma_ext.consent_form.overview", provider=holder.provider_handle)
    return {**main_user_frame(work, holder), "forms_url": home, "county": name}


def known_county(work: Work, holder: OfficeHolder, county: str) -> str:
    """Return the county's name; one that the provider does not work with is `NotFound`."""
    if county not in counties_of(work, holder.provider_ref):
        raise NotFound("no such county")
    names = county_name(work, holder.provider_ref, county)
    return names.in_language(current_visit().speech.code)


def form_url(page: str, holder: OfficeHolder, county: str, **values: Any) -> str:
    """Return the address of one of the form's pages."""
    here: dict[str, Any] = {"provider": holder.provider_handle, "county": county}
    return url_for(f"wilma_ext.consent_form.{page}", **here, **values)


def reading_language(languages: Mapping[str, Any]) -> str:
    """Return the page's language where the form has it, else the first one that it has."""
    here = current_visit().speech.code
    ordered = (here, *REQUIRED_LANGUAGES, *languages)
    return next((code for code in ordered if code in languages), REQUIRED_LANGUAGES[0])


def version_row(form: Form, author: str, holder: OfficeHolder) -> VersionRow:
    """Return one published version in words."""
    shown = reading_language(form.texts)
    urls = {
        "preview": form_url("preview", holder, form.county, version=form.version, language=shown),
        "restore": form_url("start", holder, form.county, source=form.version),
    }
    return VersionRow(
        form.version,
        form.published_at,
        author,
        form.material,
        validity_words(Validity(form.validity, form.fixed_until)),
        ", ".join(language_name(code) for code in in_reading_order(form.texts)),
        urls,
    )


def in_reading_order(languages: Mapping[str, Any]) -> list[str]:
    """Return the languages as they are always listed."""
    known = [code for code in offered_languages() if code in languages]
    return known + sorted(set(languages) - set(known))


def draft_steps(
    draft: Draft, problems: tuple[Problem, ...], holder: OfficeHolder
) -> tuple[Step, ...]:
    """Return what there is to do with the draft, each with its page."""
    county = draft.county
    asked = tuple(pair_label(pair) for pair in sorted(draft.pairs()))
    steps = [
        Step(
            gettext("Questions"),
            asked or (gettext("None yet"),),
            form_url("questions", holder, county),
            gettext("the questions"),
        ),
        Step(
            gettext("Validity and privacy notice"),
            terms_words(draft.terms),
            form_url("terms", holder, county),
            gettext("validity and privacy notice"),
        ),
    ]
    for code in in_reading_order({**dict.fromkeys(REQUIRED_LANGUAGES), **draft.texts}):
        wrong = sum(problem.language == code for problem in problems)
        missing = not draft.texts.get(code)
        steps.append(
            Step(
                language_name(code),
                (_state(missing=missing, wrong=wrong),),
                form_url("texts", holder, county, language=code),
                gettext("the text: %(language)s", language=language_name(code)),
            )
        )
    return tuple(steps)


def _state(*, missing: bool, wrong: int) -> str:
    if missing:
        return gettext("Not written yet")
    if wrong:
        return ngettext("%(num)s part to mend", "%(num)s parts to mend", wrong)
    return gettext("Complete")


def terms_words(terms: Terms) -> tuple[str, ...]:
    """Return the terms in words, a line each."""
    change = (
        gettext("A material change: those who have answered may be asked again")
        if terms.material
        else gettext("Not a material change: earlier answers stay")
    )
    link = terms.privacy_url or gettext("No link to a privacy notice")
    return (validity_words(terms.validity), link, change)


def complaints(
    problems: tuple[Problem, ...], holder: OfficeHolder, county: str
) -> tuple[Complaint, ...]:
    """Return the problems in words, each with a link to where it is mended."""
    return tuple(
        Complaint(problem_words(problem), _mending_url(problem, holder, county))
        for problem in problems
    )


def _mending_url(problem: Problem, holder: OfficeHolder, county: str) -> str:
    if problem.language:
        return form_url("texts", holder, county, language=problem.language)
    asked = problem.pair is not None or problem.code == "form_without_questions"
    return form_url("questions" if asked else "terms", holder, county)


def rule_warnings(policy: Policy, rule: Validity, at: datetime) -> list[str]:
    """Say where the form tells another end than the policy sets, or one that has passed."""
    told = []
    decided = Validity(policy.validity, policy.fixed_until if policy.validity == "fixed" else None)
    if decided != rule:
        told.append(
            gettext(
                "The form says: %(form)s. The policy says: %(policy)s. A consent ends on the "
                "earlier of the two.",
                form=validity_words(rule),
                policy=validity_words(decided),
            )
        )
    if rule.word == "fixed" and rule.fixed_until and rule.fixed_until < civil_date(at):
        told.append(
            gettext("The last day has passed. A yes given now ends at once. Publish a new version.")
        )
    return told


def plain_warnings(summary: str) -> list[str]:
    """Say where the Finnish summary is not plain; it warns and does not stop (G4)."""
    plain, told = plainness_of(summary), []
    if plain.too_long:
        told.append(
            gettext(
                "The Finnish summary has %(words)s words. Use at most %(most)s.",
                words=plain.words,
                most=MOST_WORDS,
            )
        )
    if plain.too_winding:
        told.append(
            gettext(
                "The sentences of the Finnish summary have %(words)s words on average. Use at "
                "most 15.",
                words=round(plain.average),
            )
        )
    return told


def draft_warnings(draft: Draft) -> list[str]:
    """Return what an editor should look at again before publishing; nothing of it stops."""
    warned = plain_warnings(draft.told("fi")["summary"])
    silent = [
        language_name(code)
        for code in in_reading_order(draft.texts)
        if code in STATEMENTS
        and not any(PLACEHOLDER in text for text in draft.texts[code].values())
    ]
    if silent:
        warned.append(
            gettext(
                "The text does not say how long the consent is valid: %(languages)s. Write "
                "{validity} into the summary.",
                languages=", ".join(silent),
            )
        )
    return warned
