"""Views of the data protection officer; reading the log is itself logged (D3)."""

from datetime import date, timedelta
from typing import Any

from flask import request

from wilma_ext.blueprints.day import end_of
from wilma_ext.blueprints.guard import permit
from wilma_ext.blueprints.oversight import detail, view
from wilma_ext.blueprints.oversight.forms import LogFilterForm, VerifyForm
from wilma_ext.blueprints.page import Outcome, Page
from wilma_ext.blueprints.permission import Permission
from wilma_ext.blueprints.visit import current_visit
from wilma_ext.clock import civil_date, midnight
from wilma_ext.identity import OfficeHolder
from wilma_ext.oversight.chain import verify
from wilma_ext.oversight.event import Actor, Event, Recorded, Value
from wilma_ext.oversight.pupil import pupils_named
from wilma_ext.oversight.search import (
    LogFilter,
    actors_in_log,
    event_document,
    find_events,
    last_verification,
    log_length,
)
from wilma_ext.rights.welfare.membership_list import find_people
from wilma_ext.state import current_state
from wilma_ext.work import Work

#: Without a choice of one's own the list shows this many days (three months, D2).
DEFAULT_DAYS = 92
MOST_ACTORS = 200


@permit(Permission.AUDIT_READ)
def events(work: Work, holder: OfficeHolder) -> Outcome:
    """List the provider's events by filters; what was searched for is recorded."""
    first = civil_date(work.now()) - timedelta(days=DEFAULT_DAYS)
    form = LogFilterForm.with_defaults(current_visit().speech.date(first))
    valid = form.validate()
    log = None
    if valid:
        wanted = _wanted(work, holder, form, first)
        log = find_events(
            work, holder.provider_ref, wanted, before=_place("before"), after=_place("after")
        )
        _record(work, holder, _told(wanted), len(log.events))
    context = {
        "form": form,
        "log": view.shown_log(work, holder, log) if log else None,
        "chain": view.chain_state(
            log_length(work, holder.provider_ref), last_verification(work, holder.provider_ref)
        ),
        "verify_form": _verify_form(holder),
    }
    status = 200 if valid else 422
    return Page("oversight/events.html", {**context, **view.frame_of(work, holder)}, status)


def _wanted(work: Work, holder: OfficeHolder, form: Any, first: date) -> LogFilter:
    register = current_state.register
    actor, pupil = (form.actor.data or "").strip(), (form.pupil.data or "").strip()
    actors, pupils = None, None
    if actor:
        found = find_people(work, register, holder.provider_ref, actor, most=MOST_ACTORS)
        meant = frozenset({actor, *(person.person_ref for person in found.people)})
        actors = actors_in_log(work, holder.provider_ref, meant)
    if pupil:
        pupils = pupils_named(work, register, holder.provider_ref, pupil)
    since = form.since.day if "since" in request.args else first
    return LogFilter(
        since=midnight(since) if since else None,
        until=end_of(form.until.day) if form.until.day else None,
        actor_refs=actors,
        pupil_refs=pupils,
        group=form.group.data,
        outcome=form.outcome.data,
    )


def _place(name: str) -> int | None:
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def _told(wanted: LogFilter) -> dict[str, str]:
    """Return the filter as keys and values; of names, only whom they meant."""
    told = {
        "since": wanted.since.isoformat() if wanted.since else "",
        "until": wanted.until.isoformat() if wanted.until else "",
        "actors": " ".join(sorted(wanted.actor_refs or ())),
        "pupils": " ".join(sorted(wanted.pupil_refs or ())),
        "group": wanted.group,
        "outcome": wanted.outcome,
    }
    return {key: value for key, value in told.items() if value}


@permit(Permission.AUDIT_READ)
def event(work: Work, holder: OfficeHolder, sequence: int) -> Outcome:
    """Show one event in plain words, then as it is stored."""
    document = event_document(work, holder.provider_ref, sequence)
    _record(work, holder, {"sequence": str(sequence)}, 1)
    context = {"event": detail.shown_event(work, holder.provider_ref, document)}
    return Page("oversight/event.html", {**context, **view.frame_of(work, holder)})


@permit(Permission.AUDIT_READ)
def verify_chain(work: Work, holder: OfficeHolder) -> Outcome:
    """Walk the whole chain and say how far it holds; the result stays in the log."""
    form = _verify_form(holder)
    found = None
    if form.accepted():
        found = verify(work.session, holder.provider_ref)
        told = {"act": "verify"}
        if found.bad_sequence is not None:
            told |= {"bad": str(found.bad_sequence), "problem": found.problem}
        _record(work, holder, told, found.checked)
    context = {"form": form, "found": found, "at": work.now()}
    status = 422 if form.errors else 200
    return Page("oversight/chain.html", {**context, **view.frame_of(work, holder)}, status)


def _verify_form(holder: OfficeHolder) -> Any:
    return VerifyForm.of(f"verify:{holder.provider_ref}")


def _record(work: Work, holder: OfficeHolder, told: dict[str, str], count: int) -> None:
    actor = Actor(holder.person_ref, holder.office.value)
    data: dict[str, Value] = {"filter": told, "count": count}
    work.record(Recorded(holder.provider_ref, Event.AUDIT_READ, actor, data=data))
