"""The view of the desk's list. Look-ups are never shown here, nor that anyone is a client."""

from typing import Any

from flask import request

from wilma_ext.blueprints.guard import permit
from wilma_ext.blueprints.page import Outcome, Page
from wilma_ext.blueprints.permission import Permission
from wilma_ext.blueprints.secretary import listing, view
from wilma_ext.blueprints.secretary.forms import SelectionForm
from wilma_ext.blueprints.secretary.frame import secretary_frame
from wilma_ext.blueprints.secretary.office import desk, welfare_group
from wilma_ext.blueprints.visit import ngettext
from wilma_ext.identity import OfficeHolder
from wilma_ext.rights.desk.desk import DeskPupil
from wilma_ext.rights.desk.desk_filter import DeskFilter
from wilma_ext.rights.provider import handles_of
from wilma_ext.work import Work


@permit(Permission.ACTIVATION_SEE)
def pupils(work: Work, holder: OfficeHolder) -> Outcome:
    """List the pupils by state, with figures on top and the filters in the URL (S1-S4)."""
    group_id = welfare_group(work, holder)
    if group_id is None:
        return Page("secretary/no_group.html", secretary_frame(work, holder))
    everyone = desk(work, holder, group_id)
    form = listing.filter_form(everyone)
    chosen = listing.filter_of(form)
    found = listing.in_order(chosen.of(everyone), listing.sort_word())
    size = listing.page_size()
    pages = max(1, -(-len(found) // size))
    page = min(max(_number(request.args.get("page")), 1), pages)
    shown = found[(page - 1) * size : page * size]
    handles = handles_of(work, holder.provider_ref, [pupil.pupil_ref for pupil in shown])
    context = {
        "provider": holder.provider_handle,
        "welfare_group": group_id,
        "form_filter": form,
        "query": chosen.query,
        "tiles": _tiles(holder, everyone, chosen),
        "lines": view.lines(shown, handles, everyone),
        "columns": listing.sort_columns(holder),
        "form": SelectionForm.of(f"select:{holder.provider_handle}"),
        "choice": _choice(holder, shown, found, page),
        "page": page,
        "pages": pages,
        "sizes": _sizes(holder, size),
        "url_for_page": lambda number: listing.address(holder, page=number),
        "title": f"{view.list_title(chosen.state)}: {_pupils(len(found))}",
        "sort": listing.sort_word(),
    }
    status = 422 if form.errors else 200
    return Page("secretary/pupils.html", {**context, **secretary_frame(work, holder)}, status)


def _pupils(number: int) -> str:
    return ngettext("%(num)s pupil", "%(num)s pupils", number)


def _tiles(holder: OfficeHolder, everyone: list[DeskPupil], chosen: DeskFilter) -> list[view.Tile]:
    return [
        view.Tile(
            number,
            view.state_label(word),
            listing.address(holder, state=word, page=None),
            word == chosen.state,
            alert=word == "stray" and number > 0,
        )
        for word, number in view.figures(everyone, chosen).items()
    ]


def _choice(
    holder: OfficeHolder, shown: list[DeskPupil], found: list[DeskPupil], page: int
) -> dict[str, Any]:
    """Who can be selected, who is, and the links that change it: they work without a script."""
    here = sum(bool(pupil.waiting) for pupil in shown)
    matching = sum(bool(pupil.waiting) for pupil in found)
    mode = request.args.get("select", "")
    # One comes back to where one was: to the number selected, not to the top of the page.
    at = {"page": page, "_anchor": "selection"}
    selected = {"page": here, "all": matching}.get(mode, 0)
    return {
        "mode": mode if mode in ("page", "all") else "",
        "here": here,
        "matching": matching,
        "selected": selected,
        "page_url": listing.address(holder, select="page", **at),
        "all_url": listing.address(holder, select="all", **at),
        "clear_url": listing.address(holder, **at),
    }


def _sizes(holder: OfficeHolder, present: int) -> list[tuple[int, str]]:
    """The other sizes of a page, each with its address."""
    return [
        (size, "" if size == present else listing.address(holder, size=size, page=None))
        for size in listing.SIZES
    ]


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else 1
