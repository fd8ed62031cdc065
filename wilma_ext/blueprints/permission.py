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
    START_SEE = "start:see"
    CONSENT_SEE = "consent:see"
    CONSENT_ANSWER = "consent:answer"
    CONSENT_WITHDRAW = "consent:withdraw"
    ACTIVATION_SEE = "activation:see"
    ACTIVATION_CHANGE = "activation:change"
    LOOK_UP_LIST = "look_up:list"
    LOOK_UP_OPEN = "look_up:open"
    LOOK_UP_SEE = "look_up:see"
    MATRIX_SEE = "matrix:see"
    MATRIX_PUBLISH = "matrix:publish"
    MEMBERSHIP_CHANGE = "membership:change"
    AUDIT_READ = "audit:read"


#: Permission -> the one role that holds it.
HELD_BY: Mapping[Permission, Role] = {
    Permission.LANGUAGE_CHOOSE: Role.ANYBODY,
    Permission.PAGE_MISS: Role.ANYBODY,
    Permission.START_SEE: Role.PERSON,
    Permission.CONSENT_SEE: Role.PERSON,
    Permission.CONSENT_ANSWER: Role.PERSON,
    Permission.CONSENT_WITHDRAW: Role.PERSON,
    Permission.ACTIVATION_SEE: Role.SECRETARY,
    Permission.ACTIVATION_CHANGE: Role.SECRETARY,
    Permission.LOOK_UP_LIST: Role.WELFARE,
    Permission.LOOK_UP_OPEN: Role.WELFARE,
    Permission.LOOK_UP_SEE: Role.WELFARE,
    Permission.MATRIX_SEE: Role.MAIN_USER,
    Permission.MATRIX_PUBLISH: Role.MAIN_USER,
    Permission.MEMBERSHIP_CHANGE: Role.MAIN_USER,
    Permission.AUDIT_READ: Role.OFFICER,
}
