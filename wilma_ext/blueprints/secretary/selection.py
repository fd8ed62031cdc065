"""Views of a selection: what it would enable, looked at once more, and the start (S5, S6)."""

from collections import Counter
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from urllib.parse import parse_qsl

from flask import request

from wilma_ext.blueprints.guard import permit
from wilma_ext.blueprints.label import school_name
from wilma_ext.blueprints.page import Onwards, Outcome, Page
from wilma_ext.blueprints.permission import Permission
from wilma_ext.blueprints.secretary import view
from wilma_ext.blueprints.secretary.forms import SelectionForm, StartForm
from wilma_ext.blueprints.secretary.frame import secretary_frame
from wilma_ext.blueprints.secretary.listing import SIZES, in_order, natural
from wilma_ext.blueprints.secretary.office import actor_of, desk, require_group
from wilma_ext.errors import Invalid, NotFound
from wilma_ext.identity import OfficeHolder
from wilma_ext.opaque_id import new_id
from wilma_ext.rights.desk.bulk_run import RunKind, chosen_in
from wilma_ext.rights.desk.bulk_start import Start, start_run
from wilma_ext.rights.desk.desk import DeskPupil
from wilma_ext.rights.desk.desk_filter import DeskFilter
from wilma_ext.rights.provider import pupils_behind
from wilma_ext.work import Work

#: How many names a look-through shows.
NAMES = 20


@dataclass(frozen=True)
class LeftOut:
    """Pupils who were selected and cannot be enabled, by the reason."""

    why: str
    number: int
    names: str


@permit(Permission.ACTIVATION_CHANGE)
def review(work: Work, holder: OfficeHolder) -> Outcome:
    """Show what the selection would enable; nothing changes (S6)."""
    if not SelectionForm.of(f"select:{holder.provider_handle}").accepted():
        raise Invalid("form_expired")
    group_id = require_group(work, holder)
    chosen = _chosen(work, holder, desk(work, holder, group_id))
    selected = [pupil for pupil in chosen if pupil.waiting]
    if not selected:
        return _back(holder)
    run, at = new_id(), work.now().isoformat()
    query, mode = request.form.get("query", ""), request.form.get("select", "")
    sealed = _purpose(holder, group_id, run, at, query, mode)
    context = {
        "provider": holder.provider_handle,
        "welfare_group": group_id,
        "form": StartForm.of(sealed, run=run, at=at, query=query, select=mode),
        "handles": [] if mode == "all" else request.form.getlist("pupil"),
        "number": len(selected),
        "names": [f"{pupil.name}, {pupil.group_name}" for pupil in selected[:NAMES]],
        "classes": _classes(selected),
        "pairs": view.pair_rows(frozenset().union(*(pupil.waiting for pupil in selected))),
        "left_out": _left_out([pupil for pupil in chosen if not pupil.waiting]),
        **secretary_frame(work, holder),
    }
    return Page("secretary/review.html", context)


@permit(Permission.ACTIVATION_CHANGE)
def start(work: Work, holder: OfficeHolder) -> Outcome:
    """Start the run over the pupils who were looked at; the same page sent twice starts one.

    A selection by filter is the filter and the instant of the look: who came to match since was
    not looked at and stays out, whose consent has changed is found by the run.
    """
    sent = request.form
    group_id = require_group(work, holder)
    run, at = sent.get("run", ""), sent.get("at", "")
    query, mode = sent.get("query", ""), sent.get("select", "")
    if not StartForm.of(_purpose(holder, group_id, run, at, query, mode)).accepted():
        raise Invalid("form_expired")
    then = desk(work, holder, group_id, datetime.fromisoformat(at))
    selected = [pupil for pupil in _chosen(work, holder, then) if pupil.waiting]
    run_id = start_run(
        work,
        actor=actor_of(holder),
        start=Start(
            run,
            holder.provider_ref,
            group_id,
            RunKind.ENABLE,
            chosen_in(query, {pupil.school_ref for pupil in selected}),
        ),
        pupils={pupil.pupil_ref: None for pupil in selected},
    )
    return Onwards("wilma_ext.secretary.run", {"provider": holder.provider_handle, "run": run_id})


def _back(holder: OfficeHolder) -> Onwards:
    """Back to the same list, which says that nobody was selected."""
    names = {one.name for one in fields(DeskFilter)}
    query = parse_qsl(request.form.get("query", ""), keep_blank_values=True)
    kept = {"state": "", **{name: value for name, value in query if name in names}}
    values = {"provider": holder.provider_handle, **kept}
    return Onwards("wilma_ext.secretary.pupils", values, "nobody_selected")


def _purpose(holder: OfficeHolder, *parts: str) -> str:
    return "|".join(("start", holder.provider_handle, *parts))


def _chosen(work: Work, holder: OfficeHolder, everyone: list[DeskPupil]) -> list[DeskPupil]:
    """Return those of the desk whom the form names: all that the filter matches, or each by name.

    A pupil who is not on the holder's desk is not found, whoever that is.
    """
    if request.form.get("select") == "all":
        try:
            return in_order(DeskFilter.from_query(request.form.get("query", "")).of(everyone))
        except (ValueError, TypeError) as error:
            raise Invalid("form_expired") from error
    handles = request.form.getlist("pupil")
    if len(handles) > SIZES[-1]:
        raise Invalid("form_expired")  # no page of ours offers so many one by one
    refs = pupils_behind(work, holder.provider_ref, handles)
    own = {pupil.pupil_ref: pupil for pupil in everyone}
    if refs - own.keys() or len(refs) != len(set(handles)):
        raise NotFound("a pupil of somebody else's")
    return in_order(own[ref] for ref in refs)


def _classes(selected: list[DeskPupil]) -> list[view.Row]:
    counted: Counter[tuple[str, str]] = Counter(
        (school_name(pupil), pupil.group_name) for pupil in selected
    )
    by_school: dict[str, list[str]] = {}
    for (school, group), number in sorted(
        counted.items(), key=lambda one: (one[0][0], natural(one[0][1]))
    ):
        by_school.setdefault(school, []).append(f"{group}:\N{NO-BREAK SPACE}{number}")
    return [view.Row(school, (", ".join(groups),)) for school, groups in by_school.items()]


def _left_out(others: list[DeskPupil]) -> list[LeftOut]:
    by_state: dict[Any, list[DeskPupil]] = {}
    for pupil in others:
        by_state.setdefault(pupil.state, []).append(pupil)
    return [
        LeftOut(
            view.state_label(state),
            len(found),
            "; ".join(f"{pupil.name}, {pupil.group_name}" for pupil in found[:NAMES])
            + ("; …" if len(found) > NAMES else ""),
        )
        for state, found in by_state.items()
    ]
