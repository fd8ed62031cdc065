"""Words in the data that the plugin must know: offices, kinds of grades, types of lesson notes."""

from collections.abc import Iterator, Set

from sqlalchemy import func, select

from wilma_ext.doctor.finding import Finding, error, listed, ok, warning
from wilma_ext.doctor.patient import Patient
from wilma_ext.vocabulary import NoteKind, Office

GRADE_KINDS = frozenset({"exam", "interim", "final"})
NOTE_KINDS = frozenset(NoteKind)


def word_findings(patient: Patient) -> Iterator[Finding]:
    """Name every unknown word with the number of its rows."""
    yield _offices(patient)
    if patient.register.grades is not None:
        yield _grade_kinds(patient)
    if patient.register.lesson_notes is not None:
        yield from _note_types(patient)


def _unknown(patient: Patient, name: str, column: str, known: Set[str]) -> list[str]:
    source = patient.selects()[name].subquery()
    word = source.c[column]
    statement = select(word, func.count()).where(word.is_not(None)).group_by(word).order_by(word)
    with patient.look() as connection:
        rows = connection.execute(statement).all()
    return [f"{found} ({number})" for found, number in rows if found not in known]


def _offices(patient: Patient) -> Finding:
    unknown = _unknown(patient, "offices", "office", set(Office))
    if not unknown:
        return ok("office", "offices.office", "every office is known")
    known = ", ".join(Office)
    message = f"unknown offices give nobody any right: {listed(unknown, 10)}"
    return error("office_unknown", "offices.office", message, f"The words are {known}.")


def _grade_kinds(patient: Patient) -> Finding:
    unknown = _unknown(patient, "grades", "kind", GRADE_KINDS)
    if not unknown:
        return ok("grade_kind", "grades.kind", "every kind of grade is known")
    message = f"unknown kinds of grade: {listed(unknown, 10)}"
    advice = f"The words are {', '.join(sorted(GRADE_KINDS))}."
    return warning("grade_kind_unknown", "grades.kind", message, advice)


def _note_types(patient: Patient) -> Iterator[Finding]:
    declared = patient.register.note_types
    odd = sorted(f"{n.code} ({n.kind})" for n in declared.values() if n.kind not in NOTE_KINDS)
    if odd:
        advice = f"The words are {', '.join(sorted(NOTE_KINDS))}."
        message = f"note types of an unknown kind are hidden: {listed(odd, 10)}"
        yield error("note_kind_unknown", "note_types", message, advice)
    unknown = _unknown(patient, "lesson_notes", "type_code", declared.keys())
    if unknown:
        message = f"types that are not declared are hidden, with their rows: {listed(unknown, 30)}"
        advice = "Say on the page of note types what each means, or leave it hidden on purpose."
        yield warning("note_type_unknown", "lesson_notes.type_code", message, advice)
    else:
        yield ok("note_type", "lesson_notes.type_code", "every type of note is declared")
