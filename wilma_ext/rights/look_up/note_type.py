"""What the host's lesson-note types mean to this provider (P10, domain 4.1).

The host declares what its types mean; a provider may say it anew, and says it of types that the
host does not declare. A type of which nobody has said anything is unknown, and hidden.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select

from wilma_ext.clock import civil_date, school_year_start
from wilma_ext.errors import Conflict, Invalid
from wilma_ext.models import NoteTypeRule
from wilma_ext.opaque_id import new_id
from wilma_ext.oversight.event import Actor, Event, Recorded
from wilma_ext.register import Labels, NoteType, SchoolRegister
from wilma_ext.register.relation import native_id, relation
from wilma_ext.vocabulary import NoteKind
from wilma_ext.work import Work

#: Kinds that the category `absences` may show; no other kind is shown at all (R17).
ABSENCE_KINDS = (NoteKind.ABSENCE.value, NoteKind.LATE.value)

LONGEST_CODE, LONGEST_LABEL, LONGEST_LETTER = 40, 80, 2


@dataclass(frozen=True)
class Meaning:
    """What a type means to the provider, and whether welfare staff see it."""

    type: NoteType
    shown: bool


@dataclass(frozen=True)
class ListedType:
    """A type on the main user's page; without a meaning it is unknown."""

    code: str
    meaning: Meaning | None
    #: How many notes of this school year bear it.
    notes: int
    #: The host itself calls it a health mark, which no provider may weaken.
    locked: bool


def absence_types(
    work: Work, register: SchoolRegister, provider_ref: str, at: datetime
) -> dict[str, NoteType]:
    """Return the types that the category `absences` shows, by code."""
    found = meanings_at(work, register, provider_ref, at)
    return {
        code: meaning.type
        for code, meaning in found.items()
        if meaning.shown and meaning.type.kind in ABSENCE_KINDS
    }


def meanings_at(
    work: Work, register: SchoolRegister, provider_ref: str, at: datetime
) -> dict[str, Meaning]:
    """Return every type with a meaning: the host's own, replaced by what the provider says."""
    found = {code: Meaning(note, _is_shown(note)) for code, note in register.note_types.items()}
    for row in work.session.scalars(
        select(NoteTypeRule).where(
            NoteTypeRule.provider_ref == provider_ref,
            NoteTypeRule.valid_from <= at,
            or_(NoteTypeRule.valid_until.is_(None), NoteTypeRule.valid_until > at),
        )
    ):
        if not is_locked(register, row.code):
            found[row.code] = _read(row)
    return found


def list_types(
    work: Work, register: SchoolRegister, provider_ref: str, at: datetime
) -> list[ListedType]:
    """Return every type in use or with a meaning, the unknown ones first, then those shown."""
    meanings = meanings_at(work, register, provider_ref, at)
    used = _used(work, register, provider_ref, at)
    listed = [
        ListedType(code, meanings.get(code), used.get(code, 0), is_locked(register, code))
        for code in {*meanings, *used}
    ]
    return sorted(listed, key=_place)


def is_locked(register: SchoolRegister, code: str) -> bool:
    """Tell whether the host calls the type a health mark: then it stays one (R17)."""
    declared = register.note_types.get(code)
    return declared is not None and declared.kind == NoteKind.HEALTH


def set_note_types(
    work: Work,
    register: SchoolRegister,
    *,
    actor: Actor,
    provider_ref: str,
    meanings: Mapping[str, Meaning],
    before: Mapping[str, Meaning | None],
) -> tuple[str, ...]:
    """Say what types mean, from now on; return the codes that differ from what stood.

    `before` is what the page showed of them: something else by now is a conflict (A13).
    """
    for code, meaning in meanings.items():
        check_meaning(register, code, meaning)
    work.lock_provider(provider_ref, exclusive=True)
    at = work.now()
    now = meanings_at(work, register, provider_ref, at)
    if any(now.get(code) != before.get(code) for code in meanings):
        raise Conflict("a type has been changed by somebody else")
    changed = sorted(code for code, meaning in meanings.items() if now.get(code) != meaning)
    for code in changed:
        _replace(work, actor, provider_ref, meanings[code], at)
    if changed:
        data = {"codes": changed}
        work.record(Recorded(provider_ref, Event.NOTE_TYPES_CHANGED, actor, data=data))
    return tuple(changed)


def check_meaning(register: SchoolRegister, code: str, meaning: Meaning) -> None:
    """Refuse a meaning without labels, of an unknown kind, or one that shows a health mark."""
    labels = meaning.type.labels
    if not code.strip() or len(code) > LONGEST_CODE or code != meaning.type.code:
        raise Invalid("note_code", "code")
    if is_locked(register, code):
        raise Invalid("note_health", "kind")
    if meaning.type.kind not in set(NoteKind):
        raise Invalid("note_kind", "kind")
    if meaning.shown and meaning.type.kind not in ABSENCE_KINDS:
        raise Invalid("note_hidden_kind", "shown")
    for language in ("fi", "sv", "en"):
        label = getattr(labels, language).strip()
        if (meaning.shown and not label) or len(label) > LONGEST_LABEL:
            raise Invalid("note_label", f"label_{language}")
    if len(meaning.type.letter) > LONGEST_LETTER:
        raise Invalid("note_letter", "letter")


def _is_shown(note: NoteType) -> bool:
    return note.kind in ABSENCE_KINDS


def _place(listed: ListedType) -> tuple[int, str]:
    if listed.meaning is None:
        return (0, listed.code)
    return (1 if listed.meaning.shown else 2, listed.code)


def _read(row: NoteTypeRule) -> Meaning:
    labels = Labels(row.label_fi, row.label_sv, row.label_en)
    note = NoteType(row.code, row.kind, labels, unexplained=row.unexplained, letter=row.letter)
    return Meaning(note, row.shown)


def _used(work: Work, register: SchoolRegister, provider_ref: str, at: datetime) -> dict[str, int]:
    """The codes on this school year's notes of the provider's pupils, with their number."""
    if register.lesson_notes is None:
        return {}
    note, pupil, school = (
        relation(register, name) for name in ("lesson_notes", "pupils", "schools")
    )
    provider = native_id(register, "schools", "provider_id", provider_ref)
    statement = (
        select(note.c.type_code, func.count())
        .join(pupil, pupil.c.id == note.c.pupil_id)
        .join(school, school.c.id == pupil.c.school_id)
        .where(
            school.c.provider_id == provider,
            note.c.day >= school_year_start(civil_date(at)),
            note.c.type_code.is_not(None),
        )
        .group_by(note.c.type_code)
    )
    return {str(code): number for code, number in work.connection.execute(statement)}


def _replace(work: Work, actor: Actor, provider_ref: str, meaning: Meaning, at: datetime) -> None:
    note = meaning.type
    old = select(NoteTypeRule).where(
        NoteTypeRule.provider_ref == provider_ref,
        NoteTypeRule.code == note.code,
        NoteTypeRule.valid_until.is_(None),
    )
    for row in work.session.scalars(old):
        row.valid_until = at
    labels = note.labels
    work.session.add(
        NoteTypeRule(
            id=new_id(),
            provider_ref=provider_ref,
            code=note.code,
            kind=note.kind,
            shown=meaning.shown,
            unexplained=note.unexplained,
            letter=note.letter,
            label_fi=labels.fi.strip(),
            label_sv=labels.sv.strip(),
            label_en=labels.en.strip(),
            valid_from=at,
            valid_until=None,
            decided_by=actor.ref,
        )
    )
    work.session.flush()
