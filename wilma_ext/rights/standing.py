"""Whose yes counts and whose no stands, in SQL, for one pair of one pupil (design 4.2-4.7)."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, FromClause, and_, exists, or_, select, true

from wilma_ext.models import Answer, AnswerChoice, ConsentForm
from wilma_ext.register.reference import as_text
from wilma_ext.rights.bearing import Bearing
from wilma_ext.rights.bound import AT, PROVIDER_REF
from wilma_ext.rights.decider import (
    entitled_guardians,
    is_decider,
    is_entitled_guardian,
    policy_since,
    same_guardians,
)
from wilma_ext.rights.period import live, open_ended
from wilma_ext.vocabulary import Capacity, Choice


@dataclass(frozen=True, eq=False)
class Pair:
    """A pair (profession x category) with the county it would be disclosed to (R26)."""

    profession: ColumnElement[Any]
    category: ColumnElement[Any]
    county: ColumnElement[Any]
    #: What else stands in the FROM around the statement, beside the bearing.
    within: tuple[FromClause, ...] = ()


@dataclass(frozen=True)
class Leniency:
    """What a statement lets pass beyond living consent, to tell `ended` from `none`.

    `lapsed`: a yes that ran out or was left behind by a move or a material change.
    `adult`: the guardians' yes of a pupil who has come of age.
    """

    lapsed: bool = False
    adult: bool = False


STRICT = Leniency()


@dataclass(frozen=True, eq=False)
class Standing:
    """What the people concerned have said on one pair, seen from one bearing."""

    bearing: Bearing
    pair: Pair

    def said(self, value: Choice) -> tuple[FromClause, ColumnElement[bool]]:
        """Return the choices and the condition that one stands at the instant on the pair."""
        choice = AnswerChoice.__table__.alias()
        return choice, and_(
            choice.c.provider_ref == PROVIDER_REF,
            choice.c.pupil_ref == self.bearing.row.c.pupil_ref,
            choice.c.profession == self.pair.profession,
            choice.c.category == self.pair.category,
            choice.c.county == self.pair.county,
            choice.c.value == value.value,
            choice.c.given_at <= AT,
            open_ended(choice.c.superseded_at),
        )

    def refused(self) -> ColumnElement[bool]:
        """A decider's no stands; it never runs out and blocks whatever others said (R7)."""
        choice, stands = self.said(Choice.NO)
        decides = is_decider(self.bearing, choice, *self.pair.within)
        return self._exists(choice, and_(stands, decides))

    def guardian_yes(self, choice: FromClause, lenient: Leniency) -> ColumnElement[bool]:
        """The standing choice is a guardian's yes that counts."""
        row, within = self.bearing.row.c, self.pair.within
        if lenient.adult:
            of_age = true()
        else:
            of_age = or_(
                row.capacity_decision.is_not(None),
                ~policy_since(
                    self.bearing, choice, lambda policy: policy.own_from_age <= row.age, *within
                ),
            )
        return and_(
            choice.c.capacity == Capacity.GUARDIAN.value,
            is_entitled_guardian(self.bearing, choice.c.giver_ref, choice, *within),
            of_age,
            self.alive(choice, lenient),
            self._custody(choice, lenient),
        )

    def pupil_yes(self, choice: FromClause, lenient: Leniency) -> ColumnElement[bool]:
        """The standing choice is the pupil's own yes that counts."""
        return and_(choice.c.capacity == Capacity.PUPIL.value, self.alive(choice, lenient))

    def pupil_said_yes(self, lenient: Leniency = STRICT) -> ColumnElement[bool]:
        """The pupil's own yes counts beside the guardians'."""
        choice, stands = self.said(Choice.YES)
        return self._exists(choice, and_(stands, self.pupil_yes(choice, lenient)))

    def pupil_said_yes_alone(self, lenient: Leniency = STRICT) -> ColumnElement[bool]:
        """The pupil's own yes counts without any guardian's."""
        choice, stands = self.said(Choice.YES)
        row = self.bearing.row.c
        own = or_(
            row.capacity_decision.is_not(None),
            ~policy_since(
                self.bearing,
                choice,
                lambda policy: policy.own_from_age > row.age,
                *self.pair.within,
            ),
        )
        return self._exists(choice, and_(stands, self.pupil_yes(choice, lenient), own))

    def guardians_said_yes(self, lenient: Leniency = STRICT) -> ColumnElement[bool]:
        """One guardian's yes where that is enough, or the yes of every entitled guardian."""
        return or_(self._one_guardian(lenient), self._every_guardian(lenient))

    def _one_guardian(self, lenient: Leniency) -> ColumnElement[bool]:
        choice, stands = self.said(Choice.YES)
        enough = ~policy_since(
            self.bearing,
            choice,
            lambda policy: policy.decides == "all_guardians",
            *self.pair.within,
        )
        return self._exists(
            choice, and_(stands, enough, self._joined_guardian_yes(choice, lenient))
        )

    def _every_guardian(self, lenient: Leniency) -> ColumnElement[bool]:
        some, entitled = entitled_guardians(self.bearing)
        guardian, also_entitled = entitled_guardians(self.bearing)
        choice, stands = self.said(Choice.YES)
        outer = (self.bearing.row, *self.pair.within)
        silent = ~(
            exists(select(choice.c.id))
            .where(
                stands,
                choice.c.giver_ref == as_text(guardian.c.guardian_id),
                self._joined_guardian_yes(choice, lenient),
            )
            .correlate(guardian, *outer)
        )
        return and_(
            exists(select(some.c.pupil_id)).where(entitled).correlate(*outer),
            ~exists(select(guardian.c.pupil_id)).where(also_entitled, silent).correlate(*outer),
        )

    def _joined_guardian_yes(self, choice: FromClause, lenient: Leniency) -> ColumnElement[bool]:
        """A guardian's yes that has the pupil's beside it where one is needed."""
        counts = self.guardian_yes(choice, lenient)
        if lenient.adult:
            return counts
        row = self.bearing.row.c
        must_join = and_(
            row.capacity_decision.is_(None),
            policy_since(
                self.bearing,
                choice,
                lambda policy: policy.joint_from_age <= row.age,
                *self.pair.within,
            ),
        )
        return and_(counts, or_(~must_join, self.pupil_said_yes(lenient)))

    def alive(self, choice: FromClause, lenient: Leniency) -> ColumnElement[bool]:
        """The yes has not run out, nor been left behind by a move or a material change."""
        if lenient.lapsed:
            return true()
        return and_(live(choice), self._same_school(choice), self._same_meaning(choice))

    def _same_school(self, choice: FromClause) -> ColumnElement[bool]:
        answer, within = Answer.__table__.alias(), self.pair.within
        here = (
            exists(select(answer.c.id))
            .where(
                answer.c.id == choice.c.answer_id,
                answer.c.school_ref == self.bearing.row.c.school_ref,
            )
            .correlate(self.bearing.row, choice, *within)
        )
        asked = policy_since(
            self.bearing, choice, lambda policy: policy.on_school_move == "ask", *within
        )
        return or_(here, ~asked)

    def _same_meaning(self, choice: FromClause) -> ColumnElement[bool]:
        form, within = ConsentForm.__table__.alias(), self.pair.within
        changed = (
            exists(select(form.c.id))
            .where(
                form.c.provider_ref == PROVIDER_REF,
                form.c.county == choice.c.county,
                form.c.material.is_(true()),
                form.c.published_at > choice.c.given_at,
                form.c.published_at <= AT,
            )
            .correlate(self.bearing.row, choice, *within)
        )
        asked = policy_since(
            self.bearing, choice, lambda policy: policy.on_material_change == "ask", *within
        )
        return or_(~changed, ~asked)

    def _custody(self, choice: FromClause, lenient: Leniency) -> ColumnElement[bool]:
        """Today's guardians are those of the answer, or a decider has answered since."""
        answer, within = Answer.__table__.alias(), (choice, *self.pair.within)
        confirmed = (
            exists(select(answer.c.id))
            .where(
                answer.c.provider_ref == PROVIDER_REF,
                answer.c.pupil_ref == self.bearing.row.c.pupil_ref,
                answer.c.given_at >= choice.c.given_at,
                answer.c.given_at <= AT,
                is_decider(self.bearing, answer, *within, as_guardians=lenient.adult),
                same_guardians(self.bearing, answer, *within),
            )
            .correlate(self.bearing.row, *within)
        )
        suspends = policy_since(
            self.bearing,
            choice,
            lambda policy: policy.on_custody_change == "suspend",
            *self.pair.within,
        )
        return or_(confirmed, ~suspends)

    def _exists(self, choice: FromClause, condition: ColumnElement[bool]) -> ColumnElement[bool]:
        return (
            exists(select(choice.c.id))
            .where(condition)
            .correlate(self.bearing.row, *self.pair.within)
        )
