"""The words of the note types' pages."""

from collections.abc import Mapping

from wilma_ext.blueprints.label import word
from wilma_ext.blueprints.visit import lazy

_KINDS: Mapping[str, object] = {
    "absence": lazy("Absence"),
    "late": lazy("Late arrival"),
    "health": lazy("Reason of health, never shown"),
    "conduct": lazy("Praise or remark, never shown"),
    "other": lazy("Something else, never shown"),
}


def kind_label(key: str) -> str:
    """Return what a kind of note means."""
    return word(_KINDS, key)
