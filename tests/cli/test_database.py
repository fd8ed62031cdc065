"""`flask wilma-ext db ...`."""

import pytest
from sqlalchemy import inspect, text

from tests.cli.host import Host
from wilma_ext import migrate
from wilma_ext.state import current_state

HEAD = migrate.head()


def own_tables(host: Host) -> set[str]:
    with host.app.app_context():
        names = inspect(current_state.engine).get_table_names()
    return {name for name in names if name.startswith("wilma_ext_")}


def test_up_and_down(bare: Host) -> None:
    nothing = {"current": None, "head": HEAD, "at_head": False}
    assert bare.document("db", "current") == nothing
    assert bare.document("db", "upgrade") == {"before": None, "after": HEAD}
    assert bare.document("db", "upgrade") == {"before": HEAD, "after": HEAD}
    assert bare.document("db", "current")["at_head"] is True
    assert bare.document("db", "downgrade", "-1", "--yes")["before"] == HEAD
    assert bare.document("db", "downgrade", "base", "--yes")["after"] is None
    assert own_tables(bare) == set()


def test_one_step_up(bare: Host) -> None:
    first = "wx0001_create_provider"
    assert bare.document("db", "upgrade", first) == {"before": None, "after": first}
    checked = bare.document("db", "check", status=1)
    assert (checked["ok"], checked["current"], checked["head"]) == (False, first, HEAD)


@pytest.mark.parametrize("typed", ["", "\n", "yes\n", "y\n", "YES!\n"])
def test_down_asks_for_a_typed_yes(ready: Host, typed: str) -> None:
    result = ready.run("db", "downgrade", "base", typed=typed)
    assert result.exit_code == 1
    assert "destroys every consent and the audit log" in result.output
    assert ready.document("db", "current")["at_head"] is True


def test_down_with_a_typed_yes(ready: Host) -> None:
    result = ready.run("db", "downgrade", "base", typed="YES\n")
    assert result.exit_code == 0
    assert f"The tables stand at nothing; they stood at {HEAD}." in result.output
    assert own_tables(ready) == set()


def test_check_at_head(ready: Host) -> None:
    expected = {"ok": True, "current": HEAD, "head": HEAD, "differences": []}
    assert ready.document("db", "check") == expected
    assert HEAD in ready.run("db", "check").output


def test_check_names_a_difference(ready: Host) -> None:
    with ready.app.app_context(), current_state.engine.begin() as connection:
        connection.execute(text("ALTER TABLE wilma_ext_handle ADD COLUMN extra INTEGER"))
    result = ready.run("db", "check")
    assert result.exit_code == 1
    assert "extra" in result.output


@pytest.mark.parametrize("dialect", ["postgresql", "sqlite"])
def test_sql_of_either_engine(bare: Host, dialect: str) -> None:
    printed = bare.document("db", "sql", "--dialect", dialect)
    assert printed["dialect"] == dialect
    assert "CREATE TABLE wilma_ext_consent_form" in printed["sql"]
    assert ("plpgsql" in printed["sql"]) is (dialect == "postgresql")
    assert own_tables(bare) == set()


def test_sql_is_of_the_apps_own_engine(bare: Host, engine_name: str) -> None:
    assert bare.document("db", "sql")["dialect"] == engine_name
    assert "CREATE TABLE wilma_ext_provider" in bare.run("db", "sql").output


@pytest.mark.parametrize("command", [("upgrade",), ("downgrade", "--yes")])
def test_an_unknown_revision_is_told_in_words(ready: Host, command: tuple[str, ...]) -> None:
    result = ready.run("db", *command, "wx9999_nothing")
    assert result.exit_code == 1
    assert "wx9999_nothing" in result.output
    assert "Traceback" not in result.output


@pytest.mark.parametrize("words", [("provider", "list"), ("audit", "verify")])
def test_other_commands_need_the_tables(bare: Host, words: tuple[str, ...]) -> None:
    result = bare.run(*words)
    assert result.exit_code == 1
    assert "run `flask wilma-ext db upgrade`" in result.output


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_an_app_without_a_database_is_told_in_words(bare: Host) -> None:
    with bare.app.app_context():
        current_state.database = None
    result = bare.run("db", "current")
    assert result.exit_code == 1
    assert "needs the host's SQLAlchemy or an engine" in result.output
    with bare.app.app_context():
        current_state.database = bare.app.extensions["sqlalchemy"]
