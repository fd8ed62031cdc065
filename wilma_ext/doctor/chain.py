"""The end of every provider's audit chain; `audit verify` walks the whole."""

from collections.abc import Iterator

from sqlalchemy import Executable, select
from sqlalchemy.orm import Session

from wilma_ext.doctor.finding import Finding, counted, error, ok
from wilma_ext.doctor.patient import Patient
from wilma_ext.doctor.schema import at_head
from wilma_ext.doctor.snapshot import snapshot
from wilma_ext.models import AuditEvent, AuditHead, AuditLink
from wilma_ext.oversight.chain import GENESIS, digest_of, hash_of

#: How many events at the end are looked at.
LAST = 1000


def chain_findings(patient: Patient) -> Iterator[Finding]:
    """Check the last events of every chain: their contents, their links and the head."""
    if not at_head(patient):
        return
    with snapshot(patient.engine) as session:
        heads = session.scalars(select(AuditHead).order_by(AuditHead.provider_ref)).all()
        if not heads:
            yield ok("audit_chain", "audit log", "there is no event yet")
        for head in heads:
            yield _told(head, _first_bad(session, head))


def _told(head: AuditHead, bad: int | None) -> Finding:
    subject = f"audit log of provider {head.provider_ref}"
    if bad is None:
        last = counted(min(head.sequence, LAST), "event")
        return ok("audit_chain", subject, f"the last {last} of {head.sequence} hold")
    message = f"event {bad} is not what was written"
    command = f"flask wilma-ext audit verify --provider {head.provider_ref}"
    advice = f"Keep the database as it is, for whoever finds out why; run `{command}`."
    return error("audit_chain", subject, message, advice)


def _first_bad(session: Session, head: AuditHead) -> int | None:
    """Return the sequence of the first link that does not hold, none where all do."""
    before = max(head.sequence - LAST, 0)
    previous = GENESIS
    if before:
        link = session.get(AuditLink, (head.provider_ref, before))
        if link is None:
            return before
        previous = link.hash
    expected = before
    for link, canon in session.execute(_links(head.provider_ref, before)):
        expected += 1
        if link.sequence != expected or not _holds(link, canon, previous):
            return expected
        previous = link.hash
    whole = head.sequence == expected and head.hash == previous
    return None if whole else expected + 1


def _links(provider_ref: str, before: int) -> Executable:
    same = (AuditEvent.provider_ref == AuditLink.provider_ref) & (
        AuditEvent.sequence == AuditLink.sequence
    )
    return (
        select(AuditLink, AuditEvent.canon)
        .outerjoin(AuditEvent, same)
        .where(AuditLink.provider_ref == provider_ref, AuditLink.sequence > before)
        .order_by(AuditLink.sequence)
    )


def _holds(link: AuditLink, canon: bytes | None, previous: bytes) -> bool:
    whole = (isinstance(value, bytes) for value in (canon, link.digest, link.hash))
    if canon is None or not all(whole) or digest_of(canon) != link.digest:
        return False
    return hash_of(link.version, previous, link.digest) == link.hash
