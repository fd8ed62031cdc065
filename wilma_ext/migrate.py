"""The plugin's schema: brought up or down by its own Alembic history (design D16)."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from wilma_ext.errors import SchemaError
from wilma_ext.models import PREFIX, Base

VERSION_TABLE = f"{PREFIX}alembic_version"

#: Two upgrades at once wait for each other on this PostgreSQL advisory lock.
_LOCK = 0x77696C6D61657874


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the schema up to the revision; several processes may do it at once."""
    with _locked(engine) as connection:
        command.upgrade(_config(connection), revision)


def downgrade(engine: Engine, revision: str) -> None:
    """Bring the schema down; `base` removes every table of the plugin and nothing else."""
    with _locked(engine) as connection:
        command.downgrade(_config(connection), revision)
        if revision == "base":
            connection.execute(text(f"DROP TABLE IF EXISTS {VERSION_TABLE}"))


def current(engine: Engine) -> str | None:
    """Return the revision that the database stands at, or none."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        return context.get_current_revision()


def head() -> str:
    """Return the revision that this code needs."""
    revision = ScriptDirectory.from_config(_config()).get_current_head()
    if revision is None:
        raise SchemaError("the package has no migrations")
    return revision


def require_head(engine: Engine) -> None:
    """Refuse to serve on any other schema than the code's own."""
    found, wanted = current(engine), head()
    if found != wanted:
        raise SchemaError(
            f"the tables of wilma_ext stand at {found or 'nothing'}, the code needs {wanted}: "
            "run `flask wilma-ext db upgrade`"
        )


def differences(engine: Engine) -> list[Any]:
    """Return what Alembic would still change to make the tables match the models."""
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "version_table": VERSION_TABLE,
                "include_name": lambda name, kind, _: kind != "table" or name.startswith(PREFIX),
                "compare_type": True,
            },
        )
        return list(compare_metadata(context, Base.metadata))


def sql(dialect: str, revision: str = "head") -> str:
    """Return the statements of an upgrade from nothing, for a database administrator to read."""
    output = io.StringIO()
    config = _config(output=output)
    config.attributes["dialect"] = dialect
    command.upgrade(config, revision, sql=True)
    return output.getvalue()


def hide_from_host(
    obj: Any, name: str | None, type_: str, reflected: bool, compare_to: Any
) -> bool:
    """Keep the plugin's tables out of the host's own autogenerate.

    Given to the host's Flask-Migrate as `include_object`.
    """
    table = name if type_ == "table" else getattr(getattr(obj, "table", None), "name", "")
    return not (table or "").startswith(PREFIX)


@contextmanager
def _locked(engine: Engine) -> Iterator[Connection]:
    """Open one transaction in which schema changes are all or nothing, one process at a time."""
    with engine.connect() as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SET LOCAL lock_timeout = '60s'"))
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        yield connection


def _config(connection: Connection | None = None, output: io.StringIO | None = None) -> Config:
    config = Config(stdout=io.StringIO(), output_buffer=output)
    config.set_main_option("script_location", _scripts().replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes.update(
        connection=connection, metadata=Base.metadata, prefix=PREFIX, version_table=VERSION_TABLE
    )
    return config


def _scripts() -> str:
    return str(Path(str(files("wilma_ext.migrations") / "env.py")).parent)
