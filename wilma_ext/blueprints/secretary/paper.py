"""Views of a paper: the blank form to print, what the paper says, the second look, saving (S15)."""

from typing import Any

from flask import request

from wilma_ext.blueprints.field import option
from wilma_ext.blueprints.guard import permit
from wilma_ext.blueprints.page import Onwards, Outcome, Page
from wilma_ext.blueprints.permission import Permission
from wilma_ext.blueprints.problem import problem_text
from wilma_ext.blueprints.secretary import paper_view as view
from wilma_ext.blueprints.secretary.frame import secretary_frame
from wilma_ext.blueprints.secretary.own_pupil import group_and_school, own_pupil, pupil_frame
from wilma_ext.blueprints.secretary.paper_forms import (
    PaperForm,
    VersionFilter,
    paper_form,
    signer_key,
)
from wilma_ext.blueprints.visit import current_visit, gettext
from wilma_ext.clock import civil_date
from wilma_ext.errors import Conflict, Invalid
from wilma_ext.identity import OfficeHolder
from wilma_ext.rights.consent.consent import hold
from wilma_ext.rights.consent.paper import (
    Paper,
    Signer,
    Version,
    form_in_force,
    form_version,
    signers_of,
    versions_of,
)
from wilma_ext.rights.consent.paper_answer import enter, look_at
from wilma_ext.rights.decider.guardian import refuse_own_child
from wilma_ext.rights.form.consent_form import Form
from wilma_ext.rights.person import Pupil
from wilma_ext.rights.policy.policy import policy_at
from wilma_ext.state import current_state
from wilma_ext.work import Work


@permit(Permission.CONSENT_ENTER)
def paper(work: Work, holder: OfficeHolder, pupil: str) -> Outcome:
    """Ask what stands on the paper."""
    desk = Desk(work, holder, pupil, request.args.get("version"))
    return desk.ask(200)


@permit(Permission.CONSENT_ENTER)
def look_at_paper(work: Work, holder: OfficeHolder, pupil: str) -> Outcome:
    """Show everything once more before it is saved; or go back to it with what was chosen."""
    desk = Desk(work, holder, pupil, request.form.get("version"))
    if request.form.get("step") == "change":
        return desk.ask(200)
    if not desk.form.accepted():
        return desk.ask(422)
    try:
        return desk.look_again(200)
    except Invalid as error:
        return desk.refuse(error)


@permit(Permission.CONSENT_ENTER)
def save_paper(work: Work, holder: OfficeHolder, pupil: str) -> Outcome:
    """Record the paper; what has come in between is shown before anything is replaced."""
    hold(work, holder.provider_ref, own_pupil(work, holder, pupil).pupil_ref)
    desk = Desk(work, holder, pupil, request.form.get("version"))
    if not desk.form.accepted():
        return desk.ask(422)
    try:
        enter(
            work,
            current_state.register,
            desk.paper(),
            entered_by=holder.person_ref,
            last_seen=desk.form.last_seen.data or None,
            replaces_newer=desk.form.replaces_newer.data,
        )
    except Conflict:
        desk.form.form_errors.append(
            gettext("Something was answered in the meantime. Look at it, then save again.")
        )
        return desk.look_again(409)
    except Invalid as error:
        return desk.refuse(error)
    values = {"provider": holder.provider_handle, "pupil": pupil}
    return Onwards("wilma_ext.secretary.pupil", values, "paper_saved")


@permit(Permission.CONSENT_ENTER)
def blank_form(work: Work, holder: OfficeHolder) -> Outcome:
    """Show the form of today as one prints it, in the language of the URL (G20)."""
    return _blank(work, holder, form_in_force(work, holder.provider_ref), None)


@permit(Permission.CONSENT_ENTER)
def blank_form_for(work: Work, holder: OfficeHolder, pupil: str) -> Outcome:
    """Show the same with the pupil's name on it."""
    found = own_pupil(work, holder, pupil)
    return _blank(work, holder, form_in_force(work, holder.provider_ref), found)


def _blank(work: Work, holder: OfficeHolder, form: Form, pupil: Pupil | None) -> Page:
    """The page speaks the language of the form, so that the paper is of one language."""
    visit = current_visit()
    wanted = request.args.get("language", visit.speech.code)
    language = form.language_for(wanted if wanted in current_state.languages else "")
    visit.speech = current_state.languages.get(language, visit.speech)
    shown = [code for code in current_state.languages if code in form.texts]
    context = {
        "provider": holder.provider_handle,
        "text": form.texts[language],
        "text_language": language,
        "questions": view.asked(form, language),
        "consent_form": form,
        "sha256": form.text_sha256(language),
        "choices": [(code, current_state.languages[code].own_name) for code in shown],
        "pupil_name": pupil.name if pupil else "",
        "pupil_meta": group_and_school(pupil) if pupil else "",
    }
    return Page("secretary/blank_form.html", {**context, **secretary_frame(work, holder)})


class Desk:
    """One pupil's paper on the secretary's desk, in one request."""

    def __init__(self, work: Work, holder: OfficeHolder, handle: str, version: str | None) -> None:
        self.work, self.holder, self.handle = work, holder, handle
        self.pupil = own_pupil(work, holder, handle)
        refuse_own_child(work, current_state.register, self.pupil, holder.person_ref)
        self.consent = self._version(version)
        self.language = self.consent.language_for(current_visit().speech.code)
        self.signers = signers_of(work, current_state.register, self.pupil)
        self.form: PaperForm = paper_form(
            self.consent, self.signers, text_language=self.language, purpose=f"paper:{handle}"
        )

    def paper(self) -> Paper:
        """Return what the accepted form says."""
        form = self.form
        day = form.signed_on.day
        if day is None:
            raise Invalid("paper_day", "signed_on")
        return Paper(
            giver=self._signer().giver,
            form=self.consent,
            language=form.language.data,
            signed_on=day,
            document=(form.document.data or "").strip(),
            choices=form.choices(),
        )

    def ask(self, status: int) -> Page:
        """Return the page that asks, with what has been filled in so far."""
        policy = policy_at(self.work, self.holder.provider_ref, self.work.now())
        versions = versions_of(self.work, self.holder.provider_ref)
        chooser = VersionFilter.of()
        chooser.version.choices = [option(str(v.number), self._version_label(v)) for v in versions]
        chooser.version.data = str(self.consent.version)
        context = {
            "form": self.form,
            "chooser": chooser if len(versions) > 1 else None,
            "consent_form": self.consent,
            "text_language": self.language,
            "takes_yes": policy.paper_consent,
        }
        return self._page("secretary/paper.html", context, status)

    def look_again(self, status: int) -> Page:
        """Return the second look."""
        paper, register = self.paper(), current_state.register
        look = look_at(self.work, register, paper, entered_by=self.holder.person_ref)
        context = {
            "form": self.form,
            "kept": self.form.kept(),
            "last_seen": look.last_seen or "",
            "rows": view.paper_rows(paper, look.signer, self.pupil),
            "withdraws": paper.choices is None,
            "changes": view.changes(paper, look),
            "newer": view.newer_text(paper, look.newer, look.signer.name),
            "notes": view.notes(paper, look),
        }
        return self._page("secretary/paper_look.html", context, status)

    def refuse(self, error: Invalid) -> Page:
        """Return the page with what the rule refuses told at its field; nothing was changed."""
        message = problem_text(error.code)
        if error.field == "replaces_newer":
            self.form.replaces_newer.errors = [message]
            return self.look_again(422)
        if error.field in self.form:
            field = self.form[error.field]
            field.errors = [*field.errors, message]
        else:
            self.form.form_errors.append(message)
        return self.ask(422)

    def _signer(self) -> Signer:
        return next(one for one in self.signers if signer_key(one) == self.form.signer.data)

    def _version(self, number: str | None) -> Form:
        if number is None:
            return form_in_force(self.work, self.holder.provider_ref)
        plain = number.isascii() and number.isdigit() and len(number) < 6
        return form_version(self.work, self.holder.provider_ref, int(number) if plain else 0)

    def _version_label(self, version: Version) -> str:
        day = current_visit().speech.date(civil_date(version.published_at))
        return gettext("Version %(number)s, %(day)s", number=version.number, day=day)

    def _page(self, template: str, context: dict[str, Any], status: int) -> Page:
        around = pupil_frame(self.work, self.holder, self.handle, self.pupil)
        frame = secretary_frame(self.work, self.holder)
        return Page(template, {**around, **context, **frame}, status)
