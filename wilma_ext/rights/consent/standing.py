"""Whose yes counts and whose no stands, in SQL, for one pair of one pupil (design 4.2-4.7)."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Subquery,
    and_,
    exists,
    func,
    or_,
    select,
)

from wilma_ext.models import Answer, AnswerChoice, ConsentForm
from wilma_ext.rights.access.bearing import Bearing
from wilma_ext.rights.access.bound import AT, PROVIDER_REF
from wilma_ext.rights.access.period import live, open_ended
from wilma_ext.rights.decider.decider import (
    SAID_BY_GUARDIAN,
    is_decider,
    is_heard,
    policy_since,
    said_by_guardian,
)
from wilma_ext.rights.decider.guardianship import same_guardians
from wilma_ext.vocabulary import Capacity, Choice

_OF_CHOICE = (
    "giver_ref",
    "capacity",
    "value",
    "county",
    "answer_id",
    "given_at",
    "valid_from",
    "valid_until",
)


@dataclass(frozen=True, eq=False)
class Pair:
    """A pair (profession x category) with the county it would be disclosed to (R26)."""

    profession: ColumnElement[Any]
    category: ColumnElement[Any]
    county: ColumnElement[Any]
    #: What else stands in the FROM around the statement, beside the bearing.
    within: tuple[FromClause, ...] = ()


@dataclass(frozen=True, eq=False)
class Standing:
    """What the people concerned have said on one pair, seen from one bearing."""

    bearing: Bearing
    pair: Pair

    def voices(self) -> Subquery:
        """Return one row per person whose choice stands, with all that decides if it counts.

        Fenced, so that each of these subqueries stands once in the statement however often the
        consent's state refers to it: written out in every branch they made a text of 100,000
        letters, which took fifteen times as long to plan as to run.
        """
        choice = self._said()
        is_yes = choice.c.value == Choice.YES.value
        columns = {
            "giver_ref": choice.c.giver_ref,
            "decides": self.decides(choice),
            "is_no": choice.c.value == Choice.NO.value,
            "by_guardian": and_(is_yes, self._by_guardian(choice)),
            "by_pupil": and_(is_yes, choice.c.capacity == Capacity.PUPIL.value),
            "alive": self.alive(choice),
            "in_time": self._before_own_age(choice),
            "alone": self._own_age_reached(choice),
            "suffices": ~self._since(choice, lambda policy: policy.decides == "all_guardians"),
            "needs_pupil": self._needs_pupil(choice),
            "opens": self._opens(choice),
        }
        return (
            select(*[column.label(name) for name, column in columns.items()])
            .correlate(self.bearing.row, *self.pair.within)
            .offset(0)
            .subquery()
        )

    def _said(self) -> Subquery:
        """Return the choices that stand, each with whether an entitled guardian made it."""
        choice = AnswerChoice.__table__.alias()
        by_guardian = said_by_guardian(self.bearing, choice, *self.pair.within)
        return (
            select(*[choice.c[name] for name in _OF_CHOICE], by_guardian.label(SAID_BY_GUARDIAN))
            .where(self.stands(choice))
            .correlate(self.bearing.row, *self.pair.within)
            .offset(0)
            .subquery()
        )

    def stands(self, choice: FromClause) -> ColumnElement[bool]:
        """The choice is about this pair and stands at the instant."""
        return and_(
            choice.c.provider_ref == PROVIDER_REF,
            choice.c.pupil_ref == self.bearing.row.c.pupil_ref,
            choice.c.profession == self.pair.profession,
            choice.c.category == self.pair.category,
            choice.c.county == self.pair.county,
            choice.c.given_at <= AT,
            open_ended(choice.c.superseded_at),
        )

    def decides(self, choice: FromClause) -> ColumnElement[bool]:
        """Who made the choice is one of today's deciders."""
        return is_decider(self.bearing, choice, *self.pair.within)

    def counts(self, choice: FromClause) -> ColumnElement[bool]:
        """The choice is a yes that counts: a decider's, alive, its custody unchanged."""
        said = or_(
            and_(self._by_guardian(choice), self._before_own_age(choice)),
            choice.c.capacity == Capacity.PUPIL.value,
        )
        yes = choice.c.value == Choice.YES.value
        return and_(yes, said, self.alive(choice), self.decides(choice))

    def alive(self, choice: FromClause) -> ColumnElement[bool]:
        """The yes has not run out, nor been left behind by a move or a material change."""
        return and_(
            live(choice),
            _unchanged_since(self.bearing.row.c.provider_changed_at, choice),
            self._same_school(choice),
            self._same_meaning(choice),
        )

    def ended(self, choice: FromClause) -> ColumnElement[bool]:
        """A yes that ended by itself, of a guardian still entitled or of the pupil."""
        by_guardian = said_by_guardian(self.bearing, choice, *self.pair.within)
        kept = and_(self._before_own_age(choice), self._custody(choice))
        lost = or_(
            and_(by_guardian, ~and_(self.alive(choice), kept)),
            and_(choice.c.capacity == Capacity.PUPIL.value, ~self.alive(choice)),
        )
        return and_(choice.c.value == Choice.YES.value, lost)

    def _by_guardian(self, choice: FromClause) -> ColumnElement[bool]:
        """An entitled guardian's choice, which a custody change has not suspended."""
        return and_(
            said_by_guardian(self.bearing, choice, *self.pair.within),
            self._custody(choice),
        )

    def _before_own_age(self, choice: FromClause) -> ColumnElement[bool]:
        """No policy since has let the pupil decide alone at the present age."""
        row = self.bearing.row.c
        own = self._since(choice, lambda policy: policy.own_from_age <= row.age)
        return or_(row.capacity_decision.is_not(None), ~own)

    def _own_age_reached(self, choice: FromClause) -> ColumnElement[bool]:
        """Every policy since has let the pupil decide alone at the present age."""
        row = self.bearing.row.c
        too_young = self._since(choice, lambda policy: policy.own_from_age > row.age)
        return or_(row.capacity_decision.is_not(None), ~too_young)

    def _needs_pupil(self, choice: FromClause) -> ColumnElement[bool]:
        """Some policy since wants the pupil's own yes beside a guardian's."""
        row = self.bearing.row.c
        joint = self._since(choice, lambda policy: policy.joint_from_age <= row.age)
        return and_(row.capacity_decision.is_(None), joint)

    def _opens(self, choice: FromClause) -> ColumnElement[bool]:
        """Every policy since has opened pairs without the secretary (P6)."""
        by_hand = self._since(choice, lambda policy: policy.activation != "automatic")
        return and_(self.bearing.row.c.activation == "automatic", ~by_hand)

    def _same_school(self, choice: FromClause) -> ColumnElement[bool]:
        """The pupil is in the school of that moment, and was not seen elsewhere since (R25)."""
        answer = Answer.__table__.alias()
        stayed = _unchanged_since(self.bearing.row.c.school_changed_at, choice)
        here = (
            exists(select(answer.c.id))
            .where(
                answer.c.id == choice.c.answer_id,
                answer.c.school_ref == self.bearing.row.c.school_ref,
            )
            .correlate(self.bearing.row, choice, *self.pair.within)
        )
        asks = self._since(choice, lambda policy: policy.on_school_move == "ask")
        return or_(and_(here, stayed), ~asks)

    def _same_meaning(self, choice: FromClause) -> ColumnElement[bool]:
        form = ConsentForm.__table__.alias()
        changed = (
            exists(select(form.c.id))
            .where(
                form.c.provider_ref == PROVIDER_REF,
                form.c.county == choice.c.county,
                form.c.material.is_(True),
                form.c.published_at > self._version_said_to(choice),
                form.c.published_at <= AT,
            )
            .correlate(self.bearing.row, choice, *self.pair.within)
        )
        asked = self._since(choice, lambda policy: policy.on_material_change == "ask")
        return or_(~changed, ~asked)

    def _version_said_to(self, choice: FromClause) -> ColumnElement[Any]:
        """When the version that was answered was published: a paper may be of an older one."""
        answer, form = Answer.__table__.alias(), ConsentForm.__table__.alias()
        published = (
            select(form.c.published_at)
            .where(answer.c.id == choice.c.answer_id, form.c.id == answer.c.form_id)
            .correlate(self.bearing.row, choice, *self.pair.within)
            .scalar_subquery()
        )
        return func.coalesce(published, choice.c.given_at)

    def _custody(self, choice: FromClause) -> ColumnElement[bool]:
        """Today's guardians are those of the answer, or a decider has answered since.

        The answer that confirms them is no older than the last change of custody noticed, so that
        a change and its return revive nothing (D6).
        """
        answer, within = Answer.__table__.alias(), (choice, *self.pair.within)
        confirmed = (
            exists(select(answer.c.id))
            .where(
                answer.c.provider_ref == PROVIDER_REF,
                answer.c.pupil_ref == self.bearing.row.c.pupil_ref,
                answer.c.given_at >= choice.c.given_at,
                answer.c.given_at <= AT,
                _unchanged_since(self.bearing.row.c.custody_changed_at, answer),
                is_heard(self.bearing, answer, *within),
                same_guardians(self.bearing, answer, *within),
            )
            .correlate(self.bearing.row, *within)
        )
        suspends = self._since(choice, lambda policy: policy.on_custody_change == "suspend")
        return or_(confirmed, ~suspends)

    def _since(self, choice: FromClause, rule: Any) -> ColumnElement[bool]:
        return policy_since(self.bearing, choice, rule, *self.pair.within)


def _unchanged_since(changed_at: ColumnElement[Any], said: FromClause) -> ColumnElement[bool]:
    """No change was noticed after it was said; one noticed by the very act stands before it."""
    return or_(changed_at.is_(None), changed_at <= said.c.given_at)
