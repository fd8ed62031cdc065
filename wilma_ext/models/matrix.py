"""The rights matrix: versions of cells, each saying by which route a category opens."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from wilma_ext.models.base import Base, Key, ProviderRef, Ref, Word


class MatrixVersion(Base):
    """A version of one group's matrix; a draft until it is published, then dated."""

    __tablename__ = "wilma_ext_matrix_version"
    __table_args__ = (
        UniqueConstraint("group_id", "version"),
        Index(None, "group_id", "valid_from"),
    )

    id: Mapped[Key]
    provider_ref: Mapped[ProviderRef]
    group_id: Mapped[str] = mapped_column(ForeignKey("wilma_ext_welfare_group.id"))
    version: Mapped[int]
    #: None while it is a draft.
    valid_from: Mapped[datetime | None]
    valid_until: Mapped[datetime | None]
    author: Mapped[Ref]
    approver: Mapped[str | None]
    reason: Mapped[str]


class MatrixCell(Base):
    """Group x profession x category -> route and level of detail; a missing cell is off."""

    __tablename__ = "wilma_ext_matrix_cell"

    version_id: Mapped[str] = mapped_column(
        ForeignKey("wilma_ext_matrix_version.id"), primary_key=True
    )
    profession: Mapped[Word] = mapped_column(primary_key=True)
    category: Mapped[Word] = mapped_column(primary_key=True)
    provider_ref: Mapped[ProviderRef]
    route: Mapped[Word]
    detail: Mapped[Word]
