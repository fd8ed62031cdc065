"""Long lists of the secretary: fifty a page, the filters in the URL (S2)."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import request, url_for

from wilma_ext.identity import OfficeHolder
from wilma_ext.rights.person import School, schools_of
from wilma_ext.state import current_state
from wilma_ext.work import Work

PAGE = 50

Item = TypeVar("Item")


@dataclass(frozen=True)
class Paged(Generic[Item]):
    """One page of a list."""

    items: Sequence[Item]
    total: int
    page: int
    pages: int


def paged(items: Sequence[Item]) -> Paged[Item]:
    """Return the page that the URL asks for, or the nearest there is."""
    pages = max(1, -(-len(items) // PAGE))
    text = request.args.get("page", "")
    wanted = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1
    page = min(max(wanted, 1), pages)
    return Paged(items[(page - 1) * PAGE : page * PAGE], len(items), page, pages)


def address_of(holder: OfficeHolder, *kept: str) -> Callable[..., str]:
    """Return what gives the address of this list with the named filters and some change."""
    given = {key: request.args[key] for key in kept if request.args.get(key)}

    def address(endpoint: str = request.endpoint or "", **changes: Any) -> str:
        values = {**given, **changes}
        return url_for(endpoint, provider=holder.provider_handle, **values)

    return address


def own_schools(work: Work, holder: OfficeHolder) -> list[School]:
    """Return the schools of the holder's office, in the order of their names."""
    schools = schools_of(work, current_state.register, holder.provider_ref)
    own = holder.school_refs
    return [school for school in schools if own is None or school.school_ref in own]
