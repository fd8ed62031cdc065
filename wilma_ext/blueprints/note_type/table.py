"""Reading a table of note types: a row each, a named column for each of its facts."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from wilma_ext.blueprints.note_type.forms import LONGEST_TABLE
from wilma_ext.blueprints.problem import problem_text
from wilma_ext.blueprints.visit import gettext
from wilma_ext.errors import Invalid
from wilma_ext.register import Labels, NoteType, SchoolRegister
from wilma_ext.rights.look_up.national_absence import NATIONAL
from wilma_ext.rights.look_up.note_type import ABSENCE_KINDS, Meaning, check_meaning

COLUMNS = ("code", "kind", "shown", "unexplained", "letter", "label_fi", "label_sv", "label_en")
_NEEDED = {"code", "kind"}
_TRUTH = {"yes": True, "1": True, "true": True, "no": False, "0": False, "false": False, "": False}
MOST_ROWS = 500


@dataclass(frozen=True)
class ReadTable:
    """What a table says, or what is wrong with it, line by line."""

    meanings: dict[str, Meaning]
    problems: tuple[str, ...]


def read_table(register: SchoolRegister, text: str) -> ReadTable:
    """Read the rows; a table with any problem says nothing, one that is too long neither."""
    if len(text) > LONGEST_TABLE:
        return ReadTable({}, (_too_long(),))
    try:
        return _read(register, text.lstrip("\ufeff").strip())
    except csv.Error:
        return ReadTable({}, (problem_text("note_table"),))


def _too_long() -> str:
    return gettext("The table is too long. Import it in parts.")


def _read(register: SchoolRegister, text: str) -> ReadTable:
    lines = re.sub("\r\n?", "\n", text)  # an old program ends a line with CR alone
    if "\0" in lines:
        raise csv.Error("no database can keep it")
    head = lines.partition("\n")[0]
    separator = next((mark for mark in ("\t", ";", ",") if mark in head), ";")
    rows = csv.DictReader(io.StringIO(lines), delimiter=separator)
    names = [(name or "").strip().casefold() for name in rows.fieldnames or []]
    if not set(names) >= _NEEDED:
        told = gettext("The first line must name the columns: %(names)s.", names="; ".join(COLUMNS))
        return ReadTable({}, (told,))
    rows.fieldnames = names
    meanings: dict[str, Meaning] = {}
    problems: list[str] = []
    for number, row in enumerate(_rows(rows), start=2):
        try:
            meaning = _meaning(register, row, meanings)
        except Invalid as error:
            told = gettext("Line %(number)s: %(problem)s", number=number, problem=_told(error))
            problems.append(told)
        else:
            meanings[meaning.type.code] = meaning
    if len(meanings) > MOST_ROWS:
        problems.append(_too_long())
    if not meanings and not problems:
        problems.append(gettext("The table has no rows."))
    return ReadTable({} if problems else meanings, tuple(problems))


def _rows(rows: "csv.DictReader[str]") -> Iterator[dict[str, str]]:
    for number, row in enumerate(rows):
        if number > MOST_ROWS:
            return
        yield {name: str(value or "").strip() for name, value in row.items() if name}


def _meaning(register: SchoolRegister, row: dict[str, str], known: dict[str, Meaning]) -> Meaning:
    code, kind = row.get("code", ""), row.get("kind", "").casefold()
    if code in known:
        raise Invalid("note_twice", "code")
    start = NATIONAL[kind].type_of(code) if kind in NATIONAL else NoteType(code, kind, _NAMELESS)
    labels = Labels(
        *(row.get(f"label_{c}") or getattr(start.labels, c) for c in ("fi", "sv", "en"))
    )
    note = NoteType(
        code,
        start.kind,
        labels,
        unexplained=_truth(row, "unexplained", usual=start.unexplained),
        letter=row.get("letter") or start.letter,
    )
    meaning = Meaning(note, _truth(row, "shown", usual=start.kind in ABSENCE_KINDS))
    check_meaning(register, code, meaning)
    return meaning


_NAMELESS = Labels("", "", "")


def _truth(row: dict[str, str], column: str, *, usual: bool) -> bool:
    """Return a yes or no; a column that is missing or empty means what is usual."""
    word = row.get(column, "").casefold()
    if not word:
        return usual
    if word not in _TRUTH:
        raise Invalid("note_truth", column)
    return _TRUTH[word]


def _told(error: Invalid) -> str:
    return f"{error.field}: {problem_text(error.code)}" if error.field else problem_text(error.code)
