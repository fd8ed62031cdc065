"""What happens in a world, done by the plugin's commands, at the instant of the work."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select, update

from tests.equivalence.host import Host
from tests.oracle.world import (
    Activation,
    Agreement,
    Answer,
    Assignment,
    CapacityDecision,
    Custody,
    Event,
    Form,
    Guardian,
    MatrixEntry,
    Member,
    Pairs,
    PersonalException,
    PolicyVersion,
    World,
)
from wilma_ext.models import ActivationPair, ConsentForm
from wilma_ext.oversight.event import Actor
from wilma_ext.register import SchoolRegister
from wilma_ext.rights.access import decision
from wilma_ext.rights.consent.activation import activate
from wilma_ext.rights.consent.answer_record import ShownForm, record_answer, record_withdrawal
from wilma_ext.rights.consent.giver import Giver
from wilma_ext.rights.consent.pairs import ConsentPair
from wilma_ext.rights.decider.capacity import record_capacity
from wilma_ext.rights.form import consent_form
from wilma_ext.rights.person import pupil_of
from wilma_ext.rights.policy.policy import Policy, first_policy, set_policy
from wilma_ext.rights.welfare.matrix import Cell, publish_matrix
from wilma_ext.rights.welfare.membership import assign, record_exception, start_membership
from wilma_ext.rights.welfare.welfare_group import record_agreement
from wilma_ext.vocabulary import Capacity, Channel, Choice, Decider, Effect, Profession, Route
from wilma_ext.work import Work

if TYPE_CHECKING:
    from tests.equivalence.loader import Loaded

ACTOR = Actor("operator:tests", "operator")
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
TEXTS = {"fi": dict.fromkeys(consent_form.PARTS, "-")}


class Replay:
    """One world on its way into the database."""

    def __init__(self, register: SchoolRegister, host: Host, world: World, loaded: Loaded) -> None:
        self.register = register
        self.host = host
        self.world = world
        self.at = loaded
        self.place: dict[str, Any] = {"provider_ref": loaded.provider_ref}
        self.published: dict[str, int] = {}

    def happen(self, work: Work, event: Event) -> None:
        getattr(self, f"_{event.kind}")(work, event.fact)

    def _policy(self, work: Work, version: PolicyVersion) -> None:
        keys: dict[str, Any] = dict(version.keys)
        keys["statutory_professions"] = tuple(map(Profession, keys["statutory_professions"]))
        if self._is_first("policy"):
            first_policy(work, actor=ACTOR, policy=Policy(**keys), **self.place)
        else:
            set_policy(work, actor=ACTOR, changes=keys, **self.place)

    def _is_first(self, kind: str) -> bool:
        self.published[kind] = self.published.get(kind, 0) + 1
        return self.published[kind] == 1

    def _form(self, work: Work, form: Form) -> None:
        """As a row: no command publishes one form for every county, or without its texts."""
        self._is_first("form")
        for county in sorted({group.county for group in self.world.groups}):
            row = ConsentForm(
                county=county,
                version=self.published["form"],
                material=form.material,
                published_at=form.at,
                author=ACTOR.ref,
                privacy_url="",
                **self.place,
            )
            work.session.add(row)

    def _matrix(self, work: Work, entry: MatrixEntry) -> None:
        cells = {
            ConsentPair(profession, category): Cell(Route(word))
            for profession, words in entry.cells.items()
            for category, word in words.items()
        }
        group = self.at.groups[entry.group]
        before = self.published.get(group, 0)
        publish_matrix(
            work, actor=ACTOR, group_id=group, cells=cells, based_on=before, **self.place
        )
        self.published[group] = before + 1

    def _agreement(self, work: Work, agreement: Agreement) -> None:
        record_agreement(
            work,
            actor=ACTOR,
            county=agreement.county,
            document="A-1",
            valid_from=agreement.since,
            valid_until=agreement.until,
            **self.place,
        )

    def _member(self, work: Work, member: Member) -> None:
        ref = self.at.ref(member.person)
        membership = start_membership(
            work,
            self.register,
            actor=ACTOR,
            group_id=self.at.groups[member.group],
            person_ref=ref,
            profession=Profession(member.profession),
            school_refs=(),
            valid_until=member.until,
            **self.place,
        )
        self.at.members[member.id] = decision.Member(self.at.provider_ref, membership, ref)

    def _assignment(self, work: Work, fact: tuple[str, Assignment]) -> None:
        """A membership's end is the end of its assignments too, as `end_membership` has it."""
        name, assignment = fact
        until = next(each.until for each in self.world.members if each.id == name)
        ends = [end for end in (assignment.until, until) if end]
        assign(
            work,
            self.register,
            actor=ACTOR,
            membership_id=self.at.members[name].membership_id,
            school_ref=self.at.ref(assignment.school),
            valid_until=min(ends, default=None),
            **self.place,
        )

    def _exception(self, work: Work, exception: PersonalException) -> None:
        record_exception(
            work,
            actor=ACTOR,
            membership_id=self.at.members[exception.member].membership_id,
            category=exception.category,
            effect=Effect(exception.effect),
            valid_until=exception.until,
            **self.place,
        )

    def _capacity(self, work: Work, decided: CapacityDecision) -> None:
        record_capacity(
            work,
            self.register,
            actor=ACTOR,
            pupil_ref=self.at.ref(decided.pupil),
            decides=Decider(decided.decides),
            reason="-",
            document="D-1",
            valid_until=decided.until,
            **self.place,
        )

    def _move(self, work: Work, fact: tuple[str, str]) -> None:
        """The host's own act."""
        pupil, school = (self.at.native(name) for name in fact)
        moved = update(self.host.pupils).where(self.host.pupils.c.id == pupil)
        work.session.execute(moved.values(school_id=school))

    def _custody(self, work: Work, custody: Custody) -> None:
        """The host's own act: other rows stand where the old ones stood."""
        table = self.host.guardianships
        pupils = [self.at.native(pupil.id) for pupil in self.world.pupils]
        work.session.execute(delete(table).where(table.c.pupil_id.in_(pupils)))
        if rows := guardianships(self.at, custody.rows):
            work.session.execute(insert(table), rows)

    def _answer(self, work: Work, answer: Answer) -> None:
        pupil_ref = self.at.ref(answer.pupil)
        giver = Giver(
            self.at.ref(answer.by), Capacity(answer.capacity), self.at.provider_ref, pupil_ref
        )
        said: dict[str, Any] = {
            "giver": giver,
            "pupil": pupil_of(work, self.register, pupil_ref),
            "shown": self.shown(answer.county, paper=answer.paper),
        }
        if answer.withdraw is not None:
            pairs = None if answer.withdraw == "all" else frozenset(_pairs(answer.withdraw))
            record_withdrawal(work, self.register, pairs=pairs, **said)
            return
        choices = dict.fromkeys(_pairs(answer.yes), Choice.YES)
        choices |= dict.fromkeys(_pairs(answer.no), Choice.NO)
        record_answer(work, self.register, choices=choices, until=answer.until, **said)

    def shown(self, county: str, *, paper: bool = False) -> ShownForm:
        """What the person had before the eyes: of no account to a right, so it is no row."""
        form = consent_form.Form(
            form_id=None,
            county=county,
            version=1,
            material=True,
            published_at=LONG_AGO,
            privacy_url="",
            questions=(),
            texts=TEXTS,
            **self.place,
        )
        if paper:
            return ShownForm(form, "fi", Channel.PAPER, entered_by=ACTOR.ref, document="P-1")
        return ShownForm(form, "fi")

    def _activation(self, work: Work, act: Activation) -> None:
        """An end known beforehand is put on the pairs that this activation opened."""
        pupil, group = self.at.ref(act.pupil), self.at.groups[act.group]
        activate(work, self.register, actor=ACTOR, pupil_refs=[pupil], group_id=group, **self.place)
        if act.until:
            opened = select(ActivationPair).where(
                ActivationPair.provider_ref == self.at.provider_ref,
                ActivationPair.pupil_ref == pupil,
                ActivationPair.group_id == group,
                ActivationPair.valid_from == act.on,
            )
            for row in work.session.scalars(opened):
                row.valid_until = act.until


def guardianships(loaded: Loaded, rows: Iterable[Guardian]) -> list[dict[str, Any]]:
    """The host's rows, one for each pupil of an entry."""
    return [
        {
            "pupil_id": loaded.native(pupil),
            "guardian_id": loaded.native(row.id),
            "may_decide": row.may_decide,
            "restricted_information": row.restricted,
            "valid_from": row.since,
            "valid_until": row.until,
        }
        for row in rows
        for pupil in row.of
    ]


def _pairs(pairs: Pairs) -> list[ConsentPair]:
    return [ConsentPair(who, what) for who, whats in pairs.items() for what in whats]
