"""Withdrawal against look-up against enabling: the chain itself shows that none slips past."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from tests.equivalence.family import Families
from tests.equivalence.loader import Place
from tests.equivalence.race import race, unlocked
from wilma_ext.vocabulary import Choice

#: `FEW` where each round is a whole answer, `TWIN` where a lock is missing.
ROUNDS, LONG, FEW, TWIN = 300, 2000, 50, 25
SHOWN = {"look_up:opened", "look_up:shown"}

pytestmark = pytest.mark.parametrize("ids", ["integer"], indirect=True)


def late_look_ups(families: Families) -> list[str]:
    """The pupils who were shown after the withdrawal of the only consent."""
    late = []
    for pupil, events in families.events().items():
        withdrawn = [number for number, event in events if event == "consent:withdrawn"]
        shown = [number for number, event in events if event in SHOWN]
        if withdrawn and shown and max(shown) > min(withdrawn):
            late.append(pupil)
    return late


def withdrawal_race(place: Place, rounds: int) -> Families:
    """Every second pupil is enabled before, so that enabling too races with the withdrawal."""
    families = Families(place, rounds)
    families.consented(["maija"], enabled=range(0, rounds, 2))
    return families


def run_withdrawals(families: Families) -> list[float]:
    """Return how long each withdrawal took, in seconds."""
    acts = [lambda n: families.withdraw("maija", n), families.look_up, families.enable]
    return race(families.rounds, acts)[0]


def outcome(families: Families) -> dict[str, int]:
    return {"late": len(late_look_ups(families)), "left open": len(families.open_pairs())}


def hold_a_race(place: Place, rounds: int) -> None:
    families = withdrawal_race(place, rounds)
    longest = max(run_withdrawals(families))
    told = [event for events in families.events().values() for _, event in events]
    shown = sum(event in SHOWN for event in told)
    # The figures are what it is run for.
    print(f"{place.engine.dialect.name}: {shown} shown, a withdrawal at most {longest:.3f} s")  # noqa: T201
    assert told.count("consent:withdrawn") == rounds
    assert shown, "nothing was shown: this was no race"
    assert outcome(families) == {"late": 0, "left open": 0}


def test_nothing_is_shown_after_a_withdrawal(place: Place) -> None:
    hold_a_race(place, ROUNDS)


@pytest.mark.long
def test_nothing_is_shown_after_a_withdrawal_in_many_rounds(place: Place) -> None:
    hold_a_race(place, LONG)


def test_without_the_lock_something_is_shown_after_a_withdrawal(place: Place) -> None:
    families = withdrawal_race(place, TWIN)
    with unlocked(families):
        run_withdrawals(families)
    found = outcome(families)
    assert found["late"] > 0
    assert found["left open"] > 0


def both_withdraw(families: Families) -> int:
    """Both guardians take back their yes at once; return how many pupils are left enabled."""
    acts = [lambda n: families.withdraw("maija", n), lambda n: families.withdraw("matti", n)]
    race(families.rounds, acts)
    return len(families.open_pairs())


def both_consented(place: Place, rounds: int) -> Families:
    families = Families(place, rounds)
    families.consented(["maija", "matti"], enabled=range(rounds))
    return families


def test_two_withdrawals_at_once_close_the_pair(place: Place) -> None:
    assert both_withdraw(both_consented(place, FEW)) == 0


def test_without_the_lock_two_withdrawals_leave_it_open(place: Place) -> None:
    families = both_consented(place, TWIN)
    with unlocked(families):
        assert both_withdraw(families) > 0


def yes_and_no(families: Families) -> tuple[set[str], set[str]]:
    """Maija says yes again while Matti says no; return the pupils of a standing no and enabled."""
    acts = [
        lambda n: families.answer("maija", n, Choice.YES),
        lambda n: families.answer("matti", n, Choice.NO),
        families.enable,
    ]
    race(families.rounds, acts)
    return families.standing("matti", Choice.NO), families.open_pairs()


def test_no_refusal_is_lost(place: Place) -> None:
    families = both_consented(place, FEW)
    refused, enabled = yes_and_no(families)
    assert refused == {families.pupil(n) for n in range(FEW)}
    assert enabled == set()


def in_two_tabs(families: Families) -> set[str]:
    """Maija says yes in one tab and no in another; return the pupils of whom both stand."""
    acts = [
        lambda n: families.answer("maija", n, Choice.YES),
        lambda n: families.answer("maija", n, Choice.NO),
    ]
    race(families.rounds, acts)
    return families.standing("maija", Choice.YES) & families.standing("maija", Choice.NO)


def test_one_persons_two_answers_at_once_leave_one(place: Place) -> None:
    assert in_two_tabs(Families(place, FEW)) == set()


def test_without_the_lock_only_the_schema_stops_a_second_answer(place: Place) -> None:
    """The twin: both tabs would leave a standing answer, were it not for the unique index."""
    families = Families(place, TWIN)
    with unlocked(families), pytest.raises(IntegrityError, match="(?i)unique"):
        in_two_tabs(families)
