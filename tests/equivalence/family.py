"""Many like families with a living consent, and the acts that race about each of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select

from tests.equivalence.crowd import PAIRS, consent, insert_rows
from tests.equivalence.events import ACTOR, LONG_AGO, TEXTS
from tests.equivalence.loader import Loaded, Place, load
from tests.oracle import building as b
from tests.oracle.world import Guardian, Pupil, World
from wilma_ext.models import ActivationPair, AnswerChoice, AuditEvent
from wilma_ext.oversight.chain import append
from wilma_ext.rights.consent.activation import activate
from wilma_ext.rights.consent.answer_record import ShownForm, record_answer
from wilma_ext.rights.consent.consent import withdraw
from wilma_ext.rights.consent.giver import Giver
from wilma_ext.rights.consent.pairs import ConsentPair
from wilma_ext.rights.form.consent_form import Form
from wilma_ext.rights.look_up.look_up import open_look_up, show_look_up
from wilma_ext.rights.person import pupil_of
from wilma_ext.vocabulary import Capacity, Choice, Purpose
from wilma_ext.work import Work, WorkFactory

SAID_OF = [ConsentPair(*pair) for pair in PAIRS]


@dataclass
class Families:
    """A provider with one pupil for each round, Maija and Matti the guardians of them all."""

    place: Place
    rounds: int
    factory: WorkFactory = field(init=False)
    loaded: Loaded = field(init=False)

    def __post_init__(self) -> None:
        self.factory = WorkFactory(self.place.engine, append)
        names = tuple(f"pupil{n}" for n in range(self.rounds))
        self.loaded = load(self.place, _world(names))

    def pupil(self, number: int) -> str:
        return self.loaded.ref(f"pupil{number}")

    def consented(self, givers: list[str], *, enabled: Iterable[int]) -> None:
        """Lay down the givers' yes about every pupil, and the activation of some."""
        open_, guardians = set(enabled), [self.loaded.ref(each) for each in ("maija", "matti")]
        with self.place.session() as session:
            for giver in givers:
                first, ref = giver == givers[0], self.loaded.ref(giver)
                rows = [
                    row
                    for n in range(self.rounds)
                    for row in consent(
                        self.loaded, self.pupil(n), ref, guardians, enabled=first and n in open_
                    )
                ]
                insert_rows(session, iter(rows))

    def say(self, work: Work, giver: str, number: int, choice: Choice) -> None:
        said = self._giver(giver, number)
        pupil = pupil_of(work, self.place.register, said.pupil_ref)
        choices = dict.fromkeys(SAID_OF, choice)
        record_answer(
            work,
            self.place.register,
            giver=said,
            pupil=pupil,
            shown=self._shown(),
            choices=choices,
            until=None,
        )

    def answer(self, giver: str, number: int, choice: Choice) -> None:
        """As the command does: the locks, then the answer."""
        with self.factory() as work:
            work.lock_provider(self.loaded.provider_ref)
            work.lock_pupil(self.loaded.provider_ref, self.pupil(number), exclusive=True)
            self.say(work, giver, number, choice)

    def withdraw(self, giver: str, number: int) -> None:
        with self.factory() as work:
            withdraw(
                work, self.place.register, giver=self._giver(giver, number), shown=self._shown()
            )

    def enable(self, number: int) -> None:
        with self.factory() as work:
            activate(
                work,
                self.place.register,
                actor=ACTOR,
                provider_ref=self.loaded.provider_ref,
                pupil_refs=[self.pupil(number)],
                group_id=self.loaded.groups["hva"],
            )

    def look_up(self, number: int) -> object:
        """Open the pupil, then show it, as two requests do."""
        member, register = self.loaded.members["kaisa"], self.place.register
        with self.factory() as work:
            opened = open_look_up(
                work,
                register,
                member,
                pupil_ref=self.pupil(number),
                purpose=Purpose.ATTENDANCE_CONCERN,
            )
        if opened is None:
            return None
        with self.factory() as work:
            return show_look_up(work, register, member, opened)

    def events(self) -> dict[str, list[tuple[int, str]]]:
        """What the chain says of each pupil: sequence and event, in order."""
        found: dict[str, list[tuple[int, str]]] = {}
        with self.factory() as work:
            rows = work.session.execute(
                select(AuditEvent.pupil_ref, AuditEvent.sequence, AuditEvent.event)
                .where(AuditEvent.provider_ref == self.loaded.provider_ref)
                .order_by(AuditEvent.sequence)
            )
            for pupil, sequence, event in rows:
                found.setdefault(str(pupil), []).append((sequence, event))
        return found

    def open_pairs(self) -> set[str]:
        """The pupils with a pair that is enabled."""
        return self._pupils_of(ActivationPair, ActivationPair.valid_until.is_(None))

    def standing(self, giver: str, choice: Choice) -> set[str]:
        """The pupils of whom the giver's choice stands."""
        row = AnswerChoice
        said = (row.giver_ref == self.loaded.ref(giver), row.value == choice.value)
        return self._pupils_of(row, row.superseded_at.is_(None), *said)

    def _pupils_of(self, model: Any, *conditions: Any) -> set[str]:
        here = model.provider_ref == self.loaded.provider_ref
        with self.factory() as work:
            return set(work.session.scalars(select(model.pupil_ref).where(here, *conditions)))

    def _giver(self, name: str, number: int) -> Giver:
        ref = self.loaded.provider_ref
        return Giver(self.loaded.ref(name), Capacity.GUARDIAN, ref, self.pupil(number))

    def _shown(self) -> ShownForm:
        form = Form(
            form_id=None,
            provider_ref=self.loaded.provider_ref,
            county="luvn",
            version=1,
            material=True,
            published_at=LONG_AGO,
            privacy_url="",
            questions=(),
            texts=TEXTS,
        )
        return ShownForm(form, "fi")


def _world(names: tuple[str, ...]) -> World:
    """The ordinary world with these pupils, begun long ago: a race has the present instant."""
    long_ago = "2020-01-01"
    since = b.instant(long_ago)
    member = b.member(since=since, schools=(replace(b.member().schools[0], since=since),))
    cells = {"kuraattori": {"absences": "consent", "grades": "consent"}}
    return b.world(
        policies=(b.policy(long_ago),),
        pupils=tuple(Pupil(name, "s1", b.date(datetime.now(UTC).year - 9, 1, 1)) for name in names),
        guardians=(Guardian("maija", names), Guardian("matti", names)),
        members=(member,),
        matrix=(b.matrix(long_ago, **cells),),
        answers=(),
        activations=(),
    )
