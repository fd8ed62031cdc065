"""The hash chain of one provider: how a link is computed, appended and verified (design 6)."""

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from wilma_ext.models import AuditEvent, AuditHead, AuditLink
from wilma_ext.models.base import STORED
from wilma_ext.oversight.canon import canonical
from wilma_ext.oversight.event import Recorded

VERSION = 1
#: What stands before the first link.
GENESIS = bytes(32)


def digest_of(canon: bytes) -> bytes:
    """Return the digest of an event's stored bytes."""
    return hashlib.sha256(canon).digest()


def hash_of(version: int, previous: bytes, digest: bytes) -> bytes:
    """Return SHA-256(0x00 | version | previous | digest)."""
    return hashlib.sha256(b"\x00" + bytes([version]) + previous + digest).digest()


def append(session: Session, events: Sequence[Recorded], at: datetime) -> None:
    """Append the events to their providers' chains; the last statements before the commit.

    Taken early, the head's row lock deadlocks and fell to a fiftieth of the speed.
    """
    ordered = sorted(events, key=lambda event: event.provider_ref)
    for provider_ref, group in groupby(ordered, key=lambda event: event.provider_ref):
        _append(session, provider_ref, list(group), at)


def _append(session: Session, provider_ref: str, events: list[Recorded], at: datetime) -> None:
    head = _take_head(session, provider_ref, len(events))
    at = max(at, head.at or at)
    previous, sequence = head.hash, head.sequence - len(events)
    links, rows = [], []
    for event in events:
        sequence += 1
        canon = canonical(_document(event, sequence, at))
        digest = digest_of(canon)
        previous = hash_of(VERSION, previous, digest)
        key = {"provider_ref": provider_ref, "sequence": sequence}
        links.append({**key, "version": VERSION, "digest": digest, "hash": previous})
        rows.append({**key, "canon": canon, "at": at, **_projection(event)})
    session.execute(insert(AuditLink), links)
    session.execute(insert(AuditEvent), rows)
    session.execute(
        update(AuditHead)
        .where(AuditHead.provider_ref == provider_ref)
        .values(hash=previous, at=at)
        .execution_options(synchronize_session=False)
    )


@dataclass(frozen=True)
class _Head:
    sequence: int
    hash: bytes
    at: datetime | None


def _take_head(session: Session, provider_ref: str, count: int) -> _Head:
    """Move the head forward by `count` and hold its row; begin the chain where there is none."""
    statement = (
        update(AuditHead)
        .where(AuditHead.provider_ref == provider_ref)
        .values(sequence=AuditHead.sequence + count)
        .returning(AuditHead.sequence, AuditHead.hash, AuditHead.at)
        .execution_options(synchronize_session=False)
    )
    row = session.execute(statement).one_or_none()
    if row is None:
        _begin(session, provider_ref)
        row = session.execute(statement).one()
    return _Head(*row)


def _begin(session: Session, provider_ref: str) -> None:
    try:
        with session.begin_nested():
            session.execute(
                insert(AuditHead).values(
                    provider_ref=provider_ref, sequence=0, hash=GENESIS, at=None
                )
            )
    except IntegrityError:
        return  # another transaction began the same chain first


def _document(event: Recorded, sequence: int, at: datetime) -> dict[str, object]:
    return {
        "v": VERSION,
        "nonce": secrets.token_hex(16),
        "sequence": sequence,
        "at": at.strftime(STORED),
        "event": event.event.value,
        "actor": {"ref": event.actor.ref, "role": event.actor.role},
        "pupil": event.pupil_ref,
        "outcome": event.outcome.value,
        "source": event.source,
        "data": dict(event.data),
    }


def _projection(event: Recorded) -> dict[str, object]:
    return {
        "event": event.event.value,
        "actor_ref": event.actor.ref,
        "actor_role": event.actor.role,
        "pupil_ref": event.pupil_ref,
        "outcome": event.outcome.value,
    }


@dataclass(frozen=True)
class Verified:
    """What a walk along a chain found: how far it holds, and the first bad link if any."""

    checked: int
    bad_sequence: int | None
    problem: str

    @property
    def holds(self) -> bool:
        """Whether every link up to the head holds."""
        return self.bad_sequence is None


def verify(session: Session, provider_ref: str) -> Verified:
    """Walk a provider's chain from its start: links, stored bytes, no gap, and the head.

    The head is read before and after the walk, because events may be appended meanwhile.
    """
    before = _head_now(session, provider_ref)
    links = session.execute(
        select(AuditLink, AuditEvent)
        .outerjoin(
            AuditEvent,
            (AuditEvent.provider_ref == AuditLink.provider_ref)
            & (AuditEvent.sequence == AuditLink.sequence),
        )
        .where(AuditLink.provider_ref == provider_ref)
        .order_by(AuditLink.sequence)
        .execution_options(yield_per=1000)
    )
    found = _walk((link, event) for link, event in links)
    links.close()
    if not found.holds:
        return found
    return _against_heads(session, provider_ref, found, before)


def _walk(links: Iterable[tuple[AuditLink, AuditEvent | None]]) -> Verified:
    previous, expected = GENESIS, 0
    for link, event in links:
        expected += 1
        problem = _problem(link, event, previous, expected)
        if problem:
            return Verified(expected - 1, expected, problem)
        previous = link.hash
    return Verified(expected, None, "")


def _problem(link: AuditLink, event: AuditEvent | None, previous: bytes, expected: int) -> str:
    if link.sequence != expected:
        return "missing"
    canon = event.canon if event else None
    if not isinstance(canon, bytes) or not hmac.compare_digest(digest_of(canon), link.digest):
        return "contents"
    if event is None or not _is_filed_right(canon, event):
        return "columns"
    if not hmac.compare_digest(hash_of(link.version, previous, link.digest), link.hash):
        return "link"
    return ""


def _is_filed_right(canon: bytes, event: AuditEvent) -> bool:
    """Whether the searchable columns, which pages read, say what the stored bytes say."""
    try:
        document = json.loads(canon)
        actor = document["actor"]
        written = (
            document["at"],
            document["event"],
            actor["ref"],
            actor["role"],
            document["pupil"],
            document["outcome"],
        )
    except (ValueError, KeyError, TypeError):
        return False
    filed = (event.event, event.actor_ref, event.actor_role, event.pupil_ref, event.outcome)
    return written == (event.at.strftime(STORED), *filed)


def _against_heads(session: Session, provider_ref: str, found: Verified, before: _Head) -> Verified:
    """The head tells how many links there are and which hash the last one has."""
    after = _head_now(session, provider_ref)
    last = session.get(AuditLink, (provider_ref, before.sequence)) if before.sequence else None
    known = last.hash if last else GENESIS
    if after.sequence == 0 and found.checked:
        return Verified(found.checked, found.checked, "head")
    counted = before.sequence <= found.checked <= after.sequence
    if not counted or not hmac.compare_digest(before.hash, known):
        return Verified(found.checked, found.checked + 1, "head")
    return found


def _head_now(session: Session, provider_ref: str) -> _Head:
    head = session.get(AuditHead, provider_ref, populate_existing=True)
    return _Head(0, GENESIS, None) if head is None else _Head(head.sequence, head.hash, head.at)
