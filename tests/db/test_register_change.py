"""A change of the host's register and its return revive no consent, once either was noticed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import delete

from tests.db.register_acts import (
    change,
    noticed,
    run_tick,
    standing_choice,
    state_of,
    without_the_condition,
)
from tests.web.desk import IDS, Desk, desk
from wilma_ext.models import KnownPupil
from wilma_ext.oversight.event import Actor, Event
from wilma_ext.rights.consent.deactivation import deactivate
from wilma_ext.vocabulary import ConsentState, DisableReason

__all__ = ["desk"]

GoAndReturn = Callable[[Desk], None]


def by_school(desk: Desk) -> None:
    """The pupil changes school where the policy asks anew, and comes back."""
    desk.policy(on_school_move="ask")
    change(desk, house_id=IDS.second_house)
    run_tick(desk)
    assert noticed(desk) == ["school"]
    change(desk, house_id=IDS.house)


def by_provider(desk: Desk) -> None:
    """The pupil goes to another provider's school, and comes back; no policy keeps that."""
    change(desk, house_id=IDS.other_tenants_house)
    run_tick(desk)
    assert noticed(desk) == ["provider"]
    change(desk, house_id=IDS.house)


def by_leaving_the_register(desk: Desk) -> None:
    """The host forgets the pupil, and has the same id again later."""
    change(desk, house_id=None)
    run_tick(desk)
    assert noticed(desk) == ["provider"]
    change(desk, house_id=IDS.house)


def by_custody(desk: Desk) -> None:
    """The other guardian is removed, and added again."""
    change(desk, guardian2_id=None)
    run_tick(desk)
    assert noticed(desk) == ["custody"]
    change(desk, guardian2_id=IDS.guardian2)


ENDS: list[tuple[GoAndReturn, ConsentState]] = [
    (by_school, ConsentState.ENDED),
    (by_provider, ConsentState.ENDED),
    (by_leaving_the_register, ConsentState.ENDED),
    (by_custody, ConsentState.NONE),
]
each_change = pytest.mark.parametrize(("happen", "left"), ENDS)


@each_change
def test_a_change_and_its_return_revive_nothing(
    desk: Desk, happen: GoAndReturn, left: ConsentState
) -> None:
    assert state_of(desk) == ConsentState.LIVING
    happen(desk)
    assert state_of(desk) == left
    run_tick(desk)  # the return is noticed, and is no remedy
    assert state_of(desk) == left


@each_change
def test_twin_without_the_condition_the_return_revives(
    desk: Desk, happen: GoAndReturn, left: ConsentState, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_the_condition(monkeypatch, desk)
    happen(desk)
    assert state_of(desk) == ConsentState.LIVING != left


@each_change
def test_a_new_answer_after_the_return_counts_from_then_on(
    desk: Desk, happen: GoAndReturn, left: ConsentState
) -> None:
    before = standing_choice(desk)
    happen(desk)
    desk.consent()
    assert state_of(desk) == ConsentState.LIVING
    after = standing_choice(desk)
    revived = left == ConsentState.NONE  # custody suspends; the choice itself had not ended
    assert (after.valid_from == before.valid_from) == revived


def test_a_move_under_keep_takes_the_consent_along_there_and_back(desk: Desk) -> None:
    change(desk, house_id=IDS.second_house)
    run_tick(desk)
    change(desk, house_id=IDS.house)
    run_tick(desk)
    assert noticed(desk) == ["school", "school"]
    assert state_of(desk) == ConsentState.LIVING


def test_a_change_of_custody_under_keep_suspends_nothing(desk: Desk) -> None:
    desk.policy(on_custody_change="keep")
    desk.consent()  # a policy that widens counts for answers given after it
    by_custody(desk)
    assert state_of(desk) == ConsentState.LIVING


def test_what_nobody_looked_at_in_between_is_not_known(desk: Desk) -> None:
    """The limit: without an act and without a tick, the register's past is gone."""
    desk.policy(on_school_move="ask")
    change(desk, house_id=IDS.second_house, guardian2_id=None)
    assert state_of(desk) != ConsentState.LIVING  # while it lasts it counts at once
    change(desk, house_id=IDS.house, guardian2_id=IDS.guardian2)
    run_tick(desk)
    assert noticed(desk) == []
    assert state_of(desk) == ConsentState.LIVING


@each_change
def test_at_first_sight_the_last_answer_stands_for_what_was_seen(
    desk: Desk, happen: GoAndReturn, left: ConsentState
) -> None:
    """As with answers from before anything was noticed."""
    with desk.work() as work:
        work.session.execute(delete(KnownPupil))
    happen(desk)
    assert state_of(desk) == left


def test_an_act_of_the_school_looks_too(desk: Desk) -> None:
    desk.policy(on_school_move="ask")
    change(desk, house_id=IDS.second_house)
    group = desk.group()
    with desk.work() as work:
        deactivate(
            work,
            desk.state.register,
            actor=Actor(IDS.secretary, "secretary"),
            provider_ref=IDS.tenant,
            pupil_ref=IDS.pupil,
            group_id=group,
            reason=DisableReason.LEAVING,
        )
    assert noticed(desk) == ["school"]
    change(desk, house_id=IDS.house)
    assert state_of(desk) == ConsentState.ENDED


def test_the_change_that_an_answer_finds_stands_before_the_answer(desk: Desk) -> None:
    desk.policy(on_school_move="ask")
    change(desk, house_id=IDS.second_house, guardian2_id=None)
    desk.consent()
    assert sorted(noticed(desk)) == ["custody", "school"]
    assert state_of(desk) == ConsentState.LIVING
    change(desk, house_id=IDS.house, guardian2_id=IDS.guardian2)
    desk.withdraw(IDS.guardian2)  # looks, and confirms today's guardians
    assert state_of(desk) == ConsentState.ENDED


def test_a_withdrawal_of_the_other_guardian_looks_too(desk: Desk) -> None:
    change(desk, guardian2_id=IDS.strangers_guardian)
    desk.withdraw(IDS.strangers_guardian)
    change(desk, guardian2_id=IDS.guardian2)
    assert noticed(desk) == ["custody"]
    assert state_of(desk) == ConsentState.NONE


def test_a_change_is_recorded_once_by_the_system(desk: Desk) -> None:
    by_custody(desk)
    run_tick(desk)
    run_tick(desk)
    found = [e for e in desk.events() if e.event == Event.CHANGE_OBSERVED.value]
    assert [(e.actor_ref, e.actor_role, e.pupil_ref) for e in found] == [
        ("system", "system", IDS.pupil)
    ] * 2
    assert noticed(desk) == ["custody", "custody"]
