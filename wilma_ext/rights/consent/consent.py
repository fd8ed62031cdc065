"""Consent: what guardians and pupils say about one pupil, appended and never overwritten (D6)."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select

from wilma_ext.errors import Conflict, Invalid, NotPermitted
from wilma_ext.models import Answer
from wilma_ext.register import SchoolRegister
from wilma_ext.rights.consent.answer_record import (
    Given,
    ShownForm,
    record_answer,
    record_withdrawal,
)
from wilma_ext.rights.consent.giver import Giver
from wilma_ext.rights.consent.own_answer import own_choices
from wilma_ext.rights.consent.pairs import ConsentPair
from wilma_ext.rights.consent.validity import earlier
from wilma_ext.rights.decider.guardian import entitled_refs
from wilma_ext.rights.decider.stage import stage_of
from wilma_ext.rights.form.consent_form import current_form
from wilma_ext.rights.person import Pupil, pupil_of
from wilma_ext.rights.policy.policy import policy_at
from wilma_ext.vocabulary import Capacity, Choice, Decider
from wilma_ext.work import Work


def answer(
    work: Work,
    register: SchoolRegister,
    *,
    giver: Giver,
    shown: ShownForm,
    choices: Mapping[ConsentPair, Choice],
    last_seen: str | None,
) -> Given:
    """Record what an entitled person says about every pair of the form (R1, R6-R8, R23).

    `last_seen` is the person's latest answer as the page knew it: if another has come since, it
    is a conflict, unless it says the very same, when that answer is returned (X11).
    """
    hold(work, giver.provider_ref, giver.pupil_ref)
    pupil = require_entitled(work, register, giver)
    _require_current(work, shown, choices)
    latest = latest_answer(work, giver)
    if (latest.id if latest else None) != last_seen:
        return _repeated(work, register, giver, shown, choices, latest)
    return record_answer(
        work,
        register,
        giver=giver,
        pupil=pupil,
        shown=shown,
        choices=choices,
        until=_end(work, shown),
    )


def withdraw(
    work: Work,
    register: SchoolRegister,
    *,
    giver: Giver,
    shown: ShownForm,
    pairs: frozenset[ConsentPair] | None = None,
) -> Given:
    """Take back one's own yes, all of it or the named pairs; always possible (R3).

    It leaves the person unanswered there; a no is not touched, nor is anybody else's answer.
    """
    hold(work, giver.provider_ref, giver.pupil_ref)
    pupil = pupil_of(work, register, giver.pupil_ref, giver.provider_ref)
    return record_withdrawal(work, register, giver=giver, pupil=pupil, shown=shown, pairs=pairs)


def latest_answer(work: Work, giver: Giver) -> Answer | None:
    """Return the latest act of this person about this pupil, if any."""
    return work.session.scalar(
        select(Answer)
        .where(
            Answer.provider_ref == giver.provider_ref,
            Answer.pupil_ref == giver.pupil_ref,
            Answer.giver_ref == giver.person_ref,
            Answer.capacity == giver.capacity.value,
        )
        .order_by(Answer.given_at.desc(), Answer.id)
        .limit(1)
    )


def require_entitled(work: Work, register: SchoolRegister, giver: Giver) -> Pupil:
    """Return the pupil, or refuse: only who decides today may answer (R5, R6, design 4.3)."""
    pupil = pupil_of(work, register, giver.pupil_ref, giver.provider_ref)
    if not may_answer(work, register, giver, pupil):
        raise NotPermitted("not a decider")
    return pupil


def may_answer(work: Work, register: SchoolRegister, giver: Giver, pupil: Pupil) -> bool:
    """Tell whether the giver is one of today's deciders about the pupil."""
    at = work.now()
    stage = stage_of(
        work, register, provider_ref=giver.provider_ref, pupil_ref=giver.pupil_ref, at=at
    )
    if giver.capacity == Capacity.PUPIL:
        return pupil.person_ref == giver.person_ref and stage in (Decider.PUPIL, Decider.JOINT)
    entitled = entitled_refs(work, register, giver.pupil_ref, at)
    return giver.person_ref in entitled and stage in (Decider.GUARDIAN, Decider.JOINT)


def hold(work: Work, provider_ref: str, pupil_ref: str) -> None:
    """Take the locks of an answer, before the instant of the work is asked for."""
    work.lock_provider(provider_ref)
    work.lock_pupil(provider_ref, pupil_ref, exclusive=True)


def _end(work: Work, shown: ShownForm) -> datetime | None:
    """A new yes ends when the form says, or earlier by a policy that narrows (P4)."""
    at = work.now()
    policy = policy_at(work, shown.form.provider_ref, at)
    return earlier(shown.form.consent_ends(at), policy.consent_ends(at))


def _require_current(work: Work, shown: ShownForm, choices: Mapping[ConsentPair, Choice]) -> None:
    """The form is the one in force, and every pair of it, and no other, is answered."""
    form = current_form(work, shown.form.provider_ref, shown.form.county, work.now())
    if form is None or form.form_id != shown.form.form_id:
        raise Conflict("a new version of the form has been published")
    if frozenset(choices) != shown.form.pairs():
        raise Invalid("every_question")


def _repeated(
    work: Work,
    register: SchoolRegister,
    giver: Giver,
    shown: ShownForm,
    choices: Mapping[ConsentPair, Choice],
    latest: Answer | None,
) -> Given:
    mine = own_choices(work, register, giver=giver, county=shown.form.county, at=work.now())
    same = {pair: said.value for pair, said in mine.items() if said.alive} == dict(choices)
    if latest is None or not same:
        raise Conflict("you have answered elsewhere in the meantime")
    return Given(latest.id, latest.number, ())
