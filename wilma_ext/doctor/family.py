"""Families: pupils for whom nobody can decide."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

from sqlalchemy import ColumnElement, Date, FromClause, bindparam, exists, false, func, select, true

from wilma_ext.clock import birthday_cutoff, civil_date
from wilma_ext.doctor.finding import Finding, ok, warning
from wilma_ext.doctor.patient import Patient
from wilma_ext.register.relation import column, relation
from wilma_ext.rights.access.period import live_on_day

ADULT = 18


def family_findings(patient: Patient) -> Iterator[Finding]:
    """Count the enrolled pupils under 18 without a guardian, or without one who decides."""
    today = civil_date(datetime.now(UTC))
    minors = patient.counts["enrolled_minors"] = _minors(patient, today)
    alone = patient.counts["pupils_without_guardians"] = _minors(patient, today, decides=False)
    closed = patient.counts["pupils_without_decider"] = _minors(patient, today, decides=True)
    if closed:
        message = (
            f"{closed} of {minors} enrolled pupils under {ADULT} have no guardian who may decide "
            f"({alone} have no guardian at all): nobody can consent for them"
        )
        advice = "Check guardianships: may_decide, restricted_information and the dates."
        yield warning("family", "guardianships", message, advice)
    else:
        message = f"each of {minors} enrolled pupils under {ADULT} has a guardian who may decide"
        yield ok("family", "guardianships", message)


def _minors(patient: Patient, today: date, *, decides: bool | None = None) -> int:
    """Count minors; with `decides`, those without any guardian, or without one who decides."""
    pupil = relation(patient.register, "pupils")
    guardian = relation(patient.register, "guardianships")
    born = bindparam("born", birthday_cutoff(today, ADULT), Date)
    statement = (
        select(func.count())
        .select_from(pupil)
        .where(pupil.c.enrolled.is_(true()), pupil.c.birth_date > born)
    )
    if decides is not None:
        mine = exists(select(guardian.c.pupil_id)).where(guardian.c.pupil_id == pupil.c.id)
        if decides:
            mine = mine.where(*_entitled(guardian))
        statement = statement.where(~mine.correlate(pupil))
    with patient.look() as connection:
        return int(connection.scalar(statement, {"day": today} if decides else {}) or 0)


def _entitled(guardian: FromClause) -> list[ColumnElement[bool]]:
    return [
        guardian.c.may_decide.is_(true()),
        guardian.c.restricted_information.is_(false()),
        live_on_day(column(guardian, "valid_from"), column(guardian, "valid_until")),
    ]
