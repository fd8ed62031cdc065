"""What the periodic command has done, so that it never does it twice."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from wilma_ext.models.base import Base, Word


class Tick(Base):
    """When a provider's periodic work was last done."""

    __tablename__ = "wilma_ext_tick"

    provider_ref: Mapped[str] = mapped_column(String(200), primary_key=True)
    ticked_at: Mapped[datetime]


class Told(Base):
    """A signal that has been sent to the host about one thing."""

    __tablename__ = "wilma_ext_told"

    provider_ref: Mapped[str] = mapped_column(String(200), primary_key=True)
    #: The signal's name.
    kind: Mapped[Word] = mapped_column(primary_key=True)
    #: What it was about, such as the id of a choice.
    key: Mapped[str] = mapped_column(String(300), primary_key=True)
    told_at: Mapped[datetime]
