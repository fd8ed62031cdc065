"""How many rows each SELECT gives: NULLs, repeated ids, and rows that the host itself hides."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import FromClause, Select, func, select
from sqlalchemy.exc import SQLAlchemyError

from wilma_ext.doctor.finding import Finding, counted, error, listed, ok, warning
from wilma_ext.doctor.patient import Patient
from wilma_ext.register import CONTRACT

#: Required columns that may be empty, at a price.
_MAY_BE_NULL = {"birth_date": "nobody can consent for them, so the consent route is closed"}


def count_findings(patient: Patient) -> Iterator[Finding]:
    """Run every SELECT over all its rows."""
    for name, statement in patient.selects().items():
        try:
            yield from _counted(patient, name, statement)
        except SQLAlchemyError as problem:
            words = str(getattr(problem, "orig", None) or problem).strip().splitlines()[0]
            advice = "Run the SELECT by hand with the rights of the app's database user."
            yield error("select_fails", name, f"the SELECT cannot be run: {words}", advice)


def _counted(patient: Patient, name: str, statement: Select[Any]) -> Iterator[Finding]:
    source = statement.subquery()
    required = [c.name for c in CONTRACT.get(name, ()) if c.required and c.name in source.c]
    required = required or ["pupil_id", "day"]
    columns = [func.count(source.c[column]) for column in required]
    with patient.look() as connection:
        total, *filled = connection.execute(
            select(func.count(), *columns).select_from(source)
        ).one()
        twice = _repeated(connection, source)
    patient.counts[name] = total
    if total:
        yield ok("rows", name, counted(total, "row"))
    else:
        yield warning("rows", name, "the SELECT gives no row", "Check its conditions and joins.")
    for column, number in zip(required, filled, strict=True):
        if number < total:
            yield _empty(name, column, total - number)
    if twice:
        message = f"an id is given more than once: {listed(twice)}"
        advice = "A join multiplies rows: make each id stand in one row."
        yield error("id_repeated", f"{name}.id", message, advice)
    yield from _hidden(patient, name, statement, total)


def _repeated(connection: Any, source: FromClause) -> list[str]:
    if "id" not in source.c:
        return []
    statement = (
        select(source.c.id)
        .where(source.c.id.is_not(None))
        .group_by(source.c.id)
        .having(func.count() > 1)
        .order_by(source.c.id)
        .limit(20)
    )
    return [str(value) for value in connection.scalars(statement)]


def _empty(name: str, column: str, number: int) -> Finding:
    rows = counted(number, "row is", "rows are")
    subject = f"{name}.{column}"
    if column in _MAY_BE_NULL:
        message = f"{rows} empty: {_MAY_BE_NULL[column]}"
        return warning("empty", subject, message, "Fill it in in the host where it is known.")
    advice = "Give a value (coalesce) or leave the row out: what is unknown denies."
    return error("empty", subject, f"{rows} empty in a column that must be filled", advice)


def _hidden(patient: Patient, name: str, statement: Select[Any], total: int) -> Iterator[Finding]:
    """Compare with the host's own session: a filter of its ORM must stand in the SELECT (D2)."""
    database = patient.state.database
    if database is None:
        return
    with database.session.session_factory() as session:
        seen = session.scalar(select(func.count()).select_from(statement.subquery()))
    if seen != total:
        message = f"the SELECT gives {counted(total, 'row')}, the host's own session {seen}"
        advice = "Write the host's soft delete or tenant filter into the SELECT."
        yield error("hidden_by_host", name, message, advice)
