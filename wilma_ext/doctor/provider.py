"""The providers of the host against those that use the plugin: can anybody do the work."""

from collections.abc import Iterator

from sqlalchemy import select

from wilma_ext.doctor.finding import Finding, listed, ok, warning
from wilma_ext.doctor.patient import Patient
from wilma_ext.doctor.schema import at_head
from wilma_ext.models import Provider
from wilma_ext.register.reference import as_reference
from wilma_ext.register.relation import relation
from wilma_ext.vocabulary import Office


def provider_findings(patient: Patient) -> Iterator[Finding]:
    """Check that each provider in use has schools, and somebody in each office."""
    if not at_head(patient):
        return
    school, office = relation(patient.register, "schools"), relation(patient.register, "offices")
    with patient.look() as connection:
        given = {
            as_reference(ref) for ref in connection.scalars(select(school.c.provider_id).distinct())
        }
        used = set(connection.scalars(select(Provider.ref)))
        rows = connection.execute(select(office.c.provider_id, office.c.office).distinct()).all()
    patient.counts["providers"] = len(used)
    held = {(as_reference(ref), word) for ref, word in rows}
    unused = sorted(given - used)
    if not used:
        advice = "Run `flask wilma-ext provider init`."
        yield warning("provider_none", "providers", "no provider uses the plugin yet", advice)
    elif unused:
        yield ok("provider_unused", "providers", f"not in use by: {listed(unused)}")
    for ref in sorted(used):
        yield _one(ref, known=ref in given, empty=[o for o in Office if (ref, o.value) not in held])


def _one(ref: str, *, known: bool, empty: list[Office]) -> Finding:
    subject = f"provider {ref}"
    if not known:
        advice = "Was its id changed in the host? The plugin's facts stand under the old one."
        return warning("provider_unknown", subject, "the host gives no school of it", advice)
    if empty:
        names = ", ".join(office.value for office in empty)
        message = f"nobody holds the office: {names}"
        return warning("office_empty", subject, message, "Let the offices SELECT give somebody.")
    return ok("provider", subject, "it has schools, and somebody in each office")
