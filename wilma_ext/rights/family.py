"""What a family sees of its consents: per child, who has said what, and what follows (G1-G16)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select

from wilma_ext.clock import civil_date
from wilma_ext.errors import NotFound
from wilma_ext.models import Answer, AnswerChoice, County
from wilma_ext.register import SchoolRegister
from wilma_ext.rights.activation import open_pairs
from wilma_ext.rights.consent import latest_answer
from wilma_ext.rights.consent_form import Form, current_form
from wilma_ext.rights.giver import Giver
from wilma_ext.rights.own_answer import OwnChoice, own_choices
from wilma_ext.rights.pairs import ConsentPair, States, pair_states
from wilma_ext.rights.person import (
    Pupil,
    children_of,
    entitled_refs,
    guardians_of,
    pupil_of,
    pupils_who_are,
)
from wilma_ext.rights.policy import policy_at
from wilma_ext.rights.stage import stage_of
from wilma_ext.vocabulary import Capacity, Choice, Decider
from wilma_ext.work import Work


class Place(StrEnum):
    """Where a person stands towards a child's consent."""

    MAY_ANSWER = "may_answer"
    #: The pupil is of age, or judged able to decide (G15).
    PUPIL_DECIDES = "pupil_decides"
    #: Any reason that is not told: the page is the same for all of them (G14).
    CLOSED = "closed"


class OwnState(StrEnum):
    """What a person's own answer amounts to; five states and their mixture."""

    UNANSWERED = "unanswered"
    YES = "yes"
    NO = "no"
    MIXED = "mixed"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"


@dataclass(frozen=True)
class Other:
    """Another decider: in which capacity, and whether anything of theirs stands."""

    capacity: Capacity
    answered: bool


@dataclass(frozen=True)
class Consent:
    """One child's consent as one person may see it."""

    giver: Giver
    pupil: Pupil
    place: Place
    form: Form | None
    own: Mapping[ConsentPair, OwnChoice]
    own_state: OwnState
    last_answer: str | None
    states: States
    opened: frozenset[ConsentPair]
    others: tuple[Other, ...]
    #: Whether every guardian must agree, by today's policy.
    all_must_agree: bool
    stage: Decider | None


def consents_of(work: Work, register: SchoolRegister, person_ref: str) -> list[Consent]:
    """Return the consents of the person's children and of the person as a pupil."""
    today = civil_date(work.now())
    mine = [(pupil, Capacity.PUPIL) for pupil in pupils_who_are(work, register, person_ref)]
    mine += [(pupil, Capacity.GUARDIAN) for pupil in children_of(work, register, person_ref, today)]
    return [
        _consent(
            work, register, pupil, Giver(person_ref, capacity, pupil.provider_ref, pupil.pupil_ref)
        )
        for pupil, capacity in mine
        if pupil.enrolled and _in_use(work, pupil.provider_ref)
    ]


def consent_of(
    work: Work, register: SchoolRegister, person_ref: str, provider_ref: str, pupil_ref: str
) -> Consent:
    """Return one child's consent; a child that is not the person's own is `NotFound`."""
    giver = giver_of(work, register, person_ref, provider_ref, pupil_ref)
    return _consent(work, register, pupil_of(work, register, pupil_ref, provider_ref), giver)


def giver_of(
    work: Work, register: SchoolRegister, person_ref: str, provider_ref: str, pupil_ref: str
) -> Giver:
    """Return in which capacity the person may come to this pupil's consent at all.

    Who is no guardian today learns nothing more of the child, the present school least of all.
    """
    pupil = pupil_of(work, register, pupil_ref, provider_ref)
    if pupil.person_ref == person_ref:
        return Giver(person_ref, Capacity.PUPIL, provider_ref, pupil_ref)
    today = guardians_of(work, register, pupil_ref, work.now())
    if person_ref in {guardian.person_ref for guardian in today}:
        return Giver(person_ref, Capacity.GUARDIAN, provider_ref, pupil_ref)
    raise NotFound("no such child")


def own_place(work: Work, register: SchoolRegister, giver: Giver, pupil: Pupil) -> Place:
    """Tell whether the person may answer, the pupil decides, or the page stays closed."""
    at = work.now()
    place = {"provider_ref": giver.provider_ref, "pupil_ref": giver.pupil_ref}
    stage = stage_of(work, register, at=at, **place)
    if giver.capacity == Capacity.PUPIL:
        mine = stage in (Decider.PUPIL, Decider.JOINT)
        return Place.MAY_ANSWER if mine else Place.CLOSED
    if stage is None or giver.person_ref not in entitled_refs(work, register, pupil.pupil_ref, at):
        return Place.CLOSED
    return Place.PUPIL_DECIDES if stage == Decider.PUPIL else Place.MAY_ANSWER


def _consent(work: Work, register: SchoolRegister, pupil: Pupil, giver: Giver) -> Consent:
    at, provider_ref = work.now(), giver.provider_ref
    place = own_place(work, register, giver, pupil)
    form = _form(work, provider_ref, at)
    latest = latest_answer(work, giver)
    own: Mapping[ConsentPair, OwnChoice] = {}
    states: States = {}
    if form is not None:
        own = own_choices(work, register, giver=giver, county=form.county, at=at)
    if form is not None and place != Place.CLOSED:
        states = pair_states(
            work,
            register,
            provider_ref=provider_ref,
            pupil_ref=pupil.pupil_ref,
            county=form.county,
            at=at,
        )
    stage = stage_of(work, register, provider_ref=provider_ref, pupil_ref=pupil.pupil_ref, at=at)
    rows = open_pairs(work, provider_ref, pupil.pupil_ref)
    return Consent(
        giver=giver,
        pupil=pupil,
        place=place,
        form=form,
        own=own,
        own_state=own_state(own, latest),
        last_answer=latest.id if latest else None,
        states=states,
        opened=frozenset(ConsentPair(row.profession, row.category) for row in rows),
        others=_others(work, register, giver, pupil, stage) if place == Place.MAY_ANSWER else (),
        all_must_agree=policy_at(work, provider_ref, at).decides == "all_guardians",
        stage=stage,
    )


def own_state(own: Mapping[ConsentPair, OwnChoice], latest: Answer | None) -> OwnState:
    """Sum up a person's standing choices in one word."""
    said = {choice.value for choice in own.values() if choice.alive}
    if said == {Choice.YES}:
        return OwnState.YES
    if said == {Choice.NO}:
        return OwnState.NO
    if said:
        return OwnState.MIXED
    if own:
        return OwnState.ENDED
    if latest is not None and latest.act == "withdrawal":
        return OwnState.WITHDRAWN
    return OwnState.UNANSWERED


def _others(
    work: Work, register: SchoolRegister, giver: Giver, pupil: Pupil, stage: Decider | None
) -> tuple[Other, ...]:
    at = work.now()
    refs = sorted(entitled_refs(work, register, pupil.pupil_ref, at) - {giver.person_ref})
    others = [
        Giver(ref, Capacity.GUARDIAN, giver.provider_ref, giver.pupil_ref)
        for ref in refs
        if stage != Decider.PUPIL
    ]
    if stage == Decider.JOINT and giver.capacity == Capacity.GUARDIAN:
        person = pupil.person_ref or ""
        others.append(Giver(person, Capacity.PUPIL, giver.provider_ref, giver.pupil_ref))
    return tuple(Other(other.capacity, _stands(work, other)) for other in others)


def _stands(work: Work, giver: Giver) -> bool:
    found = work.session.scalar(
        select(AnswerChoice.id)
        .where(
            AnswerChoice.provider_ref == giver.provider_ref,
            AnswerChoice.pupil_ref == giver.pupil_ref,
            AnswerChoice.giver_ref == giver.person_ref,
            AnswerChoice.capacity == giver.capacity.value,
            AnswerChoice.superseded_at.is_(None),
        )
        .limit(1)
    )
    return found is not None


def _form(work: Work, provider_ref: str, at: datetime) -> Form | None:
    """The form of the provider's county; a provider works with one county at a time."""
    counties = work.session.scalars(
        select(County.key).where(County.provider_ref == provider_ref).order_by(County.key)
    )
    forms = (current_form(work, provider_ref, county, at) for county in counties)
    return next((form for form in forms if form is not None), None)


def _in_use(work: Work, provider_ref: str) -> bool:
    try:
        return policy_at(work, provider_ref, work.now()).mode != "off"
    except NotFound:
        return False
