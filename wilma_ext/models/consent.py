"""Consent: forms as versioned content, answers as appended facts, who decides."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from wilma_ext.models.base import Base, Key, ProviderRef, Ref, Word


class ConsentForm(Base):
    """A version of a provider's consent form for one county (R23, R26)."""

    __tablename__ = "wilma_ext_consent_form"
    __table_args__ = (UniqueConstraint("provider_ref", "county", "version"),)

    id: Mapped[Key]
    provider_ref: Mapped[ProviderRef]
    county: Mapped[Word]
    version: Mapped[int]
    #: Whether the change from the version before is material, so that consent is asked again.
    material: Mapped[bool]
    #: None while it is a draft.
    published_at: Mapped[datetime | None]
    author: Mapped[Ref]
    privacy_url: Mapped[str]
    #: How long a yes to this version is valid (P4), as its text says.
    validity: Mapped[Word] = mapped_column(server_default="school_year")
    #: The last day where `validity` is `fixed`.
    fixed_until: Mapped[date | None]
    #: Counts the savings of a draft, so that two editors notice each other.
    revision: Mapped[int] = mapped_column(server_default="1")


class FormPair(Base):
    """A pair (profession x category) offered by a form, in the question it belongs to."""

    __tablename__ = "wilma_ext_form_pair"

    form_id: Mapped[str] = mapped_column(ForeignKey("wilma_ext_consent_form.id"), primary_key=True)
    profession: Mapped[Word] = mapped_column(primary_key=True)
    category: Mapped[Word] = mapped_column(primary_key=True)
    provider_ref: Mapped[ProviderRef]
    #: Questions stand in this order; each is one category.
    position: Mapped[int]


class FormText(Base):
    """One part of a form's text in one language."""

    __tablename__ = "wilma_ext_form_text"

    form_id: Mapped[str] = mapped_column(ForeignKey("wilma_ext_consent_form.id"), primary_key=True)
    language: Mapped[str] = mapped_column(String(8), primary_key=True)
    part: Mapped[Word] = mapped_column(primary_key=True)
    provider_ref: Mapped[ProviderRef]
    text: Mapped[str]


class Answer(Base):
    """What one person said about one pupil at one instant; never overwritten (D6)."""

    __tablename__ = "wilma_ext_answer"
    __table_args__ = (
        Index(None, "provider_ref", "pupil_ref", "given_at"),
        UniqueConstraint("provider_ref", "number"),
    )

    id: Mapped[Key]
    provider_ref: Mapped[ProviderRef]
    #: The number on the receipt: a year and random letters, so that it tells no count.
    number: Mapped[str] = mapped_column(String(20))
    pupil_ref: Mapped[Ref]
    giver_ref: Mapped[Ref]
    capacity: Mapped[Word]
    channel: Mapped[Word]
    #: `answer` or `withdrawal`.
    act: Mapped[Word]
    county: Mapped[Word]
    form_id: Mapped[str | None] = mapped_column(ForeignKey("wilma_ext_consent_form.id"))
    language: Mapped[str] = mapped_column(String(8))
    #: SHA-256 of the text that was shown, before any name was filled in (D14).
    text_sha256: Mapped[str] = mapped_column(String(64))
    given_at: Mapped[datetime]
    #: The Helsinki day of that moment, to compare with the dates of guardianships.
    given_on: Mapped[date]
    #: The pupil's school of that moment (R25).
    school_ref: Mapped[Ref]
    entered_by: Mapped[str | None]
    document: Mapped[str | None]
    #: The day that stands on the paper (R24).
    signed_on: Mapped[date | None]


class AnswerDecider(Base):
    """A guardian who was entitled to decide when the answer was given (design 4.5)."""

    __tablename__ = "wilma_ext_answer_decider"

    answer_id: Mapped[str] = mapped_column(ForeignKey("wilma_ext_answer.id"), primary_key=True)
    person_ref: Mapped[Ref] = mapped_column(primary_key=True)
    provider_ref: Mapped[ProviderRef]


class AnswerChoice(Base):
    """A yes or no on one pair; standing until the same person says otherwise."""

    __tablename__ = "wilma_ext_answer_choice"
    __table_args__ = (
        Index(
            "ix_wilma_ext_answer_choice_pair",
            *("provider_ref", "pupil_ref", "category", "profession"),
        ),
        Index(None, "answer_id"),
        Index(
            "uq_wilma_ext_answer_choice_standing",
            *("provider_ref", "pupil_ref", "giver_ref", "capacity", "county"),
            *("profession", "category"),
            unique=True,
            sqlite_where=text("superseded_at IS NULL"),
            postgresql_where=text("superseded_at IS NULL"),
        ),
        CheckConstraint("value <> 'no' OR valid_until IS NULL", name="no_stands"),
    )

    id: Mapped[Key]
    provider_ref: Mapped[ProviderRef]
    answer_id: Mapped[str] = mapped_column(ForeignKey("wilma_ext_answer.id"))
    pupil_ref: Mapped[Ref]
    giver_ref: Mapped[Ref]
    capacity: Mapped[Word]
    county: Mapped[Word]
    profession: Mapped[Word]
    category: Mapped[Word]
    value: Mapped[Word]
    #: When it was last said; `valid_from` is when this unchanged choice was first said.
    given_at: Mapped[datetime]
    valid_from: Mapped[datetime]
    valid_until: Mapped[datetime | None]
    superseded_at: Mapped[datetime | None]
    #: `changed`, `withdrawn` or `repeated`.
    end_reason: Mapped[str | None] = mapped_column(String(40))


class CapacityDecision(Base):
    """A recorded decision on who decides for one pupil; replaces the age ladder (design 4.4)."""

    __tablename__ = "wilma_ext_capacity_decision"
    __table_args__ = (Index(None, "provider_ref", "pupil_ref"),)

    id: Mapped[Key]
    provider_ref: Mapped[ProviderRef]
    pupil_ref: Mapped[Ref]
    decides: Mapped[Word]
    valid_from: Mapped[datetime]
    valid_until: Mapped[datetime | None]
    reason: Mapped[str]
    document: Mapped[str]
    decided_by: Mapped[Ref]


class GuardianDecision(Base):
    """A recorded decision that a person decides for a pupil as a guardian (R6).

    For a child in care: the host's guardianships say nothing of the institution that decides.
    """

    __tablename__ = "wilma_ext_guardian_decision"
    __table_args__ = (
        Index(None, "provider_ref", "pupil_ref"),
        Index(None, "provider_ref", "person_ref"),
        CheckConstraint("valid_until IS NULL OR valid_from <= valid_until", name="period"),
    )

    id: Mapped[Key]
    provider_ref: Mapped[ProviderRef]
    pupil_ref: Mapped[Ref]
    person_ref: Mapped[Ref]
    valid_from: Mapped[datetime]
    valid_until: Mapped[datetime | None]
    reason: Mapped[str]
    document: Mapped[str]
    decided_by: Mapped[Ref]
