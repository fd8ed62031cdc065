"""The start page: the roles of the signed-in person, and the language switch."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, make_response, redirect, request, url_for
from flask.typing import ResponseReturnValue

from wilma_ext.blueprints.guard import permit, permit_anybody
from wilma_ext.blueprints.page import Onwards, Outcome, Page
from wilma_ext.blueprints.permission import Permission
from wilma_ext.blueprints.visit import LANGUAGE_COOKIE, current_visit, gettext, is_own_path
from wilma_ext.identity import memberships_of, offices_of
from wilma_ext.rights.decider.guardian import children_of
from wilma_ext.rights.person import pupils_who_are
from wilma_ext.state import current_state
from wilma_ext.vocabulary import Office
from wilma_ext.work import Work

_A_YEAR = 365 * 24 * 3600


@dataclass(frozen=True)
class Door:
    """One role of the person: where it leads and what one does there."""

    endpoint: str
    values: dict[str, Any]
    title: str
    text: str

    @property
    def url(self) -> str:
        """The address of the role's first page."""
        return url_for(self.endpoint, **self.values)


def register_start(blueprint: Blueprint) -> None:
    """Add the start page, the language switch and the page for unknown addresses."""
    blueprint.add_url_rule("/", "start", start)
    blueprint.add_url_rule("/language/<code>", "language", choose_language)
    blueprint.add_url_rule("/<path:unknown>", "miss", miss)


@permit(Permission.START_SEE)
def start(work: Work, person_ref: str) -> Outcome:
    """Show the person's roles; with one only, go there at once."""
    doors = [*_family_doors(work, person_ref), *_welfare_doors(work, person_ref)]
    doors += _office_doors(work, person_ref)
    if len(doors) == 1:
        return Onwards(doors[0].endpoint, doors[0].values)
    return Page("start.html", {"doors": doors})


def _family_doors(work: Work, person_ref: str) -> list[Door]:
    register = current_state.register
    doors = []
    if children_of(work, register, person_ref, work.now()):
        doors.append(
            Door(
                "wilma_ext.guardian.children",
                {},
                gettext("Guardian"),
                gettext("Consents about your children"),
            )
        )
    if pupils_who_are(work, register, person_ref):
        doors.append(
            Door(
                "wilma_ext.guardian.children",
                {},
                gettext("Pupil"),
                gettext("Consents about yourself"),
            )
        )
    return doors


def _welfare_doors(work: Work, person_ref: str) -> list[Door]:
    at = work.now()
    return [
        Door(
            "wilma_ext.welfare.pupils",
            {"membership": member.id},
            gettext("Pupil welfare"),
            gettext("Pupils whose data you may look up"),
        )
        for member in memberships_of(work, person_ref)
        if member.valid_until is None or member.valid_until > at
    ]


def _office_doors(work: Work, person_ref: str) -> list[Door]:
    doors = {
        Office.SECRETARY: (
            "wilma_ext.secretary.pupils",
            gettext("School secretary"),
            gettext("Enable the welfare group for pupils with consent"),
        ),
        Office.MAIN_USER: (
            "wilma_ext.matrix.groups",
            gettext("Main user"),
            gettext("Welfare groups and rights, policy, consent form, note types"),
        ),
        Office.OFFICER: (
            "wilma_ext.oversight.events",
            gettext("Data protection officer"),
            gettext("The log of consents, rights and look-ups"),
        ),
    }
    return [
        Door(
            doors[holder.office][0],
            {"provider": holder.provider_handle},
            doors[holder.office][1],
            doors[holder.office][2],
        )
        for holder in offices_of(work, current_state.register, person_ref)
    ]


@permit_anybody(Permission.LANGUAGE_CHOOSE)
def choose_language(code: str) -> ResponseReturnValue:
    """Keep the language in a cookie and go back to the page."""
    if code not in current_state.languages:
        abort(404)
    back = request.args.get("back", "")
    target = back if is_own_path(back) else url_for("wilma_ext.start")
    response = make_response(redirect(target, 303))
    response.set_cookie(
        LANGUAGE_COOKIE,
        code,
        max_age=_A_YEAR,
        path=current_state.settings.url_prefix,
        secure=request.is_secure,
        httponly=True,
        samesite="Lax",
    )
    return response


@permit_anybody(Permission.PAGE_MISS)
def miss(unknown: str) -> ResponseReturnValue:
    """Answer an unknown address below ours with our own page."""
    current_visit()
    abort(404)
