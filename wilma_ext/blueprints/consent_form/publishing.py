"""The view that publishes the draft, after a review of what changes and whom it asks again."""

from dataclasses import dataclass

from wilma_ext.blueprints.consent_form import view
from wilma_ext.blueprints.consent_form.difference import difference_view
from wilma_ext.blueprints.consent_form.drafts import overview_of
from wilma_ext.blueprints.consent_form.forms import ConfirmForm, basis
from wilma_ext.blueprints.consent_form.wording import language_name, speech_of
from wilma_ext.blueprints.guard import permit
from wilma_ext.blueprints.page import Outcome, Page
from wilma_ext.blueprints.permission import Permission
from wilma_ext.blueprints.visit import gettext, ngettext
from wilma_ext.identity import OfficeHolder
from wilma_ext.oversight.event import Actor
from wilma_ext.rights.form.change import pupils_asked_again
from wilma_ext.rights.form.consent_form import CHANGED, current_form
from wilma_ext.rights.form.draft import Draft, draft_of
from wilma_ext.rights.form.publication import problems_of, publish_draft
from wilma_ext.rights.policy.policy import policy_at
from wilma_ext.work import Work


@dataclass(frozen=True)
class News:
    """What has changed since the version before, as the editor has told it."""

    language: str
    direction: str
    text: str


@permit(Permission.FORM_PUBLISH)
def publish(work: Work, holder: OfficeHolder, county: str) -> Outcome:
    """Show what publishing changes, then publish the draft as it was shown."""
    frame = view.frame_of(work, holder, county)
    form = ConfirmForm.of(f"form-publish:{holder.provider_handle}:{county}")
    if form.accepted():
        publish_draft(
            work,
            actor=Actor(holder.person_ref, holder.office.value),
            provider_ref=holder.provider_ref,
            county=county,
            seen=form.seen(),
        )
        return overview_of(holder, "form_published")
    draft = draft_of(work, holder.provider_ref, county)
    form.based_on.data = basis(draft)
    context = {"form": form, **_review(work, holder, draft)}
    return Page("consent_form/publish.html", {**context, **frame}, 422 if form.errors else 200)


def _review(work: Work, holder: OfficeHolder, draft: Draft) -> dict[str, object]:
    at, county = work.now(), draft.county
    before = current_form(work, holder.provider_ref, county, at)
    policy = policy_at(work, holder.provider_ref, at)
    warnings = view.rule_warnings(policy, draft.terms.validity, at)
    differences = []
    if before is not None:
        after = draft.as_form(before.version + 1, at)
        languages = view.in_reading_order({**before.texts, **after.texts})
        differences = [
            (language_name(code), difference_view(before, after, code)) for code in languages
        ]
    return {
        "before": before,
        "differences": differences,
        "complaints": view.complaints(problems_of(work, draft, at), holder, county),
        "warnings": [*warnings, *view.draft_warnings(draft)],
        "news": _news(draft) if before is not None else (),
        "effect": _effect(work, draft, policy.on_material_change, first=before is None),
        "here": view.form_url("publish", holder, county),
    }


def _news(draft: Draft) -> tuple[News, ...]:
    """Return what those who have answered before will read first, in each language."""
    if not draft.terms.material:
        return ()
    written = {code: draft.told(code)[CHANGED] for code in view.in_reading_order(draft.texts)}
    return tuple(
        News(code, speech_of(code).direction, text) for code, text in written.items() if text
    )


def _effect(work: Work, draft: Draft, on_material_change: str, *, first: bool) -> str:
    """Say whom the version asks again (P18)."""
    if first:
        return gettext("This is the first version. Nobody has answered before.")
    if not draft.terms.material:
        return gettext("The change is not material. Earlier answers stay as they are.")
    if on_material_change != "ask":
        return gettext(
            "The change is material, but by the policy of the municipality earlier answers stay."
        )
    number = pupils_asked_again(work, draft.provider_ref, draft.county, work.now())
    return ngettext(
        "The change is material. The consent of %(num)s pupil ends now and is asked again.",
        "The change is material. The consents of %(num)s pupils end now and are asked again.",
        number,
    )
