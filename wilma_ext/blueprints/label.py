"""The words for what is stored as a key: professions, categories, routes, purposes, events.

Guardian, secretary, welfare, matrix and oversight pages all take their names from here, so that
one thing is called one name everywhere. Each is translated when it is shown.
"""

from collections.abc import Mapping

from wilma_ext.blueprints.visit import current_visit, lazy
from wilma_ext.register import SchoolRegister

_PROFESSIONS: Mapping[str, object] = {
    "kuraattori": lazy("school social worker (kuraattori)"),
    "psykologi": lazy("school psychologist"),
    "terveydenhoitaja": lazy("school nurse"),
    "laakari": lazy("school doctor"),
}

_CATEGORIES: Mapping[str, object] = {
    "absences": lazy("Absences"),
    "absence_reasons": lazy("Reasons for absences"),
    "health_absences": lazy("Absences for reasons of health"),
    "note_texts": lazy("Texts of lesson notes"),
    "conduct": lazy("Praise and remarks"),
    "grades": lazy("Grades"),
    "verbal_grades": lazy("Verbal assessments"),
    "contacts": lazy("Contact details"),
    "timetable": lazy("Timetable"),
    "detentions": lazy("Detentions"),
}

_DESCRIPTIONS: Mapping[str, object] = {
    "absences": lazy(
        "Days and lessons missed or begun late. No reasons, no texts and no marks of health."
    ),
    "grades": lazy("Grades from 4 to 10 and marks such as S, by subject."),
}

_ROUTES: Mapping[str, object] = {
    "off": lazy("Off"),
    "consent": lazy("With consent"),
    "statutory": lazy("By law"),
}

_DETAILS: Mapping[str, object] = {
    "totals": lazy("totals only"),
    "rows": lazy("every entry"),
    "reasons": lazy("every entry with reasons"),
}

_PURPOSES: Mapping[str, object] = {
    "agreed_with_pupil": lazy("Work agreed with the pupil"),
    "agreed_with_family": lazy("Work agreed with the family"),
    "attendance_concern": lazy("Concern about attendance"),
    "school_progress_concern": lazy("Concern about progress at school"),
    "health_check": lazy("Health check"),
    "expert_group": lazy("Multidisciplinary expert group"),
}

_REASONS: Mapping[str, object] = {
    "not_a_member": lazy("Not a member of the welfare group"),
    "not_assigned": lazy("Not assigned to the pupil's school"),
    "not_enrolled": lazy("The pupil is not enrolled"),
    "own_child": lazy("The pupil is the worker's own child"),
    "no_agreement": lazy("No agreement in force"),
    "not_in_matrix": lazy("The rights matrix does not open the category"),
    "personal_denial": lazy("The category is denied to this member"),
    "no_consent": lazy("No consent"),
    "consent_refused": lazy("The consent has been refused"),
    "consent_ended": lazy("The consent has ended"),
    "not_activated": lazy("The welfare group has not been enabled for the pupil"),
    "necessity_not_stated": lazy("The necessity was not stated"),
    "host_veto": lazy("Blocked by the school system"),
}

_ROLES: Mapping[str, object] = {
    "guardian": lazy("Guardian"),
    "pupil": lazy("Pupil"),
    "welfare": lazy("Pupil welfare staff"),
    "secretary": lazy("School secretary"),
    "main_user": lazy("Main user"),
    "officer": lazy("Data protection officer"),
    "operator": lazy("Operator"),
    "system": lazy("The system itself"),
}

_OUTCOMES: Mapping[str, object] = {"done": lazy("Done"), "denied": lazy("Denied")}

_EVENTS: Mapping[str, object] = {
    "provider:created": lazy("Education provider taken into use"),
    "policy:changed": lazy("Policy changed"),
    "agreement:recorded": lazy("Agreement recorded"),
    "welfare_group:created": lazy("Welfare group created"),
    "membership:started": lazy("Member added to the welfare group"),
    "membership:ended": lazy("Membership of the welfare group ended"),
    "assignment:started": lazy("Member assigned to a school"),
    "assignment:ended": lazy("Assignment to a school ended"),
    "exception:recorded": lazy("Personal exception recorded"),
    "exception:ended": lazy("Personal exception ended"),
    "matrix:published": lazy("Rights matrix published"),
    "consent_form:published": lazy("Consent form published"),
    "consent:answered": lazy("Consent form answered"),
    "consent:withdrawn": lazy("Consent withdrawn"),
    "capacity_decision:recorded": lazy("Decision on the pupil's capacity recorded"),
    "capacity_decision:ended": lazy("Decision on the pupil's capacity ended"),
    "activation:started": lazy("Welfare group enabled for the pupil"),
    "activation:ended": lazy("Welfare group disabled for the pupil"),
    "look_up:opened": lazy("Pupil opened for a purpose"),
    "look_up:shown": lazy("Data of the pupil shown"),
    "look_up:denied": lazy("Access to the pupil denied"),
    "look_up:listed": lazy("Pupils listed"),
    "audit:read": lazy("Log read"),
}

_EVENT_GROUPS: Mapping[str, object] = {
    "look_up": lazy("Look-ups"),
    "consent": lazy("Consents"),
    "activation": lazy("Enabling and disabling"),
    "membership": lazy("Members and groups"),
    "matrix": lazy("Rights matrix"),
    "setting": lazy("Policy, forms and agreements"),
    "audit": lazy("Reading of the log"),
}

_CHANNELS: Mapping[str, object] = {"online": lazy("Online"), "paper": lazy("On paper")}

#: Why an activation ended, as it is recorded.
_CLOSINGS: Mapping[str, object] = {
    "withdrawn": lazy("The consent was withdrawn"),
    "refused": lazy("The consent was refused"),
    "lapsed": lazy("The consent had ended"),
    "disabled": lazy("Disabled by the school"),
}

#: Key and word of the policy, as in "mode:consent".
_POLICY: Mapping[str, object] = {
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
}


def profession_label(key: str) -> str:
    """Return the profession's name in the middle of a sentence."""
    return _word(_PROFESSIONS, key)


def profession_title(key: str) -> str:
    """Return the profession's name as a heading or a choice begins with it."""
    name = profession_label(key)
    return name[:1].upper() + name[1:]


def category_label(register: SchoolRegister, key: str) -> str:
    """Return the category's name; a declared category brings its own in the host's words."""
    for category in register.categories:
        if category.key == key:
            return category.labels.in_language(current_visit().speech.code)
    return _word(_CATEGORIES, key)


def category_description(register: SchoolRegister, key: str) -> str:
    """Return what the category contains, or nothing where nothing more is to be said."""
    for category in register.categories:
        if category.key == key:
            return category.descriptions.in_language(current_visit().speech.code)
    return str(_DESCRIPTIONS.get(key, ""))


def route_label(key: str) -> str:
    return _word(_ROUTES, key)


def detail_label(key: str) -> str:
    return _word(_DETAILS, key)


def purpose_label(key: str) -> str:
    return _word(_PURPOSES, key)


def reason_label(key: str) -> str:
    """Return why access is denied; for the officer and the operator, never for welfare staff."""
    return _word(_REASONS, key)


def role_label(key: str) -> str:
    return _word(_ROLES, key)


def outcome_label(key: str) -> str:
    return _word(_OUTCOMES, key)


def event_label(key: str) -> str:
    return _word(_EVENTS, key)


def event_group_label(key: str) -> str:
    return _word(_EVENT_GROUPS, key)


def channel_label(key: str) -> str:
    return _word(_CHANNELS, key)


def closing_label(key: str) -> str:
    return _word(_CLOSINGS, key)


def policy_label(key: str, word: str) -> str:
    """Return one choice of the policy in words."""
    return _word(_POLICY, f"{key}:{word}")


def _word(words: Mapping[str, object], key: str) -> str:
    """Return the word for the key; a key without one is shown as it is stored."""
    return str(words.get(key, key))
