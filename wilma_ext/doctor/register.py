"""The host's SELECTs against the column contract, and what the absent ones cost."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy.types import TypeEngine

from wilma_ext.doctor.finding import Finding, error, ok, warning
from wilma_ext.doctor.patient import Patient
from wilma_ext.errors import RegisterError
from wilma_ext.register import CONTRACT, CONTRACT_VERSION, OPTIONAL_SELECTS
from wilma_ext.register.contract import breaches_of
from wilma_ext.register.reference import family

#: A host that leaves these out has nothing to show.
_DATA = ("lesson_notes", "grades")


def register_findings(patient: Patient) -> Iterator[Finding]:
    """Check names and types of all columns; no row is read."""
    breaches = breaches_of(patient.register)
    for breach in breaches:
        subject = f"{breach.select}.{breach.column}"
        yield error("contract", subject, breach.problem, breach.advice)
    if not breaches:
        message = f"every SELECT keeps the column contract, version {CONTRACT_VERSION}"
        yield ok("contract", "register", message)
    yield from _absent(patient)
    yield from _id_types(patient)


def _absent(patient: Patient) -> Iterator[Finding]:
    selects = patient.register.selects()
    for name, columns in CONTRACT.items():
        if name in selects:
            given = selects[name].selected_columns
            for column in columns:
                if not column.required and column.name not in given:
                    yield ok("column_absent", f"{name}.{column.name}", f"absent: {column.without}")
        elif name in _DATA:
            advice = f"Give the register a SELECT {name!r} if the host has such data."
            yield warning("select_absent", name, f"absent: {OPTIONAL_SELECTS[name]}", advice)
        else:
            yield ok("select_absent", name, f"absent: {OPTIONAL_SELECTS[name]}")


def _id_types(patient: Patient) -> Iterator[Finding]:
    """An id must have the type of the id that it repeats: host meets host natively (D2)."""
    selects = patient.register.selects()
    for name, select in selects.items():
        for column in CONTRACT[name]:
            target = selects.get(column.points_to)
            if target is None or column.name not in select.selected_columns:
                continue
            mine = _family(select.selected_columns[column.name].type)
            theirs = _family(target.selected_columns["id"].type)
            if mine != theirs:
                message = f"the ids are of type {mine}, those of {column.points_to} {theirs}"
                advice = "Give both the column's own type; do not cast ids."
                yield error("id_types", f"{name}.{column.name}", message, advice)


def _family(kind: TypeEngine[Any]) -> str:
    try:
        return family(kind)
    except RegisterError:
        return f"unknown ({kind!r})"
