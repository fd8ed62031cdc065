"""Views of the note types: the list, one type, a whole table with a second look."""

from typing import Any

from flask import request, url_for

from wilma_ext.blueprints.guard import permit
from wilma_ext.blueprints.main_user import main_user_frame
from wilma_ext.blueprints.note_type import view
from wilma_ext.blueprints.note_type.forms import TableForm, TypeForm
from wilma_ext.blueprints.note_type.table import COLUMNS, ReadTable, read_table
from wilma_ext.blueprints.page import Onwards, Outcome, Page
from wilma_ext.blueprints.permission import Permission
from wilma_ext.blueprints.problem import problem_text
from wilma_ext.blueprints.visit import gettext
from wilma_ext.errors import Conflict, Invalid, NotFound
from wilma_ext.identity import OfficeHolder
from wilma_ext.oversight.event import Actor
from wilma_ext.rights.look_up.national_absence import NATIONAL
from wilma_ext.rights.look_up.note_type import (
    LONGEST_CODE,
    Meaning,
    is_locked,
    list_types,
    meanings_at,
    set_note_types,
)
from wilma_ext.state import current_state
from wilma_ext.work import Work


@permit(Permission.NOTE_TYPE_SEE)
def types(work: Work, holder: OfficeHolder) -> Outcome:
    """List every type: the unknown ones first, then what is shown, then what is hidden."""
    listed = list_types(work, current_state.register, holder.provider_ref, work.now())
    lines = [view.type_line(holder, item) for item in listed]
    unknown = sum(item.meaning is None for item in listed)
    context = {"lines": lines, "unknown": unknown, "import_url": _url(holder, "import_table")}
    return Page("note_type/types.html", {**context, **main_user_frame(work, holder)})


@permit(Permission.NOTE_TYPE_CHANGE)
def edit(work: Work, holder: OfficeHolder) -> Outcome:
    """Say what one type means."""
    code = request.args.get("code", "")
    register = current_state.register
    if not code.strip() or len(code) > LONGEST_CODE or is_locked(register, code):
        raise NotFound("no such type")
    work.lock_provider(holder.provider_ref, exclusive=request.method == "POST")
    now = meanings_at(work, register, holder.provider_ref, work.now()).get(code)
    like = NATIONAL.get(request.args.get("like", ""))
    start = Meaning(like.type_of(code), like.kind.value in ("absence", "late")) if like else now
    purpose = f"note-type:{holder.provider_handle}:{code}"
    form = TypeForm.about(start, view.fingerprint({code: now}), purpose)
    if form.accepted() and _saved(work, holder, {code: form.meaning(code)}, {code: now}, form):
        return Onwards("wilma_ext.note_type.types", _place(holder), "note_types_saved")
    context = {
        "code": code,
        "form": form,
        "starts": view.starts(holder, code),
        "here": view.edit_url(holder, code),
        "types_url": _url(holder, "types"),
    }
    status = 422 if form.errors else 200
    return Page("note_type/edit.html", {**context, **main_user_frame(work, holder)}, status)


@permit(Permission.NOTE_TYPE_CHANGE)
def import_table(work: Work, holder: OfficeHolder) -> Outcome:
    """Read a table and show what it would change; nothing is saved yet."""
    form = TableForm.of(f"note-table:{holder.provider_handle}")
    now = meanings_at(work, current_state.register, holder.provider_ref, work.now())
    if form.accepted():
        text = _uploaded() or form.table.data or ""
        read = read_table(current_state.register, text)
        changed = view.changes(now, read.meanings)
        if changed:
            return _review(work, holder, text, now, read)
        form.form_errors += read.problems or [gettext("The table changes nothing.")]
    context = {"form": form, "columns": "; ".join(COLUMNS), "classes": ", ".join(NATIONAL)}
    context["types_url"] = _url(holder, "types")
    status = 422 if form.errors else 200
    return Page("note_type/import.html", {**context, **main_user_frame(work, holder)}, status)


@permit(Permission.NOTE_TYPE_CHANGE)
def save_table(work: Work, holder: OfficeHolder) -> Outcome:
    """Save the reviewed table, read once more; what has changed since is a conflict."""
    work.lock_provider(holder.provider_ref, exclusive=True)
    now = meanings_at(work, current_state.register, holder.provider_ref, work.now())
    form = TableForm.of(f"note-table-save:{holder.provider_handle}")
    if not form.accepted():
        raise Invalid("form_expired")
    read = read_table(current_state.register, form.table.data or "")
    before = {code: now.get(code) for code in read.meanings}
    if not read.meanings or not _saved(work, holder, read.meanings, before, form):
        raise Invalid("note_table")
    return Onwards("wilma_ext.note_type.types", _place(holder), "note_types_saved")


def _saved(
    work: Work,
    holder: OfficeHolder,
    meanings: dict[str, Meaning],
    before: dict[str, Meaning | None],
    form: Any,
) -> bool:
    """Save; what the rules refuse is told at its field, another's change is a conflict."""
    if form.before.data != view.fingerprint(before):
        raise Conflict("a type has been changed by somebody else")
    try:
        set_note_types(
            work,
            current_state.register,
            actor=Actor(holder.person_ref, holder.office.value),
            provider_ref=holder.provider_ref,
            meanings=meanings,
            before=before,
        )
    except Invalid as error:
        field = form[error.field] if error.field in form else form["before"]
        field.errors = [*field.errors, problem_text(error.code)]
        return False
    return True


def _review(
    work: Work, holder: OfficeHolder, text: str, now: dict[str, Meaning], read: ReadTable
) -> Outcome:
    form = TableForm.of(f"note-table-save:{holder.provider_handle}")
    form.table.data = text
    form.before.data = view.fingerprint({code: now.get(code) for code in read.meanings})
    context = {
        "form": form,
        "changes": view.changes(now, read.meanings),
        "save_url": _url(holder, "save_table"),
        "import_url": _url(holder, "import_table"),
    }
    return Page("note_type/review.html", {**context, **main_user_frame(work, holder)})


def _uploaded() -> str:
    """Return the text of an uploaded file, or nothing; spreadsheets write UTF-8 or Latin-1."""
    file = request.files.get("file")
    data = file.read(4 * 60_000) if file else b""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _place(holder: OfficeHolder) -> dict[str, Any]:
    return {"provider": holder.provider_handle}


def _url(holder: OfficeHolder, page: str) -> str:
    return url_for(f"wilma_ext.note_type.{page}", **_place(holder))
