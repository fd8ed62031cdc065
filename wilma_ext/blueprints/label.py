"""The words for what is stored as a key: professions, categories, routes, purposes, roles.

Guardian, secretary, welfare, matrix and oversight pages all take their names from here, so that
one thing is called one name everywhere. Each is translated when it is shown.
"""

from collections.abc import Iterable, Mapping
from typing import Protocol

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

_DECIDERS: Mapping[str, object] = {
    "pupil": lazy("The pupil decides alone"),
    "joint": lazy("The pupil and the guardians decide together"),
    "guardian": lazy("The guardians decide"),
}


def profession_label(key: str) -> str:
    """Return the profession's name in the middle of a sentence."""
    return word(_PROFESSIONS, key)


def profession_title(key: str) -> str:
    """Return the profession's name as a heading or a choice begins with it."""
    name = profession_label(key)
    return name[:1].upper() + name[1:]


def school_label(name: str, name_sv: str | None) -> str:
    """Return a school's name in the language of the page, where it has one."""
    return (name_sv if current_visit().speech.code == "sv" else None) or name


class AtSchool(Protocol):
    """Whoever bears the names of a school."""

    @property
    def school_name(self) -> str: ...
    @property
    def school_name_sv(self) -> str | None: ...


def school_name(of: AtSchool) -> str:
    """Return the school of a pupil in the language of the page."""
    return school_label(of.school_name, of.school_name_sv)


def in_sentence(label: str) -> str:
    """Return a label as it stands within a sentence, without its capital letter."""
    return label[:1].lower() + label[1:]


def in_row(labels: Iterable[str]) -> str:
    """Return labels one after another; only the first keeps its capital letter."""
    return ", ".join(label if n == 0 else in_sentence(label) for n, label in enumerate(labels))


def category_label(register: SchoolRegister, key: str) -> str:
    """Return the category's name; a declared category brings its own in the host's words."""
    for category in register.categories:
        if category.key == key:
            return category.labels.in_language(current_visit().speech.code)
    return word(_CATEGORIES, key)


def category_description(register: SchoolRegister, key: str) -> str:
    """Return what the category contains, or nothing where nothing more is to be said."""
    for category in register.categories:
        if category.key == key:
            return category.descriptions.in_language(current_visit().speech.code)
    return str(_DESCRIPTIONS.get(key, ""))


def route_label(key: str) -> str:
    return word(_ROUTES, key)


def detail_label(key: str) -> str:
    return word(_DETAILS, key)


def purpose_label(key: str) -> str:
    return word(_PURPOSES, key)


def reason_label(key: str) -> str:
    """Return why access is denied; for the officer and the operator, never for welfare staff."""
    return word(_REASONS, key)


def role_label(key: str) -> str:
    return word(_ROLES, key)


def decider_label(key: str) -> str:
    """Return who decides about a pupil, by age or by a recorded decision."""
    return word(_DECIDERS, key)


def word(words: Mapping[str, object], key: str) -> str:
    """Return the word for the key; a key without one is shown as it is stored."""
    return str(words.get(key, key))
