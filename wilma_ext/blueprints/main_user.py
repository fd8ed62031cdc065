"""What stands around the pages of the main user: the same sections on every one of them."""

from typing import Any

from wilma_ext.blueprints.area import area, surroundings
from wilma_ext.blueprints.visit import lazy
from wilma_ext.identity import OfficeHolder
from wilma_ext.work import Work

#: The first page of each section, and its name.
_SECTIONS: tuple[tuple[str, object], ...] = (
    ("wilma_ext.matrix.groups", lazy("Groups")),
    ("wilma_ext.policy.choices", lazy("Policy")),
    ("wilma_ext.consent_form.overview", lazy("Consent form")),
    ("wilma_ext.decider.pupils", lazy("Who decides")),
    ("wilma_ext.note_type.types", lazy("Note types")),
    ("wilma_ext.hand_off.channels", lazy("County links")),
)


def main_user_frame(work: Work, holder: OfficeHolder) -> dict[str, Any]:
    """Return the template values that every page of the role shares."""
    handle = holder.provider_handle
    areas = [area(str(name), endpoint, provider=handle) for endpoint, name in _SECTIONS]
    return surroundings(work, holder.provider_ref, *areas)
