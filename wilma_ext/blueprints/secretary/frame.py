"""What stands around the secretary's pages: the same sections on every one of them."""

from typing import Any

from wilma_ext.blueprints.area import area, surroundings
from wilma_ext.blueprints.visit import lazy
from wilma_ext.identity import OfficeHolder
from wilma_ext.work import Work

#: The first page of each section, and its name.
_SECTIONS: tuple[tuple[str, object], ...] = (
    ("wilma_ext.secretary.pupils", lazy("Pupils")),
    ("wilma_ext.secretary.runs", lazy("Bulk changes")),
    ("wilma_ext.secretary.conflicts", lazy("Disagreements")),
    ("wilma_ext.secretary.unanswered", lazy("Not answered")),
    ("wilma_ext.secretary.expiring", lazy("Ending soon")),
    ("wilma_ext.secretary.closing", lazy("End of term")),
)


def secretary_frame(work: Work, holder: OfficeHolder) -> dict[str, Any]:
    """Return the template values that every page of the role shares."""
    handle = holder.provider_handle
    areas = [area(str(name), endpoint, provider=handle) for endpoint, name in _SECTIONS]
    return surroundings(work, holder.provider_ref, *areas)
