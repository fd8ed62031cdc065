"""What a family sees of its consents: per child, who has said what, and what follows (G1-G16)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import select

from wilma_ext.errors import NotFound
from wilma_ext.models import Answer, AnswerChoice, County
from wilma_ext.register import SchoolRegister
from wilma_ext.rights.consent.consent import latest_answer
from wilma_ext.rights.consent.giver import Giver
from wilma_ext.rights.consent.own_answer import OwnChoice, own_choices
from wilma_ext.rights.consent.own_pair import Ending, Words, WordState, own_words
from wilma_ext.rights.consent.pairs import ConsentPair, States, pair_states
from wilma_ext.rights.consent.place import Place, giver_of, own_place
from wilma_ext.rights.decider.guardian import children_of, entitled_refs
from wilma_ext.rights.decider.stage import stage_of
from wilma_ext.rights.form.consent_form import Form, current_form
from wilma_ext.rights.person import (
    Pupil,
    pupil_of,
    pupils_who_are,
)
from wilma_ext.rights.policy.policy import Policy, policy_at
from wilma_ext.vocabulary import Capacity, ConsentState, Decider
from wilma_ext.work import Work

#: An end so near is told on the list and the page.
SOON = timedelta(days=30)


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
    #: What has become of the person's word on every pair.
    words: Words
    own_state: OwnState
    last_answer: str | None
    #: The consent's states, for who may answer only.
    states: States
    others: tuple[Other, ...]
    policy: Policy
    stage: Decider | None

    @property
    def is_self(self) -> bool:
        """Whether the person is the pupil, whom the pages then speak to."""
        return self.giver.capacity == Capacity.PUPIL

    @property
    def all_must_agree(self) -> bool:
        """Whether every guardian must agree, by today's policy."""
        return self.policy.decides == "all_guardians"

    def needed_silent(self) -> tuple["Other", ...]:
        """Return the others whose yes is needed beside the person's, and who have not answered."""
        return tuple(
            other for other in self.others if not other.answered and self._is_needed(other)
        )

    def _is_needed(self, other: "Other") -> bool:
        """Guardians where all must agree or the pupil waits for one; the pupil where joint."""
        if other.capacity == Capacity.PUPIL:
            return True
        if self.all_must_agree:
            return True
        guardians = [one for one in self.others if one.capacity == Capacity.GUARDIAN]
        return self.is_self and not any(guardian.answered for guardian in guardians)

    def own_yes(self) -> frozenset[ConsentPair]:
        """Return the pairs of which the person's yes lives."""
        return frozenset(pair for pair, word in self.words.items() if word.state == WordState.GIVEN)

    def lacking(self) -> frozenset[ConsentPair]:
        """Return the pairs of which the person's living yes is not enough by itself."""
        return frozenset(
            pair for pair in self.own_yes() if self.states.get(pair) == ConsentState.NONE
        )

    def is_unheard(self) -> bool:
        """Whether a living yes does not count although nobody is waited for.

        So it is where who decides has changed since it was said, by custody, age or policy: to say
        it again is what helps.
        """
        return bool(self.lacking()) and not self.needed_silent()

    def endings(self) -> dict[Ending, datetime | None]:
        """Return what has ended a yes of the person by itself, each with its latest date."""
        found: dict[Ending, datetime | None] = {}
        for word in self.words.values():
            if word.ending is not None:
                dates = [date for date in (found.get(word.ending), word.over) if date]
                found[word.ending] = max(dates, default=None)
        return found

    def ends_soon(self, at: datetime) -> datetime | None:
        """Return when the first of the person's yes ends, if that is within 30 days (G17)."""
        ends = [self.words[pair].until for pair in self.own_yes()]
        soon = [end for end in ends if end is not None and end - at <= SOON]
        return min(soon, default=None)


def consents_of(work: Work, register: SchoolRegister, person_ref: str) -> list[Consent]:
    """Return the consents of the person's children and of the person as a pupil."""
    at = work.now()
    mine = [(pupil, Capacity.PUPIL) for pupil in pupils_who_are(work, register, person_ref)]
    mine += [(pupil, Capacity.GUARDIAN) for pupil in children_of(work, register, person_ref, at)]
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


def _consent(work: Work, register: SchoolRegister, pupil: Pupil, giver: Giver) -> Consent:
    at, provider_ref = work.now(), giver.provider_ref
    place = own_place(work, register, giver, pupil)
    form = _form(work, provider_ref, at)
    latest = latest_answer(work, giver)
    own: Mapping[ConsentPair, OwnChoice] = {}
    words: Words = {}
    states: States = {}
    about = {"provider_ref": provider_ref, "pupil_ref": pupil.pupil_ref}
    if form is not None:
        own = own_choices(work, register, giver=giver, county=form.county, at=at)
        words = own_words(work, giver=giver, pupil=pupil, place=place, form=form, own=own)
    if form is not None and place == Place.MAY_ANSWER:
        states = pair_states(work, register, county=form.county, at=at, **about)
    stage = stage_of(work, register, at=at, **about)
    return Consent(
        giver=giver,
        pupil=pupil,
        place=place,
        form=form,
        own=own,
        words=words,
        own_state=own_state(words, latest),
        last_answer=latest.id if latest else None,
        states=states,
        others=_others(work, register, giver, pupil, stage) if place == Place.MAY_ANSWER else (),
        policy=policy_at(work, provider_ref, at),
        stage=stage,
    )


def own_state(words: Words, latest: Answer | None) -> OwnState:
    """Sum up a person's word in one: a yes that has ended is told before what still stands."""
    said = {word.state for word in words.values()}
    if WordState.ENDED in said:
        return OwnState.ENDED
    if {WordState.GIVEN, WordState.REFUSED} <= said:
        return OwnState.MIXED
    if WordState.GIVEN in said:
        return OwnState.YES
    if WordState.REFUSED in said:
        return OwnState.NO
    if WordState.WITHDRAWN in said or (latest is not None and latest.act == "withdrawal"):
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
