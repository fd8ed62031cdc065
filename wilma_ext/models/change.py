"""What was noticed of the host's register: a change and its return must not revive a consent."""

from datetime import datetime

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from wilma_ext.models.base import Base, Key, ProviderRef, Ref, Word


class KnownPupil(Base):
    """What the register said of a pupil when it was last looked at; the next look compares."""

    __tablename__ = "wilma_ext_known_pupil"

    provider_ref: Mapped[str] = mapped_column(String(200), primary_key=True)
    pupil_ref: Mapped[str] = mapped_column(String(200), primary_key=True)
    #: None while the pupil is not in any school of the provider.
    school_ref: Mapped[str | None] = mapped_column(String(200))
    #: SHA-256 over the ids of the guardians who may decide.
    guardians_sha256: Mapped[str] = mapped_column(String(64))
    seen_at: Mapped[datetime]


class ObservedChange(Base):
    """A change of school, provider or custody, at the instant when it was noticed."""

    __tablename__ = "wilma_ext_observed_change"
    __table_args__ = (
        Index(
            "ix_wilma_ext_observed_change_of_pupil",
            *("provider_ref", "pupil_ref", "kind", "observed_at"),
        ),
    )

    id: Mapped[Key]
    provider_ref: Mapped[ProviderRef]
    pupil_ref: Mapped[Ref]
    kind: Mapped[Word]
    observed_at: Mapped[datetime]
