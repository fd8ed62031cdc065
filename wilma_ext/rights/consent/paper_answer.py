"""An answer that stands on paper, recorded by the school after a second look (R24, P21, S15).

It counts from the instant it is entered: access never reaches back to the day of the signature.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from wilma_ext.clock import civil_date, midnight
from wilma_ext.errors import Conflict, Invalid
from wilma_ext.models import Answer, AnswerChoice
from wilma_ext.register import SchoolRegister
from wilma_ext.rights.consent.answer_record import (
    Given,
    ShownForm,
    record_answer,
    record_withdrawal,
)
from wilma_ext.rights.consent.consent import hold, latest_answer
from wilma_ext.rights.consent.own_answer import OwnChoice, own_choices
from wilma_ext.rights.consent.pairs import ConsentPair
from wilma_ext.rights.consent.paper import Paper, Signer, signers_of, versions_of
from wilma_ext.rights.consent.validity import earlier
from wilma_ext.rights.decider.guardian import refuse_own_child
from wilma_ext.rights.person import Pupil, pupil_of
from wilma_ext.rights.policy.policy import Policy, policy_at
from wilma_ext.vocabulary import Channel, Choice
from wilma_ext.work import Work


@dataclass(frozen=True)
class Newer:
    """What the signer has said after the paper was signed; the paper would replace it."""

    on_paper: bool
    withdrawal: bool
    at: datetime
    #: The day of it, or the day on the other paper.
    day: date


@dataclass(frozen=True)
class Look:
    """What recording the paper would do, for the second look before it is saved."""

    signer: Signer
    last_seen: str | None
    newer: Newer | None
    #: What of the signer's own stands now; the paper replaces it.
    before: Mapping[ConsentPair, OwnChoice]
    #: What is recorded; nothing of a withdrawal.
    said: Mapping[ConsentPair, Choice]
    #: Each yes on the paper that the provider does not take from paper (P21).
    left_out: frozenset[ConsentPair]
    #: When a yes of the paper ends; None has no end.
    ends: datetime | None
    #: The yes of the paper has ended already.
    ended: bool
    #: A material change has left the version behind: its yes does not count (R23).
    left_behind: bool


def look_at(work: Work, register: SchoolRegister, paper: Paper, *, entered_by: str) -> Look:
    """Check the paper and tell what recording it would do; nothing is changed."""
    at, giver = work.now(), paper.giver
    pupil = pupil_of(work, register, giver.pupil_ref, giver.provider_ref)
    refuse_own_child(work, register, pupil, entered_by)
    signer = _signer(work, register, paper, pupil)
    _check(work, paper)
    policy = policy_at(work, giver.provider_ref, at)
    said = _recorded(paper, policy)
    latest = latest_answer(work, giver)
    own = own_choices(work, register, giver=giver, county=paper.form.county, at=at)
    ends = _end(paper, policy)
    return Look(
        signer=signer,
        last_seen=latest.id if latest else None,
        newer=_newer(latest, paper),
        before=own,
        said=said,
        left_out=frozenset(paper.choices or ()) - frozenset(said),
        ends=ends,
        ended=ends is not None and ends <= at,
        left_behind=_left_behind(work, paper, policy),
    )


def enter(
    work: Work,
    register: SchoolRegister,
    paper: Paper,
    *,
    entered_by: str,
    last_seen: str | None,
    replaces_newer: bool = False,
) -> Given:
    """Record the paper as it was looked at; sending it twice records it once (X11).

    `last_seen` is the signer's latest answer of the second look: if another has come since, it
    is a conflict. What is newer than the paper is replaced only by express word.
    """
    giver = paper.giver
    hold(work, giver.provider_ref, giver.pupil_ref)
    look = look_at(work, register, paper, entered_by=entered_by)
    if look.last_seen != last_seen:
        return _repeated(work, paper, look, entered_by)
    if look.newer is not None and not replaces_newer:
        raise Invalid("paper_newer", "replaces_newer")
    shown = ShownForm(
        paper.form, paper.language, Channel.PAPER, entered_by, paper.document, paper.signed_on
    )
    pupil = pupil_of(work, register, giver.pupil_ref, giver.provider_ref)
    if paper.choices is None:
        return record_withdrawal(work, register, giver=giver, pupil=pupil, shown=shown)
    return record_answer(
        work,
        register,
        giver=giver,
        pupil=pupil,
        shown=shown,
        choices=look.said,
        until=look.ends,
    )


def _signer(work: Work, register: SchoolRegister, paper: Paper, pupil: Pupil) -> Signer:
    """Only who decides today can answer; a yes can be taken back by whoever gave it (R3, R6)."""
    for signer in signers_of(work, register, pupil):
        if signer.giver == paper.giver:
            if paper.choices is not None and not signer.decides:
                raise Invalid("paper_not_entitled", "signer")
            return signer
    raise Invalid("paper_not_entitled", "signer")


def _check(work: Work, paper: Paper) -> None:
    known = {version.form_id for version in versions_of(work, paper.giver.provider_ref)}
    if paper.form.form_id not in known:
        raise Invalid("paper_version", "version")
    if paper.language not in paper.form.texts:
        raise Invalid("paper_language", "language")
    if not paper.document.strip():
        raise Invalid("paper_document", "document")
    if paper.signed_on > civil_date(work.now()):
        raise Invalid("paper_future", "signed_on")
    if paper.choices is None:
        return
    if paper.signed_on < civil_date(paper.form.published_at):
        raise Invalid("paper_before_version", "signed_on")
    if frozenset(paper.choices) != paper.form.pairs():
        raise Invalid("every_question")


def _recorded(paper: Paper, policy: Policy) -> Mapping[ConsentPair, Choice]:
    """A provider may take no yes from paper; a no is always recorded (P21, R3, R7)."""
    choices = paper.choices or {}
    if policy.paper_consent or paper.choices is None:
        return choices
    refused = {pair: value for pair, value in choices.items() if value == Choice.NO}
    if not refused:
        raise Invalid("paper_not_allowed", "act")
    return refused


def _end(paper: Paper, policy: Policy) -> datetime | None:
    """A yes ends as if it had been given on the day of the signature: typing adds no year."""
    signed = midnight(paper.signed_on)
    return earlier(paper.form.consent_ends(signed), policy.consent_ends(signed))


def _left_behind(work: Work, paper: Paper, policy: Policy) -> bool:
    changed = any(
        version.material and version.number > paper.form.version
        for version in versions_of(work, paper.giver.provider_ref)
    )
    return paper.choices is not None and changed and policy.on_material_change == "ask"


def _newer(latest: Answer | None, paper: Paper) -> Newer | None:
    """An answer of the same day counts as newer: nobody knows which came first."""
    if latest is None:
        return None
    withdrawal = latest.act == "withdrawal"
    if latest.signed_on is not None:
        newer = Newer(True, withdrawal, latest.given_at, latest.signed_on)
        return newer if latest.signed_on > paper.signed_on else None
    newer = Newer(False, withdrawal, latest.given_at, latest.given_on)
    return newer if latest.given_on >= paper.signed_on else None


def _repeated(work: Work, paper: Paper, look: Look, entered_by: str) -> Given:
    """The very same paper again is the answer that it became; anything else is a conflict."""
    latest = latest_answer(work, paper.giver)
    if latest is None or not _is_record_of(work, latest, paper, look, entered_by):
        raise Conflict("the signer has answered in the meantime")
    return Given(latest.id, latest.number, ())


def _is_record_of(work: Work, row: Answer, paper: Paper, look: Look, entered_by: str) -> bool:
    rows = work.session.scalars(select(AnswerChoice).where(AnswerChoice.answer_id == row.id))
    said = {ConsentPair(one.profession, one.category): Choice(one.value) for one in rows}
    kept = (row.channel, row.entered_by, row.document, row.signed_on, row.form_id, row.language)
    form_id = paper.form.form_id
    wanted = (Channel.PAPER.value, entered_by, paper.document, paper.signed_on, form_id)
    act = "withdrawal" if paper.choices is None else "answer"
    return row.act == act and kept == (*wanted, paper.language) and said == dict(look.said)
