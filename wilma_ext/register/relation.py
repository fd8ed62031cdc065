"""A SELECT of the host as a relation of one statement: always fresh, absent columns are NULL."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, FromClause, null

from wilma_ext.errors import RegisterError
from wilma_ext.register.columns import CONTRACT
from wilma_ext.register.reference import Native, known, parse
from wilma_ext.register.school import SchoolRegister


def relation(register: SchoolRegister, name: str) -> FromClause:
    """Return a fresh subquery of the named SELECT.

    Never a CTE: one used twice is materialised, and the host's indexes are lost (design D2).
    """
    select = register.selects().get(name)
    if select is None:
        raise RegisterError(f"the host gives no SELECT {name!r}")
    return select.subquery()


def column(source: FromClause, name: str) -> ColumnElement[Any]:
    """Return the named column, or NULL where the host leaves an optional one out."""
    found = source.c.get(name)
    return null() if found is None else found


def has(source: FromClause, name: str) -> bool:
    """Tell whether the host gives the optional column."""
    return name in source.c


def native_id(register: SchoolRegister, select: str, name: str, text: str) -> Native:
    """Return the id in the type of the host's column, or raise `NotFound`."""
    return parse(text, register.selects()[select].selected_columns[name].type)


def native_ids(
    register: SchoolRegister, select: str, name: str, refs: Iterable[str]
) -> dict[str, Native]:
    """Return the ids in the type of the host's column; one the host could not have is left out."""
    kind = id_type(register, select, name)
    found = {ref: known(ref, kind) for ref in sorted(refs)}
    return {ref: native for ref, native in found.items() if native is not None}


def id_type(register: SchoolRegister, select: str, name: str) -> Any:
    """Return the SQL type of a host id column."""
    if not any(column.name == name for column in CONTRACT[select]):
        raise RegisterError(f"{select} has no column {name!r}")
    return register.selects()[select].selected_columns[name].type
