"""The audit log: one hash chain per provider; append-only by triggers (D10, design 6)."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from wilma_ext.models.base import Base, Ref, Word


class AuditHead(Base):
    """The end of a provider's chain; its row is the lock under which events are appended."""

    __tablename__ = "wilma_ext_audit_head"

    provider_ref: Mapped[str] = mapped_column(String(200), primary_key=True)
    sequence: Mapped[int] = mapped_column(BigInteger)
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))
    at: Mapped[datetime | None]


class AuditLink(Base):
    """One link of the chain; kept for ever, also after the event's contents were destroyed."""

    __tablename__ = "wilma_ext_audit_link"

    provider_ref: Mapped[str] = mapped_column(String(200), primary_key=True)
    sequence: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    version: Mapped[int]
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    hash: Mapped[bytes] = mapped_column(LargeBinary(32))


class AuditEvent(Base):
    """The stored bytes of an event and their searchable projection."""

    __tablename__ = "wilma_ext_audit_event"
    __table_args__ = (
        Index(None, "provider_ref", "at"),
        Index(None, "provider_ref", "pupil_ref", "sequence"),
        Index(None, "provider_ref", "actor_ref", "sequence"),
        Index(None, "provider_ref", "event", "sequence"),
    )

    provider_ref: Mapped[str] = mapped_column(String(200), primary_key=True)
    sequence: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    #: The canonical UTF-8 JSON whose SHA-256 is the link's digest.
    canon: Mapped[bytes]
    at: Mapped[datetime]
    event: Mapped[Word]
    actor_ref: Mapped[Ref]
    actor_role: Mapped[Word]
    pupil_ref: Mapped[str | None] = mapped_column(String(200))
    outcome: Mapped[Word]
