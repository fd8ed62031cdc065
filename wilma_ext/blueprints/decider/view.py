"""What the pages of who decides show, as frozen values."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import url_for

from wilma_ext.blueprints.author import author_name
from wilma_ext.blueprints.collation import collation_key
from wilma_ext.blueprints.day import last_day
from wilma_ext.blueprints.label import decider_label, school_name
from wilma_ext.blueprints.main_user import main_user_frame
from wilma_ext.blueprints.visit import current_visit, gettext
from wilma_ext.clock import civil_date
from wilma_ext.identity import OfficeHolder
from wilma_ext.rights.decider.capacity import capacity_decisions
from wilma_ext.rights.decider.deciding import Deciding
from wilma_ext.rights.decider.guardian import Guardian
from wilma_ext.rights.decider.guardian_decision import guardian_decisions
from wilma_ext.rights.person import Pupil, display_names
from wilma_ext.state import current_state
from wilma_ext.vocabulary import Decider
from wilma_ext.work import Work


@dataclass(frozen=True)
class Hit:
    """A pupil found; the date of birth is told where two have one name."""

    name: str
    meta: str
    url: str


@dataclass(frozen=True)
class GuardianLine:
    """A guardian with the one thing that matters here."""

    name: str
    standing: str
    tone: str


@dataclass(frozen=True)
class DecisionLine:
    """A recorded decision; reason and document are for main users alone."""

    title: str
    since: date
    until: date | None
    document: str
    reason: str
    by: str
    state: str
    tone: str
    #: Empty where it has ended.
    end_url: str


def frame_of(work: Work, holder: OfficeHolder) -> dict[str, Any]:
    """Return the frame of every page of the area."""
    return {**main_user_frame(work, holder), "pupils_url": address(holder, "pupils")}


def address(holder: OfficeHolder, page: str, **values: Any) -> str:
    return url_for(f"wilma_ext.decider.{page}", provider=holder.provider_handle, **values)


def caption(pupil: Pupil) -> str:
    """Return what tells the pupil from a namesake: class, school, date of birth."""
    born = pupil.birth_date
    day = current_visit().speech.date(born) if born else gettext("not known")
    return " · ".join((pupil.group_name, school_name(pupil), gettext("born %(day)s", day=day)))


def hits(holder: OfficeHolder, pupils: tuple[Pupil, ...], handles: Mapping[str, str]) -> list[Hit]:
    """Return the pupils found, in the order of their names."""
    language = current_visit().speech.code
    names = [pupil.name for pupil in pupils]
    ordered = sorted(pupils, key=lambda p: collation_key(language, p.family_name, p.given_names))
    return [
        Hit(
            pupil.name,
            caption(pupil)
            if names.count(pupil.name) > 1
            else f"{pupil.group_name} · {school_name(pupil)}",
            address(holder, "pupil", pupil=handles[pupil.pupil_ref]),
        )
        for pupil in ordered
    ]


def guardian_lines(deciding: Deciding) -> list[GuardianLine]:
    return [
        GuardianLine(guardian.display_name or gettext("Unknown to the school system"), *tag)
        for guardian in deciding.guardians
        for tag in (_standing(guardian, deciding.stage),)
    ]


def _standing(guardian: Guardian, stage: Decider | None) -> tuple[str, str]:
    if not guardian.entitled:
        return gettext("Not entitled to decide by the school system"), "plain"
    if stage == Decider.PUPIL:
        return gettext("The pupil decides alone"), "plain"
    if guardian.appointed:
        return gettext("Entitled to decide by a recorded decision"), "good"
    return gettext("Entitled to decide"), "good"


def capacity_lines(
    work: Work, holder: OfficeHolder, pupil: Pupil, handle: str, in_force: str | None
) -> list[DecisionLine]:
    """Return the decisions on who decides; of those not ended the latest is in force."""
    rows = capacity_decisions(work, pupil.provider_ref, pupil.pupil_ref)
    return _lines(
        work,
        rows,
        lambda row: decider_label(row.decides),
        lambda row: row.id == in_force,
        lambda row: address(holder, "end_capacity", pupil=handle, decision=row.id),
    )


def appointment_lines(
    work: Work, holder: OfficeHolder, pupil: Pupil, handle: str
) -> list[DecisionLine]:
    """Return the decisions on who acts as a guardian."""
    rows = guardian_decisions(work, pupil.provider_ref, pupil.pupil_ref)
    names = person_names(work, *(row.person_ref for row in rows))
    return _lines(
        work,
        rows,
        lambda row: names[row.person_ref],
        lambda _: True,
        lambda row: address(holder, "end_guardian", pupil=handle, decision=row.id),
    )


def _lines(work: Work, rows: Any, title: Any, leads: Any, end_url: Any) -> list[DecisionLine]:
    at, authors = work.now(), person_names(work, *(row.decided_by for row in rows))
    return [
        DecisionLine(
            title(row),
            civil_date(row.valid_from),
            last_day(row.valid_until) if row.valid_until else None,
            row.document,
            row.reason,
            authors[row.decided_by],
            *_state(row, at, leads=leads(row)),
            "" if _ended(row, at) else end_url(row),
        )
        for row in rows
    ]


def _ended(row: Any, at: datetime) -> bool:
    return row.valid_until is not None and bool(row.valid_until <= at)


def _state(row: Any, at: datetime, *, leads: bool) -> tuple[str, str]:
    if _ended(row, at):
        return gettext("Ended"), "plain"
    if leads:
        return gettext("In force"), "good"
    return gettext("A later decision goes before it"), "wait"


def person_names(work: Work, *refs: str) -> dict[str, str]:
    """Return the names of persons, and of the operators among them."""
    names = display_names(work, current_state.register, frozenset(refs))
    return {ref: author_name(ref, names) for ref in refs}
