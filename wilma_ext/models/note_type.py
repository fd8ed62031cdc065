"""What a provider says of the host's lesson-note types (P10)."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from wilma_ext.models.base import Base, Key, ProviderRef, Ref, Word


class NoteTypeRule(Base):
    """One version of the meaning of one code; the newest in force replaces the host's own."""

    __tablename__ = "wilma_ext_note_type"
    __table_args__ = (Index(None, "provider_ref", "code", "valid_from"),)

    id: Mapped[Key]
    provider_ref: Mapped[ProviderRef]
    code: Mapped[str] = mapped_column(String(40))
    kind: Mapped[Word]
    #: Whether welfare staff see it at all.
    shown: Mapped[bool]
    #: Still awaits an explanation.
    unexplained: Mapped[bool]
    letter: Mapped[str] = mapped_column(String(4))
    label_fi: Mapped[str]
    label_sv: Mapped[str]
    label_en: Mapped[str]
    valid_from: Mapped[datetime]
    valid_until: Mapped[datetime | None]
    decided_by: Mapped[Ref]
