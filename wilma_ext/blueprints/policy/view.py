"""What the pages of the policy show, as frozen values."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for

from wilma_ext.blueprints.author import author_name
from wilma_ext.blueprints.main_user import main_user_frame
from wilma_ext.blueprints.policy.forms import SUBJECTS
from wilma_ext.blueprints.policy.meaning import MEANINGS, REACHES
from wilma_ext.blueprints.policy_label import policy_key_label, policy_label
from wilma_ext.blueprints.visit import lazy
from wilma_ext.identity import OfficeHolder
from wilma_ext.rights.person import display_names
from wilma_ext.rights.policy.policy import Policy, PolicyAct, changed_choices
from wilma_ext.rights.policy.reach import REACH, Reach
from wilma_ext.state import current_state
from wilma_ext.work import Work

_CHAPTERS: tuple[tuple[str, object, tuple[str, ...]], ...] = (
    ("access", lazy("What is open and to whom"), ("mode", "agreement", "schools", "law")),
    ("deciders", lazy("Who decides"), ("guardians", "ages", "custody")),
    ("duration", lazy("How long a consent lasts"), ("validity", "move", "form")),
    (
        "work",
        lazy("Daily work"),
        ("activation", "look-up", "necessity", "paper", "log", "approval"),
    ),
)


def frame_of(work: Work, holder: OfficeHolder) -> dict[str, Any]:
    """Return the frame of every page of the area."""
    return {**main_user_frame(work, holder), "choices_url": page_url(holder, "choices")}


def page_url(holder: OfficeHolder, page: str, **values: Any) -> str:
    """Return the address of a page of the area."""
    return url_for(f"wilma_ext.policy.{page}", provider=holder.provider_handle, **values)


@dataclass(frozen=True)
class ChoiceLine:
    """One choice as it stands: what it means, what it does, where it comes from, since when."""

    key: str
    number: str
    name: str
    value: str
    text: str
    effect: str
    reach: str
    #: Whether nothing follows the choice yet.
    idle: bool
    source: str
    since: datetime
    author: str
    url: str


@dataclass(frozen=True)
class Chapter:
    """Choices that are about one matter."""

    key: str
    title: str
    lines: tuple[ChoiceLine, ...]


def chapters(holder: OfficeHolder, acts: list[PolicyAct], names: Mapping[str, str]) -> Any:
    """Return every choice of the version in force, the newest act first."""
    return tuple(
        Chapter(
            key,
            str(title),
            tuple(line for subject in subjects for line in _lines(holder, acts, names, subject)),
        )
        for key, title, subjects in _CHAPTERS
    )


def _lines(
    holder: OfficeHolder, acts: list[PolicyAct], names: Mapping[str, str], subject: str
) -> Iterator[ChoiceLine]:
    policy = acts[0].policy
    for key in SUBJECTS[subject]:
        if key == "fixed_until" and policy.validity != "fixed":
            continue
        meaning, act = MEANINGS[key], _decided(acts, key)
        yield ChoiceLine(
            key,
            meaning.number,
            policy_key_label(key),
            policy_label(key, getattr(policy, key)),
            str(meaning.text),
            str(meaning.effect),
            str(REACHES[REACH[key]]),
            REACH[key] == Reach.RECORDED,
            str(meaning.source),
            act.valid_from,
            author_name(act.decided_by, names),
            page_url(holder, "change", subject=subject),
        )


def _decided(acts: list[PolicyAct], key: str) -> PolicyAct:
    """Return the act since which the choice is as it is."""
    for act, older in zip(acts, acts[1:], strict=False):
        if getattr(act.policy, key) != getattr(older.policy, key):
            return act
    return acts[-1]


def author_names(work: Work, acts: list[PolicyAct]) -> Mapping[str, str]:
    """Return the names of those who decided."""
    return display_names(work, current_state.register, frozenset(act.decided_by for act in acts))


@dataclass(frozen=True)
class Change:
    """One choice before and after."""

    name: str
    before: str
    after: str


def changes_told(before: Policy, after: Policy) -> tuple[Change, ...]:
    """Return what differs, in words."""
    return tuple(
        Change(policy_key_label(key), policy_label(key, old), policy_label(key, new))
        for key, (old, new) in changed_choices(before, after).items()
    )


@dataclass(frozen=True)
class VersionCard:
    """One version: when, by whom, and what it changed; nothing for the first."""

    version: int
    valid_from: datetime
    author: str
    current: bool
    changes: tuple[Change, ...]


def version_cards(acts: list[PolicyAct], names: Mapping[str, str]) -> tuple[VersionCard, ...]:
    """Return every version, the newest first."""
    older: list[PolicyAct | None] = [*acts[1:], None]
    return tuple(
        VersionCard(
            act.version,
            act.valid_from,
            author_name(act.decided_by, names),
            act is acts[0],
            changes_told(before.policy, act.policy) if before else (),
        )
        for act, before in zip(acts, older, strict=True)
    )


def subject_title(subject: str) -> str:
    """Return what is changed on one page."""
    return policy_key_label(SUBJECTS[subject][0])
