"""`flask wilma-ext tick`: run twice it does nothing twice, and a failure is seen by cron."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from click.testing import Result
from sqlalchemy import select, update

from tests.db.register_acts import change, noticed, run_tick
from tests.web.desk import IDS, Desk, desk
from wilma_ext.cli import tick as command
from wilma_ext.errors import Unavailable
from wilma_ext.models import ActivationPair, Provider, Tick
from wilma_ext.rights.noticing import tick as rights
from wilma_ext.rights.noticing.register_change import observe
from wilma_ext.rights.noticing.tick import last_tick, tick

__all__ = ["desk"]


def run(desk: Desk, *words: str) -> Result:
    return desk.app.test_cli_runner().invoke(args=["wilma-ext", "tick", *words])


def document(desk: Desk, *words: str, status: int = 0) -> Any:
    result = run(desk, *words, "--json")
    assert result.exit_code == status, result.output
    return json.loads(result.stdout)


def open_pairs(desk: Desk) -> list[ActivationPair]:
    with desk.work() as work:
        still = select(ActivationPair).where(ActivationPair.valid_until.is_(None))
        return list(work.session.scalars(still))


def tick_findings(desk: Desk) -> list[tuple[str, str]]:
    result = desk.app.test_cli_runner().invoke(args=["wilma-ext", "doctor", "--json"])
    found = json.loads(result.stdout)["findings"]
    return [(f["level"], f["subject"]) for f in found if f["code"].startswith("tick")]


def test_every_provider_has_its_turn_and_nothing_is_done_twice(desk: Desk) -> None:
    change(desk, guardian2_id=None)
    first, second = document(desk), document(desk)
    assert [item["provider"] for item in first] == [IDS.tenant, IDS.other_tenant]
    assert (first[0]["pupils"], first[0]["changes_noticed"]) == (1, 1)
    assert (second[0]["changes_noticed"], second[0]["pairs_closed"]) == (0, 0)
    assert (second[0]["ends_told"], second[0]["conflicts_told"]) == (0, 0)
    assert all(item["error"] is None for item in first + second)


def test_what_has_lapsed_is_closed_in_the_record(desk: Desk) -> None:
    assert open_pairs(desk)
    document(desk)
    assert open_pairs(desk)  # a living consent stays enabled
    desk.clock.ahead = timedelta(days=500)
    [done, _] = document(desk)
    assert done["pairs_closed"] > 0
    assert open_pairs(desk) == []
    ended = [event for event in desk.events() if event.event == "activation:ended"]
    assert [event.actor_ref for event in ended] == ["system"]
    assert json.loads(ended[0].canon)["data"]["reason"] == "lapsed"


def at_once(act: Callable[[], Any], number: int = 2) -> list[Any]:
    """Let several do the same at one moment."""
    barrier = Barrier(number)

    def one() -> Any:
        barrier.wait()
        return act()

    with ThreadPoolExecutor(number) as pool:
        return [waiting.result() for waiting in [pool.submit(one) for _ in range(number)]]


def test_two_runs_at_one_moment_do_everything_once(desk: Desk) -> None:
    change(desk, guardian2_id=IDS.strangers_guardian)
    both = at_once(lambda: run_tick(desk))
    assert sum(done.changes_noticed for done in both) == 1
    assert sum(done.ends_told for done in both) == 1
    assert noticed(desk) == ["custody"]


def test_two_acts_under_a_shared_lock_notice_a_change_once(desk: Desk) -> None:
    """Those who enable hold a pupil together: the change is noted by one of them."""
    change(desk, guardian2_id=None)

    def look() -> int:
        with desk.work() as work:
            work.lock_provider(IDS.tenant)
            work.lock_pupil(IDS.tenant, IDS.pupil)
            return len(observe(work, desk.state.register, IDS.tenant, [IDS.pupil]))

    assert sorted(at_once(look, 3)) == [0, 0, 1]
    assert noticed(desk) == ["custody"]


def test_one_provider_can_be_named(desk: Desk) -> None:
    [done] = document(desk, "--provider", IDS.other_tenant)
    assert done["provider"] == IDS.other_tenant
    with desk.work() as work:
        assert last_tick(work, IDS.tenant) is None
        assert last_tick(work, IDS.other_tenant) is not None
    assert run(desk, "--provider", "nobody").exit_code == 2


def test_a_failure_ends_with_one_and_the_others_have_their_turn(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def sometimes(works: Any, register: Any, ref: str) -> Any:
        if ref == IDS.tenant:
            raise Unavailable("the database did not answer in time")
        return tick(works, register, ref)

    monkeypatch.setattr(command, "tick", sometimes)
    bad, good = document(desk, status=1)
    assert bad["error"] == "the database did not answer in time"
    assert good["error"] is None
    assert "FAILED" in run(desk).output


def test_a_broken_chunk_leaves_no_trace_and_the_next_run_does_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> int:
        raise Unavailable("no database connection was free")

    change(desk, guardian2_id=None)
    with monkeypatch.context() as patch:
        patch.setattr(rights, "announce_conflicts", broken)
        document(desk, status=1)
        assert noticed(desk) == []
        with desk.work() as work:
            assert last_tick(work, IDS.tenant) is None
    document(desk)
    assert noticed(desk) == ["custody"]


def test_the_doctor_warns_after_a_day_without_it(desk: Desk) -> None:
    mine = f"provider {IDS.tenant}"
    assert ("ok", mine) in tick_findings(desk)  # a provider that has just begun
    long_ago = datetime.now(UTC) - timedelta(hours=27)
    with desk.work() as work:
        work.session.execute(update(Provider).values(created_at=long_ago))
    assert ("warning", mine) in tick_findings(desk)
    document(desk)
    assert ("ok", mine) in tick_findings(desk)
    with desk.work() as work:
        work.session.execute(update(Tick).values(ticked_at=long_ago))
    assert ("warning", mine) in tick_findings(desk)
