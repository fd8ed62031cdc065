"""A small host: one table of users for everybody, text ids, two guardian columns."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from flask import Flask, abort, redirect
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    DateTime,
    ForeignKey,
    Select,
    String,
    false,
    literal,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import Mapped, mapped_column

from wilma_ext import WilmaExt
from wilma_ext.register import Labels, NoteType, SchoolRegister

db = SQLAlchemy()

NOTE_TYPES = {
    "away": NoteType("away", "absence", Labels("Poissa", "Frånvarande", "Absent"), letter="A"),
    "open": NoteType(
        "open",
        "absence",
        Labels("Selvittämättä", "Outredd", "Unexplained"),
        unexplained=True,
        letter="S",
    ),
    "late": NoteType("late", "late", Labels("Myöhässä", "Försenad", "Late"), letter="L"),
    "ill": NoteType("ill", "health", Labels("Sairas", "Sjuk", "Ill"), letter="T"),
    "praise": NoteType("praise", "conduct", Labels("Kehu", "Beröm", "Praise")),
}

Guest = Callable[[Flask, SQLAlchemy], object]


class House(db.Model):
    """A school; `tenant` is the education provider."""

    __tablename__ = "houses"

    id: Mapped[str] = mapped_column(String(20), primary_key=True)
    tenant: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(80))


class User(UserMixin, db.Model):
    """Everybody: pupils have a house and a class, staff may have an office."""

    __tablename__ = "users"

    id: Mapped[str] = mapped_column(String(20), primary_key=True)
    first: Mapped[str] = mapped_column(String(60))
    last: Mapped[str] = mapped_column(String(60))
    email: Mapped[str | None] = mapped_column(String(120))
    language: Mapped[str] = mapped_column(String(5), default="fi")
    human: Mapped[str | None] = mapped_column(String(20))
    #: Of a pupil only.
    house_id: Mapped[str | None] = mapped_column(ForeignKey("houses.id"), index=True)
    class_name: Mapped[str | None] = mapped_column(String(10))
    born: Mapped[date | None]
    active: Mapped[bool] = mapped_column(default=True)
    secret_address: Mapped[bool] = mapped_column(default=False)
    guardian1_id: Mapped[str | None] = mapped_column(ForeignKey("users.id"), index=True)
    guardian2_id: Mapped[str | None] = mapped_column(ForeignKey("users.id"), index=True)
    #: Of staff only: `secretary`, `main_user` or `officer`, and for which provider.
    office: Mapped[str | None] = mapped_column(String(20))
    tenant: Mapped[str | None] = mapped_column(String(20))


class Absence(db.Model):
    __tablename__ = "absences"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"), index=True)
    day: Mapped[date]
    code: Mapped[str] = mapped_column(String(20))
    minutes: Mapped[int | None]


class Mark(db.Model):
    __tablename__ = "marks"

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"), index=True)
    subject: Mapped[str] = mapped_column(String(40))
    value: Mapped[str] = mapped_column(String(10))
    kind: Mapped[str] = mapped_column(String(10))
    day: Mapped[date]
    visible_from: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


def welcome(app: Flask, database: SQLAlchemy) -> WilmaExt:
    """Take the plugin in."""
    wilma_ext = WilmaExt(database, register=plain_register())
    wilma_ext.init_app(app)
    return wilma_ext


def create_host(database_url: str, *, guest: Guest | None = welcome, **config: Any) -> Flask:
    """Return the host with empty tables; `guest=None` leaves the plugin out.

    Anybody signs in at `/sign-in/<id>` and out at `/sign-out`.
    """
    app = Flask(__name__)
    app.config.from_mapping(
        {
            "SECRET_KEY": "a key for tests only",
            "SQLALCHEMY_DATABASE_URI": database_url,
            "SESSION_COOKIE_SAMESITE": "Lax",
            **config,
        }
    )
    db.init_app(app)
    add_sign_in(app, LoginManager())
    app.add_url_rule("/", "start", _start)
    with app.app_context():
        db.create_all()
    if guest is not None:
        guest(app, db)
    return app


def plain_register() -> SchoolRegister:
    """Describe the one table to the plugin."""
    return SchoolRegister(
        schools=select(House.id, House.tenant.label("provider_id"), House.name),
        pupils=_pupils(),
        guardianships=_guardianships(),
        people=select(
            User.id,
            (User.first + " " + User.last).label("display_name"),
            User.email,
            User.language,
            User.human.label("human_id"),
        ),
        offices=select(
            User.id.label("person_id"), User.office, User.tenant.label("provider_id")
        ).where(User.office.is_not(None), User.tenant.is_not(None)),
        lesson_notes=select(
            Absence.id,
            Absence.user_id.label("pupil_id"),
            Absence.day,
            Absence.minutes,
            Absence.code.label("type_code"),
        ),
        grades=select(
            Mark.id,
            Mark.user_id.label("pupil_id"),
            Mark.subject,
            Mark.value,
            literal("4-10").label("scale"),
            Mark.kind,
            Mark.day,
            Mark.visible_from,
        ),
        note_types=NOTE_TYPES,
    )


def add_sign_in(app: Flask, manager: LoginManager) -> None:
    """Let tests sign anybody in and out."""
    manager.init_app(app)
    manager.user_loader(lambda user_id: db.session.get(User, user_id))

    @app.get("/sign-in/<user_id>")
    def sign_in(user_id: str) -> ResponseReturnValue:
        login_user(db.session.get(User, user_id) or abort(404))
        return redirect("/")

    @app.get("/sign-out")
    def sign_out() -> ResponseReturnValue:
        logout_user()
        return redirect("/")


def _pupils() -> Select[Any]:
    return select(
        User.id,
        User.house_id.label("school_id"),
        User.id.label("person_id"),
        User.first.label("given_names"),
        User.last.label("family_name"),
        User.class_name.label("group_name"),
        User.born.label("birth_date"),
        User.active.label("enrolled"),
        User.secret_address.label("contact_protected"),
    ).where(User.house_id.is_not(None))


def _guardianships() -> Select[Any]:
    first, second = User.guardian1_id, User.guardian2_id
    both = union_all(
        *(
            select(User.id.label("pupil_id"), column.label("guardian_id")).where(
                User.house_id.is_not(None), column.is_not(None), *another
            )
            for column, another in (
                (first, ()),
                (second, (or_(first.is_(None), first != second),)),
            )
        )
    ).subquery("both_guardians")
    return select(
        both.c.pupil_id,
        both.c.guardian_id,
        true().label("may_decide"),
        false().label("restricted_information"),
    )


def _start() -> str:
    name = current_user.first if current_user.is_authenticated else "nobody"
    return f"<!doctype html><html lang='en'><title>Plain</title><p>Signed in: {name}</p></html>"
