"""The words for a provider's choices: each key, and each value it may have."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from wilma_ext.blueprints.label import profession_label, word
from wilma_ext.blueprints.visit import current_visit, gettext, lazy, ngettext
from wilma_ext.errors import Invalid
from wilma_ext.rights.policy.choice import choice_of, word_of

_KEYS: Mapping[str, object] = {
    "mode": lazy("What is open to pupil welfare"),
    "decides": lazy("Whose consent is needed"),
    "joint_from_age": lazy("Age from which the pupil and a guardian consent together"),
    "own_from_age": lazy("Age from which the pupil decides alone"),
    "validity": lazy("How long a consent is valid"),
    "fixed_until": lazy("The fixed last day"),
    "activation": lazy("How a consent takes effect"),
    "agreement_required": lazy("Agreement with the wellbeing services county"),
    "school_scope": lazy("Schools whose pupils a member sees"),
    "statutory_professions": lazy("Professions that may see data by law"),
    "on_school_move": lazy("When the pupil changes schools"),
    "on_custody_change": lazy("When the guardians change"),
    "on_material_change": lazy("When the content of the form changes"),
    "look_up_minutes": lazy("How long a look-up stays open"),
    "necessity_text": lazy("How the necessity is stated"),
    "log_extract": lazy("Log extract for families"),
    "paper_consent": lazy("Consents on paper"),
    "four_eyes": lazy("Who approves wider rights"),
}

#: Key and word of the policy, as in "mode:consent".
_VALUES: Mapping[str, object] = {
    "mode:consent": lazy("With consent only"),
    "mode:off": lazy("Nothing is open"),
    "mode:contact": lazy("Contact details and timetable only"),
    "mode:consent_and_statutory": lazy("With consent, and by law case by case"),
    "decides:any_guardian": lazy("One guardian's consent is enough"),
    "decides:all_guardians": lazy("All guardians must consent"),
    "validity:school_year": lazy("Until the end of the school year"),
    "validity:fixed": lazy("Until a fixed day"),
    "validity:open": lazy("Until withdrawn"),
    "activation:manual": lazy("The secretary enables each pupil"),
    "activation:automatic": lazy("Enabled at once with the consent"),
    "school_scope:own": lazy("Only the member's own schools"),
    "school_scope:all": lazy("All schools"),
    "on_school_move:keep": lazy("The consent stays when the school changes"),
    "on_school_move:ask": lazy("The consent is asked again when the school changes"),
    "on_custody_change:suspend": lazy("The consent is suspended when custody changes"),
    "on_custody_change:keep": lazy("The consent stays when custody changes"),
    "on_material_change:ask": lazy("The consent is asked again when the form changes"),
    "on_material_change:keep": lazy("The consent stays when the form changes"),
    "log_extract:on_request": lazy("Log extract on request"),
    "log_extract:off": lazy("No log extract"),
    "log_extract:self_service": lazy("Log extract by oneself"),
    "agreement_required:true": lazy("Open only while an agreement is in force"),
    "agreement_required:false": lazy("No agreement is demanded"),
    "necessity_text:true": lazy("The worker writes the necessity in own words"),
    "necessity_text:false": lazy("The worker confirms the necessity with a tick"),
    "paper_consent:true": lazy("The school may record a yes given on paper"),
    "paper_consent:false": lazy("A yes is taken online only"),
    "four_eyes:true": lazy("Two main users together"),
    "four_eyes:false": lazy("One main user alone"),
}


def policy_key_label(key: str) -> str:
    """Return what is chosen by a key of the policy."""
    return word(_KEYS, key)


def policy_label(key: str, value: Any) -> str:
    """Return one choice of the policy in words; the value is as `Policy` holds it."""
    if key == "statutory_professions":
        names = ", ".join(profession_label(p) for p in value) or gettext("No profession")
        return names[:1].upper() + names[1:]
    if key in ("joint_from_age", "own_from_age"):
        return gettext("At no age") if value is None else _years(value)
    if key == "look_up_minutes":
        return ngettext("%(num)s minute", "%(num)s minutes", value)
    if key == "fixed_until":
        return current_visit().speech.date(value) if isinstance(value, date) else gettext("No day")
    return word(_VALUES, f"{key}:{word_of(value)}")


def stored_policy_label(key: str, text: str) -> str:
    """Return a choice in words from what an event keeps of it."""
    try:
        return policy_label(key, choice_of(key, text.lower()))
    except Invalid:
        return text


def _years(age: int) -> str:
    return ngettext("%(num)s year", "%(num)s years", age)
