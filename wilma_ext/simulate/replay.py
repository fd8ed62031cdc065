"""A world's facts happen in time order, through the plugin's own commands."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from wilma_ext.errors import Conflict, NotFound, WilmaExtError
from wilma_ext.models import ActivationPair
from wilma_ext.oversight.event import Actor
from wilma_ext.register import SchoolRegister
from wilma_ext.rights.access.decision import Member
from wilma_ext.rights.consent.activation import activate
from wilma_ext.rights.consent.answer_record import ShownForm, record_answer, record_withdrawal
from wilma_ext.rights.consent.giver import Giver
from wilma_ext.rights.consent.pairs import ConsentPair
from wilma_ext.rights.decider.capacity import record_capacity
from wilma_ext.rights.form.consent_form import Form, current_form
from wilma_ext.rights.person import pupil_of
from wilma_ext.rights.policy.policy import Policy
from wilma_ext.rights.welfare.matrix import Cell, publish_matrix
from wilma_ext.rights.welfare.membership import record_exception, start_membership
from wilma_ext.rights.welfare.welfare_group import record_agreement
from wilma_ext.simulate import world as facts
from wilma_ext.simulate.beginning import begin
from wilma_ext.simulate.document import Place, WorldError
from wilma_ext.simulate.scratch import Scratch
from wilma_ext.vocabulary import (
    STATUTORY_PROFESSIONS,
    Capacity,
    Choice,
    Decider,
    Effect,
    Profession,
    Route,
)
from wilma_ext.work import Work

OPERATOR = Actor("operator:simulate", "operator")

#: When, in which order at that instant, where it stands in the file, and what happens.
Event = tuple[datetime, int, Place, Callable[[Work], None]]


class Replay:
    """The facts of one world on their way into its scratch database."""

    def __init__(self, world: facts.World, scratch: Scratch, policy: Policy) -> None:
        self.world = world
        self.scratch = scratch
        self.policy = policy
        self.groups: dict[str, str] = {}
        self.members: dict[str, Member] = {}
        self._versions: dict[str, int] = {}
        self._forms: dict[str, Form] = {}

    @property
    def register(self) -> SchoolRegister:
        """The scratch host's register."""
        return self.scratch.register

    def run(self) -> None:
        """Let everything happen; a fact that a command refuses is an error of the world."""
        for instant, _, place, happen in sorted(self._events(), key=lambda event: event[:2]):
            try:
                with self.scratch.at(instant) as work:
                    happen(work)
            except WilmaExtError as error:
                raise WorldError((place, f"refused: {error}")) from error

    def _events(self) -> Iterator[Event]:
        """Every fact with its instant; at the same instant, in the order of the groups below."""
        world = self.world
        yield facts.BEGINNING, 0, (), self._begin
        begun = {member.id: member.since for member in world.members}
        groups: list[tuple[str, Callable[[Any], datetime], Callable[[Work, Any], None]]] = [
            ("agreements", _since, self._agreement),
            ("members", _since, self._member),
            # An exception cannot bite before the membership that it belongs to.
            ("exceptions", lambda row: max(row.since, begun[row.member]), self._exception),
            ("matrix", _since, self._matrix),
            ("capacity", _since, self._capacity),
            ("answers", _on, self._answer),
            ("activations", _on, self._activation),
        ]
        for order, (kind, when, act) in enumerate(groups, start=1):
            for index, row in enumerate(getattr(world, kind)):
                yield when(row), order, (kind, str(index)), _later(act, row)

    def _begin(self, work: Work) -> None:
        self.groups = begin(work, self.world, self.policy, actor=OPERATOR)

    def _agreement(self, work: Work, row: facts.Agreement) -> None:
        record_agreement(
            work,
            actor=OPERATOR,
            provider_ref=self.world.provider,
            county=row.county,
            document="-",
            valid_from=row.since,
            valid_until=row.until,
        )

    def _member(self, work: Work, row: facts.Member) -> None:
        membership = start_membership(
            work,
            self.register,
            actor=OPERATOR,
            provider_ref=self.world.provider,
            group_id=self.groups[row.group],
            person_ref=row.id,
            profession=Profession(row.profession),
            school_refs=row.schools,
            valid_until=row.until,
        )
        self.members[row.id] = Member(self.world.provider, membership, row.id)

    def _exception(self, work: Work, row: facts.PersonalException) -> None:
        record_exception(
            work,
            actor=OPERATOR,
            provider_ref=self.world.provider,
            membership_id=self.members[row.member].membership_id,
            category=row.category,
            effect=Effect(row.effect),
            valid_until=row.until,
        )

    def _matrix(self, work: Work, row: facts.MatrixEntry) -> None:
        # By law only these two (R10): another profession's cell opens nothing, whatever it says.
        cells = {
            ConsentPair(profession, category): Cell(Route(route))
            for profession, routes in row.cells.items()
            for category, route in routes.items()
            if route != Route.STATUTORY or profession in STATUTORY_PROFESSIONS
        }
        before = self._versions.get(row.group, 0)
        publish_matrix(
            work,
            actor=OPERATOR,
            provider_ref=self.world.provider,
            group_id=self.groups[row.group],
            cells=cells,
            based_on=before,
        )
        self._versions[row.group] = before + 1

    def _capacity(self, work: Work, row: facts.Capacity) -> None:
        record_capacity(
            work,
            self.register,
            actor=OPERATOR,
            provider_ref=self.world.provider,
            pupil_ref=row.pupil,
            decides=Decider(row.decides),
            reason="-",
            document="-",
            valid_until=row.until,
        )

    def _answer(self, work: Work, row: facts.Answer) -> None:
        provider_ref = self.world.provider
        work.lock_provider(provider_ref)
        work.lock_pupil(provider_ref, row.pupil, exclusive=True)
        capacity = Capacity.PUPIL if row.by == row.pupil else Capacity.GUARDIAN
        said: dict[str, Any] = {
            "giver": Giver(row.by, capacity, provider_ref, row.pupil),
            "pupil": pupil_of(work, self.register, row.pupil, provider_ref),
            "shown": ShownForm(self._form(work, row), "fi"),
        }
        if row.withdraw is not None:
            record_withdrawal(work, self.register, pairs=row.withdraw or None, **said)
            return
        choices = dict.fromkeys(row.yes, Choice.YES) | dict.fromkeys(row.no, Choice.NO)
        record_answer(work, self.register, choices=choices, until=row.until, **said)

    def _activation(self, work: Work, row: facts.Activation) -> None:
        provider_ref = self.world.provider
        before = self._open_ids(work, row)
        activate(
            work,
            self.register,
            actor=OPERATOR,
            provider_ref=provider_ref,
            pupil_refs=[row.pupil],
            group_id=self.groups[row.group],
        )
        if row.until is not None:
            opened = self._open_ids(work, row) - before
            work.session.execute(
                update(ActivationPair)
                .where(ActivationPair.id.in_(opened))
                .values(valid_until=row.until, end_reason="disabled")
            )

    def _open_ids(self, work: Work, row: facts.Activation) -> set[str]:
        statement = select(ActivationPair.id).where(
            ActivationPair.pupil_ref == row.pupil,
            ActivationPair.group_id == self.groups[row.group],
        )
        return set(work.session.scalars(statement))

    def _form(self, work: Work, row: facts.Answer) -> Form:
        """The county's form, which is the same from the beginning on."""
        county = row.county or self._only_county()
        if county not in self._forms:
            form = current_form(work, self.world.provider, county, work.now())
            if form is None:
                raise NotFound(f"there is no county {county!r}")
            self._forms[county] = form
        return self._forms[county]

    def _only_county(self) -> str:
        counties = {group.county for group in self.world.groups}
        if len(counties) != 1:
            raise Conflict("an answer names its county where there is not just one")
        return counties.pop()


def _since(row: Any) -> datetime:
    since: datetime = row.since
    return since


def _on(row: Any) -> datetime:
    on: datetime = row.on
    return on


def _later(act: Callable[[Work, Any], None], row: Any) -> Callable[[Work], None]:
    return lambda work: act(work, row)
