"""What the pages of pupil welfare staff show, as frozen values without a database behind them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import request, url_for

from wilma_ext.blueprints.area import area, surroundings
from wilma_ext.blueprints.collation import collation_key
from wilma_ext.blueprints.label import category_label, profession_label, purpose_label, school_name
from wilma_ext.blueprints.visit import current_visit, gettext
from wilma_ext.blueprints.welfare.basis import Basis, basis_of
from wilma_ext.blueprints.welfare.section import Section, sections_of
from wilma_ext.rights.access.decision import Member
from wilma_ext.rights.access.listing import VisiblePupil
from wilma_ext.rights.access.opening import Opening
from wilma_ext.rights.look_up.look_up import Shown
from wilma_ext.rights.person import Pupil, display_names
from wilma_ext.rights.provider import handles_of
from wilma_ext.rights.welfare.membership import membership_of
from wilma_ext.state import current_state
from wilma_ext.vocabulary import Period
from wilma_ext.work import Work

PER_PAGE = 50


def frame_of(work: Work, member: Member) -> dict[str, Any]:
    """Return the frame of every page of the role."""
    at: dict[str, Any] = {"membership": member.membership_id}
    return {
        **surroundings(
            work,
            member.provider_ref,
            area(gettext("Pupils"), "wilma_ext.welfare.pupils", **at),
            area(gettext("What I have opened"), "wilma_ext.welfare.own_log", **at),
        ),
        "profession": _profession(work, member),
        "pupils_url": url_for("wilma_ext.welfare.pupils", **at),
    }


def _profession(work: Work, member: Member) -> str:
    membership = membership_of(work, member.provider_ref, member.membership_id)
    return profession_label(membership.profession)


@dataclass(frozen=True)
class PupilCard:
    """A pupil on the list: name, school and group, which are no data category."""

    name: str
    group: str
    school: str
    url: str


@dataclass(frozen=True)
class PupilList:
    """One page of the list."""

    cards: tuple[PupilCard, ...]
    total: int
    page: int
    pages: int
    #: More were found than are shown: the search must be narrowed (W1).
    more: bool


def listed_pupils(
    work: Work,
    member: Member,
    found: Sequence[VisiblePupil],
    page_asked: str,
    *,
    at_most: int | None = None,
) -> PupilList:
    """Sort by name as the language does, and cut out one page; of too many only the first."""
    language = current_visit().speech.code
    ordered = sorted(
        found, key=lambda p: (collation_key(language, p.family_name, p.given_names), p.pupil_ref)
    )
    more = at_most is not None and len(ordered) > at_most
    ordered = ordered[:at_most]
    pages = max(1, -(-len(ordered) // PER_PAGE))
    number = page_asked.isascii() and page_asked.isdigit() and len(page_asked) < 6
    wanted = int(page_asked) if number else 1
    page = min(max(wanted, 1), pages)
    part = ordered[(page - 1) * PER_PAGE : page * PER_PAGE]
    handles = handles_of(work, member.provider_ref, [pupil.pupil_ref for pupil in part])
    cards = (_card(member, pupil, handles[pupil.pupil_ref]) for pupil in part)
    return PupilList(tuple(cards), len(ordered), page, pages, more)


def _card(member: Member, pupil: VisiblePupil, handle: str) -> PupilCard:
    return PupilCard(
        f"{pupil.family_name} {pupil.given_names}",
        pupil.group_name,
        school_name(pupil),
        _pupil_url(member, handle),
    )


def _pupil_url(member: Member, handle: str) -> str:
    return url_for("wilma_ext.welfare.pupil", membership=member.membership_id, handle=handle)


@dataclass(frozen=True)
class PupilHead:
    """Who the page is about."""

    name: str
    group: str
    school: str


def _head(pupil: Pupil) -> PupilHead:
    return PupilHead(pupil.name, pupil.group_name, school_name(pupil))


@dataclass(frozen=True)
class ShownOpening:
    """What one may open, before it is opened."""

    pupil: PupilHead
    by_consent: tuple[str, ...]
    by_law: tuple[str, ...]


def shown_opening(opening: Opening) -> ShownOpening:
    """Return the categories by name."""
    register = current_state.register
    return ShownOpening(
        _head(opening.pupil),
        tuple(category_label(register, key) for key in opening.by_consent),
        tuple(category_label(register, key) for key in opening.by_law),
    )


@dataclass(frozen=True)
class PeriodLink:
    """A period that the page can show instead (W5)."""

    text: str
    url: str
    current: bool


def period_asked() -> Period:
    """Return the period in the address; anything unknown is the school year."""
    asked = request.args.get("period", "")
    return Period(asked) if asked in set(Period) else Period.SCHOOL_YEAR


def _period_links(member: Member, shown: Shown) -> tuple[PeriodLink, ...]:
    at: dict[str, Any] = {"membership": member.membership_id, "look_up": shown.look_up_id}
    names = {
        Period.FOUR_WEEKS: gettext("Four weeks"),
        Period.TERM: gettext("This term"),
        Period.SCHOOL_YEAR: gettext("This school year"),
    }
    return tuple(
        PeriodLink(
            name, url_for("wilma_ext.welfare.look_up", period=key, **at), key == shown.period
        )
        for key, name in names.items()
    )


@dataclass(frozen=True)
class ShownLookUp:
    """A look-up as the page shows it."""

    pupil: PupilHead
    purpose: str
    basis: tuple[Basis, ...]
    until: datetime
    since: date
    at: datetime
    viewer: str
    again_url: str
    periods: tuple[PeriodLink, ...]
    sections: tuple[Section, ...]


def shown_look_up(work: Work, member: Member, shown: Shown, handle: str) -> ShownLookUp:
    """Return head, basis and sections of a disclosure."""
    names = display_names(work, current_state.register, frozenset({member.person_ref}))
    return ShownLookUp(
        pupil=_head(shown.pupil),
        purpose=purpose_label(shown.purpose.value),
        basis=basis_of(current_state.register, shown.permitted),
        until=shown.valid_until,
        since=shown.data.since,
        at=shown.at,
        viewer=names.get(member.person_ref, ""),
        again_url=_pupil_url(member, handle),
        periods=_period_links(member, shown),
        sections=sections_of(current_state.register, shown),
    )


@dataclass(frozen=True)
class OwnOpening:
    """One line of the own log."""

    at: datetime
    pupil: str
    purpose: str


def own_openings(
    look_ups: Sequence[Any], visible: Sequence[VisiblePupil]
) -> tuple[OwnOpening, ...]:
    """Return the member's own look-ups; a pupil's name only while the pupil may be opened."""
    names = {pupil.pupil_ref: f"{pupil.given_names} {pupil.family_name}" for pupil in visible}
    unnamed = gettext("A pupil whom you may not open now")
    return tuple(
        OwnOpening(row.opened_at, names.get(row.pupil_ref, unnamed), purpose_label(row.purpose))
        for row in look_ups
    )
