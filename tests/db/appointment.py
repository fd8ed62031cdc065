"""A small world in a database in which a guardian is appointed by a decision."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

import pytest
from sqlalchemy import insert, make_url, update

from tests.equivalence.events import Replay
from tests.equivalence.loader import Loaded, Place, load, make_place
from tests.oracle import building as b
from tests.oracle.civil import instant
from tests.oracle.world import Activation, Answer, Guardian, Pupil, World
from tests.postgres import Databases
from wilma_ext.oversight.event import Actor
from wilma_ext.rights.access.decision import Verdict, decide
from wilma_ext.rights.access.listing import visible_pupils
from wilma_ext.rights.decider.guardian_decision import end_guardian, record_guardian
from wilma_ext.work import Work

ACTOR = Actor("operator:tests", "operator")
NOW = "2026-11-21T12:00"
Result = TypeVar("Result")


def family(*guardians: Guardian, **changes: Any) -> World:
    """Aino with these guardians; Olga is a person, and a guardian of another pupil only."""
    pupils = (b.aino(), Pupil("otso", "s1", b.CHILD))
    everybody = (*guardians, Guardian("olga", ("otso",)))
    said = {"answers": (), "activations": (), **changes}
    return b.world(pupils=pupils, guardians=everybody, **said)


@dataclass
class Life:
    """What happens in the world after it was loaded, each act at its instant."""

    place: Place
    world: World
    loaded: Loaded

    @classmethod
    def of(cls, place: Place, world: World) -> "Life":
        return cls(place, world, load(place, world))

    def act(self, at: str, what: Callable[[Work], Result]) -> Result:
        with self.place.work(instant(at)) as work:
            result = what(work)
            work.finish(lambda *_: None)
        return result

    def appoint(self, on: str, person: str = "olga", until: str | None = None) -> str:
        return self.act(
            on,
            lambda work: record_guardian(
                work,
                self.place.register,
                actor=ACTOR,
                provider_ref=self.loaded.provider_ref,
                pupil_ref=self.loaded.ref("aino"),
                person_ref=self.loaded.ref(person),
                reason="taken into care",
                document="D-1",
                valid_until=instant(until) if until else None,
            ),
        )

    def end(self, on: str, decision: str) -> None:
        place = {"provider_ref": self.loaded.provider_ref, "pupil_ref": self.loaded.ref("aino")}
        self.act(on, lambda work: end_guardian(work, actor=ACTOR, decision_id=decision, **place))

    def say(self, answer: Answer) -> None:
        self._replay(answer.on, "_answer", answer)

    def enable(self, on: str) -> None:
        self._replay(instant(on), "_activation", Activation("aino", "hva", instant(on)))

    def _replay(self, at: datetime, what: str, fact: Any) -> None:
        replay = Replay(self.place.register, self.place.host, self.world, self.loaded)
        with self.place.work(at) as work:
            getattr(replay, what)(work, fact)
            work.finish(lambda *_: None)

    def guard(self, person: str, **rights: Any) -> None:
        """Let the host give a guardianship of Aino."""
        table = self.place.host.guardianships
        row = {"may_decide": True, "restricted_information": False, **rights}
        pair = {"pupil_id": self.loaded.native("aino"), "guardian_id": self.loaded.native(person)}
        none = {"valid_from": None, "valid_until": None}
        with self.place.session() as session:
            session.execute(insert(table), {**pair, **none, **row})

    def restrict(self, person: str, restricted: bool) -> None:
        table = self.place.host.guardianships
        native = self.loaded.native(person)
        with self.place.session() as session:
            changed = update(table).where(table.c.guardian_id == native)
            session.execute(changed.values(restricted_information=restricted))

    def verdict(self, at: str = NOW) -> Verdict:
        """May Kaisa see Aino's absences? The list says the same."""
        asked: dict[str, Any] = {"category": "absences", "at": instant(at)}
        member, aino = self.loaded.members["kaisa"], self.loaded.ref("aino")
        with self.place.work(instant(at)) as work:
            told = decide(work, self.place.register, member, pupil_ref=aino, **asked)
            seen = visible_pupils(work, self.place.register, member, **asked)
        assert told.allowed == (aino in {row.pupil_ref for row in seen})
        return told

    def because(self, at: str = NOW) -> str:
        because = self.verdict(at).because
        return "" if because is None else because.value


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def place(
    request: pytest.FixtureRequest, databases_of: Callable[[str], Databases]
) -> Iterator[Place]:
    """One database for all worlds of a module: each is a provider of its own."""
    databases = databases_of(str(request.param))
    with databases.fresh() as name:
        made = make_place(make_url(databases.address(name)), "integer")
        yield made
        made.close()
