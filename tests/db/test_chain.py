"""The hash chain: what it notices, and what only a checkpoint outside can notice (design 6)."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, select, text

from tests.db.chain import event, tamper, unprotect, write
from wilma_ext.models import AuditEvent, AuditHead, AuditLink
from wilma_ext.oversight.canon import canonical
from wilma_ext.oversight.chain import GENESIS, Verified, append, digest_of, hash_of, verify
from wilma_ext.work import WorkFactory

LINK, EVENT, HEAD = "wilma_ext_audit_link", "wilma_ext_audit_event", "wilma_ext_audit_head"
#: Tampering -> the sequence at which a walk over five events must stop.
TAMPERINGS: dict[str, tuple[int, tuple[str, ...]]] = {
    "edit the contents": (
        3,
        (
            f"UPDATE {EVENT} SET canon = (SELECT canon FROM {EVENT} WHERE sequence = 2) "
            "WHERE sequence = 3",
        ),
    ),
    "edit a searchable column": (3, (f"UPDATE {EVENT} SET actor_ref = 'x' WHERE sequence = 3",)),
    "edit the searchable instant": (
        3,
        (
            f"UPDATE {EVENT} SET at = (SELECT at FROM {EVENT} WHERE sequence = 1) "
            "WHERE sequence = 3",
        ),
    ),
    "edit the digest": (
        3,
        (
            f"UPDATE {LINK} SET digest = (SELECT digest FROM {LINK} WHERE sequence = 2) "
            "WHERE sequence = 3",
        ),
    ),
    "edit the hash": (
        3,
        (
            f"UPDATE {LINK} SET hash = (SELECT hash FROM {LINK} WHERE sequence = 2) "
            "WHERE sequence = 3",
        ),
    ),
    "edit the version": (3, (f"UPDATE {LINK} SET version = 2 WHERE sequence = 3",)),
    "delete the contents": (3, (f"DELETE FROM {EVENT} WHERE sequence = 3",)),
    "delete the first event": (
        1,
        tuple(f"DELETE FROM {table} WHERE sequence = 1" for table in (LINK, EVENT)),
    ),
    "delete an event": (
        3,
        tuple(f"DELETE FROM {table} WHERE sequence = 3" for table in (LINK, EVENT)),
    ),
    "delete an event and close the gap": (
        3,
        tuple(
            statement
            for table in (LINK, EVENT)
            for statement in (
                f"DELETE FROM {table} WHERE sequence = 3",
                f"UPDATE {table} SET sequence = 3 WHERE sequence = 4",
                f"UPDATE {table} SET sequence = 4 WHERE sequence = 5",
            )
        ),
    ),
    "swap two contents": (
        3,
        (
            f"UPDATE {EVENT} SET sequence = 99 WHERE sequence = 3",
            f"UPDATE {EVENT} SET sequence = 3 WHERE sequence = 4",
            f"UPDATE {EVENT} SET sequence = 4 WHERE sequence = 99",
        ),
    ),
    "swap two events": (
        3,
        tuple(
            statement
            for table in (LINK, EVENT)
            for statement in (
                f"UPDATE {table} SET sequence = 99 WHERE sequence = 3",
                f"UPDATE {table} SET sequence = 3 WHERE sequence = 4",
                f"UPDATE {table} SET sequence = 4 WHERE sequence = 99",
            )
        ),
    ),
    "cut the tail": (
        5,
        tuple(f"DELETE FROM {table} WHERE sequence = 5" for table in (LINK, EVENT)),
    ),
    "cut the tail and lower the head": (
        5,
        (
            *(f"DELETE FROM {table} WHERE sequence = 5" for table in (LINK, EVENT)),
            f"UPDATE {HEAD} SET sequence = 4",
        ),
    ),
    "change the head's hash": (
        6,
        (f"UPDATE {HEAD} SET hash = (SELECT hash FROM {LINK} WHERE sequence = 4)",),
    ),
    "raise the head": (6, (f"UPDATE {HEAD} SET sequence = 6",)),
    "delete the head": (5, (f"DELETE FROM {HEAD}",)),
    "delete everything but the head": (1, (f"DELETE FROM {LINK}", f"DELETE FROM {EVENT}")),
}


def walk(works: WorkFactory, provider: str = "p") -> Verified:
    with works() as work:
        return verify(work.session, provider)


def test_a_chain_holds_as_it_was_written(works: WorkFactory) -> None:
    write(works, 5)
    assert walk(works) == Verified(5, None, "")


def test_a_chain_without_an_event_holds(works: WorkFactory) -> None:
    assert walk(works) == Verified(0, None, "")


@pytest.mark.parametrize("tampering", TAMPERINGS)
def test_tampering_is_noticed(engine: Engine, works: WorkFactory, tampering: str) -> None:
    write(works, 5)
    sequence, statements = TAMPERINGS[tampering]
    tamper(engine, *statements)
    found = walk(works)
    assert not found.holds
    assert found.bad_sequence == sequence


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_contents_turned_into_text_are_noticed(engine: Engine, works: WorkFactory) -> None:
    """SQLite keeps no types: whoever edits the file may leave text where bytes were."""
    write(works, 5)
    tamper(engine, f"UPDATE {EVENT} SET canon = CAST(canon AS TEXT) || ' ' WHERE sequence = 3")
    assert walk(works).bad_sequence == 3


def test_taking_the_triggers_away_alone_breaks_no_chain(engine: Engine, works: WorkFactory) -> None:
    """The twin of every case above: it is the tampering that is noticed."""
    write(works, 5)
    tamper(engine)
    assert walk(works).holds


def test_a_cut_tail_with_a_rewritten_head_is_not_noticed(
    engine: Engine, works: WorkFactory
) -> None:
    """The chain alone cannot: this is what signed checkpoints outside the database are for."""
    write(works, 5)
    tamper(
        engine,
        *(f"DELETE FROM {table} WHERE sequence > 3" for table in (LINK, EVENT)),
        f"UPDATE {HEAD} SET sequence = 3, hash = (SELECT hash FROM {LINK} WHERE sequence = 3)",
    )
    assert walk(works) == Verified(3, None, "")


def test_a_whole_rewritten_chain_is_not_noticed(engine: Engine, works: WorkFactory) -> None:
    """Nor can it see that everything was written anew; again a checkpoint can."""
    write(works, 3)
    with engine.begin() as connection:
        unprotect(connection)
        previous = GENESIS
        for sequence in (1, 2, 3):
            stored = connection.execute(
                text(f"SELECT canon FROM {EVENT} WHERE sequence = :s"), {"s": sequence}
            ).scalar_one()
            canon = canonical({**json.loads(bytes(stored)), "outcome": "denied"})
            previous = hash_of(1, previous, digest_of(canon))
            values = {"s": sequence, "c": canon, "d": digest_of(canon), "h": previous}
            connection.execute(
                text(f"UPDATE {EVENT} SET canon = :c, outcome = 'denied' WHERE sequence = :s"),
                values,
            )
            connection.execute(
                text(f"UPDATE {LINK} SET digest = :d, hash = :h WHERE sequence = :s"), values
            )
        connection.execute(text(f"UPDATE {HEAD} SET hash = :h"), {"h": previous})
    assert walk(works).holds


def test_each_provider_has_a_chain_of_its_own(engine: Engine, works: WorkFactory) -> None:
    write(works, 2, "p")
    write(works, 3, "q")
    tamper(engine, f"DELETE FROM {EVENT} WHERE provider_ref = 'q' AND sequence = 2")
    assert walk(works, "p") == Verified(2, None, "")
    assert walk(works, "q").bad_sequence == 2


def test_the_events_of_one_work_stand_in_their_order(works: WorkFactory) -> None:
    with works() as work:
        for number, provider in ((1, "q"), (2, "p"), (3, "q"), (4, "p")):
            work.record(event(number, provider))
        at = work.now()
    with works() as work:
        rows = work.session.scalars(
            select(AuditEvent).order_by(AuditEvent.provider_ref, AuditEvent.sequence)
        ).all()
        told = [(row.provider_ref, row.sequence, json.loads(row.canon)) for row in rows]
    assert [(ref, number, canon["data"]["count"]) for ref, number, canon in told] == [
        ("p", 1, 2),
        ("p", 2, 4),
        ("q", 1, 1),
        ("q", 2, 3),
    ]
    assert {row.at for row in rows} == {at}
    assert all(len(canon["nonce"]) == 32 for _, _, canon in told)
    assert len({canon["nonce"] for _, _, canon in told}) == 4


def test_the_bytes_carry_what_the_columns_say(works: WorkFactory) -> None:
    with works() as work:
        work.record(event(7, pupil_ref="u-1"))
    with works() as work:
        row = work.session.scalars(select(AuditEvent)).one()
    canon = json.loads(row.canon)
    assert canon["event"] == row.event == "audit:read"
    assert canon["actor"] == {"ref": row.actor_ref, "role": row.actor_role}
    assert canon["pupil"] == row.pupil_ref == "u-1"
    assert canon["data"] == {"filter": "åäö", "count": 7}
    assert row.canon.decode().count("åäö") == 1


def test_time_never_runs_backwards_in_a_chain(works: WorkFactory) -> None:
    late = datetime(2030, 1, 1, tzinfo=UTC)
    with works() as work:
        append(work.session, [event()], late)
    with works() as work:
        append(work.session, [event()], late - timedelta(days=1))
    with works() as work:
        assert set(work.session.scalars(select(AuditEvent.at))) == {late}
    assert walk(works).holds


def test_a_link_is_computed_as_written_down(works: WorkFactory) -> None:
    write(works, 2)
    with works() as work:
        first, second = work.session.scalars(select(AuditLink).order_by(AuditLink.sequence))
        head = work.session.get_one(AuditHead, "p")
    assert first.hash == hash_of(1, GENESIS, first.digest)
    assert second.hash == hash_of(1, first.hash, second.digest) == head.hash
    assert head.sequence == 2


@pytest.mark.parametrize("value", [1.5, "\ud800", object()])
def test_what_has_no_canonical_form_is_refused(works: WorkFactory, value: object) -> None:
    recorded = event()
    object.__setattr__(recorded, "data", {"filter": value, "count": 1})
    with pytest.raises((TypeError, UnicodeEncodeError)), works() as work:
        work.record(recorded)
    assert walk(works).checked == 0
