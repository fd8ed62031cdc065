"""The words for the events of the log: what happened, to what end, by which channel."""

from collections.abc import Mapping

from wilma_ext.blueprints.label import word
from wilma_ext.blueprints.visit import lazy
from wilma_ext.vocabulary import DisableReason

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
    "register_change:observed": lazy("Change in the school system noticed"),
    "guardian_decision:recorded": lazy("Decision on who acts as guardian recorded"),
    "guardian_decision:ended": lazy("Decision on who acts as guardian ended"),
    "consent:listed": lazy("List of consents taken out"),
    "activation:started": lazy("Welfare group enabled for the pupil"),
    "activation:ended": lazy("Welfare group disabled for the pupil"),
    "bulk_run:started": lazy("Bulk run started"),
    "bulk_run:finished": lazy("Bulk run finished"),
    "bulk_run:cancelled": lazy("Bulk run cancelled"),
    "look_up:opened": lazy("Pupil opened for a purpose"),
    "look_up:shown": lazy("Data of the pupil shown"),
    "look_up:denied": lazy("Access to the pupil denied"),
    "look_up:listed": lazy("Pupils listed"),
    "note_types:changed": lazy("Meaning of lesson-note types changed"),
    "hand_off:changed": lazy("Links to the county's own services changed"),
    "audit:read": lazy("Log read"),
    "log_extract:shown": lazy("Log extract shown to the family"),
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
    DisableReason.MISTAKE: lazy("Disabled: enabled by mistake"),
    DisableReason.LEAVING: lazy("Disabled: the pupil leaves the school"),
    DisableReason.UNCLEAR: lazy("Disabled: something had to be cleared up"),
    DisableReason.OTHER: lazy("Disabled: another reason"),
}


#: What a change of the school system was noticed in.
#: Lists that are taken out of the system.
_LISTS: Mapping[str, object] = {
    "unanswered": lazy("Not answered"),
    "expiring": lazy("Ending soon"),
    "bulk_run": lazy("Result of a bulk run"),
}

_KINDS: Mapping[str, object] = {
    "enable": lazy("Enabling"),
    "undo": lazy("Taking back"),
    "close": lazy("Closing for leavers"),
    "school": lazy("School"),
    "custody": lazy("Guardians"),
    "provider": lazy("Education provider: the pupil has left its schools"),
}


def outcome_label(key: str) -> str:
    return word(_OUTCOMES, key)


def event_label(key: str) -> str:
    return word(_EVENTS, key)


def event_group_label(key: str) -> str:
    return word(_EVENT_GROUPS, key)


def channel_label(key: str) -> str:
    return word(_CHANNELS, key)


def closing_label(key: str) -> str:
    """Return why something that was enabled is not any more."""
    return word(_CLOSINGS, key)


def list_label(key: str) -> str:
    return word(_LISTS, key)


def kind_label(key: str) -> str:
    return word(_KINDS, key)
