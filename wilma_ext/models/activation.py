"""Activation: the secretary's act that starts the viewing right (R2)."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from wilma_ext.models.base import Base, Key, ProviderRef, Ref, Word

_LIVE = text("valid_until IS NULL")


class Activation(Base):
    """The welfare group enabled for one pupil."""

    __tablename__ = "wilma_ext_activation"
    __table_args__ = (Index(None, "provider_ref", "pupil_ref"),)

    id: Mapped[Key]
    provider_ref: Mapped[ProviderRef]
    pupil_ref: Mapped[Ref]
    group_id: Mapped[str] = mapped_column(ForeignKey("wilma_ext_welfare_group.id"))
    valid_from: Mapped[datetime]
    activated_by: Mapped[Ref]


class ActivationPair(Base):
    """A pair that an activation opened; any act that closes the pair ends it (design 4.7)."""

    __tablename__ = "wilma_ext_activation_pair"
    __table_args__ = (
        Index(
            "ix_wilma_ext_activation_pair_of_pupil",
            *("provider_ref", "pupil_ref", "group_id", "profession", "category"),
        ),
        Index(
            "uq_wilma_ext_activation_pair_open",
            *("provider_ref", "pupil_ref", "group_id", "profession", "category"),
            unique=True,
            sqlite_where=_LIVE,
            postgresql_where=_LIVE,
        ),
    )

    id: Mapped[Key]
    provider_ref: Mapped[ProviderRef]
    activation_id: Mapped[str] = mapped_column(ForeignKey("wilma_ext_activation.id"))
    pupil_ref: Mapped[Ref]
    group_id: Mapped[str] = mapped_column(ForeignKey("wilma_ext_welfare_group.id"))
    profession: Mapped[Word]
    category: Mapped[Word]
    valid_from: Mapped[datetime]
    valid_until: Mapped[datetime | None]
    #: `withdrawn`, `refused`, `lapsed`, a `DisableReason`, or `disabled` by a run.
    end_reason: Mapped[str | None]
