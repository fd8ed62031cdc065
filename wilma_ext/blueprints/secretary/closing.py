"""Views of the end of term: whose access is closed, looked at first, then a run (S20)."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask import request

from wilma_ext.blueprints.collation import collation_key
from wilma_ext.blueprints.field import option
from wilma_ext.blueprints.guard import permit
from wilma_ext.blueprints.label import school_name
from wilma_ext.blueprints.page import Onwards, Outcome, Page
from wilma_ext.blueprints.permission import Permission
from wilma_ext.blueprints.secretary import view
from wilma_ext.blueprints.secretary.forms import ClosingFilter, ClosingForm
from wilma_ext.blueprints.secretary.frame import secretary_frame
from wilma_ext.blueprints.secretary.listing import natural
from wilma_ext.blueprints.secretary.office import actor_of, desk, welfare_group
from wilma_ext.blueprints.secretary.paging import own_schools
from wilma_ext.blueprints.secretary.selection import NAMES
from wilma_ext.blueprints.visit import current_visit, gettext
from wilma_ext.identity import OfficeHolder
from wilma_ext.opaque_id import is_own_id, new_id
from wilma_ext.rights.desk.bulk_run import RunKind, chosen_in
from wilma_ext.rights.desk.bulk_start import Start, hold_desk, start_run
from wilma_ext.rights.desk.desk import DeskPupil
from wilma_ext.rights.desk.leaver import Leaver, leavers_of
from wilma_ext.state import current_state
from wilma_ext.work import Work

LEAVERS, CLASSES, STRAY = "leavers", "classes", "stray"


@dataclass(frozen=True)
class Closable:
    """One pupil whose access would be closed, and why."""

    pupil_ref: str
    name: str
    group_name: str
    why: str


@permit(Permission.ACTIVATION_CHANGE)
def closing(work: Work, holder: OfficeHolder) -> Outcome:
    """Choose and look; the button starts the run over exactly those who were looked at."""
    if request.method == "POST":
        hold_desk(work, holder.provider_ref)
    group_id = welfare_group(work, holder)
    if group_id is None:
        return Page("secretary/no_group.html", secretary_frame(work, holder))
    everyone = [one for one in desk(work, holder, group_id) if one.enabled or one.stray]
    chosen = _filter(everyone)
    found = _in_order(_closable(work, holder, group_id, everyone, chosen))
    same = _fingerprint(found)
    sent = request.form.get("run", "")
    run = sent if is_own_id(sent) else new_id()
    sealed = "|".join(("close", holder.provider_handle, group_id, run, same))
    form = ClosingForm.of(sealed, run=run, same=same)
    if form.accepted() and found:
        return _started(work, holder, group_id, run, chosen, found)
    # What was typed is of a list that has changed since: the new one is looked at anew.
    changed = bool(form.errors) and request.form.get("same") != same
    form.run.data, form.same.data = run, same
    context = {
        "provider": holder.provider_handle,
        "welfare_group": group_id,
        "form_filter": chosen,
        "form": form,
        "changed": changed,
        "what": chosen.what.data,
        "groups": chosen.group.data or [],
        "number": len(found),
        "shown": found[:NAMES],
        "more": max(0, len(found) - NAMES),
        **secretary_frame(work, holder),
    }
    return Page("secretary/closing.html", context, 422 if form.errors else 200)


def _started(
    work: Work,
    holder: OfficeHolder,
    group_id: str,
    run: str,
    chosen: Any,
    found: list[Closable],
) -> Outcome:
    schools = holder.school_refs
    if schools is None:
        schools = frozenset(school.school_ref for school in own_schools(work, holder))
    run_id = start_run(
        work,
        actor=actor_of(holder),
        start=Start(
            run,
            holder.provider_ref,
            group_id,
            RunKind.CLOSE,
            chosen_in(f"what={chosen.what.data}", schools),
        ),
        pupils={one.pupil_ref: None for one in found},
    )
    return Onwards("wilma_ext.secretary.run", {"provider": holder.provider_handle, "run": run_id})


def _filter(everyone: list[DeskPupil]) -> Any:
    form = ClosingFilter(request.values)
    form.what.choices = [
        option(LEAVERS, gettext("Pupils who have left the school or moved to another")),
        option(CLASSES, gettext("Everybody in the classes I choose")),
        option(STRAY, gettext("Pupils who are enabled without a consent")),
    ]
    if form.what.data not in (LEAVERS, CLASSES, STRAY):
        form.what.data = LEAVERS
    groups = {(school_name(one), _class(one), one.group_name) for one in everyone}
    form.group.choices = [
        option(key, f"{name}, {school}")
        for school, key, name in sorted(groups, key=lambda one: (one[0], natural(one[2])))
    ]
    return form


def _class(pupil: DeskPupil) -> str:
    return f"{pupil.school_ref}|{pupil.group_name}"


def _closable(
    work: Work, holder: OfficeHolder, group_id: str, everyone: list[DeskPupil], chosen: Any
) -> Iterable[Closable]:
    if chosen.what.data == LEAVERS:
        return _leavers(work, holder, group_id)
    if chosen.what.data == STRAY:
        return [_of_desk(one) for one in everyone if one.stray]
    wanted = set(chosen.group.data or [])
    return [_of_desk(one) for one in everyone if _class(one) in wanted]


def _of_desk(pupil: DeskPupil) -> Closable:
    return Closable(pupil.pupil_ref, pupil.name, pupil.group_name, view.state_label(pupil.state))


def _leavers(work: Work, holder: OfficeHolder, group_id: str) -> list[Closable]:
    names = {school.school_ref: school for school in own_schools(work, holder)}
    found = leavers_of(
        work,
        current_state.register,
        provider_ref=holder.provider_ref,
        group_id=group_id,
        school_refs=holder.school_refs,
    )
    unknown = gettext("A pupil not in the register any more")
    return [
        Closable(one.pupil_ref, one.name or unknown, one.group_name, _why(one, names))
        for one in found
    ]


def _why(one: Leaver, schools: Any) -> str:
    if one.to_school is None:
        return gettext("has left the school")
    known = schools.get(one.to_school)
    return gettext("has moved to %(school)s", school=known.name if known else "–")


def _in_order(found: Iterable[Closable]) -> list[Closable]:
    language = current_visit().speech.code
    return sorted(
        found, key=lambda one: (collation_key(language, one.name, one.group_name), one.pupil_ref)
    )


def _fingerprint(found: list[Closable]) -> str:
    refs = "\n".join(sorted(one.pupil_ref for one in found))
    return hashlib.sha256(refs.encode()).hexdigest()[:32]
