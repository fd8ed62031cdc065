"""Views that begin the draft and throw it away."""

from flask import request

from wilma_ext.blueprints.consent_form import view
from wilma_ext.blueprints.consent_form.forms import ConfirmForm, StartForm, basis
from wilma_ext.blueprints.field import option
from wilma_ext.blueprints.guard import permit
from wilma_ext.blueprints.page import Onwards, Outcome, Page
from wilma_ext.blueprints.permission import Permission
from wilma_ext.blueprints.visit import gettext
from wilma_ext.identity import OfficeHolder
from wilma_ext.oversight.event import Actor
from wilma_ext.rights.form.draft import discard_draft, draft_of, find_draft
from wilma_ext.rights.form.start import start_draft
from wilma_ext.rights.form.version import form_versions
from wilma_ext.work import Work

#: What is sent where the draft begins from no version.
_DEFAULT = "default"


@permit(Permission.FORM_EDIT)
def start(work: Work, holder: OfficeHolder, county: str) -> Outcome:
    """Begin the draft from a published version or from the default text."""
    frame = view.frame_of(work, holder, county)
    if find_draft(work, holder.provider_ref, county) is not None:
        return overview_of(holder, "form_draft_exists")
    published = form_versions(work, holder.provider_ref, county)
    sources = {str(form.version): form for form, _author in published}
    first = next(iter(sources), _DEFAULT)
    wanted = request.args.get("source", first)
    form = StartForm.of(f"form-start:{holder.provider_handle}:{county}", data={"source": wanted})
    named = {key: gettext("Version %(version)s", version=key) for key in sources}
    named[first] = gettext("Version %(version)s, in force", version=first)
    named[_DEFAULT] = gettext("The default text")
    form.source.choices = [option(key, name) for key, name in named.items()]
    if form.accepted():
        start_draft(
            work,
            actor=Actor(holder.person_ref, holder.office.value),
            provider_ref=holder.provider_ref,
            county=county,
            source=sources.get(form.source.data),
        )
        return overview_of(holder, "form_draft_started")
    here = view.form_url("start", holder, county)
    context = {"form": form, "here": here}
    return Page("consent_form/start.html", {**context, **frame}, 422 if form.errors else 200)


@permit(Permission.FORM_EDIT)
def discard(work: Work, holder: OfficeHolder, county: str) -> Outcome:
    """Ask once more, then throw the draft away as the page showed it."""
    frame = view.frame_of(work, holder, county)
    draft = draft_of(work, holder.provider_ref, county)
    purpose = f"form-discard:{holder.provider_handle}:{county}"
    form = ConfirmForm.of(purpose, data={"based_on": basis(draft)})
    if form.accepted():
        discard_draft(work, provider_ref=holder.provider_ref, county=county, seen=form.seen())
        return overview_of(holder, "form_draft_discarded")
    context = {"form": form, "here": view.form_url("discard", holder, county)}
    return Page("consent_form/discard.html", {**context, **frame}, 422 if form.errors else 200)


def overview_of(holder: OfficeHolder, notice: str) -> Onwards:
    """Go back to the overview, and say there what has happened."""
    values = {"provider": holder.provider_handle}
    return Onwards("wilma_ext.consent_form.overview", values, notice)
