"""The school system's own pages: the start page and what a teacher sees."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Blueprint, Flask, abort, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_required
from sqlalchemy import case, func, select

from examples.school.database import db
from examples.school.language import current_language
from examples.school.models import LessonNote, NoteType, Pupil, TeachingGroup

#: Where the plugin's own pages begin.
WELFARE_PAGE = "/wilma-ext/"

blueprint = Blueprint("pages", __name__)


def init_app(app: Flask) -> None:
    app.register_blueprint(blueprint)
    app.context_processor(lambda: {"welfare_page": WELFARE_PAGE})
    app.register_error_handler(403, _not_allowed)
    app.register_error_handler(404, _not_found)


def teachers_only(view: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
    """Let only a signed-in teacher in."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> ResponseReturnValue:
        if not current_user.is_teacher:
            abort(403)
        return view(*args, **kwargs)

    return login_required(guarded)


@blueprint.get("/")
def start() -> ResponseReturnValue:
    return render_template("start.html")


@blueprint.get("/groups")
@teachers_only
def groups() -> ResponseReturnValue:
    query = (
        select(TeachingGroup, func.count(Pupil.id))
        .join(Pupil, Pupil.group_id == TeachingGroup.id)
        .where(TeachingGroup.teacher_id == current_user.person_id, Pupil.enrolled)
        .group_by(TeachingGroup.id)
        .order_by(TeachingGroup.grade_level, TeachingGroup.name)
    )
    return render_template("groups.html", groups=db.session.execute(query).all())


@blueprint.get("/groups/<int(max=2147483647):group_id>")
@teachers_only
def group(group_id: int) -> ResponseReturnValue:
    found = _own_group(group_id)
    absences = func.coalesce(func.sum(case((NoteType.is_absence, 1), else_=0)), 0)
    query = (
        select(Pupil, func.count(LessonNote.id), absences)
        .outerjoin(LessonNote, LessonNote.pupil_id == Pupil.id)
        .outerjoin(NoteType, NoteType.id == LessonNote.type_id)
        .where(Pupil.group_id == found.id, Pupil.enrolled)
        .group_by(Pupil.id)
        .order_by(Pupil.family_name, Pupil.given_names)
    )
    return render_template("group.html", group=found, pupils=db.session.execute(query).all())


@blueprint.get("/pupils/<int(max=2147483647):pupil_id>")
@teachers_only
def pupil(pupil_id: int) -> ResponseReturnValue:
    found = db.session.get(Pupil, pupil_id)
    if found is None:
        abort(404)
    _own_group(found.group_id)
    query = (
        select(LessonNote)
        .where(LessonNote.pupil_id == pupil_id)
        .order_by(LessonNote.day.desc(), LessonNote.starts_at.desc(), LessonNote.id)
    )
    notes = db.session.scalars(query).all()
    return render_template(
        "pupil.html",
        pupil=found,
        notes=notes,
        absences=sum(note.type.is_absence for note in notes),
        unexplained=sum(note.explained is False for note in notes),
        note_language=current_language(),
    )


def _own_group(group_id: int) -> TeachingGroup:
    """Return a group of the signed-in teacher; another's group does not exist for them."""
    found = db.session.get(TeachingGroup, group_id)
    if found is None or found.teacher_id != current_user.person_id:
        abort(404)
    return found


def _not_found(_error: Exception) -> ResponseReturnValue:
    return render_template("404.html"), 404


def _not_allowed(_error: Exception) -> ResponseReturnValue:
    return render_template("403.html"), 403
