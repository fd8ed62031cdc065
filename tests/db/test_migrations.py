"""The plugin's own history on both engines (design D16)."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, make_url, text

from tests.architecture.source import MIGRATIONS
from tests.db.schema import description, rows, tables
from tests.hosts import plain
from tests.hosts.world import small_world
from tests.postgres import Databases
from wilma_ext import migrate
from wilma_ext.engine import own_engine
from wilma_ext.errors import SchemaError
from wilma_ext.models import PREFIX, Base

UPGRADE = """
import sys
from sqlalchemy import make_url
from wilma_ext import migrate
from wilma_ext.engine import own_engine
engine = own_engine(make_url(sys.argv[1]))
migrate.upgrade(engine)
print(migrate.current(engine))
"""

HALF = '''
"""Fail after half of the work."""
import sqlalchemy as sa
from alembic import op
revision = "wx9999_half"
down_revision = "{head}"
branch_labels = None
depends_on = None


def upgrade():
    """Create a table, write to another, and break."""
    op.create_table("wilma_ext_half", sa.Column("id", sa.Integer(), primary_key=True))
    op.add_column("wilma_ext_provider", sa.Column("half", sa.Integer()))
    raise RuntimeError("half-way")
'''


def steps() -> list[str]:
    """Return every revision, the first one first."""
    scripts = ScriptDirectory(str(MIGRATIONS))
    return [script.revision for script in scripts.walk_revisions()][::-1]


def test_there_and_back_and_there_again(empty_engine: Engine) -> None:
    assert migrate.current(empty_engine) is None
    for _ in range(2):
        migrate.upgrade(empty_engine)
        assert migrate.current(empty_engine) == migrate.head()
        assert {table.name for table in Base.metadata.sorted_tables} < tables(empty_engine)
        migrate.downgrade(empty_engine, "base")
        assert tables(empty_engine) == set()
        assert migrate.current(empty_engine) is None


def test_every_single_step_can_be_undone(empty_engine: Engine) -> None:
    prefix = PREFIX
    before = []
    for step in steps():
        before.append(description(empty_engine, prefix))
        migrate.upgrade(empty_engine, step)
        assert migrate.current(empty_engine) == step
    for described in reversed(before):
        migrate.downgrade(empty_engine, "-1")
        assert description(empty_engine, prefix) == described


def test_a_second_upgrade_changes_nothing(engine: Engine) -> None:
    before = description(engine, PREFIX)
    migrate.upgrade(engine)
    assert description(engine, PREFIX) == before


def test_nothing_differs_at_head(engine: Engine) -> None:
    assert migrate.differences(engine) == []


def test_a_difference_is_noticed(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE wilma_ext_provider ADD COLUMN extra INTEGER"))
    assert migrate.differences(engine) != []


def test_the_history_makes_what_the_models_say(
    engine: Engine, engine_name: str, databases_of: Callable[[str], Databases]
) -> None:
    databases = databases_of(engine_name)
    with databases.fresh() as name:
        other = own_engine(make_url(databases.address(name)))
        Base.metadata.create_all(other)
        made = description(other, PREFIX)
        other.dispose()
    assert description(engine, PREFIX) == made


@pytest.fixture
def half_history(head_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a copy of the history with one more revision, which breaks half-way."""
    copy = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, copy, ignore=shutil.ignore_patterns("__pycache__"))
    half = copy / "versions" / "wx9999_half.py"
    half.write_text(HALF.strip().format(head=migrate.head()))
    monkeypatch.setattr(migrate, "_scripts", lambda: str(copy))
    return copy


@pytest.mark.usefixtures("half_history")
def test_a_revision_that_breaks_leaves_no_trace(engine: Engine) -> None:
    before, stood = description(engine, PREFIX), migrate.current(engine)
    with pytest.raises(RuntimeError, match="half-way"):
        migrate.upgrade(engine)
    assert description(engine, PREFIX) == before
    assert migrate.current(engine) == stood == steps()[-1]


@pytest.mark.usefixtures("half_history")
@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_without_begin_immediate_it_would_leave_half(engine: Engine) -> None:
    """The twin: SQLite's driver by itself runs each CREATE TABLE in a transaction of its own."""
    careless = create_engine(engine.url)
    with pytest.raises(RuntimeError, match="half-way"):
        migrate.upgrade(careless)
    careless.dispose()
    assert "wilma_ext_half" in tables(engine)


@pytest.fixture
def host_engine(database_url: str) -> Iterator[Engine]:
    """Give a database with the plain host's tables and a small world in them."""
    app = plain.create_host(database_url, guest=None)
    with app.app_context():
        small_world(date(2026, 11, 21))
        yield plain.db.engine
        plain.db.session.remove()
        plain.db.engine.dispose()


def test_a_host_keeps_its_tables_when_the_plugin_leaves(host_engine: Engine) -> None:
    before = tables(host_engine)
    counted, described = rows(host_engine, before), description(host_engine, "")
    own = own_engine(host_engine.url)
    migrate.upgrade(own)
    assert tables(own) - before == {*Base.metadata.tables, migrate.VERSION_TABLE}
    migrate.downgrade(own, "base")
    own.dispose()
    assert tables(host_engine) == before
    assert rows(host_engine, before) == counted
    assert description(host_engine, "") == described


@pytest.mark.parametrize("hidden", [True, False])
def test_a_hosts_own_autogenerate_stays_empty(host_engine: Engine, hidden: bool) -> None:
    """And the twin: a host that does not hide the plugin's tables would drop them."""
    own = own_engine(host_engine.url)
    migrate.upgrade(own)
    own.dispose()
    options = {"include_object": migrate.hide_from_host} if hidden else {}
    with host_engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, **options})
        found = compare_metadata(context, plain.db.metadata)
    assert (found == []) is hidden
    if not hidden:
        assert {change[1].name for change in found if change[0] == "remove_table"} == {
            *Base.metadata.tables,
            migrate.VERSION_TABLE,
        }


def test_processes_that_upgrade_at_once_wait_for_each_other(database_url: str) -> None:
    command = [sys.executable, "-c", UPGRADE, database_url]
    started = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    ended = [process.communicate(timeout=120) for process in started]
    assert [process.returncode for process in started] == [0, 0, 0], ended
    assert {out.strip() for out, _ in ended} == {migrate.head()}


def test_another_schema_is_not_served(empty_engine: Engine) -> None:
    with pytest.raises(SchemaError, match="stand at nothing"):
        migrate.require_head(empty_engine)
    migrate.upgrade(empty_engine, steps()[0])
    with pytest.raises(SchemaError, match=steps()[0]):
        migrate.require_head(empty_engine)


def test_there_is_one_head_and_each_file_is_named_after_its_revision() -> None:
    scripts = ScriptDirectory(str(MIGRATIONS))
    assert scripts.get_heads() == [migrate.head()]
    for script in scripts.walk_revisions():
        assert Path(script.path).stem == script.revision
        assert len(script.revision) <= 32


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
def test_the_statements_can_be_read_before_they_are_run(dialect: str) -> None:
    statements = migrate.sql(dialect)
    for table in Base.metadata.tables:
        assert f"CREATE TABLE {table} " in statements
    assert "append-only" in statements


@pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)
def test_the_printed_statements_make_the_schema(empty_engine: Engine) -> None:
    with empty_engine.begin() as connection:
        statements = migrate.sql("postgresql").replace("BEGIN;", "").replace("COMMIT;", "")
        connection.exec_driver_sql(statements)
    assert migrate.current(empty_engine) == migrate.head()
    assert migrate.differences(empty_engine) == []
