"""The school system's own tables."""

from datetime import date, datetime

from flask_login import UserMixin
from sqlalchemy import Date, DateTime, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship
from werkzeug.security import check_password_hash

from examples.school.database import db


class Municipality(db.Model):
    """An education provider."""

    __tablename__ = "municipalities"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(120))
    name_sv: Mapped[str | None] = mapped_column(String(120))


class School(db.Model):
    __tablename__ = "schools"

    id: Mapped[int] = mapped_column(primary_key=True)
    municipality_id: Mapped[int] = mapped_column(ForeignKey("municipalities.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    name_sv: Mapped[str | None] = mapped_column(String(120))
    #: The language of teaching.
    language: Mapped[str] = mapped_column(String(2))


class Person(db.Model):
    """Anybody the school knows by name: guardians, staff, older pupils."""

    __tablename__ = "persons"

    id: Mapped[int] = mapped_column(primary_key=True)
    given_names: Mapped[str] = mapped_column(String(120))
    family_name: Mapped[str] = mapped_column(String(120))
    email: Mapped[str | None] = mapped_column(String(254))
    language: Mapped[str] = mapped_column(String(2))
    #: Equal in every record of the same human being; empty where there is but one record.
    human_key: Mapped[str | None] = mapped_column(String(36), index=True)

    @property
    def name(self) -> str:
        return f"{self.given_names} {self.family_name}"


class Account(UserMixin, db.Model):
    """A sign-in name of a person, with the person's roles in the school system."""

    __tablename__ = "accounts"

    person_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), primary_key=True)
    username: Mapped[str] = mapped_column(String(60), unique=True)
    password_hash: Mapped[str] = mapped_column(String(255))
    language: Mapped[str] = mapped_column(String(2))
    is_teacher: Mapped[bool] = mapped_column(default=False)
    is_secretary: Mapped[bool] = mapped_column(default=False)
    is_main_user: Mapped[bool] = mapped_column(default=False)
    is_privacy_officer: Mapped[bool] = mapped_column(default=False)
    #: Where the roles hold; a school narrows them to that school.
    municipality_id: Mapped[int | None] = mapped_column(ForeignKey("municipalities.id"))
    school_id: Mapped[int | None] = mapped_column(ForeignKey("schools.id"))

    person: Mapped[Person] = relationship(lazy="joined")

    def get_id(self) -> str:
        """Return the person id: a signed-in user is a person."""
        return str(self.person_id)

    def has_password(self, password: str) -> bool:
        return check_password_hash(self.password_hash, password)


class TeachingGroup(db.Model):
    __tablename__ = "teaching_groups"
    __table_args__ = (UniqueConstraint("school_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"))
    name: Mapped[str] = mapped_column(String(20))
    grade_level: Mapped[int]
    teacher_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"), index=True)

    school: Mapped[School] = relationship()


class Pupil(db.Model):
    __tablename__ = "pupils"

    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"), index=True)
    group_id: Mapped[int] = mapped_column(ForeignKey("teaching_groups.id"), index=True)
    #: The pupil as a person who may sign in; younger pupils have none.
    person_id: Mapped[int | None] = mapped_column(ForeignKey("persons.id"), unique=True)
    given_names: Mapped[str] = mapped_column(String(120))
    family_name: Mapped[str] = mapped_column(String(120))
    birth_date: Mapped[date] = mapped_column(Date)
    enrolled: Mapped[bool] = mapped_column(default=True)
    contact_protected: Mapped[bool] = mapped_column(default=False)

    group: Mapped[TeachingGroup] = relationship()

    @property
    def name(self) -> str:
        return f"{self.family_name} {self.given_names}"


class Guardianship(db.Model):
    __tablename__ = "guardianships"
    __table_args__ = (UniqueConstraint("pupil_id", "guardian_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupils.id"))
    guardian_id: Mapped[int] = mapped_column(ForeignKey("persons.id"), index=True)
    may_decide: Mapped[bool] = mapped_column(default=True)
    restricted_information: Mapped[bool] = mapped_column(default=False)
    valid_from: Mapped[date | None] = mapped_column(Date)
    valid_until: Mapped[date | None] = mapped_column(Date)


class NoteType(db.Model):
    """What a lesson note can say; each installation has its own list."""

    __tablename__ = "note_types"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(10), unique=True)
    label_fi: Mapped[str] = mapped_column(String(120))
    label_sv: Mapped[str] = mapped_column(String(120))
    label_en: Mapped[str] = mapped_column(String(120))
    is_absence: Mapped[bool]

    def label(self, language: str) -> str:
        return {"sv": self.label_sv, "en": self.label_en}.get(language, self.label_fi)


class LessonNote(db.Model):
    __tablename__ = "lesson_notes"
    __table_args__ = (Index(None, "pupil_id", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupils.id"))
    type_id: Mapped[int] = mapped_column(ForeignKey("note_types.id"))
    day: Mapped[date] = mapped_column(Date)
    #: When the lesson begins, `HH:MM`.
    starts_at: Mapped[str | None] = mapped_column(String(5))
    minutes: Mapped[int | None]
    subject: Mapped[str | None] = mapped_column(String(60))
    #: Whether a guardian has explained an absence; empty for other notes.
    explained: Mapped[bool | None]
    text: Mapped[str | None] = mapped_column(Text)

    type: Mapped[NoteType] = relationship(lazy="joined")


class Grade(db.Model):
    __tablename__ = "grades"
    __table_args__ = (Index(None, "pupil_id", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupils.id"))
    subject: Mapped[str] = mapped_column(String(60))
    value: Mapped[str] = mapped_column(String(10))
    scale: Mapped[str] = mapped_column(String(10))
    kind: Mapped[str] = mapped_column(String(10))
    day: Mapped[date] = mapped_column(Date)
    #: Grades are hidden until the certificates are handed out, local time.
    visible_from: Mapped[datetime | None] = mapped_column(DateTime)
    verbal: Mapped[str | None] = mapped_column(Text)


class Detention(db.Model):
    __tablename__ = "detentions"

    id: Mapped[int] = mapped_column(primary_key=True)
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupils.id"), index=True)
    day: Mapped[date] = mapped_column(Date)
    minutes: Mapped[int]
    served: Mapped[bool] = mapped_column(default=False)
    reason: Mapped[str | None] = mapped_column(String(200))
