"""Random lives on both databases; and a fault in the product does not live through them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import and_, update

from tests.equivalence.loader import Place
from tests.equivalence.machine import live, noticing
from wilma_ext.models import Answer
from wilma_ext.rights.access.bound import AT
from wilma_ext.rights.consent import answer_record, consent, standing
from wilma_ext.rights.consent.standing import Standing
from wilma_ext.vocabulary import Choice

pytestmark = pytest.mark.parametrize("ids", ["integer"], indirect=True)

#: Lives of thirty steps for each engine.
MODEST = {"sqlite": 40, "postgresql": 10}
LONG = {"sqlite": 400, "postgresql": 150}
#: Within how many lives a fault must show itself.
TWIN = 40

Fault = Callable[[pytest.MonkeyPatch], None]


def tell(place: Place, steps: int, record_property: Any) -> None:
    record_property("state machine steps", steps)
    print(f"\n{place.engine.dialect.name}: state machine, {steps} steps")  # noqa: T201 - the result


def test_the_database_lives_as_the_oracle_does(place: Place, record_property: Any) -> None:
    lives = MODEST[place.engine.dialect.name]
    tell(place, live(noticing(place), lives, same_every_time=True), record_property)


@pytest.mark.long
def test_thousands_of_steps(place: Place, record_property: Any) -> None:
    lives = LONG[place.engine.dialect.name]
    tell(place, live(noticing(place), lives, same_every_time=False), record_property)


def for_ever(patch: pytest.MonkeyPatch) -> None:
    """A yes does not run out."""
    patch.setattr(standing, "live", lambda source: source.c.valid_from <= AT)


def taken_back_in_words_only(patch: pytest.MonkeyPatch) -> None:
    """A withdrawal is written down, and the yes stands."""
    record = consent.record_withdrawal

    def of_nothing(*args: Any, **said: Any) -> Any:
        return record(*args, **{**said, "pairs": frozenset()})

    patch.setattr(consent, "record_withdrawal", of_nothing)


def deaf_to_a_no(patch: pytest.MonkeyPatch) -> None:
    """The no of the other guardian is not heard."""
    decides = Standing.decides

    def hears_yes(self: Standing, choice: Any) -> Any:
        return and_(decides(self, choice), choice.c.value == Choice.YES.value)

    patch.setattr(Standing, "decides", hears_yes)


def overwriting(patch: pytest.MonkeyPatch) -> None:
    """An answer changes what an earlier one says of itself."""
    append = answer_record._append

    def writing_over(work: Any, register: Any, giver: Any, *rest: Any, **act: Any) -> Any:
        mine = Answer.pupil_ref == giver.pupil_ref
        work.session.execute(update(Answer).where(mine).values(text_sha256="another"))
        return append(work, register, giver, *rest, **act)

    patch.setattr(answer_record, "_append", writing_over)


FAULTS: tuple[Fault, ...] = (for_ever, taken_back_in_words_only, deaf_to_a_no, overwriting)


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.__name__)
def test_a_fault_is_found(place: Place, fault: Fault) -> None:
    with pytest.MonkeyPatch.context() as patch:
        fault(patch)
        with pytest.raises(AssertionError):
            live(noticing(place), TWIN, same_every_time=True)


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_a_host_whose_changes_are_not_noticed_is_found(place: Place) -> None:
    """What comes and goes in the register would revive an old yes."""
    with pytest.raises(AssertionError):
        live(place, TWIN, same_every_time=True)
