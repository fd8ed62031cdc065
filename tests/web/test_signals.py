"""The host is told of a consent after the commit, once, and never what was said."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from blinker import Signal

from tests.db.register_acts import change, run_tick, standing_choice
from tests.hosts.plain import User, db
from tests.web.desk import IDS, Desk
from tests.web.html import linted
from wilma_ext.rights.consent.answer_record import ShownForm
from wilma_ext.rights.consent.consent import answer, withdraw
from wilma_ext.rights.consent.giver import Giver
from wilma_ext.signals import answer_recorded, consent_conflict, consent_ended
from wilma_ext.vocabulary import Capacity, Choice

Said = list[dict[str, Any]]
ALWAYS = {"provider_ref", "pupil_ref", "person_refs", "instant"}


@contextmanager
def heard(signal: Signal, receive: Callable[..., object] | None = None) -> Iterator[Said]:
    """Collect what the signal says, after the receiver has had its turn."""
    said: Said = []

    def listen(sender: Any, **words: Any) -> None:
        said.append({"sender": sender, **words})
        if receive is not None:
            receive(sender, **words)

    with signal.connected_to(listen):
        yield said


def fail(*_: object, **__: object) -> None:
    raise RuntimeError("the host's own trouble")


def say_no(desk: Desk, guardian: str, pupil: str = IDS.pupil) -> None:
    giver = Giver(guardian, Capacity.GUARDIAN, IDS.tenant, pupil)
    shown: ShownForm = desk.form()
    choices = dict.fromkeys(shown.form.pairs(), Choice.NO)
    with desk.work() as work:
        answer(work, desk.state.register, giver=giver, shown=shown, choices=choices, last_seen=None)


def take_back_on_the_page(desk: Desk) -> None:
    client, url = desk.client(IDS.guardian1), f"{desk.url}/guardian/{desk.handle(IDS.pupil)}/"
    page = linted(client.get(url))
    [form] = [f for f in page.ours.all("form") if f.attributes["action"].endswith("/withdraw")]
    [token] = [i for i in form.all("input") if i.attributes["name"] == "token"]
    sent = {"token": token.attributes["value"]}
    assert client.post(form.attributes["action"], data=sent).status_code == 303


def test_an_act_on_the_page_is_told_to_the_one_who_acted(desk: Desk) -> None:
    with heard(answer_recorded) as said:
        take_back_on_the_page(desk)
    [told] = said
    assert told["sender"] is desk.app
    assert (told["act"], told["channel"]) == ("withdrawal", "online")
    assert told["person_refs"] == (IDS.guardian1,)
    assert told["pupil_ref"] == IDS.pupil
    assert told["instant"].tzinfo is not None


def test_a_receiver_that_fails_does_not_reach_the_user(desk: Desk) -> None:
    with heard(answer_recorded, fail):
        take_back_on_the_page(desk)


def test_no_signal_says_what_was_said(desk: Desk) -> None:
    with heard(answer_recorded) as said, heard(consent_conflict) as disagreed:
        say_no(desk, IDS.guardian2)
    assert [set(told) - {"sender"} for told in said] == [ALWAYS | {"act", "channel"}]
    assert [set(told) - {"sender"} for told in disagreed] == [ALWAYS]


def test_nothing_is_told_of_an_act_that_failed(desk: Desk) -> None:
    giver = Giver(IDS.guardian1, Capacity.GUARDIAN, IDS.tenant, IDS.pupil)
    shown = desk.form()

    def fail_at_the_end() -> None:
        with desk.work() as work:
            withdraw(work, desk.state.register, giver=giver, shown=shown)
            assert work.announcements
            fail()

    with heard(answer_recorded) as said:
        with pytest.raises(RuntimeError, match="own trouble"):
            fail_at_the_end()
        assert said == []


def test_a_receiver_runs_after_the_commit(desk: Desk) -> None:
    """Its own unit of work finds the answer, which on SQLite it could not begin any earlier."""
    seen: list[int] = []

    def look(_app: object, **_words: object) -> None:
        seen.append(len([e for e in desk.events() if e.event == "consent:withdrawn"]))

    with heard(answer_recorded, look):
        desk.withdraw()
    assert seen == [1]


def test_a_receiver_that_fails_is_logged_and_keeps_nobody_else(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR, logger="wilma_ext")
    with heard(answer_recorded, fail) as one, heard(answer_recorded, fail) as other:
        desk.withdraw()
    assert (len(one), len(other)) == (1, 1)
    assert [record.message for record in caplog.records] == [
        "a receiver of the signal answer_recorded failed"
    ] * 2


def test_a_disagreement_is_told_once_by_the_act_that_makes_it(desk: Desk) -> None:
    with heard(consent_conflict) as said:
        say_no(desk, IDS.guardian2)
        assert [told["person_refs"] for told in said] == [(IDS.guardian1, IDS.guardian2)]
        desk.consent(no=("psykologi:grades",))  # says the same again
        run_tick(desk)
        run_tick(desk)
    assert len(said) == 1


def test_a_disagreement_that_no_act_made_is_told_by_the_tick(desk: Desk) -> None:
    """Who said yes is no guardian while the other says no, and is one again."""
    desk.policy(on_custody_change="keep")
    desk.consent()
    change(desk, guardian1_id=None)
    with heard(consent_conflict) as said:
        say_no(desk, IDS.guardian2)
        change(desk, guardian1_id=IDS.guardian1)
        assert said == []
        assert run_tick(desk).conflicts_told == 1
        assert run_tick(desk).conflicts_told == 0
    assert [told["person_refs"] for told in said] == [(IDS.guardian1, IDS.guardian2)]


@pytest.mark.parametrize(("days", "told"), [(-1, 0), (1, 1), (40, 0)])
def test_a_yes_that_ran_out_is_told_once_while_it_is_news(desk: Desk, days: int, told: int) -> None:
    until = standing_choice(desk).valid_until
    assert until is not None
    with desk.work() as work:
        desk.clock.ahead = until - work.now() + timedelta(days=days)
    with heard(consent_ended) as said:
        assert run_tick(desk).ends_told == told
        assert run_tick(desk).ends_told == 0
    assert [each["person_refs"] for each in said] == [(IDS.guardian1,)] * told


def test_a_consent_that_a_move_ended_is_told_once(desk: Desk) -> None:
    with heard(consent_ended) as said:
        run_tick(desk)
        assert said == []
        change(desk, house_id=IDS.other_tenants_house)
        assert run_tick(desk).ends_told == 1
        assert run_tick(desk).ends_told == 0
    [told] = said
    assert (told["provider_ref"], told["pupil_ref"]) == (IDS.tenant, IDS.pupil)
    assert told["person_refs"] == (IDS.guardian1,)
    assert set(told) - {"sender"} == ALWAYS


def test_a_withdrawn_yes_has_not_ended_by_itself(desk: Desk) -> None:
    desk.withdraw()
    with heard(consent_ended) as said:
        run_tick(desk)
    assert said == []


def test_a_former_guardian_learns_nothing(desk: Desk) -> None:
    change(desk, guardian1_id=None)
    with heard(consent_ended) as said:
        assert run_tick(desk).ends_told == 0
    assert said == []


def test_the_other_guardian_s_coming_suspends_and_is_told(desk: Desk) -> None:
    change(desk, guardian2_id=IDS.strangers_guardian)
    with heard(consent_ended) as said:
        assert run_tick(desk).ends_told == 1
    assert [told["person_refs"] for told in said] == [(IDS.guardian1,)]


def test_a_birthday_ends_and_is_told(desk: Desk) -> None:
    with desk.app.app_context():
        pupil = db.session.get_one(User, IDS.pupil)
        assert pupil.born is not None
        pupil.born = pupil.born.replace(year=pupil.born.year - 6)
        db.session.commit()
    with heard(consent_ended) as said:
        assert run_tick(desk).ends_told == 1
    assert [told["person_refs"] for told in said] == [(IDS.guardian1,)]
