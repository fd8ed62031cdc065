"""How the database would reach one row by its id: by an index, or by reading a whole table."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Select, func, select, text

from wilma_ext.doctor.finding import Finding, listed, ok, warning
from wilma_ext.doctor.patient import Patient

#: A table with fewer rows (SQLite) or bytes (PostgreSQL) is read as a whole without harm.
BIG_ROWS, BIG_BYTES = 1000, 256 * 1024

#: By which id a SELECT is entered on every decision; every other one by its pupil.
_ENTERED_BY = {"pupils": "id", "people": "id", "schools": "id", "offices": "person_id"}


def plan_findings(patient: Patient) -> Iterator[Finding]:
    """Ask the database for its plan of each access by id; a cast or a missing index shows there."""
    for name, statement in patient.selects().items():
        column = _ENTERED_BY.get(name, "pupil_id")
        with patient.look() as connection:
            scanned = _scanned(connection, statement, column)
        subject = f"{name}.{column}"
        if scanned:
            message = f"a look-up by this id reads the whole of {listed(scanned)}"
            advice = (
                "Add an index on the host's column, and do not cast or compute it in the SELECT."
            )
            yield warning("plan_scans", subject, message, advice)
        else:
            yield ok("plan", subject, "a look-up by this id reads no big table as a whole")


def _scanned(connection: Connection, statement: Select[Any], column: str) -> list[str]:
    source = statement.subquery()
    sample = connection.scalar(
        select(source.c[column]).where(source.c[column].is_not(None)).limit(1)
    )
    if sample is None:
        return []
    entered = select(source).where(source.c[column] == sample)
    sql = str(entered.compile(connection, compile_kwargs={"literal_binds": True}))
    if connection.dialect.name == "postgresql":
        return _scanned_by_postgresql(connection, sql)
    return _scanned_by_sqlite(connection, sql, source)


def _scanned_by_postgresql(connection: Connection, sql: str) -> list[str]:
    """Discourage whole reads, so that a plan with one says that no index can serve at all."""
    connection.execute(text("SET LOCAL enable_seqscan = off"))
    if connection.dialect.paramstyle == "pyformat":
        sql = sql.replace("%", "%%")
    plan = connection.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {sql}").scalar_one()
    names = {node["Relation Name"] for node in _nodes(plan[0]["Plan"]) if _is_scan(node)}
    size = text("SELECT pg_relation_size(to_regclass(quote_ident(:name)))")
    return sorted(
        name for name in names if (connection.scalar(size, {"name": name}) or 0) > BIG_BYTES
    )


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for below in node.get("Plans", ()):
        yield from _nodes(below)


def _is_scan(node: dict[str, Any]) -> bool:
    """A whole read, or an index read from its beginning to its end."""
    kind = node["Node Type"]
    whole_index = kind in ("Index Scan", "Index Only Scan") and "Index Cond" not in node
    return "Relation Name" in node and (kind == "Seq Scan" or whole_index)


def _scanned_by_sqlite(connection: Connection, sql: str, source: Any) -> list[str]:
    plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}").all()
    words = (str(step[3]).split() for step in plan)
    names = {step[1] for step in words if len(step) > 1 and step[0] == "SCAN"}
    names -= {"CONSTANT", "TABLE"}
    whole = connection.scalar(select(func.count()).select_from(source)) or 0
    return sorted(name for name in names if (_rows(connection, name) or whole) > BIG_ROWS)


def _rows(connection: Connection, name: str) -> int | None:
    """Count a table's rows; an alias or a subquery has no count of its own."""
    table = connection.dialect.identifier_preparer.quote(name)
    known = text("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = :name")
    if not connection.scalar(known, {"name": name}):
        return None
    sql = f"SELECT count(*) FROM {table}"  # noqa: S608 - quoted, and a table's name
    return connection.exec_driver_sql(sql).scalar()
