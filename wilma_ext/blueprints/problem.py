"""The words for what `rights` refuses: its codes are keys, the sentences stand here."""

from collections.abc import Mapping

from wilma_ext.blueprints.visit import gettext, lazy

_TEXTS: Mapping[str, object] = {
    "every_question": lazy("Answer every question with yes or no."),
    "own_family": lazy(
        "You cannot act for the school about yourself or your own child. Ask a colleague."
    ),
    "paper_not_entitled": lazy("This person cannot answer about the pupil now."),
    "paper_not_allowed": lazy("The provider takes no yes from paper. Ask for an answer online."),
    "paper_version": lazy("The version of the form is not known."),
    "paper_language": lazy("Choose the language of the paper."),
    "paper_document": lazy("Write the reference under which the paper is kept."),
    "paper_day": lazy("Write the day that stands on the paper."),
    "paper_future": lazy("The day on the paper cannot be in the future."),
    "paper_before_version": lazy(
        "The paper was signed before this version of the form was published. "
        "Check the day, or choose the version that stands on the paper."
    ),
    "paper_newer": lazy("Tick that the paper replaces the newer answer, or do not save it."),
    "nobody_selected": lazy("Select at least one pupil."),
    "form_expired": lazy("The page had been open too long, so nothing was changed."),
    "nothing_to_activate": lazy("The pupil has no consent in force that could be enabled."),
    "own_membership": lazy("You cannot add yourself to the group. Ask another main user."),
    "period_past": lazy("The last day must be in the future."),
    "period_empty": lazy("The last day must be after the first."),
    "matrix_statutory": lazy(
        "Only the school social worker and the psychologist can see data on the basis of law."
    ),
    "hand_off_county": lazy("The county is not known."),
    "hand_off_number": lazy("There are too many links."),
    "hand_off_address": lazy("Write an address that begins with https://, or a telephone number."),
    "hand_off_label": lazy("Write the name in all three languages, 80 characters at most."),
    "note_code": lazy("The code is missing or too long."),
    "note_kind": lazy("The kind is not known."),
    "note_health": lazy("The school system calls the type a reason of health. It stays hidden."),
    "note_hidden_kind": lazy("Only absences and late arrivals can be shown."),
    "note_label": lazy(
        "A type that is shown needs a name in all three languages, 80 characters at most."
    ),
    "note_letter": lazy("Write at most two characters."),
    "note_truth": lazy("Write yes or no."),
    "note_twice": lazy("The code stands in the table twice."),
    "note_table": lazy("The table could not be read. Nothing was changed."),
    "form_without_questions": lazy("The form asks nothing yet. Choose what it asks."),
    "form_incomplete": lazy("The form is not complete, so it was not published."),
    "form_fixed_missing": lazy("Write the last day of the consent."),
    "form_fixed_past": lazy("The last day of the consent must be in the future."),
    "form_privacy_url": lazy("The link to the privacy notice must begin with https://."),
    "policy_word": lazy("Choose one of the options."),
    "policy_age": lazy("Choose one of the options."),
    "policy_profession": lazy("Choose one of the options."),
    "policy_fixed_until": lazy("Write the last day of the consents."),
    "policy_day_over": lazy("The last day is over. Choose a later one."),
    "policy_minutes": lazy("Write the minutes as a number from 5 to 480."),
    "decision_reason": lazy("Write the reason."),
    "decision_document": lazy("Write the reference of the document."),
    "own_appointment": lazy("You cannot make yourself a guardian. Ask another main user."),
    "pupil_appointed": lazy("The pupil cannot be a guardian of the same pupil."),
    "matrix_profession": lazy("The profession is not known."),
}


def problem_text(code: str) -> str:
    """Return the sentence for a code of `Invalid`."""
    found = _TEXTS.get(code)
    return str(found) if found else gettext("Something in what was sent is not allowed.")
