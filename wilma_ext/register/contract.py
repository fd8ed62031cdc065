"""Whether a host's SELECTs keep the column contract: names and types, without a database."""

from dataclasses import dataclass

from sqlalchemy import Boolean, Date, DateTime, Integer, Numeric, String
from sqlalchemy.types import TypeEngine

from wilma_ext.errors import RegisterError
from wilma_ext.register.columns import CONTRACT, Column, Kind
from wilma_ext.register.reference import family
from wilma_ext.register.school import SchoolRegister

_TYPES: dict[Kind, tuple[type, ...]] = {
    Kind.TEXT: (String,),
    Kind.DATE: (Date,),
    Kind.INSTANT: (DateTime,),
    Kind.TRUTH: (Boolean,),
    Kind.INTEGER: (Integer,),
    Kind.NUMBER: (Integer, Numeric),
}


@dataclass(frozen=True)
class Breach:
    """One way in which a SELECT breaks the contract, and what to do."""

    select: str
    column: str
    problem: str
    advice: str


def check_contract(register: SchoolRegister) -> None:
    """Refuse to start on a register that breaks the contract, naming every breach."""
    breaches = breaches_of(register)
    if breaches:
        lines = [f"{b.select}.{b.column}: {b.problem}. {b.advice}" for b in breaches]
        raise RegisterError("the register breaks the column contract:\n" + "\n".join(lines))


def breaches_of(register: SchoolRegister) -> list[Breach]:
    """Return every missing or mistyped column of the host's SELECTs."""
    found = []
    for name, select in register.selects().items():
        columns = select.selected_columns
        for wanted in CONTRACT[name]:
            given = columns.get(wanted.name)
            if given is None:
                found += [_missing(name, wanted)] if wanted.required else []
            elif not _fits(wanted, given.type):
                found.append(_mistyped(name, wanted, given.type))
    return found + _declared(register)


def _fits(wanted: Column, kind: TypeEngine[object]) -> bool:
    if wanted.kind == Kind.ID:
        try:
            family(kind)
        except RegisterError:
            return False
        return True
    return isinstance(kind, _TYPES[wanted.kind])


def _missing(select: str, wanted: Column) -> Breach:
    advice = f'Add a {wanted.kind} column labelled "{wanted.name}" to the SELECT.'
    return Breach(select, wanted.name, "the column is missing", advice)


def _mistyped(select: str, wanted: Column, kind: TypeEngine[object]) -> Breach:
    problem = f"the column is {kind!r}, the contract wants {wanted.kind}"
    return Breach(select, wanted.name, problem, "Give the expression that type, e.g. type_coerce.")


def _declared(register: SchoolRegister) -> list[Breach]:
    found = []
    for category in register.categories:
        names = {"pupil_id", "day", *(column.name for column in category.columns)}
        for missing in sorted(names - set(category.select.selected_columns.keys())):
            advice = "Add it to the SELECT, or take it out of the declaration."
            found.append(Breach(category.key, missing, "the column is missing", advice))
    return found
