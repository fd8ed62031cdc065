"""One provider's life, act by act: in the database by the plugin's commands, and in the oracle."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from tests.equivalence.asking import Told, as_told, decided, listed
from tests.equivalence.events import ACTOR, Replay
from tests.equivalence.loader import Loaded, Place, load
from tests.oracle.civil import birthday, civil_day, live, midnight
from tests.oracle.deciders import capacity_decision, deciders
from tests.oracle.policy import policy_at
from tests.oracle.rules import decide
from tests.oracle.world import (
    Activation,
    Answer,
    CapacityDecision,
    Custody,
    Event,
    Form,
    Guardian,
    Pairs,
    PolicyVersion,
    Pupil,
    Question,
    World,
)
from wilma_ext.errors import Conflict
from wilma_ext.rights.consent.consent import may_answer, withdraw
from wilma_ext.rights.consent.deactivation import deactivate
from wilma_ext.rights.consent.giver import Giver
from wilma_ext.rights.consent.pairs import ConsentPair
from wilma_ext.rights.decider.capacity import end_capacity, live_capacity
from wilma_ext.rights.person import pupil_of
from wilma_ext.vocabulary import Capacity, DisableReason

COUNTY = "luvn"
GROUP = "hva"
MOMENT = timedelta(seconds=1)
AGES = (13, 15, 16, 17, 18)


@dataclass
class Life:
    """A world that goes on: each act is done by its command and becomes a fact of the oracle's."""

    place: Place
    world: World
    now: datetime
    loaded: Loaded = field(init=False)
    replay: Replay = field(init=False)
    #: What the database said to each question at the last look.
    told: dict[Question, Told] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.world = replace(self.world, memory={})
        self.loaded = load(self.place, self.world)
        self.replay = Replay(self.place.register, self.place.host, self.world, self.loaded)
        self.replay.published |= {"policy": len(self.world.policies)}
        self.replay.published |= {"form": len(self.world.forms)}

    def pupil(self, name: str) -> Pupil:
        return next(each for each in self.world.pupils if each.id == name)

    def _later(self) -> datetime:
        """Every act has an instant of its own."""
        self.now += MOMENT
        return self.now

    def _happen(self, kind: str, fact: Any) -> None:
        with self.place.work(self.now) as work:
            self.replay.happen(work, Event(self.now, kind, fact))
            work.finish(lambda *_: None)

    def _add(self, **facts: Any) -> None:
        added = {key: (*getattr(self.world, key), fact) for key, fact in facts.items()}
        self.world = replace(self.world, **added)

    # what people say

    def answer(self, pupil: str, by: str, *, paper: bool = False, **said: Any) -> None:
        """Also by somebody who does not decide: such an answer is kept, and does not count."""
        on = self._later()
        capacity = "pupil" if by == pupil else "guardian"
        fact = Answer(pupil, by, on, COUNTY, capacity, paper=paper, **said)
        self._happen("answer", fact)
        self._add(answers=fact, looks=(pupil, on))

    def withdraw(self, pupil: str, by: str, what: Pairs | None = None) -> None:
        """By the command that the page calls; it never refuses, whatever the state."""
        on = self._later()
        giver = self.giver(pupil, by)
        pairs = None if what is None else frozenset(_pairs(what))
        with self.place.work(on) as work:
            shown = self.replay.shown(COUNTY)
            withdraw(work, self.place.register, giver=giver, shown=shown, pairs=pairs)
            work.finish(lambda *_: None)
        taken: Any = "all" if what is None else what
        fact = Answer(pupil, by, on, COUNTY, giver.capacity.value, withdraw=taken)
        self._add(answers=fact, looks=(pupil, on))

    def giver(self, pupil: str, by: str) -> Giver:
        capacity = Capacity.PUPIL if by == pupil else Capacity.GUARDIAN
        ref = self.loaded.ref
        return Giver(ref(by), capacity, self.loaded.provider_ref, ref(pupil))

    # what the school does

    def enable(self, pupil: str) -> None:
        fact = Activation(pupil, GROUP, self._later())
        self._happen("activation", fact)
        self._add(activations=fact, looks=(pupil, fact.on))

    def disable(self, pupil: str) -> None:
        at = self._later()
        try:
            with self.place.work(at) as work:
                deactivate(
                    work,
                    self.place.register,
                    actor=ACTOR,
                    provider_ref=self.loaded.provider_ref,
                    pupil_ref=self.loaded.ref(pupil),
                    group_id=self.loaded.groups[GROUP],
                    reason=DisableReason.OTHER,
                )
                work.finish(lambda *_: None)
        except Conflict:  # nothing was enabled, and nothing has happened
            return
        ended = tuple(
            replace(act, until=at) if act.pupil == pupil and live(act.on, act.until, at) else act
            for act in self.world.activations
        )
        self.world = replace(self.world, activations=ended)
        self._add(looks=(pupil, at))

    def decide_capacity(self, pupil: str, decides: Any, days: int | None) -> None:
        since = self._later()
        until = since + timedelta(days=days) if days else None
        fact = CapacityDecision(pupil, since, decides, until)
        self._happen("capacity", fact)
        self._add(capacity=fact)

    def end_capacity(self, pupil: str) -> None:
        at = self._later()
        ending = capacity_decision(self.world, self.pupil(pupil), at)
        place = {"provider_ref": self.loaded.provider_ref, "pupil_ref": self.loaded.ref(pupil)}
        with self.place.work(at) as work:
            row = live_capacity(work, **place, at=at)
            assert (row is None) == (ending is None)
            if row is not None:
                end_capacity(work, actor=ACTOR, decision_id=row.id, **place)
            work.finish(lambda *_: None)
        kept = tuple(
            replace(each, until=at) if each is ending else each for each in self.world.capacity
        )
        self.world = replace(self.world, capacity=kept)

    def publish_form(self, *, material: bool) -> None:
        fact = Form(self._later(), material)
        self._happen("form", fact)
        self._add(forms=fact)

    def change_policy(self, **keys: Any) -> None:
        before = policy_at(self.world, self._later())
        fact = PolicyVersion(self.now, {**(before.keys if before else {}), **keys})
        self._happen("policy", fact)
        self._add(policies=fact)

    # what the host does

    def set_custody(self, rows: Iterable[Guardian]) -> None:
        fact = Custody(self._later(), tuple(rows))
        self._happen("custody", fact)
        self._add(custody=fact)

    def move(self, pupil: str, school: str) -> None:
        at = self._later()
        self._happen("move", (pupil, school))
        moved = tuple(
            replace(each, moves=(*each.moves, (at, school))) if each.id == pupil else each
            for each in self.world.pupils
        )
        self.world = replace(self.world, pupils=moved)

    # time, and what holds in it

    def edges(self) -> list[datetime]:
        """When something will begin or end by itself: birthdays, ends of a yes or of custody."""
        world = self.world
        found = [birthday(p.born, age) for p in world.pupils if p.born for age in AGES]
        rows = world.guardians_at(self.now)
        found += [day for row in rows for day in (row.since, row.until) if day]
        dated = [fact.until for fact in (*world.answers, *world.capacity) if fact.until]
        return sorted({at for at in [*map(midnight, found), *dated] if at > self.now})

    def differences(self, questions: Iterable[Question]) -> list[str]:
        """Ask the database and the oracle, and tell where the two do not agree."""
        asked = list(questions)
        with self.place.work(self.now) as work:
            self.told = {each: decided(self.place, work, self.loaded, each) for each in asked}
            one = asked[self.now.second % len(asked)]  # a list costs as much as several decisions
            visible = listed(self.place, work, self.loaded, self.world, one)
        wrong = []
        for each in asked:
            should = as_told(decide(self.world, *astuple(each)))
            if self.told[each] != should:
                wrong.append(f"{each}: {self.told[each]}, and should be {should}")
        alike = [q for q in asked if (q.member, q.category) == (one.member, one.category)]
        open_ = tuple(sorted(q.pupil for q in alike if self.told[q]["allowed"]))
        return wrong if visible == open_ else [*wrong, f"{one}: lists {visible}, decides {open_}"]

    def may_answer(self, pupil: str, by: str) -> bool:
        """What the page's gate says; the oracle's deciders say the same."""
        with self.place.work(self.now) as work:
            giver = self.giver(pupil, by)
            whom = pupil_of(work, self.place.register, giver.pupil_ref, giver.provider_ref)
            may = may_answer(work, self.place.register, giver, whom)
        assert may == (by in deciders(self.world, self.pupil(pupil), self.now))
        return may

    def today(self) -> Any:
        return civil_day(self.now)

    def work(self) -> Any:
        return self.place.work(self.now)


def _pairs(pairs: Pairs) -> list[ConsentPair]:
    return [ConsentPair(who, what) for who, whats in pairs.items() for what in whats]
