"""What may be done in the pages, and in which role: one member per kind of act (D9)."""

from collections.abc import Mapping
from enum import StrEnum


class Role(StrEnum):
    """The role worn by whoever acts; rights are those of one role, never of the union (R21)."""

    ANYBODY = "anybody"
    PERSON = "person"
    WELFARE = "welfare"
    SECRETARY = "secretary"
    MAIN_USER = "main_user"
    OFFICER = "officer"


class Permission(StrEnum):
    """The permission marks of views, `subject:verb`."""

    LANGUAGE_CHOOSE = "language:choose"
    PAGE_MISS = "page:miss"
    SCHEMA_SEE = "schema:see"
    START_SEE = "start:see"
    CONSENT_SEE = "consent:see"
    CONSENT_ANSWER = "consent:answer"
    CONSENT_WITHDRAW = "consent:withdraw"
    CONSENT_ENTER = "consent:enter"
    CONSENT_LIST = "consent:list"
    ACTIVATION_SEE = "activation:see"
    ACTIVATION_CHANGE = "activation:change"
    LOG_EXTRACT_SEE = "log_extract:see"
    LOOK_UP_LIST = "look_up:list"
    LOOK_UP_OPEN = "look_up:open"
    LOOK_UP_SEE = "look_up:see"
    MATRIX_SEE = "matrix:see"
    MATRIX_PUBLISH = "matrix:publish"
    MEMBERSHIP_CHANGE = "membership:change"
    FORM_SEE = "consent_form:see"
    FORM_EDIT = "consent_form:edit"
    FORM_PUBLISH = "consent_form:publish"
    HAND_OFF_CHANGE = "hand_off:change"
    GUIDE_SEE = "guide:see"
    NOTE_TYPE_SEE = "note_type:see"
    NOTE_TYPE_CHANGE = "note_type:change"
    POLICY_SEE = "policy:see"
    POLICY_CHANGE = "policy:change"
    DECIDER_SEE = "decider:see"
    DECIDER_CHANGE = "decider:change"
    AUDIT_READ = "audit:read"


#: Permission -> the one role that holds it.
HELD_BY: Mapping[Permission, Role] = {
    Permission.LANGUAGE_CHOOSE: Role.ANYBODY,
    Permission.PAGE_MISS: Role.ANYBODY,
    Permission.SCHEMA_SEE: Role.ANYBODY,
    Permission.START_SEE: Role.PERSON,
    Permission.CONSENT_SEE: Role.PERSON,
    Permission.CONSENT_ANSWER: Role.PERSON,
    Permission.CONSENT_WITHDRAW: Role.PERSON,
    Permission.CONSENT_ENTER: Role.SECRETARY,
    Permission.CONSENT_LIST: Role.SECRETARY,
    Permission.ACTIVATION_SEE: Role.SECRETARY,
    Permission.ACTIVATION_CHANGE: Role.SECRETARY,
    Permission.LOG_EXTRACT_SEE: Role.PERSON,
    Permission.LOOK_UP_LIST: Role.WELFARE,
    Permission.LOOK_UP_OPEN: Role.WELFARE,
    Permission.LOOK_UP_SEE: Role.WELFARE,
    Permission.MATRIX_SEE: Role.MAIN_USER,
    Permission.MATRIX_PUBLISH: Role.MAIN_USER,
    Permission.MEMBERSHIP_CHANGE: Role.MAIN_USER,
    Permission.FORM_SEE: Role.MAIN_USER,
    Permission.FORM_EDIT: Role.MAIN_USER,
    Permission.FORM_PUBLISH: Role.MAIN_USER,
    Permission.HAND_OFF_CHANGE: Role.MAIN_USER,
    Permission.GUIDE_SEE: Role.PERSON,
    Permission.NOTE_TYPE_SEE: Role.MAIN_USER,
    Permission.NOTE_TYPE_CHANGE: Role.MAIN_USER,
    Permission.POLICY_SEE: Role.MAIN_USER,
    Permission.POLICY_CHANGE: Role.MAIN_USER,
    Permission.DECIDER_SEE: Role.MAIN_USER,
    Permission.DECIDER_CHANGE: Role.MAIN_USER,
    Permission.AUDIT_READ: Role.OFFICER,
}
