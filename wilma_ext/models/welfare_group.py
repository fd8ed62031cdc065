"""The welfare-area user group: who belongs to it, where, and with what exceptions."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from wilma_ext.models.base import Base, Key, ProviderRef, Ref, Word


class WelfareGroup(Base):
    """A user group of one county's welfare staff inside one provider."""

    __tablename__ = "wilma_ext_welfare_group"
    __table_args__ = (Index(None, "provider_ref"),)

    id: Mapped[Key]
    provider_ref: Mapped[ProviderRef]
    county: Mapped[Word]
    name_fi: Mapped[str]
    name_sv: Mapped[str]
    name_en: Mapped[str]


class Membership(Base):
    """One person in the group in one profession; a welfare role is one membership (D8)."""

    __tablename__ = "wilma_ext_membership"
    __table_args__ = (
        Index(None, "provider_ref", "person_ref"),
        CheckConstraint("valid_until IS NULL OR valid_from <= valid_until", name="period"),
    )

    id: Mapped[Key]
    provider_ref: Mapped[ProviderRef]
    group_id: Mapped[str] = mapped_column(ForeignKey("wilma_ext_welfare_group.id"))
    person_ref: Mapped[Ref]
    profession: Mapped[Word]
    valid_from: Mapped[datetime]
    valid_until: Mapped[datetime | None]
    added_by: Mapped[Ref]
    ended_by: Mapped[str | None]


class Assignment(Base):
    """A membership's school for a period (R12)."""

    __tablename__ = "wilma_ext_assignment"
    __table_args__ = (
        Index(None, "membership_id"),
        CheckConstraint("valid_until IS NULL OR valid_from <= valid_until", name="period"),
    )

    id: Mapped[Key]
    provider_ref: Mapped[ProviderRef]
    membership_id: Mapped[str] = mapped_column(ForeignKey("wilma_ext_membership.id"))
    school_ref: Mapped[Ref]
    #: The membership this one stands in for, if any.
    substitute_of: Mapped[str | None]
    valid_from: Mapped[datetime]
    valid_until: Mapped[datetime | None]


class PersonalException(Base):
    """A category added to or taken from one member (R11); a deny always wins."""

    __tablename__ = "wilma_ext_personal_exception"
    __table_args__ = (
        Index(None, "membership_id", "category"),
        CheckConstraint("valid_until IS NULL OR valid_from <= valid_until", name="period"),
    )

    id: Mapped[Key]
    provider_ref: Mapped[ProviderRef]
    membership_id: Mapped[str] = mapped_column(ForeignKey("wilma_ext_membership.id"))
    category: Mapped[Word]
    effect: Mapped[Word]
    valid_from: Mapped[datetime]
    valid_until: Mapped[datetime | None]
    decided_by: Mapped[Ref]
