"""Bulk runs of the secretary's desk: a row for the run, a row for each pupil (D13)."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from wilma_ext.models.base import Base, Key, ProviderRef, Ref, Word


class BulkRun(Base):
    """One act on many pupils, done in chunks that each stand by themselves."""

    __tablename__ = "wilma_ext_bulk_run"
    __table_args__ = (Index(None, "provider_ref", "created_at"),)

    id: Mapped[Key]
    provider_ref: Mapped[ProviderRef]
    group_id: Mapped[str] = mapped_column(ForeignKey("wilma_ext_welfare_group.id"))
    #: `enable`, `undo` or `close`.
    kind: Mapped[Word]
    #: The filter by which the pupils were chosen, as the query of an address.
    chosen_by: Mapped[str]
    total: Mapped[int]
    #: `running`, `cancelled` or `finished`.
    state: Mapped[Word]
    started_by: Mapped[Ref]
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    #: The run whose pupils this one disables again.
    undoes: Mapped[str | None] = mapped_column(ForeignKey("wilma_ext_bulk_run.id"))


class BulkItem(Base):
    """One pupil of a run: what happened, or nothing yet."""

    __tablename__ = "wilma_ext_bulk_item"
    __table_args__ = (Index(None, "run_id", "outcome", "position"),)

    run_id: Mapped[str] = mapped_column(ForeignKey("wilma_ext_bulk_run.id"), primary_key=True)
    pupil_ref: Mapped[str] = mapped_column(String(200), primary_key=True)
    provider_ref: Mapped[ProviderRef]
    #: The order of the list from which the pupils were chosen.
    position: Mapped[int]
    #: None while it waits; else `done`, `already`, `skipped` or `failed`.
    outcome: Mapped[str | None] = mapped_column(String(40))
    reason: Mapped[str | None] = mapped_column(String(40))
    #: The activation that the item made, which an undo ends; for `already` the one that was found.
    activation_id: Mapped[str | None] = mapped_column(ForeignKey("wilma_ext_activation.id"))
    done_at: Mapped[datetime | None]
