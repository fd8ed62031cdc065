"""Views of the family's pages; what may be answered and what follows is decided in `rights`."""

from flask import Response, make_response

from wilma_ext.blueprints.guard import permit, permit_anybody
from wilma_ext.blueprints.guardian import row, sentence, view
from wilma_ext.blueprints.guardian.forms import AnswerForm, WithdrawForm
from wilma_ext.blueprints.guardian.forms import answer_form as form_for
from wilma_ext.blueprints.guardian.receipt_document import json_schema, receipt_json
from wilma_ext.blueprints.guardian.receipt_view import Situation, receipt_view
from wilma_ext.blueprints.page import Download, Onwards, Outcome, Page
from wilma_ext.blueprints.permission import Permission
from wilma_ext.blueprints.visit import current_visit
from wilma_ext.errors import Conflict, Invalid, NotFound, NotPermitted
from wilma_ext.rights.consent.answer_record import ShownForm
from wilma_ext.rights.consent.coming import coming_to
from wilma_ext.rights.consent.consent import answer, hold, latest_answer, withdraw
from wilma_ext.rights.consent.consent_history import history_of
from wilma_ext.rights.consent.family import Consent, OwnState, consent_of, consents_of
from wilma_ext.rights.consent.own_pair import Ending
from wilma_ext.rights.consent.place import Place
from wilma_ext.rights.consent.receipt import Receipt, receipt_of
from wilma_ext.rights.consent.shown_pair import shown_pairs
from wilma_ext.rights.form.change import News, form_change
from wilma_ext.rights.form.consent_form import Form
from wilma_ext.rights.hand_off import channels_of
from wilma_ext.rights.look_up.extract import extract_way
from wilma_ext.rights.provider import county_name, handles_of, pupil_behind
from wilma_ext.state import current_state
from wilma_ext.work import Work


@permit(Permission.CONSENT_SEE)
def children(work: Work, person_ref: str) -> Outcome:
    """List the children, or go to the only one (G2)."""
    consents = consents_of(work, current_state.register, person_ref)
    at = work.now()
    cards = [view.child_card(consent, _handle(work, consent), at) for consent in consents]
    if len(cards) == 1:
        return Onwards("wilma_ext.guardian.child", {"pupil": cards[0].handle})
    return Page("guardian/children.html", {"cards": cards})


@permit(Permission.CONSENT_SEE)
def child(work: Work, person_ref: str, pupil: str) -> Outcome:
    """Show one child's consent: the form while nothing stands, else what stands (G1)."""
    consent = _consent(work, person_ref, pupil)
    if consent.place == Place.MAY_ANSWER and consent.own_state == OwnState.UNANSWERED:
        return _ask(work, consent, pupil, _form(consent, pupil))
    withdraw_form = WithdrawForm.of(f"withdraw:{pupil}") if view.can_withdraw(consent) else None
    context = {
        "head": view.head_of(consent, pupil, work.now()),
        "place": consent.place.value,
        "withdraw": withdraw_form,
        "channels": channels_of(work, consent.giver.provider_ref),
    }
    if consent.place == Place.MAY_ANSWER:
        context |= _open_page(work, consent)
    return Page("guardian/child.html", context)


def _open_page(work: Work, consent: Consent) -> dict[str, object]:
    register = current_state.register
    shown = shown_pairs(work, register, consent)
    coming = coming_to(work, register, consent, shown)
    return {
        "asked_again": sentence.asked_again(consent, work.now()),
        "what_changed": _what_changed(work, consent),
        "anew": consent.own_state in (OwnState.ENDED, OwnState.WITHDRAWN),
        "own_rows": row.own_rows(consent),
        "shown_rows": row.shown_rows(consent, shown),
        "effects": sentence.combined_effect(consent),
        "coming": sentence.coming_sentences(consent, coming),
        "history": view.history(consent, history_of(work, consent)),
        "extract_way": extract_way(consent).value,
    }


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
    return _to_receipt(pupil, given.answer_id, "answered")


@permit(Permission.CONSENT_WITHDRAW)
def withdraw_consent(work: Work, person_ref: str, pupil: str) -> Outcome:
    """Take back one's own yes; one tap, in force at once, with a receipt (R3, G11).

    Sent twice it is one withdrawal: the second leads to the receipt of the first.
    """
    hold(work, *pupil_behind(work, pupil))
    consent = _consent(work, person_ref, pupil)
    if consent.form is None:
        raise NotFound("no form")
    if not WithdrawForm.of(f"withdraw:{pupil}").accepted():
        raise Invalid("form_expired")
    if any(said.value == "yes" for said in consent.own.values()):
        shown = _shown(consent.form)
        done = withdraw(work, current_state.register, giver=consent.giver, shown=shown)
        return _to_receipt(pupil, done.answer_id, "withdrawn")
    latest = latest_answer(work, consent.giver)
    if latest is not None and latest.act == "withdrawal":
        return _to_receipt(pupil, latest.id, "withdrawn")
    return Onwards("wilma_ext.guardian.child", {"pupil": pupil})


def _to_receipt(handle: str, answer_id: str, notice: str) -> Onwards:
    return Onwards("wilma_ext.guardian.receipt", {"pupil": handle, "answer": answer_id}, notice)


@permit(Permission.CONSENT_SEE)
def receipt(work: Work, person_ref: str, pupil: str, answer: str) -> Outcome:
    """Show the receipt of one's own answer (G10)."""
    found, now = _receipt(work, person_ref, pupil, answer)
    latest = latest_answer(work, now.consent.giver)
    return Page(
        "guardian/receipt.html",
        {
            "head": view.head_of(now.consent, pupil, work.now()),
            "receipt": found,
            "view": receipt_view(found, now),
            "answer": answer,
            "is_latest": latest is not None and latest.id == answer,
        },
    )


@permit(Permission.CONSENT_SEE)
def receipt_file(work: Work, person_ref: str, pupil: str, answer: str) -> Outcome:
    """Give the same receipt as a JSON file, whose name tells of nobody."""
    found, now = _receipt(work, person_ref, pupil, answer)
    content = receipt_json(found, receipt_view(found, now), now)
    return Download(f"receipt-{found.number}.json", "application/json", content)


@permit_anybody(Permission.SCHEMA_SEE)
def receipt_schema() -> Response:
    """Show the JSON Schema of the receipt to anybody: it says nothing of anybody."""
    response = make_response(json_schema())
    response.content_type = "application/schema+json"
    return response


def _receipt(work: Work, person_ref: str, handle: str, answer: str) -> tuple[Receipt, Situation]:
    register = current_state.register
    consent = _consent(work, person_ref, handle)
    found = receipt_of(work, register, consent.giver, answer)
    shown = shown_pairs(work, register, consent) if consent.place == Place.MAY_ANSWER else {}
    coming = coming_to(work, register, consent, shown)
    county = county_name(work, found.form.provider_ref, found.form.county)
    return found, Situation(consent, shown, coming, county, handle)


def _consent(work: Work, person_ref: str, handle: str) -> Consent:
    provider_ref, pupil_ref = pupil_behind(work, handle)
    return consent_of(work, current_state.register, person_ref, provider_ref, pupil_ref)


def _form(consent: Consent, handle: str) -> AnswerForm:
    form = consent.form
    if form is None:
        raise NotFound("no form")
    return form_for(
        form,
        _language(form),
        consent.own,
        purpose=f"answer:{handle}",
        last_seen=consent.last_answer or "",
        version=form.form_id,
    )


def _ask(work: Work, consent: Consent, handle: str, form: AnswerForm, status: int = 200) -> Page:
    if consent.form is None:
        raise NotFound("no form")
    language = _language(consent.form)
    context = {
        "head": view.head_of(consent, handle, work.now()),
        "form": form,
        "text": consent.form.texts[language],
        "text_language": language,
        "consent_form": consent.form,
        "effects": sentence.combined_effect(consent),
        "asked_again": sentence.asked_again(consent, work.now()),
        "what_changed": _what_changed(work, consent),
        "on_paper": consent.policy.paper_consent,
        "extract_way": extract_way(consent).value,
        "channels": channels_of(work, consent.giver.provider_ref),
    }
    return Page("guardian/answer.html", context, status)


def _what_changed(work: Work, consent: Consent) -> list[News]:
    """What the provider tells of the change to those who answered an earlier version (G16)."""
    if consent.form is None or Ending.NEW_FORM not in consent.endings():
        return []
    change = form_change(
        work,
        provider_ref=consent.giver.provider_ref,
        answer_id=consent.last_answer,
        current=consent.form,
        language=current_visit().speech.code,
    )
    return [news for news in change.news if news.text.strip()]


def _language(form: Form) -> str:
    return form.language_for(current_visit().speech.code)


def _shown(form: Form) -> ShownForm:
    return ShownForm(form, _language(form))


def _handle(work: Work, consent: Consent) -> str:
    giver = consent.giver
    return handles_of(work, giver.provider_ref, [giver.pupil_ref])[giver.pupil_ref]
