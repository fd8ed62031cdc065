"""Do the ids of one SELECT lead to rows of another."""

from collections.abc import Iterator

from sqlalchemy import FromClause, exists, func, select

from wilma_ext.doctor.finding import Finding, counted, error, ok, warning
from wilma_ext.doctor.patient import Patient
from wilma_ext.register import CONTRACT

#: An id that leads nowhere here makes people or rights vanish; elsewhere the row is just not used.
_VITAL = {
    ("pupils", "school_id"),
    ("guardianships", "guardian_id"),
    ("offices", "person_id"),
    ("offices", "school_id"),
    ("offices", "provider_id"),
}


def link_findings(patient: Patient) -> Iterator[Finding]:
    """Count the rows whose ids lead nowhere."""
    selects = patient.selects()
    links = [
        (name, column.name, column.points_to, "id")
        for name in selects
        for column in CONTRACT.get(name, ())
        if column.points_to
    ]
    links += [(c.key, "pupil_id", "pupils", "id") for c in patient.register.categories]
    links.append(("offices", "provider_id", "schools", "provider_id"))
    for name, column, target, key in links:
        source, other = selects[name].subquery(), selects[target].subquery()
        if column in source.c and key in other.c:
            number = _astray(patient, source, column, other, key)
            yield _told(name, column, target, number)


def _astray(patient: Patient, source: FromClause, column: str, other: FromClause, key: str) -> int:
    found = exists(select(other.c[key])).where(other.c[key] == source.c[column]).correlate(source)
    statement = (
        select(func.count()).select_from(source).where(source.c[column].is_not(None), ~found)
    )
    with patient.look() as connection:
        return int(connection.scalar(statement) or 0)


def _told(name: str, column: str, target: str, number: int) -> Finding:
    subject = f"{name}.{column}"
    if not number:
        return ok("link", subject, f"every id leads to a row of {target}")
    message = f"{counted(number, 'row leads', 'rows lead')} to nothing in {target}"
    if (name, column) in _VITAL:
        advice = f"Let {target} give these rows too, or leave the rows of {name} out."
        return error("link", subject, message, advice)
    return warning("link", subject, message, f"The rows are not used; leave them out of {name}.")
