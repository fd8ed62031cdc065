"""Views of the secretary's desk. Look-ups are never shown here, nor that anyone is a client."""

from typing import Any

from flask import request, url_for

from wilma_ext.blueprints.collation import collation_key
from wilma_ext.blueprints.field import option
from wilma_ext.blueprints.guard import permit
from wilma_ext.blueprints.page import Onwards, Outcome, Page
from wilma_ext.blueprints.permission import Permission
from wilma_ext.blueprints.secretary import view
from wilma_ext.blueprints.secretary.forms import DeskFilter, EnableForm, PupilForm
from wilma_ext.blueprints.visit import current_visit, gettext
from wilma_ext.errors import Invalid, NotFound
from wilma_ext.identity import OfficeHolder
from wilma_ext.oversight.event import Actor
from wilma_ext.rights.activation import activate, deactivate
from wilma_ext.rights.desk import (
    DeskPupil,
    DeskState,
    answers_about,
    desk_of,
    opened_for,
)
from wilma_ext.rights.person import display_names, pupil_of
from wilma_ext.rights.provider import handles_of, pupil_behind
from wilma_ext.rights.welfare_group import group_of, groups_of
from wilma_ext.state import current_state
from wilma_ext.work import Work


@permit(Permission.ACTIVATION_SEE)
def pupils(work: Work, holder: OfficeHolder) -> Outcome:
    """List the pupils by state, fifty a page, with the filters in the URL (S1, S2)."""
    group_id = _group_id(work, holder)
    if group_id is None:
        return Page("secretary/no_group.html")
    everyone = _desk(work, holder, group_id)
    form = _filter(everyone)
    found = view.matching(
        everyone,
        state=form.state.data,
        school=form.school.data or "",
        search=form.search.data or "",
    )
    language = current_visit().speech.code
    found.sort(key=lambda pupil: collation_key(language, pupil.name, pupil.group_name))
    pages = max(1, -(-len(found) // view.PAGE))
    page = min(max(_number(request.args.get("page")), 1), pages)
    shown = found[(page - 1) * view.PAGE : page * view.PAGE]
    handles = handles_of(work, holder.provider_ref, [pupil.pupil_ref for pupil in shown])
    return Page(
        "secretary/pupils.html",
        {
            "provider": holder.provider_handle,
            "group": group_id,
            "form_filter": form,
            "tiles": _tiles(everyone, holder, form.state.data),
            "total": len(found),
            "lines": view.lines(shown, handles, everyone),
            "enable": EnableForm.of(f"enable:{holder.provider_handle}"),
            "page": page,
            "pages": pages,
            "url_for_page": lambda number: _url(holder, page=number),
            "state_title": view.list_title(form.state.data),
        },
    )


@permit(Permission.ACTIVATION_CHANGE)
def enable(work: Work, holder: OfficeHolder) -> Outcome:
    """Enable the group for the selected pupils; consents are looked at again (S5)."""
    if not EnableForm.of(f"enable:{holder.provider_handle}").accepted():
        raise Invalid("form_expired")
    refs = [_own_pupil(work, holder, handle) for handle in request.form.getlist("pupil")]
    if not refs:
        raise Invalid("nobody_selected")
    done = activate(
        work,
        current_state.register,
        actor=_actor(holder),
        provider_ref=holder.provider_ref,
        pupil_refs=refs,
        group_id=_posted_group(work, holder),
    )
    notice = "enabled" if len(done) == len(refs) else "enabled_some"
    return Onwards(
        "wilma_ext.secretary.pupils",
        {"provider": holder.provider_handle},
        notice if done else "nothing_enabled",
    )


@permit(Permission.ACTIVATION_SEE)
def pupil_page(work: Work, holder: OfficeHolder, pupil: str) -> Outcome:
    """Show one pupil: consents, what is enabled since when, by whom (S14)."""
    ref = _own_pupil(work, holder, pupil)
    group_id = _group_id(work, holder)
    if group_id is None:
        raise NotFound("no group")
    found = pupil_of(work, current_state.register, ref, holder.provider_ref)
    line = next(item for item in _desk(work, holder, group_id) if item.pupil_ref == ref)
    answers = answers_about(work, holder.provider_ref, ref)
    opened = opened_for(work, holder.provider_ref, ref, group_id)
    people = frozenset({a.giver_ref for a in answers} | {item.by for item in opened})
    names = display_names(work, current_state.register, people)
    return Page(
        "secretary/pupil.html",
        {
            "provider": holder.provider_handle,
            "handle": pupil,
            "group": group_id,
            "name": found.name,
            "group_name": found.group_name,
            "school_name": view.school_name(line),
            "born": view.day(found.birth_date),
            "state": view.state_label(line.state),
            "can_enable": bool(line.waiting),
            "can_disable": bool(opened),
            "waiting_rows": view.pair_rows(line.waiting),
            "opened_rows": view.opened_rows(opened, names),
            "events": view.events(answers, names),
            "form": PupilForm.of(f"pupil:{pupil}"),
        },
    )


@permit(Permission.ACTIVATION_CHANGE)
def enable_one(work: Work, holder: OfficeHolder, pupil: str) -> Outcome:
    """Enable the group for one pupil."""
    ref = _posted_pupil(work, holder, pupil)
    done = activate(
        work,
        current_state.register,
        actor=_actor(holder),
        provider_ref=holder.provider_ref,
        pupil_refs=[ref],
        group_id=_posted_group(work, holder),
    )
    return _back(holder, pupil, "enabled" if done else "nothing_enabled")


@permit(Permission.ACTIVATION_CHANGE)
def disable(work: Work, holder: OfficeHolder, pupil: str) -> Outcome:
    """Disable the group for one pupil; the consents stay as they are."""
    ref = _posted_pupil(work, holder, pupil)
    deactivate(
        work,
        current_state.register,
        actor=_actor(holder),
        provider_ref=holder.provider_ref,
        pupil_ref=ref,
        group_id=_posted_group(work, holder),
    )
    return _back(holder, pupil, "disabled")


def _desk(work: Work, holder: OfficeHolder, group_id: str) -> list[DeskPupil]:
    return desk_of(
        work,
        current_state.register,
        provider_ref=holder.provider_ref,
        group_id=group_id,
        school_refs=holder.school_refs,
    )


def _group_id(work: Work, holder: OfficeHolder) -> str | None:
    """The provider's welfare group; with several, the one in the URL."""
    groups = groups_of(work, holder.provider_ref)
    wanted = request.args.get("group")
    if wanted is not None:
        return group_of(work, holder.provider_ref, wanted).id
    return groups[0].id if groups else None


def _posted_group(work: Work, holder: OfficeHolder) -> str:
    return group_of(work, holder.provider_ref, request.form.get("group", "")).id


def _own_pupil(work: Work, holder: OfficeHolder, handle: str) -> str:
    """Return the pupil of the holder's own provider and schools; any other is not found."""
    provider_ref, pupil_ref = pupil_behind(work, handle)
    if provider_ref != holder.provider_ref:
        raise NotFound("another provider's pupil")
    pupil = pupil_of(work, current_state.register, pupil_ref, provider_ref)
    if not pupil.enrolled:
        raise NotFound("not enrolled")
    if holder.school_refs is not None and pupil.school_ref not in holder.school_refs:
        raise NotFound("another school's pupil")
    return pupil_ref


def _posted_pupil(work: Work, holder: OfficeHolder, handle: str) -> str:
    if not PupilForm.of(f"pupil:{handle}").accepted():
        raise Invalid("form_expired")
    return _own_pupil(work, holder, handle)


def _back(holder: OfficeHolder, handle: str, notice: str) -> Onwards:
    values = {"provider": holder.provider_handle, "pupil": handle}
    return Onwards("wilma_ext.secretary.pupil", values, notice)


def _actor(holder: OfficeHolder) -> Actor:
    return Actor(holder.person_ref, holder.office.value)


def _filter(everyone: list[DeskPupil]) -> Any:
    form = DeskFilter.of()
    states = [(state.value, view.state_label(state)) for state in DeskState]
    schools = sorted({(view.school_name(pupil), pupil.school_ref) for pupil in everyone})
    form.state.choices = [option("", gettext("All")), *(option(*state) for state in states)]
    form.school.choices = [
        option("", gettext("All schools")),
        *(option(ref, name) for name, ref in schools),
    ]
    if "state" not in request.args:
        form.state.data = DeskState.WAITING.value
    if form.state.data not in {"", *(value for value, _ in states)}:
        form.state.data = ""
    return form


def _tiles(everyone: list[DeskPupil], holder: OfficeHolder, state: str) -> list[view.Tile]:
    found = view.counts(everyone)
    return [
        view.Tile(
            found[item],
            view.state_label(item),
            _url(holder, state=item.value, page=1),
            item.value == state,
        )
        for item in DeskState
    ]


def _url(holder: OfficeHolder, **changes: Any) -> str:
    kept = {key: request.args[key] for key in _KEPT if key in request.args}
    values = {**kept, **changes}
    return url_for("wilma_ext.secretary.pupils", provider=holder.provider_handle, **values)


#: What of the address goes along to another page of the list.
_KEPT = ("state", "school", "search", "group")


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 6 else 1
