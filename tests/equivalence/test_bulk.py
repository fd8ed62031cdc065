"""Bulk runs: nobody skipped or doubled, whatever happens between two chunks (S5, S7-S12)."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from tests.equivalence.bulk_world import COLLEAGUE, SECRETARY, BulkWorld
from tests.equivalence.crowd import PAIRS
from tests.equivalence.loader import Place
from tests.equivalence.race import race, unlocked
from wilma_ext.errors import Invalid, NotFound
from wilma_ext.oversight.chain import verify
from wilma_ext.rights.desk import bulk, bulk_act, bulk_start
from wilma_ext.rights.desk.bulk_run import ItemOutcome, RunKind, RunState, run_of, runs_of
from wilma_ext.vocabulary import Choice

STARTED, ENDED = "activation:started", "activation:ended"
DONE, ALREADY = ItemOutcome.DONE, ItemOutcome.ALREADY

pytestmark = pytest.mark.parametrize("ids", ["integer"], indirect=True)


def test_two_thousand_are_enabled_in_one_run(place: Place) -> None:
    """S12: counted in the run, in the rows and in the log."""
    world = BulkWorld(place, 2000)
    found = world.drive(world.start())
    assert found.counts == {DONE: 2000}
    assert (found.state, found.left) == (RunState.FINISHED, 0)
    assert world.open_pairs() == 2000 * len(PAIRS)
    told = world.events(STARTED)
    assert len(told) == len(set(told)) == 2000
    with world.families.factory() as work:
        assert verify(work.session, world.provider).holds


def test_a_consent_that_changed_since_is_skipped_and_told(place: Place) -> None:
    """S5: each reason by itself, in the chunk that comes after the change."""
    world = BulkWorld(place, 8)
    run = world.start()
    world.advance(run, size=2)
    world.families.withdraw("maija", 3)
    world.families.answer("matti", 4, Choice.NO)
    _changed(world, 5, enrolled=False)
    _changed(world, 6, school_id=world.families.loaded.native("s2"))
    world.families.withdraw("maija", 0)  # after its chunk: the run has no part in it
    found = world.drive(run, size=2)
    items = world.items(run)
    told = [items[ref] for ref in world.refs]
    assert told == [
        *[("done", None)] * 3,
        ("skipped", "withdrawn"),
        ("skipped", "refused"),
        *[("skipped", "left_school")] * 2,
        ("done", None),
    ]
    assert found.counts == {DONE: 4, ItemOutcome.SKIPPED: 4}
    assert world.open_pairs() == 3 * len(PAIRS)


def _changed(world: BulkWorld, number: int, **values: Any) -> None:
    table = world.place.host.pupils
    key = world.families.loaded.native(f"pupil{number}")
    with world.families.factory() as work:
        work.connection.execute(update(table).where(table.c.id == key).values(**values))


def test_a_crash_between_chunks_resumes(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """S7: the chunk that crashes leaves no trace, the one before it stays."""
    world = BulkWorld(place, 6)
    run = world.start()
    world.advance(run, size=2)
    with monkeypatch.context() as patch:
        patch.setattr(bulk, "_note", _crash)
        with pytest.raises(RuntimeError, match="power cut"):
            world.advance(run, size=2)
    assert world.run(run).counts == {DONE: 2}
    assert world.open_pairs() == 2 * len(PAIRS)
    assert world.drive(run, size=2).counts == {DONE: 6}
    assert len(world.events(STARTED)) == len(set(world.events(STARTED))) == 6


def _crash(*_: object) -> None:
    raise RuntimeError("power cut")


def test_one_pupil_that_fails_stops_nobody_else(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """S9: what failed is told, and tried again by a run of its own."""
    world = BulkWorld(place, 4)
    bad, whole = world.refs[1], bulk_act.open_living

    def failing(*args: Any, **values: Any) -> Any:
        done = whole(*args, **values)
        if bad in values["pupil_refs"]:
            raise IntegrityError("", {}, Exception())
        return done

    run = world.start()
    with monkeypatch.context() as patch:
        patch.setattr(bulk_act, "open_living", failing)
        assert world.drive(run).counts == {DONE: 3, ItemOutcome.FAILED: 1}
    assert world.items(run)[bad] == ("failed", "error")
    assert bad not in world.events(STARTED)
    with world.families.factory() as work:
        place_of = {"actor": SECRETARY, "run": run_of(work, world.provider, run, None)}
        again = bulk_start.start_again(work, run_id="the run that tries again", **place_of)
    assert world.drive(again).counts == {DONE: 1}
    assert sorted(world.events(STARTED)) == sorted(world.refs)


def test_the_same_start_twice_is_one_run(place: Place) -> None:
    """X11: and an id that somebody else's run has is not found."""
    world = BulkWorld(place, 2)
    assert world.start(run="one-and-the-same") == world.start(run="one-and-the-same")
    assert len(world.events("bulk_run:started")) == 1
    other = BulkWorld(place, 1)
    with pytest.raises(NotFound):
        other.start(run="one-and-the-same")
    with pytest.raises(Invalid):
        world.start(refs=[])


def test_a_stopped_run_keeps_what_was_done(place: Place) -> None:
    """S8: and going on with it does nothing."""
    world = BulkWorld(place, 4)
    run = world.start()
    world.advance(run, size=2)
    stopped = world.cancel(run)
    assert (stopped.state, stopped.treated, stopped.left) == (RunState.CANCELLED, 2, 2)
    assert world.advance(run).counts == {DONE: 2}
    assert world.open_pairs() == 2 * len(PAIRS)
    assert len(world.events("bulk_run:cancelled")) == 1
    assert world.cancel(run) == world.run(run)
    assert len(world.events("bulk_run:cancelled")) == 1


def undo(world: BulkWorld, run: str) -> str:
    with world.families.factory() as work:
        found = run_of(work, world.provider, run, None)
        name = f"undo {run}"[:32]
        return bulk_start.start_undoing(work, actor=COLLEAGUE, run=found, run_id=name)


def test_undoing_takes_back_only_what_the_run_opened(place: Place) -> None:
    """S10: what was enabled before, or changed since by whomever, stays as it is."""
    world = BulkWorld(place, 5)
    world.families.enable(0)
    run = world.start()
    assert world.drive(run).counts == {DONE: 4, ALREADY: 1}
    world.families.withdraw("maija", 1)
    world.families.withdraw("maija", 2)
    world.families.answer("maija", 2, Choice.YES)
    world.families.enable(2)
    back = undo(world, run)
    assert undo(world, run) == back
    found = world.drive(back)
    items = world.items(back)
    told = [items.get(ref) for ref in world.refs]
    changed = ("skipped", "changed")
    assert told == [None, changed, changed, ("done", None), ("done", None)]
    assert found.kind == RunKind.UNDO
    assert world.open_pairs() == 2 * len(PAIRS)
    assert world.events(ENDED)[-2:] == sorted(world.refs[3:])


def test_who_has_moved_since_is_not_taken_back(place: Place) -> None:
    """S10: another school's pupil is that school's to disable; who has left every school is not."""
    world = BulkWorld(place, 4)
    run = world.start()
    world.drive(run)
    _changed(world, 1, school_id=world.families.loaded.native("s2"))
    _changed(world, 2, enrolled=False)
    back = undo(world, run)
    assert world.drive(back).counts == {DONE: 3, ItemOutcome.SKIPPED: 1}
    assert world.items(back)[world.refs[1]] == ("skipped", "left_school")
    assert world.open_pairs() == len(PAIRS)


def test_who_was_faster_is_told(place: Place) -> None:
    """S11: the second of two runs over the same pupils enables nobody."""
    world = BulkWorld(place, 3)
    first, second = world.start(), world.start()
    world.drive(first)
    assert world.drive(second, COLLEAGUE).counts == {ALREADY: 3}
    assert len(world.events(STARTED)) == 3


def test_a_closing_run_closes_those_who_left_too(place: Place) -> None:
    """S20: the register may have forgotten the pupil."""
    world = BulkWorld(place, 3)
    world.drive(world.start())
    _changed(world, 1, enrolled=False)
    closing = world.start(RunKind.CLOSE)
    assert world.drive(closing).counts == {DONE: 3}
    assert world.open_pairs() == 0
    assert world.drive(world.start(RunKind.CLOSE)).counts == {ItemOutcome.SKIPPED: 3}


def test_an_office_of_other_schools_does_not_find_the_run(place: Place) -> None:
    world = BulkWorld(place, 1)
    run, loaded = world.start(), world.families.loaded
    own, other = frozenset({loaded.ref("s1")}), frozenset({loaded.ref("s2")})
    with world.families.factory() as work:
        assert run_of(work, world.provider, run, own).id == run
        assert [one.id for one in runs_of(work, world.provider, own)] == [run]
        assert runs_of(work, world.provider, other) == []
        with pytest.raises(NotFound):
            run_of(work, world.provider, run, other)
        with pytest.raises(NotFound):
            run_of(work, "another provider", run, None)


def driven_by_two(world: BulkWorld) -> str:
    """Two browsers drive one run at once."""
    run = world.start()
    failed: list[BaseException] = []

    def drive(actor: Any) -> None:
        try:
            world.drive(run, actor, size=2)
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=drive, args=(who,)) for who in (SECRETARY, COLLEAGUE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    return run


def test_two_drivers_do_nobody_twice(place: Place) -> None:
    """S7, S11."""
    world = BulkWorld(place, 24)
    run = driven_by_two(world)
    assert world.run(run).counts == {DONE: 24}
    assert len(world.events(STARTED)) == len(set(world.events(STARTED))) == 24
    assert len(world.events("bulk_run:finished")) == 1


def test_without_the_lock_two_drivers_collide(place: Place) -> None:
    """The twin: the same pupils are treated by both, and only the schema keeps a pair from being
    opened twice."""
    world = BulkWorld(place, 24)
    collided = 0
    with unlocked(world.families):
        try:
            run = driven_by_two(world)
        except Exception:
            collided = 1
        else:
            counts = world.run(run).counts
            collided = counts.get(DONE, 0) != 24 or len(world.events("bulk_run:finished")) != 1
    assert collided


def test_no_withdrawal_slips_past_a_run(place: Place) -> None:
    """Guardians withdraw while the run goes on: nobody who withdrew is left enabled."""
    world = BulkWorld(place, 40)
    run = world.start()
    acts = [
        lambda number: world.families.withdraw("maija", number),
        lambda _: world.advance(run, size=2),
    ]
    race(world.pupils, acts)
    assert world.run(run).state == RunState.FINISHED
    assert world.open_pairs() == 0
    withdrawn = set(world.items(run).values())
    assert withdrawn <= {("done", None), ("skipped", "withdrawn")}
