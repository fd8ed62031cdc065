"""A sample of each SELECT's rows: are the values really what their types say."""

import re
import uuid
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, FromClause, select, type_coerce
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.types import NullType

from wilma_ext.doctor.finding import Finding, error, listed, ok
from wilma_ext.doctor.patient import Patient
from wilma_ext.errors import NotFound, RegisterError
from wilma_ext.register import CONTRACT, Kind
from wilma_ext.register.reference import as_reference, parse

#: Rows looked at in each SELECT.
SAMPLE = 500

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_INSTANT = re.compile(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(\.\d{1,6})?")


def _is_date(value: Any) -> bool:
    return isinstance(value, date) and not isinstance(value, datetime)


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


_FITS: dict[Kind, Callable[[Any], bool]] = {
    Kind.TEXT: lambda value: isinstance(value, str),
    Kind.DATE: _is_date,
    Kind.INSTANT: lambda value: isinstance(value, datetime),
    Kind.TRUTH: lambda value: isinstance(value, bool),
    Kind.INTEGER: _is_whole,
    Kind.NUMBER: lambda value: _is_whole(value) or isinstance(value, float | Decimal),
}

#: How SQLite must have stored what is compared as text or number: it keeps no types itself.
_STORED: dict[Kind, Callable[[Any], bool]] = {
    Kind.DATE: lambda value: isinstance(value, str) and bool(_DAY.fullmatch(value)),
    Kind.INSTANT: lambda value: isinstance(value, str) and bool(_INSTANT.fullmatch(value)),
    Kind.TRUTH: lambda value: value in (0, 1) and isinstance(value, int),
}

_ADVICE = {
    Kind.ID: "Leave ids in their own type, without spaces around them; do not cast them.",
    Kind.DATE: "Store dates as 2026-11-21 in a DATE column.",
    Kind.INSTANT: "Store instants in a column of SQLAlchemy's DateTime type.",
    Kind.TRUTH: "Make the column a real boolean, e.g. with a comparison in the SELECT.",
}


def sample_findings(patient: Patient) -> Iterator[Finding]:
    """Check the values of every column of every SELECT, one by one."""
    for name, statement in patient.selects().items():
        source = statement.subquery()
        wrong: list[Finding] = []
        for column, kind in _columns(patient, name):
            if column in source.c:
                wrong += _checked(patient, f"{name}.{column}", source, column, kind)
        yield from wrong
        if not wrong:
            yield ok("values", name, "the values are what their types say")


def _columns(patient: Patient, name: str) -> list[tuple[str, Kind]]:
    if name in CONTRACT:
        return [(column.name, column.kind) for column in CONTRACT[name]]
    declared = next(c.columns for c in patient.register.categories if c.key == name)
    own = [(column.name, column.kind) for column in declared]
    return [("pupil_id", Kind.ID), ("day", Kind.DATE), *own]


def _checked(
    patient: Patient, subject: str, source: FromClause, column: str, kind: Kind
) -> list[Finding]:
    advice = _ADVICE.get(kind, f"Give the column the type {kind}.")
    try:
        with patient.look() as connection:
            wrong = _wrong(connection, source, column, kind)
    except (SQLAlchemyError, ValueError, TypeError) as problem:
        words = str(getattr(problem, "orig", None) or problem).strip().splitlines()[0]
        message = f"a value cannot be read as {kind}: {words}"
        return [error("value_unreadable", subject, message, advice)]
    if not wrong:
        return []
    message = f"not {_article(kind)}: {listed([repr(value) for value in wrong], 3)}"
    return [error("value_wrong", subject, message, advice)]


def _wrong(connection: Connection, source: FromClause, column: str, kind: Kind) -> list[Any]:
    expression = source.c[column]
    raw = select(type_coerce(expression, NullType()))
    if connection.dialect.name == "sqlite" and kind in _STORED:
        stored = connection.scalars(raw.where(expression.is_not(None)).limit(SAMPLE)).all()
        badly = [value for value in stored if not _STORED[kind](value)]
        if badly:
            return badly
    values = connection.scalars(select(expression).where(expression.is_not(None)).limit(SAMPLE))
    if kind == Kind.ID:
        return [value for value in values if not _round_trips(value, expression.type)]
    return [value for value in values if not _FITS[kind](value)]


def _round_trips(value: Any, kind: Any) -> bool:
    if not isinstance(value, int | str | uuid.UUID) or isinstance(value, bool):
        return False
    try:
        return parse(as_reference(value), kind) == value
    except (NotFound, RegisterError):
        return False


def _article(kind: Kind) -> str:
    return (
        "an id that can be written down and found again" if kind == Kind.ID else f"of kind {kind}"
    )
