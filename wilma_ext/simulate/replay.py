"""A world's facts happen in time order, through the plugin's own commands."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from wilma_ext.errors import WilmaExtError
from wilma_ext.models import ActivationPair, County, Provider, new_id
from wilma_ext.oversight.event import Actor
from wilma_ext.register import SchoolRegister
from wilma_ext.rights.activation import activate
from wilma_ext.rights.capacity import record_capacity
from wilma_ext.rights.consent import ShownForm, record_answer, record_withdrawal
from wilma_ext.rights.consent_form import PARTS, Question, current_form, publish_form
from wilma_ext.rights.decision import Member
from wilma_ext.rights.giver import Giver
from wilma_ext.rights.matrix import Cell, publish_matrix
from wilma_ext.rights.pairs import ConsentPair
from wilma_ext.rights.person import pupil_of
from wilma_ext.rights.policy import Policy, first_policy
from wilma_ext.rights.welfare_group import (
    create_group,
    record_agreement,
    record_exception,
    start_membership,
)
from wilma_ext.simulate import world as facts
from wilma_ext.simulate.document import WorldError
from wilma_ext.simulate.scratch import Scratch
from wilma_ext.vocabulary import (
    FIXED_CATEGORIES,
    Capacity,
    Choice,
    Decider,
    Effect,
    Profession,
    Route,
)
from wilma_ext.work import Work

OPERATOR = Actor("operator:simulate", "operator")

Event = tuple[datetime, int, Callable[[Work], None]]


class Replay:
    """The facts of one world on their way into its scratch database."""

    def __init__(self, world: facts.World, scratch: Scratch, policy: Policy) -> None:
        self.world = world
        self.scratch = scratch
        self.policy = policy
        self.groups: dict[str, str] = {}
        self.members: dict[str, Member] = {}
        self._versions: dict[str, int] = {}

    @property
    def register(self) -> SchoolRegister:
        """The scratch host's register."""
        return self.scratch.register

    def run(self) -> None:
        """Let everything happen; a fact that a command refuses is an error of the world."""
        for instant, _, happen in sorted(self._events(), key=lambda event: event[:2]):
            try:
                with self.scratch.at(instant) as work:
                    happen(work)
            except WilmaExtError as error:
                raise WorldError(f"a fact at {instant.isoformat()} is refused: {error}") from error

    def _events(self) -> Iterator[Event]:
        """Every fact with its instant; at the same instant, in the order of the groups below."""
        world = self.world
        yield facts.BEGINNING, 0, self._begin
        groups: list[tuple[Any, str, Callable[[Work, Any], None]]] = [
            (world.agreements, "since", self._agreement),
            (world.members, "since", self._member),
            (world.exceptions, "since", self._exception),
            (world.matrix, "since", self._matrix),
            (world.capacity, "since", self._capacity),
            (world.answers, "on", self._answer),
            (world.activations, "on", self._activation),
        ]
        for order, (rows, when, act) in enumerate(groups, start=1):
            for row in rows:
                yield getattr(row, when), order, _later(act, row)

    def _begin(self, work: Work) -> None:
        provider = {"provider_ref": self.world.provider}
        work.lock_provider(self.world.provider, exclusive=True)
        work.session.add(
            Provider(
                ref=self.world.provider,
                handle=new_id(),
                name_fi=self.world.provider,
                name_sv=self.world.provider,
                name_en=self.world.provider,
                created_at=work.now(),
            )
        )
        first_policy(work, actor=OPERATOR, policy=self.policy, **provider)
        for county in sorted({group.county for group in self.world.groups}):
            named = {f"name_{language}": county for language in ("fi", "sv", "en")}
            work.session.add(County(key=county, **provider, **named))
            work.session.flush()
            publish_form(
                work,
                actor=OPERATOR,
                county=county,
                questions=_QUESTIONS,
                texts=_TEXTS,
                material=False,
                **provider,
            )
        for group in self.world.groups:
            names = (group.id, group.id, group.id)
            self.groups[group.id] = create_group(
                work, actor=OPERATOR, county=group.county, names=names, **provider
            )

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
        if row.member not in self.members:
            raise WorldError(f"the exception of {row.member} begins before the membership")
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
        cells = {
            ConsentPair(profession, category): Cell(Route(route))
            for profession, routes in row.cells.items()
            for category, route in routes.items()
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
        form = current_form(work, provider_ref, self._county(row), work.now())
        if form is None:
            raise WorldError(f"the county {row.county} has no group")
        capacity = Capacity.PUPIL if row.by == row.pupil else Capacity.GUARDIAN
        said: dict[str, Any] = {
            "giver": Giver(row.by, capacity, provider_ref, row.pupil),
            "pupil": pupil_of(work, self.register, row.pupil, provider_ref),
            "shown": ShownForm(form, "fi"),
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

    def _county(self, row: facts.Answer) -> str:
        if row.county is not None:
            return row.county
        counties = {group.county for group in self.world.groups}
        if len(counties) != 1:
            raise WorldError("an answer names its county where there is more than one")
        return counties.pop()


_QUESTIONS = tuple(
    Question(category, tuple(profession.value for profession in Profession))
    for category in FIXED_CATEGORIES
)
_PARTS = (*PARTS, *(f"question:{category}" for category in FIXED_CATEGORIES))
_TEXTS = {language: dict.fromkeys(_PARTS, "-") for language in ("fi", "sv")}


def _later(act: Callable[[Work, Any], None], row: Any) -> Callable[[Work], None]:
    return lambda work: act(work, row)
