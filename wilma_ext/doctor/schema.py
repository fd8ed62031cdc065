"""The plugin's own tables: at the code's revision, without a difference, append-only."""

from collections.abc import Iterator

from sqlalchemy import text

from wilma_ext import migrate
from wilma_ext.doctor.finding import Finding, error, listed, ok
from wilma_ext.doctor.patient import Patient
from wilma_ext.models import AuditEvent, AuditLink

#: Enabled triggers by table.
_TRIGGERS = {
    "sqlite": "SELECT tbl_name, count(*) FROM sqlite_master WHERE type = 'trigger' GROUP BY 1",
    "postgresql": (
        "SELECT c.relname, count(*) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
        "WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A') "
        "AND pg_table_is_visible(c.oid) GROUP BY 1"
    ),
}
#: How many an append-only table has: SQLite also refuses to replace a row.
_NEEDED = {"sqlite": 3, "postgresql": 2}


def schema_findings(patient: Patient) -> Iterator[Finding]:
    """Check the revision, the tables and the triggers that keep the log append-only."""
    found, wanted = migrate.current(patient.engine), migrate.head()
    if found != wanted:
        message = f"the tables stand at {found or 'nothing'}, the code needs {wanted}"
        yield error("schema_revision", "schema", message, "Run `flask wilma-ext db upgrade`.")
        return
    yield ok("schema_revision", "schema", f"the tables stand at {wanted}, as the code needs")
    differences = [str(difference) for difference in migrate.differences(patient.engine)]
    if differences:
        message = f"the tables differ from the code's: {listed(differences, 3)}"
        advice = "Somebody changed them by hand: restore them from a backup."
        yield error("schema_differs", "schema", message, advice)
    yield from _append_only(patient)


def at_head(patient: Patient) -> bool:
    """Tell whether the plugin's tables can be read at all."""
    return migrate.current(patient.engine) == migrate.head()


def _append_only(patient: Patient) -> Iterator[Finding]:
    dialect = patient.engine.dialect.name
    with patient.look() as connection:
        there = {row[0]: row[1] for row in connection.execute(text(_TRIGGERS[dialect]))}
    for table in (AuditLink.__tablename__, AuditEvent.__tablename__):
        if there.get(table, 0) >= _NEEDED[dialect]:
            yield ok("append_only", table, "the database refuses to change or delete its rows")
        else:
            message = "the triggers that keep it append-only are missing or switched off"
            advice = "Find out who did that; `flask wilma-ext audit verify` walks the log."
            yield error("append_only", table, message, advice)
