"""Whether the periodic work of each provider is done."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from wilma_ext.doctor.finding import Finding, ok, warning
from wilma_ext.doctor.patient import Patient
from wilma_ext.doctor.schema import at_head
from wilma_ext.models import Provider, Tick

#: A nightly run may be two hours late.
LATEST = timedelta(hours=26)


def tick_findings(patient: Patient) -> Iterator[Finding]:
    """Check that `tick` ran lately; a provider that has just begun is given as long."""
    if not at_head(patient):
        return
    now = datetime.now(UTC)
    of_provider = Tick.provider_ref == Provider.ref
    columns: tuple[Any, ...] = (Provider.ref, Provider.created_at, Tick.ticked_at)
    statement = select(*columns).outerjoin(Tick, of_provider).order_by(Provider.ref)
    with patient.look() as connection:
        for ref, begun, ticked in connection.execute(statement).all():
            late = now - (ticked or begun) > LATEST
            yield _late(ref, ticked) if late else _in_time(ref, ticked)


def _in_time(ref: str, ticked: datetime | None) -> Finding:
    message = "the periodic work was done lately" if ticked else "the periodic work is not due yet"
    return ok("tick", f"provider {ref}", message)


def _late(ref: str, ticked: datetime | None) -> Finding:
    last = f"last on {ticked:%Y-%m-%d %H:%M} UTC" if ticked else "never"
    message = f"the periodic work was done {last}: changes of the register may go unnoticed"
    advice = "Let cron run `flask wilma-ext tick` at least once a day."
    return warning("tick_late", f"provider {ref}", message, advice)
