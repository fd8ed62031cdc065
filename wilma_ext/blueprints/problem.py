"""The words for what `rights` refuses: its codes are keys, the sentences stand here."""

from collections.abc import Mapping

from wilma_ext.blueprints.visit import gettext, lazy

_TEXTS: Mapping[str, object] = {
    "every_question": lazy("Answer every question with yes or no."),
    "nobody_selected": lazy("Select at least one pupil."),
    "form_expired": lazy("The page had been open too long, so nothing was changed."),
    "nothing_to_activate": lazy("The pupil has no consent in force that could be enabled."),
    "own_membership": lazy("You cannot add yourself to the group. Ask another main user."),
    "period_past": lazy("The last day must be in the future."),
    "period_empty": lazy("The last day must be after the first."),
    "matrix_statutory": lazy(
        "Only the school social worker and the psychologist can see data on the basis of law."
    ),
    "matrix_profession": lazy("The profession is not known."),
}


def problem_text(code: str) -> str:
    """Return the sentence for a code of `Invalid`."""
    found = _TEXTS.get(code)
    return str(found) if found else gettext("Something in what was sent is not allowed.")
