"""Random lives of two families: after every act the database says what the oracle says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from tests.equivalence.ledger import Ledger
from tests.equivalence.life import Life
from tests.equivalence.loader import Place
from tests.oracle import building as b
from tests.oracle.calendar_pool import LADDERS, TICK, mostly
from tests.oracle.civil import instant
from tests.oracle.deciders import deciders
from tests.oracle.random_acts import ABSENCES, ALL, GRADES, KURAATTORI
from tests.oracle.world import (
    Assignment,
    Form,
    Guardian,
    Pairs,
    Pupil,
    Question,
    World,
)

BEGUN = instant("2026-01-10T10:00")
SCHOOLS = ("s1", "s2")
#: A child; of age on 28 February 2026 and 2027, on a day when the clocks change, or soon 15.
BIRTHS = (
    *[date(2016, 5, 1)] * 3,
    date(2008, 2, 29),
    date(2008, 3, 29),
    date(2008, 10, 25),
    date(2009, 2, 28),
    date(2011, 3, 1),
    date(2011, 10, 25),
    date(2012, 2, 29),
    None,
)
PUPILS = st.sampled_from(("aino", "otso"))
ADULTS = ("maija", "matti", "kerttu", "esa")
SPEAKERS = st.sampled_from(("maija", "maija", "matti", "matti", "kerttu", "self"))
WHAT = st.sampled_from((ALL, ALL, ABSENCES, GRADES, KURAATTORI, {"kuraattori": ("absences",)}))
#: Days until something ends by itself.
ENDS = st.sampled_from((None, None, 20, 20, 200))
KEYS: tuple[tuple[str, Any], ...] = (
    *[("decides", "any_guardian"), ("decides", "all_guardians")] * 2,
    *[("ladder", each) for each in sorted(set(LADDERS), key=str)],
    *[("on_custody_change", "suspend"), ("on_custody_change", "keep")] * 2,
    *[("on_material_change", "ask"), ("on_material_change", "keep")] * 2,
    *[("on_school_move", "ask"), ("on_school_move", "keep")] * 2,
    *[("mode", each) for each in ("off", "contact", "consent_and_statutory")],
    *[("mode", "consent")] * 2,
    *[("activation", "automatic"), ("activation", "manual")],
)
HOW = st.sampled_from(("gone", "new", "from", "ends", "may_decide", "restricted"))
MEMBERS = {"kaisa": "kuraattori", "pekka": "psykologi"}
ASKED = (("kaisa", "absences"), ("kaisa", "grades"), ("pekka", "absences"))
CELLS = {
    "kuraattori": {"absences": "consent", "grades": "consent"},
    "psykologi": {"absences": "consent"},
}
#: How many acts and passages of time each kind of machine has lived through.
STEPS: Counter[str] = Counter()


def beginning(births: tuple[date | None, date | None], **policy: str) -> World:
    """Two children at one school; they share a mother, and each has another guardian."""
    staff = tuple(
        b.member(id=name, person=name, profession=profession, since=BEGUN, schools=())
        for name, profession in MEMBERS.items()
    )
    assigned = tuple(Assignment(school, BEGUN) for school in SCHOOLS)
    return b.world(
        policies=(b.policy("2026-01-01", **policy),),
        forms=(Form(instant("2026-01-01"), material=True),),
        schools=SCHOOLS,
        pupils=tuple(map(Pupil, ("aino", "otso"), ("s1", "s1"), births)),
        guardians=(
            Guardian("maija", ("aino",)),
            Guardian("maija", ("otso",)),
            Guardian("matti", ("aino",)),
            Guardian("kerttu", ("otso",)),
            Guardian("esa", ("otso",), until=date(2020, 1, 1)),
        ),
        members=tuple(replace(each, schools=assigned) for each in staff),
        matrix=(b.matrix("2026-01-05", **CELLS),),
        answers=(),
        activations=(),
    )


class Lives(RuleBasedStateMachine):
    """Every rule is one act of a person, of the school or of the host, or time that passes."""

    place: Place
    name: str

    @initialize(
        births=st.tuples(st.sampled_from(BIRTHS), st.sampled_from(BIRTHS)),
        on_move=st.sampled_from(("ask", "keep")),
    )
    def begin(self, births: tuple[date | None, date | None], on_move: str) -> None:
        self.life = Life(self.place, beginning(births, on_school_move=on_move), BEGUN)
        self.ledger = Ledger(self.life)

    # what people say

    @rule(pupil=PUPILS, who=SPEAKERS, what=WHAT, days=ENDS, paper=mostly(False, True, share=2))
    def give(self, pupil: str, who: str, what: Pairs, days: int | None, paper: bool) -> None:
        until = self.life.now + timedelta(days=days) if days else None
        self._answer(pupil, who, paper=paper, yes=what, until=until)

    @rule(pupil=PUPILS, who=SPEAKERS, what=WHAT, yes=st.sampled_from((None, ABSENCES, GRADES)))
    def refuse(self, pupil: str, who: str, what: Pairs, yes: Pairs | None) -> None:
        """No to this or that; or a changed mind, yes to one question and no to the other."""
        if yes is None:
            self._answer(pupil, who, no=what)
        else:
            self._answer(pupil, who, yes=yes, no=GRADES if yes is ABSENCES else ABSENCES)

    def _answer(self, pupil: str, who: str, **said: Any) -> None:
        by = pupil if who == "self" else who
        self.life.may_answer(pupil, by)
        self.life.answer(pupil, by, **said)

    @rule(pupil=PUPILS, who=SPEAKERS, what=st.sampled_from((None, None, ABSENCES)))
    def withdraw(self, pupil: str, who: str, what: Pairs | None) -> None:
        self.life.withdraw(pupil, pupil if who == "self" else who, what)

    @rule(pupil=PUPILS, days=ENDS)
    def agree_and_enable(self, pupil: str, days: int | None) -> None:
        """Everybody who decides says yes, and the secretary enables: the municipal example."""
        self._agree(pupil, days)

    def _agree(self, pupil: str, days: int | None = None) -> None:
        until = self.life.now + timedelta(days=days) if days else None
        for by in sorted(deciders(self.life.world, self.life.pupil(pupil), self.life.now)):
            self.life.answer(pupil, by, yes=ALL, until=until)
        self.life.enable(pupil)

    # what the school does

    @rule(pupil=PUPILS, enables=st.booleans())
    def enable_or_disable(self, pupil: str, enables: bool) -> None:
        (self.life.enable if enables else self.life.disable)(pupil)

    @rule(pupil=PUPILS, decides=st.sampled_from(("pupil", "joint", "guardian", "")), days=ENDS)
    def decide_on_capacity(self, pupil: str, decides: str, days: int | None) -> None:
        """A decision is recorded, or the one in force is ended."""
        if decides:
            self.life.decide_capacity(pupil, decides, days)
        else:
            self.life.end_capacity(pupil)

    @rule(material=st.booleans())
    def publish_form(self, material: bool) -> None:
        self.life.publish_form(material=material)

    @rule(choice=st.sampled_from(KEYS))
    def change_policy(self, choice: tuple[str, Any]) -> None:
        key, value = choice
        keys = {key: value}
        if key == "ladder":
            keys = dict(zip(("joint_from_age", "own_from_age"), value, strict=True))
        self.life.change_policy(**keys)

    # what the host does

    @rule(pupil=PUPILS, school=st.sampled_from(SCHOOLS))
    def move(self, pupil: str, school: str) -> None:
        self.life.move(pupil, school)

    @rule(pupil=PUPILS, person=st.sampled_from(ADULTS), how=HOW, days=st.sampled_from((0, 1, 40)))
    def change_custody(self, pupil: str, person: str, how: str, days: int) -> None:
        """The host's rows of one person: gone, there again, with dates or flipped."""
        day = self.life.today() + timedelta(days=days)
        rows = self.life.world.guardians_at(self.life.now)
        mine = [row for row in rows if row.id == person and row.of == (pupil,)]
        others = [row for row in rows if row not in mine]
        changed = {
            "gone": lambda: [],
            "new": lambda: [Guardian(person, (pupil,))],
            "from": lambda: [*mine, Guardian(person, (pupil,), since=day)],
            "ends": lambda: [replace(row, until=day) for row in mine],
        }
        if how in changed:
            self.life.set_custody([*others, *changed[how]()])
        else:
            flipped = [replace(row, **{how: not getattr(row, how)}) for row in mine]
            self.life.set_custody([*others, *flipped])

    @rule(pupil=PUPILS, moves=st.booleans(), looked=st.booleans())
    def there_and_back(self, pupil: str, moves: bool, looked: bool) -> None:
        """A change after everybody agreed, and its return; between them the secretary acts, or
        nobody looks."""
        self._agree(pupil)
        school = self.life.pupil(pupil).school_at(self.life.now)
        rows = self.life.world.guardians_at(self.life.now)
        if moves:
            self.life.move(pupil, next(each for each in SCHOOLS if each != school))
        else:
            self.life.set_custody([row for row in rows if row.of != (pupil,)])
        if looked:
            self.life.enable(pupil)
        if moves:
            self.life.move(pupil, school)
        else:
            self.life.set_custody(rows)

    # time

    @rule(hours=st.sampled_from((1, 24, 24 * 30)))
    def time_passes(self, hours: int) -> None:
        self.life.now += timedelta(hours=hours)

    @rule(which=st.sampled_from((0, 0, 1)), early=st.sampled_from((0 * TICK, 0 * TICK, TICK)))
    def something_ends_by_itself(self, which: int, early: timedelta) -> None:
        """Or will, a moment later: a yes, a custody, a childhood."""
        if coming := self.life.edges():
            at = coming[min(which, len(coming) - 1)]
            self.life.now = max(self.life.now, at - early)

    # what holds after every step

    @invariant()
    def all_is_well(self) -> None:
        STEPS[self.name] += 1
        self._agrees()
        self.ledger.read()
        for each in self._open():
            assert self.ledger.consents(each.pupil, MEMBERS[each.member], each.category)

    def _agrees(self) -> None:
        """The database says what the oracle says."""
        wrong = self.life.differences(self._questions())
        assert not wrong, "\n".join(wrong)

    def _open(self) -> list[Question]:
        """What is open by consent."""
        told = self.life.told.items()
        return [each for each, of in told if of["allowed"] and of["route"] == "consent"]

    def _questions(self) -> Iterator[Question]:
        for member, category in ASKED:
            for pupil in ("aino", "otso"):
                yield Question(member, pupil, category, self.life.now)

    def teardown(self) -> None:
        """Whatever the state, everybody can still withdraw, and then nothing is open by consent."""
        if not hasattr(self, "life"):
            return
        for pupil in ("aino", "otso"):
            for by in (*ADULTS, pupil):
                self.life.withdraw(pupil, by)
        self._agrees()
        self.ledger.read()
        assert self._open() == []


def noticing(place: Place) -> Place:
    """The same database, of a host that changes its register without a word."""
    made = Place(place.host, place.connection)
    made.register = replace(made.register, noticing=True)
    return made


def live(place: Place, lives: int, *, same_every_time: bool) -> int:
    """Live so many lives of thirty steps; return how many steps there were in all."""
    name = place.engine.dialect.name
    before = STEPS[name]
    run_state_machine_as_test(
        type("Life", (Lives,), {"place": place, "name": name}),
        settings=settings(
            max_examples=lives,
            stateful_step_count=30,
            derandomize=same_every_time,
            database=None,
            deadline=None,
            phases=[Phase.generate],  # a life is short enough to be read as it is
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        ),
    )
    return STEPS[name] - before
