"""The second look before a decision is saved or ended: what changes for the child, in words."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wilma_ext.blueprints.day import last_day
from wilma_ext.blueprints.decider import word
from wilma_ext.blueprints.label import decider_label
from wilma_ext.blueprints.visit import current_visit, gettext
from wilma_ext.clock import civil_date
from wilma_ext.rights.decider.deciding import Deciding
from wilma_ext.vocabulary import Decider


@dataclass(frozen=True)
class Line:
    """One line of what will be saved."""

    key: str
    value: str


def grounds(form: Any) -> list[Line]:
    """Return what the decision stands on, as it was typed."""
    until = form.last_day.day
    end = current_visit().speech.date(until) if until else gettext("Until it is ended")
    return [
        Line(gettext("Reason"), form.reason.data),
        Line(gettext("Reference of the document"), form.document.data),
        Line(gettext("Last day"), end),
    ]


def capacity_lines(now: Deciding, stage: Decider) -> list[Line]:
    """Return who decides before the decision and after it."""
    return [
        Line(gettext("Now"), word.stage_title(now.stage)),
        Line(gettext("From the moment you save"), decider_label(stage.value)),
    ]


def capacity_effects(now: Deciding, stage: Decider) -> list[str]:
    """Return what a decision on who decides does."""
    if now.age is None:
        return [word.why_text(now)]
    told = word.effects(stage, now.policy, entitled=bool(now.entitled))
    if now.capacity is not None:
        told.append(gettext("An earlier decision stays in the list. This one goes before it."))
    return told


def capacity_end_effects(now: Deciding, row: Any, others: list[Any], at: datetime) -> list[str]:
    """Return what follows when a decision on who decides is ended."""
    if now.capacity is None or now.capacity.id != row.id:
        return [gettext("A later decision is in force, so nothing changes now.")]
    live = [other for other in others if other.id != row.id and _is_live(other, at)]
    if live:
        day = current_visit().speech.date(civil_date(live[0].valid_from))
        stage = decider_label(live[0].decides)
        told = gettext("Then the decision of %(day)s is in force again.", day=day)
        return [told, f"{stage}."]
    return [gettext("Then the age decides again."), word.age_text(now)]


def guardian_effects(now: Deciding, person_ref: str, name: str) -> list[str]:
    """Return what follows when somebody is made a guardian by a decision."""
    told = [
        gettext(
            "%(name)s sees the pupil's consents and may answer as a guardian, as long as the "
            "decision is in force.",
            name=name,
        )
    ]
    if any(g.person_ref == person_ref and not g.entitled for g in now.guardians):
        told = [
            gettext(
                "The school system says that this person is not entitled to decide. Where it "
                "restricts what the person may know, it goes before this decision, and nothing "
                "changes."
            )
        ]
    if now.stage == Decider.PUPIL:
        told.append(gettext("The pupil decides alone now, so the guardians' answers do not count."))
    elif now.policy.decides == "all_guardians":
        told.append(gettext("Every guardian must say yes, so this person's yes is needed too."))
    return [*told, *_custody(now)]


def guardian_end_effects(now: Deciding, name: str) -> list[str]:
    """Return what follows when the decision ends."""
    return [
        gettext("%(name)s answers no more by this decision. What was answered is kept.", name=name),
        *_custody(now),
    ]


def _custody(now: Deciding) -> list[str]:
    if now.policy.on_custody_change != "suspend":
        return []
    return [
        gettext(
            "Who decides as a guardian changes. What guardians have answered before does not "
            "count until one of them answers again."
        )
    ]


def _is_live(row: Any, at: datetime) -> bool:
    return row.valid_from <= at and (row.valid_until is None or row.valid_until > at)


def period(row: Any) -> str:
    """Return from when to when a decision is in force."""
    speech = current_visit().speech
    since = speech.date(civil_date(row.valid_from))
    if row.valid_until is None:
        return gettext("Since %(day)s", day=since)
    return gettext(
        "From %(first)s to %(last)s", first=since, last=speech.date(last_day(row.valid_until))
    )
