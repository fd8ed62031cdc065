"""Views of pupil welfare staff; every response with data is one recorded disclosure (D8)."""

from datetime import timedelta

from flask import request

from wilma_ext.blueprints.errors import not_found_page
from wilma_ext.blueprints.guard import permit
from wilma_ext.blueprints.page import Onwards, Outcome, Page
from wilma_ext.blueprints.permission import Permission
from wilma_ext.blueprints.welfare import view
from wilma_ext.blueprints.welfare.forms import Necessity, PupilSearch, PurposeForm
from wilma_ext.errors import NotFound
from wilma_ext.rights.access.decision import Member
from wilma_ext.rights.access.opening import (
    MOST_FOUND,
    Opening,
    opening_of,
    pupils_to_open,
    searches_only,
)
from wilma_ext.rights.hand_off import channels_of
from wilma_ext.rights.look_up.disclosure_verdict import record_denial
from wilma_ext.rights.look_up.look_up import look_up_of, open_look_up, own_look_ups, show_look_up
from wilma_ext.rights.policy.policy import policy_at
from wilma_ext.rights.provider import handles_of, pupil_behind
from wilma_ext.rights.welfare.membership import is_live, membership_of
from wilma_ext.state import current_state
from wilma_ext.vocabulary import Purpose
from wilma_ext.work import Work

OWN_LOG_DAYS = 30

#: What no register knows; a look-up of it is denied and recorded like any other.
NOBODY = ""


@permit(Permission.LOOK_UP_LIST)
def pupils(work: Work, member: Member) -> Outcome:
    """List the names of those pupils of whom something may be opened; never their data.

    A search that is refused lists nobody, so that nothing is recorded of it.
    """
    form = PupilSearch.of(f"find-pupil:{member.membership_id}")
    refused = form.refused()
    listed = None if refused else _listed(work, member, form.text)
    context = {
        "form": form,
        "list": listed,
        "search_first": searches_only(work, member),
        "channels": channels_of(work, member.provider_ref),
    }
    status = 422 if refused else 200
    return Page("welfare/pupils.html", {**context, **view.frame_of(work, member)}, status)


def _listed(work: Work, member: Member, search: str) -> view.PupilList:
    """Return the page of the list that is asked for: in the address, or with the search."""
    found = pupils_to_open(work, current_state.register, member, search=search)
    at_most = MOST_FOUND if searches_only(work, member) else None
    page = request.values.get("page", "")
    return view.listed_pupils(work, member, found, page, at_most=at_most)


@permit(Permission.LOOK_UP_OPEN)
def pupil(work: Work, member: Member, handle: str) -> Outcome:
    """Ask why the pupil is opened, and open a look-up."""
    pupil_ref = _pupil_ref(work, member, handle)
    form = PurposeForm.for_pupil(member.membership_id, pupil_ref, _kind_sent())
    if form.accepted():
        opened = _open(work, member, pupil_ref, form)
        if opened is not None:
            return opened
        if not form.lacks_necessity():
            return not_found_page()
    opening = opening_of(work, current_state.register, member, pupil_ref)
    if opening is None:
        return not_found_page()
    if request.method != "POST":
        kind = _kind_of(work, member, opening)
        form = PurposeForm.for_pupil(member.membership_id, pupil_ref, kind)
    context = {
        "form": form,
        "opening": view.shown_opening(opening),
        **view.frame_of(work, member),
    }
    return Page("welfare/purpose.html", context, 422 if form.errors else 200)


def _open(work: Work, member: Member, pupil_ref: str, form: PurposeForm) -> Outcome | None:
    opened = open_look_up(
        work,
        current_state.register,
        member,
        pupil_ref=pupil_ref,
        purpose=Purpose(form["purpose"].data),
        necessity=form.necessity_stated(),
    )
    if opened is None:
        return None
    values = {"membership": member.membership_id, "look_up": opened}
    return Onwards("wilma_ext.welfare.look_up", values)


@permit(Permission.LOOK_UP_SEE)
def look_up(work: Work, member: Member, look_up: str) -> Outcome:
    """Decide again and show what is permitted now; another's look-up is a recorded denial."""
    try:
        shown = show_look_up(
            work, current_state.register, member, look_up, period=view.period_asked()
        )
    except NotFound:
        record_denial(work, member, None, {})
        return not_found_page()
    if shown is None:
        return _ended(work, member, look_up)
    handle = _handle(work, member, shown.pupil.pupil_ref)
    context = {"page": view.shown_look_up(work, member, shown, handle)}
    return Page("welfare/look_up.html", {**context, **view.frame_of(work, member)})


def _ended(work: Work, member: Member, look_up_id: str) -> Outcome:
    """Ask the purpose again when the time is over; a denial is told as an unknown page."""
    ended = look_up_of(work, member, look_up_id)
    if work.now() < ended.valid_until:
        return not_found_page()
    handle = _handle(work, member, ended.pupil_ref)
    values = {"membership": member.membership_id, "handle": handle}
    return Onwards("wilma_ext.welfare.pupil", values, "look_up_over")


@permit(Permission.LOOK_UP_LIST)
def own_log(work: Work, member: Member) -> Outcome:
    """Show what the member has opened in the last thirty days (W10)."""
    visible = pupils_to_open(work, current_state.register, member)
    if not is_live(membership_of(work, member.provider_ref, member.membership_id), work.now()):
        raise NotFound("the membership has ended")
    since = work.now() - timedelta(days=OWN_LOG_DAYS)
    rows = view.own_openings(own_look_ups(work, member, since=since), visible)
    return Page(
        "welfare/own_log.html",
        {"rows": rows, "days": OWN_LOG_DAYS, **view.frame_of(work, member)},
    )


def _pupil_ref(work: Work, member: Member, handle: str) -> str:
    """Return the pupil behind the handle; another provider's is nobody, as is an unknown one."""
    try:
        provider_ref, pupil_ref = pupil_behind(work, handle)
    except NotFound:
        return NOBODY
    return pupil_ref if provider_ref == member.provider_ref else NOBODY


def _handle(work: Work, member: Member, pupil_ref: str) -> str:
    return handles_of(work, member.provider_ref, [pupil_ref])[pupil_ref]


def _kind_of(work: Work, member: Member, opening: Opening) -> Necessity:
    if not opening.by_law:
        return Necessity.NOT_ASKED
    policy = policy_at(work, member.provider_ref, work.now())
    return Necessity.TEXT if policy.necessity_text else Necessity.BOX


def _kind_sent() -> Necessity:
    """Return the kind of form that was sent; its token says whether it was ours."""
    sent = request.form.get("kind", "")
    return Necessity(sent) if sent in set(Necessity) else Necessity.NOT_ASKED
