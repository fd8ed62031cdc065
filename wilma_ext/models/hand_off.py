"""Where the next step lies outside the school system: the county's own channels."""

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from wilma_ext.models.base import Base, Key, ProviderRef, Word


class HandOff(Base):
    """A link or a telephone number of the county, shown to families and staff."""

    __tablename__ = "wilma_ext_hand_off"
    __table_args__ = (Index(None, "provider_ref", "county", "position"),)

    id: Mapped[Key]
    provider_ref: Mapped[ProviderRef]
    county: Mapped[Word]
    position: Mapped[int]
    #: An https address, or `tel:` and the number.
    address: Mapped[str]
    label_fi: Mapped[str]
    label_sv: Mapped[str]
    label_en: Mapped[str]
