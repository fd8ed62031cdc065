"""The audit log is written once: the database itself refuses everything else (D10)."""

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import DBAPIError

from tests.db.chain import write
from wilma_ext.oversight.chain import verify
from wilma_ext.work import WorkFactory

TABLES = ("wilma_ext_audit_link", "wilma_ext_audit_event")
COLUMNS = {
    "wilma_ext_audit_link": "provider_ref, sequence, version, digest, hash",
    "wilma_ext_audit_event": (
        "provider_ref, sequence, canon, at, event, actor_ref, actor_role, pupil_ref, outcome"
    ),
}
ACTS = {
    "update": "UPDATE {table} SET sequence = sequence + 100",
    "update to the same": "UPDATE {table} SET sequence = sequence WHERE sequence = 2",
    "delete": "DELETE FROM {table} WHERE sequence = 3",
    "upsert": (
        "INSERT INTO {table} ({columns}) SELECT {columns} FROM {table} WHERE sequence = 1 "
        "ON CONFLICT (provider_ref, sequence) DO UPDATE SET sequence = 77"
    ),
}
ACTS_OF = {
    "sqlite": {
        **ACTS,
        # "WHERE true" tells SQLite's parser that ON does not belong to a join
        "replace": "INSERT OR REPLACE INTO {table} ({columns}) SELECT {columns} FROM {table}",
        "replace into": "REPLACE INTO {table} ({columns}) SELECT {columns} FROM {table}",
        "update or replace": "UPDATE OR REPLACE {table} SET sequence = 1 WHERE sequence = 2",
    },
    "postgresql": {**ACTS, "truncate": "TRUNCATE {table}", "cascade": "TRUNCATE {table} CASCADE"},
}
CASES = [(engine, act) for engine, acts in ACTS_OF.items() for act in acts]


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize(("engine_name", "act"), CASES, indirect=["engine_name"])
def test_what_is_written_stays(
    engine: Engine, works: WorkFactory, engine_name: str, act: str, table: str
) -> None:
    write(works, 3)
    statement = ACTS_OF[engine_name][act].format(table=table, columns=COLUMNS[table])
    with (
        pytest.raises(DBAPIError, match="append-only"),
        engine.begin() as connection,
    ):
        connection.execute(text(statement))
    with works() as work:
        found = verify(work.session, "p")
    assert found.holds
    assert found.checked == 3


def test_the_next_event_may_be_written(works: WorkFactory) -> None:
    write(works, 2)
    write(works, 2)
    with works() as work:
        assert verify(work.session, "p").checked == 4
