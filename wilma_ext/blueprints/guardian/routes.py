"""Views of the family's pages; what may be answered and what follows is decided in `rights`."""

from wilma_ext.blueprints.guard import permit
from wilma_ext.blueprints.guardian import view
from wilma_ext.blueprints.guardian.forms import AnswerForm, WithdrawForm
from wilma_ext.blueprints.guardian.forms import answer_form as form_for
from wilma_ext.blueprints.page import Onwards, Outcome, Page
from wilma_ext.blueprints.permission import Permission
from wilma_ext.blueprints.visit import current_visit
from wilma_ext.errors import Conflict, Invalid, NotFound, NotPermitted
from wilma_ext.rights.answer_record import ShownForm
from wilma_ext.rights.consent import answer, hold, latest_answer, withdraw
from wilma_ext.rights.consent_form import Form
from wilma_ext.rights.consent_history import history_of
from wilma_ext.rights.family import Consent, OwnState, Place, consent_of, consents_of
from wilma_ext.rights.provider import county_name, handles_of, pupil_behind
from wilma_ext.rights.receipt import receipt_of
from wilma_ext.state import current_state
from wilma_ext.work import Work


@permit(Permission.CONSENT_SEE)
def children(work: Work, person_ref: str) -> Outcome:
    """List the children, or go to the only one (G2)."""
    consents = consents_of(work, current_state.register, person_ref)
    cards = [view.child_card(consent, _handle(work, consent)) for consent in consents]
    if len(cards) == 1:
        return Onwards("wilma_ext.guardian.child", {"pupil": cards[0].handle})
    return Page("guardian/children.html", {"cards": cards})


@permit(Permission.CONSENT_SEE)
def child(work: Work, person_ref: str, pupil: str) -> Outcome:
    """Show one child's consent: the form while nothing stands, else what stands (G1)."""
    consent = _consent(work, person_ref, pupil)
    if consent.place == Place.MAY_ANSWER and consent.own_state == OwnState.UNANSWERED:
        return _ask(work, consent, pupil, _form(consent, pupil))
    return Page(
        "guardian/child.html",
        {
            **_head(consent, pupil),
            "own_rows": view.own_rows(consent),
            "open_rows": view.open_rows(consent),
            "effects": view.combined_effect(consent),
            "history": view.history(history_of(work, consent)),
            "withdraw": WithdrawForm.of(f"withdraw:{pupil}") if _has_yes(consent) else None,
        },
    )


@permit(Permission.CONSENT_ANSWER)
def answer_form(work: Work, person_ref: str, pupil: str) -> Outcome:
    """Show the questions, with the earlier choices where there are any."""
    consent = _consent(work, person_ref, pupil)
    if consent.place != Place.MAY_ANSWER or consent.form is None:
        return Onwards("wilma_ext.guardian.child", {"pupil": pupil})
    return _ask(work, consent, pupil, _form(consent, pupil))


@permit(Permission.CONSENT_ANSWER)
def save_answer(work: Work, person_ref: str, pupil: str) -> Outcome:
    """Save the answer and give the receipt; with an error keep what was chosen (X9)."""
    hold(work, *pupil_behind(work, pupil))
    consent = _consent(work, person_ref, pupil)
    if consent.place != Place.MAY_ANSWER or consent.form is None:
        raise NotPermitted("not a decider")
    form = _form(consent, pupil)
    if not form.accepted():
        return _ask(work, consent, pupil, form, status=422)
    if form.version.data != consent.form.form_id:
        raise Conflict("a new version of the form has been published")
    given = answer(
        work,
        current_state.register,
        giver=consent.giver,
        shown=_shown(consent.form),
        choices=form.choices(),
        last_seen=form.last_seen.data or None,
    )
    values = {"pupil": pupil, "answer": given.answer_id}
    return Onwards("wilma_ext.guardian.receipt", values, "answered")


@permit(Permission.CONSENT_WITHDRAW)
def withdraw_consent(work: Work, person_ref: str, pupil: str) -> Outcome:
    """Take back one's own yes; one tap, in force at once (R3, G11)."""
    hold(work, *pupil_behind(work, pupil))
    consent = _consent(work, person_ref, pupil)
    if consent.form is None:
        raise NotFound("no form")
    if not WithdrawForm.of(f"withdraw:{pupil}").accepted():
        raise Invalid("form_expired")
    if _has_yes(consent):
        withdraw(work, current_state.register, giver=consent.giver, shown=_shown(consent.form))
    return Onwards("wilma_ext.guardian.child", {"pupil": pupil}, "withdrawn")


@permit(Permission.CONSENT_SEE)
def receipt(work: Work, person_ref: str, pupil: str, answer: str) -> Outcome:
    """Show the receipt of one's own answer (G10)."""
    consent = _consent(work, person_ref, pupil)
    found = receipt_of(work, consent.giver, answer)
    latest = latest_answer(work, consent.giver)
    return Page(
        "guardian/receipt.html",
        {
            **_head(consent, pupil),
            "receipt": found,
            "rows": view.said_rows(found),
            "effects": view.combined_effect(consent),
            "is_latest": latest is not None and latest.id == answer,
            "county": _county(work, found.form),
        },
    )


def _consent(work: Work, person_ref: str, handle: str) -> Consent:
    provider_ref, pupil_ref = pupil_behind(work, handle)
    return consent_of(work, current_state.register, person_ref, provider_ref, pupil_ref)


def _form(consent: Consent, handle: str) -> AnswerForm:
    form = consent.form
    if form is None:
        raise NotFound("no form")
    return form_for(
        form,
        form.language_for(current_visit().speech.code),
        consent.own,
        purpose=f"answer:{handle}",
        last_seen=consent.last_answer or "",
        version=form.form_id,
    )


def _ask(work: Work, consent: Consent, handle: str, form: AnswerForm, status: int = 200) -> Page:
    if consent.form is None:
        raise NotFound("no form")
    language = consent.form.language_for(current_visit().speech.code)
    context = {
        **_head(consent, handle),
        "form": form,
        "text": consent.form.texts[language],
        "text_language": language,
        "consent_form": consent.form,
        "county": _county(work, consent.form),
        "effects": view.combined_effect(consent),
    }
    return Page("guardian/answer.html", context, status)


def _head(consent: Consent, handle: str) -> dict[str, object]:
    return {
        "consent": consent,
        "name": consent.pupil.name,
        "first_name": (consent.pupil.given_names.split() or [consent.pupil.name])[0],
        "is_self": consent.giver.capacity.value == "pupil",
        "meta": view.meta(consent),
        "handle": handle,
        "status": view.status_tag(consent),
    }


def _shown(form: Form) -> ShownForm:
    return ShownForm(form, form.language_for(current_visit().speech.code))


def _county(work: Work, form: Form) -> str:
    names = county_name(work, form.provider_ref, form.county)
    return names.in_language(current_visit().speech.code)


def _handle(work: Work, consent: Consent) -> str:
    giver = consent.giver
    return handles_of(work, giver.provider_ref, [giver.pupil_ref])[giver.pupil_ref]


def _has_yes(consent: Consent) -> bool:
    return any(said.value == "yes" for said in consent.own.values())
