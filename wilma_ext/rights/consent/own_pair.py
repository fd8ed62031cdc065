"""What has become of one person's word on each pair: five states, told apart (design 4.2)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select

from wilma_ext.clock import birthday, midnight
from wilma_ext.models import Answer, AnswerChoice, ConsentForm, ObservedChange
from wilma_ext.rights.consent.giver import Giver
from wilma_ext.rights.consent.own_answer import OwnChoice
from wilma_ext.rights.consent.pairs import ConsentPair
from wilma_ext.rights.consent.place import Place
from wilma_ext.rights.decider.capacity import live_capacity
from wilma_ext.rights.form.consent_form import Form
from wilma_ext.rights.person import Pupil
from wilma_ext.rights.policy.policy import policy_at, policy_history
from wilma_ext.vocabulary import ChangeKind, Choice
from wilma_ext.work import Work


class WordState(StrEnum):
    """The five states of a person's word on one pair."""

    UNANSWERED = "unanswered"
    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"


class Ending(StrEnum):
    """What ended a yes by itself."""

    RAN_OUT = "ran_out"
    NEW_FORM = "new_form"
    NEW_SCHOOL = "new_school"
    OF_AGE = "of_age"


@dataclass(frozen=True)
class Word:
    """A person's word on one pair, and what has become of it."""

    state: WordState
    #: When it was first said.
    since: datetime | None = None
    #: When a living yes ends by itself; None = not before it is withdrawn.
    until: datetime | None = None
    #: When it was withdrawn or ended; None where no date is known, as of a change of school.
    over: datetime | None = None
    ending: Ending | None = None


Words = Mapping[ConsentPair, Word]


def own_words(
    work: Work,
    *,
    giver: Giver,
    pupil: Pupil,
    place: Place,
    form: Form,
    own: Mapping[ConsentPair, OwnChoice],
) -> dict[ConsentPair, Word]:
    """Return the state of the person's word on every pair that the form asks or that stands."""
    asked = form.pairs() | own.keys()
    withdrawn = _withdrawn(work, giver, form.county, asked - own.keys())
    endings = _Endings(work, giver, pupil, place, form)
    found = {}
    for pair in sorted(asked):
        said = own.get(pair)
        if said is None:
            over = withdrawn.get(pair)
            state = WordState.WITHDRAWN if over else WordState.UNANSWERED
            found[pair] = Word(state, over=over)
        elif said.value == Choice.NO:
            found[pair] = Word(WordState.REFUSED, said.row.valid_from)
        else:
            found[pair] = endings.word(said)
    return found


def _withdrawn(
    work: Work, giver: Giver, county: str, pairs: Iterable[ConsentPair]
) -> dict[ConsentPair, datetime]:
    """When the person withdrew the last word on a pair on which nothing stands now."""
    rows = work.session.scalars(
        select(AnswerChoice)
        .where(
            AnswerChoice.provider_ref == giver.provider_ref,
            AnswerChoice.pupil_ref == giver.pupil_ref,
            AnswerChoice.giver_ref == giver.person_ref,
            AnswerChoice.capacity == giver.capacity.value,
            AnswerChoice.county == county,
            AnswerChoice.end_reason == "withdrawn",
        )
        .order_by(AnswerChoice.superseded_at)
    )
    wanted, found = frozenset(pairs), {}
    for row in rows:
        pair = ConsentPair(row.profession, row.category)
        if pair in wanted and row.superseded_at is not None:
            found[pair] = row.superseded_at
    return found


class _Endings:
    """Why a yes of this person does not live any more.

    Whether it lives is decided by `own_choices`; this only finds the words for it. On a closed
    page nothing but a date is told: a school or a form would tell more than the page may (G14).
    """

    def __init__(self, work: Work, giver: Giver, pupil: Pupil, place: Place, form: Form) -> None:
        self._work, self._giver, self._form = work, giver, form
        self._is_closed = place == Place.CLOSED
        self._of_age = _of_age(work, giver, pupil) if place == Place.PUPIL_DECIDES else None

    def word(self, said: OwnChoice) -> Word:
        """Return the state of a yes."""
        row, at = said.row, self._work.now()
        if row.valid_until is not None and row.valid_until <= at:
            return self._ended(row, row.valid_until, Ending.RAN_OUT)
        if self._of_age is not None:
            return self._ended(row, self._of_age, Ending.OF_AGE)
        if said.alive or self._is_closed:
            return Word(WordState.GIVEN, row.valid_from, row.valid_until)
        changed = self._changed_after(row)
        if changed is not None:
            return self._ended(row, changed, Ending.NEW_FORM)
        return self._ended(row, self._moved_after(row), Ending.NEW_SCHOOL)

    def _ended(self, row: AnswerChoice, over: datetime | None, ending: Ending) -> Word:
        return Word(WordState.ENDED, row.valid_from, over=over, ending=ending)

    def _changed_after(self, row: AnswerChoice) -> datetime | None:
        """When the form first changed materially after the version that was answered."""
        if not _asks_again(self._work, self._giver.provider_ref, row.given_at):
            return None
        answered = (
            select(ConsentForm.published_at)
            .join(Answer, Answer.form_id == ConsentForm.id)
            .where(Answer.id == row.answer_id)
        )
        said = self._work.session.scalar(answered) or row.given_at
        return self._work.session.scalar(
            select(func.min(ConsentForm.published_at)).where(
                ConsentForm.provider_ref == self._giver.provider_ref,
                ConsentForm.county == self._form.county,
                ConsentForm.material.is_(True),
                ConsentForm.published_at > said,
                ConsentForm.published_at <= self._work.now(),
            )
        )

    def _moved_after(self, row: AnswerChoice) -> datetime | None:
        """When a change of school was noticed since; a move just made is not noticed yet."""
        return self._work.session.scalar(
            select(func.min(ObservedChange.observed_at)).where(
                ObservedChange.provider_ref == self._giver.provider_ref,
                ObservedChange.pupil_ref == self._giver.pupil_ref,
                ObservedChange.kind != ChangeKind.CUSTODY.value,
                ObservedChange.observed_at > row.given_at,
            )
        )


def _asks_again(work: Work, provider_ref: str, given: datetime) -> bool:
    for act in policy_history(work, provider_ref):
        if act.policy.on_material_change == "ask":
            return True
        if act.valid_from <= given:
            break
    return False


def _of_age(work: Work, giver: Giver, pupil: Pupil) -> datetime | None:
    """When the pupil came to decide alone by age; a capacity decision ends no guardian's yes."""
    at = work.now()
    if pupil.birth_date is None or live_capacity(work, giver.provider_ref, giver.pupil_ref, at):
        return None
    age = policy_at(work, giver.provider_ref, at).own_from_age
    return midnight(birthday(pupil.birth_date, age))
