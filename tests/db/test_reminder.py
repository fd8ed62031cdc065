"""Whom the host may remind: names alone, and nobody who has said what they want."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import event, select, true

from tests.db.register_acts import change, standing_choice
from tests.hosts.plain import db
from tests.hosts.world import add_person, add_pupil
from tests.web.desk import IDS, Desk, desk
from wilma_ext.clock import civil_date
from wilma_ext.rights.consent.answer_record import ShownForm
from wilma_ext.rights.consent.consent import answer
from wilma_ext.rights.consent.giver import Giver
from wilma_ext.rights.desk.desk import desk_of
from wilma_ext.rights.desk.reminder import Reminder, expiring, unanswered
from wilma_ext.vocabulary import Capacity, Choice

__all__ = ["desk"]

FIRST, SECOND = f"Person {IDS.guardian1}", f"Person {IDS.guardian2}"


def asked(desk: Desk, schools: frozenset[str] | None = None) -> dict[str, Reminder]:
    with desk.work() as work:
        found = unanswered(work, desk.state.register, IDS.tenant, schools)
    return {item.pupil_ref: item for item in found}


def ending(desk: Desk, days: int = 30) -> dict[str, Reminder]:
    with desk.work() as work:
        found = expiring(work, desk.state.register, IDS.tenant, days=days)
    return {item.pupil_ref: item for item in found}


def say(desk: Desk, value: Choice, giver: str, pupil: str, capacity: str = "guardian") -> None:
    shown: ShownForm = desk.form()
    who = Giver(giver, Capacity(capacity), IDS.tenant, pupil)
    choices = dict.fromkeys(shown.form.pairs(), value)
    with desk.work() as work:
        answer(work, desk.state.register, giver=who, shown=shown, choices=choices, last_seen=None)


def today(desk: Desk) -> date:
    with desk.work() as work:
        return civil_date(work.now())


def test_who_has_not_answered_is_named(desk: Desk) -> None:
    found = asked(desk)
    assert {ref: item.people for ref, item in found.items()} == {
        IDS.sibling: (FIRST,),
        IDS.adult: (f"Pupil {IDS.adult}",),  # of age: nobody else decides
    }  # the first pupil's guardian has answered; for the one without guardians nobody can
    [item] = [found[IDS.sibling]]
    assert (item.pupil_name, item.group_name) == (f"{IDS.sibling} Pupil", "6A")
    assert (item.school_name, item.until) == ("School s-1", None)


def test_where_all_must_agree_each_who_has_not_is_named(desk: Desk) -> None:
    desk.policy(decides="all_guardians")
    assert asked(desk)[IDS.pupil].people == (SECOND,)
    say(desk, Choice.NO, IDS.guardian2, IDS.pupil)
    assert IDS.pupil not in asked(desk)


def test_at_the_age_of_joining_the_pupil_is_named(desk: Desk) -> None:
    change(desk, born=date(today(desk).year - 16, 1, 1))
    assert asked(desk)[IDS.pupil].people == (f"Pupil {IDS.pupil}",)
    say(desk, Choice.YES, IDS.pupil, IDS.pupil, "pupil")
    assert IDS.pupil not in asked(desk)


def test_a_no_and_a_withdrawal_are_answers(desk: Desk) -> None:
    say(desk, Choice.NO, IDS.guardian1, IDS.sibling)
    desk.withdraw()
    assert asked(desk).keys() == {IDS.adult}


@pytest.mark.parametrize("how", ["ran out", "left behind", "suspended"])
def test_a_yes_that_no_longer_counts_is_no_answer(desk: Desk, how: str) -> None:
    if how == "ran out":
        desk.clock.ahead = timedelta(days=500)
    elif how == "left behind":
        desk.policy(on_school_move="ask")
        change(desk, house_id=IDS.second_house)
    else:
        change(desk, guardian2_id=IDS.strangers_guardian)
    assert FIRST in asked(desk)[IDS.pupil].people


def test_only_pupils_of_the_schools_and_those_enrolled(desk: Desk) -> None:
    assert asked(desk, frozenset({IDS.second_house})).keys() == {IDS.adult}
    assert asked(desk, frozenset()) == {}
    change(desk, IDS.adult, active=False)
    assert asked(desk).keys() == {IDS.sibling}


def test_of_a_protected_pupil_no_guardian_is_named(desk: Desk) -> None:
    change(desk, IDS.sibling, secret_address=True)
    change(desk, IDS.pupil, secret_address=True)
    assert asked(desk)[IDS.sibling].people == ()
    desk.clock.ahead = timedelta(days=500)
    assert asked(desk)[IDS.pupil].people == ()


def test_a_restricted_guardian_is_never_named(desk: Desk) -> None:
    rows = desk.state.register.guardianships.subquery()
    columns = (rows.c.pupil_id, rows.c.guardian_id, rows.c.may_decide)
    all_restricted = select(*columns, true().label("restricted_information"))
    desk.state.register = replace(desk.state.register, guardianships=all_restricted)
    assert asked(desk).keys() == {IDS.adult}
    assert ending(desk, 400) == {}


def test_a_provider_that_does_not_use_it_reminds_nobody(desk: Desk) -> None:
    desk.policy(mode="off")
    assert asked(desk) == {}
    assert ending(desk, 400) == {}


@pytest.mark.parametrize(("ahead", "told"), [(31, False), (29, True), (0, True), (-1, False)])
def test_a_yes_is_told_of_within_thirty_days_of_its_last(
    desk: Desk, ahead: int, told: bool
) -> None:
    until = standing_choice(desk).valid_until
    assert until is not None
    last = civil_date(until) - timedelta(days=1)
    desk.clock.ahead = timedelta(days=(last - today(desk)).days - ahead)
    found = ending(desk)
    assert (IDS.pupil in found) is told
    if told:
        assert (found[IDS.pupil].people, found[IDS.pupil].until) == ((FIRST,), last)


def test_the_birthday_ends_a_guardian_s_yes(desk: Desk) -> None:
    soon = today(desk) + timedelta(days=20)
    change(desk, born=date(soon.year - 18, soon.month, min(soon.day, 28)))
    desk.policy(joint_from_age=None)
    desk.consent()
    found = ending(desk)[IDS.pupil]
    assert found.people == (FIRST,)
    assert found.until == date(soon.year, soon.month, min(soon.day, 28)) - timedelta(days=1)


def test_before_both_decide_the_pupil_is_to_be_asked(desk: Desk) -> None:
    """The desk's figure counts the same pupil: a guardian's yes will not be enough."""
    soon = today(desk) + timedelta(days=20)
    born = date(soon.year - 15, soon.month, min(soon.day, 28))
    change(desk, born=born)
    found = ending(desk)[IDS.pupil]
    assert found.people == (f"Pupil {IDS.pupil}",)
    assert found.until == date(soon.year, born.month, born.day) - timedelta(days=1)
    group = desk.group()
    with desk.work() as work:
        everyone = desk_of(
            work,
            desk.state.register,
            provider_ref=IDS.tenant,
            group_id=group,
            school_refs=None,
        )
    assert {pupil.pupil_ref for pupil in everyone if pupil.ending} == {IDS.pupil}
    desk.policy(joint_from_age=None)
    assert IDS.pupil not in ending(desk)


def test_the_number_of_statements_does_not_grow_with_the_pupils(desk: Desk) -> None:
    counted: list[str] = []
    with desk.app.app_context():
        event.listen(
            desk.state.engine, "before_cursor_execute", lambda *given: counted.append(given[2])
        )
    asked(desk)  # the first look asks for the schema too
    few = _counted(desk, counted)
    with desk.app.app_context():
        for number in range(120):
            add_person(f"g-{number}")
            born = date(2016, 1, 1)
            add_pupil(f"p-{number}", IDS.house, born=born, guardians=(f"g-{number}",))
        db.session.commit()
    assert len(asked(desk)) == 122
    assert _counted(desk, counted) == few


def _counted(desk: Desk, counted: list[str]) -> int:
    counted.clear()
    asked(desk)
    ending(desk)
    return len(counted)


@pytest.mark.parametrize("which", ["unanswered", "expiring"])
def test_the_command_prints_names_and_leaves_a_trace(desk: Desk, which: str) -> None:
    runner = desk.app.test_cli_runner()
    words = ["wilma-ext", "reminder", which, "--provider", IDS.tenant]
    result = runner.invoke(args=[*words, "--json"])
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    assert [item["people"] for item in found if item["pupil_ref"] == IDS.sibling] == (
        [[FIRST]] if which == "unanswered" else []
    )
    last = desk.events()[-1]
    assert (last.event, last.actor_ref) == ("consent:listed", "operator:reminder")
    assert runner.invoke(args=words).exit_code == 0
    words[-1] = "nobody"
    assert runner.invoke(args=words).exit_code == 2
