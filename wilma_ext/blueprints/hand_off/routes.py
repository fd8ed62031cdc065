"""Views of the hand-off links: one page for each county of the provider."""

import hashlib
from collections.abc import Sequence
from typing import Any

from flask import request, url_for

from wilma_ext.blueprints.guard import permit
from wilma_ext.blueprints.hand_off.forms import LANGUAGES, ChannelsForm, channels_form
from wilma_ext.blueprints.main_user import main_user_frame
from wilma_ext.blueprints.page import Onwards, Outcome, Page
from wilma_ext.blueprints.permission import Permission
from wilma_ext.blueprints.problem import problem_text
from wilma_ext.blueprints.visit import current_visit
from wilma_ext.errors import Conflict, Invalid, NotFound
from wilma_ext.identity import OfficeHolder
from wilma_ext.oversight.event import Actor
from wilma_ext.rights.hand_off import MOST, Channel, channels_of, set_channels
from wilma_ext.rights.provider import county_name
from wilma_ext.rights.welfare.welfare_group import groups_of
from wilma_ext.work import Work


@permit(Permission.HAND_OFF_CHANGE)
def channels(work: Work, holder: OfficeHolder) -> Outcome:
    """Show the channels of one county, and save them."""
    work.lock_provider(holder.provider_ref, exclusive=request.method == "POST")
    counties = _counties(work, holder)
    wanted = request.args.get("county")
    county = wanted if wanted is not None else next(iter(counties), None)
    if county not in counties:
        raise NotFound("no such county")
    now = channels_of(work, holder.provider_ref, county)
    form = channels_form(f"hand-off:{holder.provider_handle}:{county}", now, _mark(now))
    if form.accepted() and _saved(work, holder, county, now, form):
        return Onwards("wilma_ext.hand_off.channels", _place(holder, county), "hand_offs_saved")
    context = {
        "form": form,
        "numbers": range(MOST),
        "names": LANGUAGES,
        "county": counties[county],
        "others": [
            (name, url_for("wilma_ext.hand_off.channels", **_place(holder, key)))
            for key, name in counties.items()
            if key != county
        ],
        "here": url_for("wilma_ext.hand_off.channels", **_place(holder, county)),
    }
    status = 422 if form.errors else 200
    return Page("hand_off/channels.html", {**context, **main_user_frame(work, holder)}, status)


def _saved(
    work: Work, holder: OfficeHolder, county: str, now: Sequence[Channel], form: ChannelsForm
) -> bool:
    """Save; what the rules refuse is told at its field."""
    if form.before.data != _mark(now):
        raise Conflict("the channels have been changed by somebody else")
    try:
        set_channels(
            work,
            actor=Actor(holder.person_ref, holder.office.value),
            provider_ref=holder.provider_ref,
            county=county,
            channels=form.channels(),
            before=now,
        )
    except Invalid as error:
        field = form[error.field] if error.field in form else form["before"]
        field.errors = [*field.errors, problem_text(error.code)]
        return False
    return True


def _counties(work: Work, holder: OfficeHolder) -> dict[str, str]:
    """The counties of the provider's welfare groups, by key."""
    keys = sorted({group.county for group in groups_of(work, holder.provider_ref)})
    language = current_visit().speech.code
    return {key: county_name(work, holder.provider_ref, key).in_language(language) for key in keys}


def _mark(channels: Sequence[Channel]) -> str:
    return hashlib.sha256(repr(tuple(channels)).encode()).hexdigest()[:32]


def _place(holder: OfficeHolder, county: str) -> dict[str, Any]:
    return {"provider": holder.provider_handle, "county": county}
