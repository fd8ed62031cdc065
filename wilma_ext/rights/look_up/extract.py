"""The log extract: what a family learns of the look-ups of its pupil (P19, R15, D11).

It tells day, organisation, profession, purpose and categories. Names, ids, times of day, what was
written of a necessity, and attempts that were denied are no part of it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import select

from wilma_ext.clock import civil_date
from wilma_ext.models import LookUp, LookUpCategory, Membership, WelfareGroup
from wilma_ext.oversight.event import Event, Recorded
from wilma_ext.oversight.shown import categories_shown
from wilma_ext.register import SchoolRegister
from wilma_ext.rights.consent.family import Consent, consent_of
from wilma_ext.rights.consent.giver import Giver
from wilma_ext.rights.consent.place import Place
from wilma_ext.rights.provider import Names, county_name
from wilma_ext.vocabulary import Capacity, Decider, Purpose
from wilma_ext.work import Work


class Way(StrEnum):
    """How a person comes to the extract about a pupil."""

    #: The provider makes none (policy `off`).
    NOT_MADE = "not_made"
    #: The person does not see the pupil's consents in full, for whatever reason.
    NOT_YOURS = "not_yours"
    ON_REQUEST = "on_request"
    SELF_SERVICE = "self_service"


@dataclass(frozen=True)
class Entry:
    """One look-up as the family may know it."""

    day: date
    county: Names
    profession: str
    purpose: Purpose
    categories: tuple[str, ...]


@dataclass(frozen=True)
class Extract:
    """The extract for one person; without entries where it is not shown."""

    consent: Consent
    way: Way
    entries: tuple[Entry, ...] = ()


def extract_way(consent: Consent) -> Way:
    """Tell how the person comes to the extract: only who may answer has any part in it (P19)."""
    if consent.policy.log_extract == "off":
        return Way.NOT_MADE
    if consent.place != Place.MAY_ANSWER:
        return Way.NOT_YOURS
    return Way(consent.policy.log_extract)


def extract_of(
    work: Work, register: SchoolRegister, *, person_ref: str, provider_ref: str, pupil_ref: str
) -> Extract:
    """Return what the person may see of the look-ups, newest first; showing them is recorded.

    It holds provider and pupil, so that no change of who decides and no policy comes in between.
    """
    work.lock_provider(provider_ref)
    work.lock_pupil(provider_ref, pupil_ref)
    consent = consent_of(work, register, person_ref, provider_ref, pupil_ref)
    way = extract_way(consent)
    if way != Way.SELF_SERVICE:
        return Extract(consent, way)
    entries = _entries(work, consent.giver)
    _record(work, consent.giver, len(entries))
    return Extract(consent, way, entries)


def _record(work: Work, giver: Giver, count: int) -> None:
    """Reading the log is logged (R14, R15)."""
    work.record(
        Recorded(
            giver.provider_ref,
            Event.LOG_EXTRACT_SHOWN,
            giver.actor,
            data={"count": count},
            pupil_ref=giver.pupil_ref,
        )
    )


def _entries(work: Work, giver: Giver) -> tuple[Entry, ...]:
    statement = (
        select(LookUp.id, LookUp.opened_at, LookUp.purpose)
        .add_columns(Membership.profession, WelfareGroup.county)
        .join(Membership, Membership.id == LookUp.membership_id)
        .join(WelfareGroup, WelfareGroup.id == Membership.group_id)
        .where(LookUp.provider_ref == giver.provider_ref, LookUp.pupil_ref == giver.pupil_ref)
        .order_by(LookUp.opened_at.desc(), LookUp.id)
    )
    rows = work.session.execute(statement).all()
    seen = _seen(work, giver)
    counties = {
        key: county_name(work, giver.provider_ref, key) for key in {row.county for row in rows}
    }
    return tuple(
        Entry(
            civil_date(row.opened_at),
            counties[row.county],
            row.profession,
            Purpose(row.purpose),
            seen[row.id],
        )
        for row in rows
        if row.id in seen
    )


def _seen(work: Work, giver: Giver) -> Mapping[str, tuple[str, ...]]:
    """Return the categories that were opened or shown, by look-up that the person may know of.

    While the pupil decided alone the guardians had no part in it; it stays the pupil's own, also
    when guardians decide again.
    """
    rows = work.session.execute(
        select(LookUpCategory.look_up_id, LookUpCategory.category)
        .add_columns(LookUpCategory.allowed, LookUpCategory.grounds)
        .join(LookUp, LookUp.id == LookUpCategory.look_up_id)
        .where(LookUp.provider_ref == giver.provider_ref, LookUp.pupil_ref == giver.pupil_ref)
    ).all()
    shown = categories_shown(work, giver.provider_ref, giver.pupil_ref)
    hidden = {row.look_up_id for row in rows if _is_hidden(giver, row.grounds)}
    found: dict[str, set[str]] = {}
    for row in rows:
        categories = found.setdefault(row.look_up_id, set(shown.get(row.look_up_id, ())))
        categories |= {row.category} if row.allowed else set()
    return {key: tuple(sorted(found[key])) for key in found.keys() - hidden}


def _is_hidden(giver: Giver, grounds: str) -> bool:
    alone: bool = json.loads(grounds)["stage"] == Decider.PUPIL.value
    return alone and giver.capacity == Capacity.GUARDIAN
