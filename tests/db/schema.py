"""What stands in a database, in a form that can be compared."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine, Inspector, TextClause, inspect, text


def tables(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names())


def rows(engine: Engine, names: set[str]) -> dict[str, int]:
    with engine.connect() as connection:
        return {
            name: connection.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one()
            for name in sorted(names)
        }


def description(engine: Engine, prefix: str) -> dict[str, dict[str, Any]]:
    """Describe every table with this prefix, whatever the order in which it was made."""
    inspector = inspect(engine)
    return {
        name: _table(inspector, name)
        for name in inspector.get_table_names()
        if name.startswith(prefix) and not name.endswith("alembic_version")
    }


def _table(inspector: Inspector, name: str) -> dict[str, Any]:
    kinds: dict[str, Callable[[str], Any]] = {
        "foreign keys": inspector.get_foreign_keys,
        "uniques": inspector.get_unique_constraints,
        "checks": inspector.get_check_constraints,
        "indexes": inspector.get_indexes,
    }
    described: dict[str, Any] = {
        kind: sorted(str(_plain(item)) for item in reflect(name)) for kind, reflect in kinds.items()
    }
    described["primary key"] = inspector.get_pk_constraint(name)
    described["columns"] = {
        column["name"]: (repr(column["type"]), column["nullable"], column.get("default"))
        for column in inspector.get_columns(name)
    }
    return described


def _plain(value: Any) -> Any:
    """Return the text of an SQL expression, which has no equality of its own."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in sorted(value.items())}
    return str(value) if isinstance(value, TextClause) else value
