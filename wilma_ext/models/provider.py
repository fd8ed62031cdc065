"""Providers, their policy and the wellbeing services counties they work with."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from wilma_ext.models.base import Base, Key, ProviderRef, Ref, Word


class Provider(Base):
    """An education provider that has taken the plugin into use."""

    __tablename__ = "wilma_ext_provider"

    #: The host's provider id as text.
    ref: Mapped[str] = mapped_column(String(200), primary_key=True)
    #: What stands in URLs instead of the host's id.
    handle: Mapped[str] = mapped_column(String(32), unique=True)
    name_fi: Mapped[str]
    name_sv: Mapped[str]
    name_en: Mapped[str]
    created_at: Mapped[datetime]


class PolicyVersion(Base):
    """One dated version of a provider's choices P1-P28 (design 4, D17)."""

    __tablename__ = "wilma_ext_policy"
    __table_args__ = (
        UniqueConstraint("provider_ref", "version"),
        Index(None, "provider_ref", "valid_from"),
    )

    id: Mapped[Key]
    provider_ref: Mapped[ProviderRef]
    version: Mapped[int]
    valid_from: Mapped[datetime]
    #: The start of the next version; none while this one is the last.
    valid_until: Mapped[datetime | None]
    decided_by: Mapped[Ref]
    mode: Mapped[Word]
    decides: Mapped[Word]
    #: None = no age at which the pupil must join the guardians.
    joint_from_age: Mapped[int | None]
    own_from_age: Mapped[int]
    validity: Mapped[Word]
    #: The last day of a consent where `validity` is `fixed`.
    fixed_until: Mapped[date | None]
    activation: Mapped[Word]
    agreement_required: Mapped[bool]
    school_scope: Mapped[Word]
    statutory_kuraattori: Mapped[bool]
    statutory_psykologi: Mapped[bool]
    on_school_move: Mapped[Word]
    on_custody_change: Mapped[Word]
    on_material_change: Mapped[Word]
    look_up_minutes: Mapped[int]
    necessity_text: Mapped[bool]
    log_extract: Mapped[Word]
    paper_consent: Mapped[bool]
    four_eyes: Mapped[bool]


class County(Base):
    """A wellbeing services county: the recipient that a consent names (R26)."""

    __tablename__ = "wilma_ext_county"

    provider_ref: Mapped[str] = mapped_column(String(200), primary_key=True)
    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    name_fi: Mapped[str]
    name_sv: Mapped[str]
    name_en: Mapped[str]


class Agreement(Base):
    """A disclosure agreement between provider and county, for the periods it is in force."""

    __tablename__ = "wilma_ext_agreement"
    __table_args__ = (
        Index(None, "provider_ref", "county"),
        CheckConstraint("valid_until IS NULL OR valid_from < valid_until", name="period"),
    )

    id: Mapped[Key]
    provider_ref: Mapped[ProviderRef]
    county: Mapped[Word]
    document: Mapped[str]
    valid_from: Mapped[datetime]
    valid_until: Mapped[datetime | None]


class Handle(Base):
    """A random name for a pupil of the host, for URLs (D8)."""

    __tablename__ = "wilma_ext_handle"
    __table_args__ = (UniqueConstraint("provider_ref", "pupil_ref"),)

    handle: Mapped[str] = mapped_column(String(32), primary_key=True)
    provider_ref: Mapped[ProviderRef]
    pupil_ref: Mapped[Ref]
