"""The words for a provider's choices."""

from collections.abc import Mapping

from wilma_ext.blueprints.label import word
from wilma_ext.blueprints.visit import lazy

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


def policy_label(key: str, value: str) -> str:
    """Return one choice of the policy in words."""
    return word(_POLICY, f"{key}:{value}")
