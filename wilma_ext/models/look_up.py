"""Look-ups: one worker, one pupil, one purpose, for a while (D8, R13)."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from wilma_ext.models.base import Base, Key, ProviderRef, Ref, Word


class LookUp(Base):
    """An opening of one pupil for a stated purpose."""

    __tablename__ = "wilma_ext_look_up"
    __table_args__ = (
        Index(None, "membership_id", "opened_at"),
        Index(None, "provider_ref", "pupil_ref", "opened_at"),
    )

    id: Mapped[Key]
    provider_ref: Mapped[ProviderRef]
    membership_id: Mapped[str] = mapped_column(ForeignKey("wilma_ext_membership.id"))
    actor_ref: Mapped[Ref]
    pupil_ref: Mapped[Ref]
    purpose: Mapped[Word]
    #: Whether the worker stated that the data are necessary in this case (R10).
    necessity: Mapped[str]
    opened_at: Mapped[datetime]
    valid_until: Mapped[datetime]


class LookUpCategory(Base):
    """What the look-up decided for one category, with the facts it rested on (D6)."""

    __tablename__ = "wilma_ext_look_up_category"

    look_up_id: Mapped[str] = mapped_column(ForeignKey("wilma_ext_look_up.id"), primary_key=True)
    category: Mapped[Word] = mapped_column(primary_key=True)
    provider_ref: Mapped[ProviderRef]
    allowed: Mapped[bool]
    route: Mapped[Word]
    because: Mapped[str | None]
    #: Canonical JSON of the register facts, answers, cell, activation and agreement used.
    grounds: Mapped[str]
