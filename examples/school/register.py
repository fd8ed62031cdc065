"""What the plugin may read of this school system: SELECTs after the register's contract."""

from typing import Any

from sqlalchemy import Select, literal, null, select, union_all

from examples.school.models import (
    Account,
    Detention,
    Grade,
    Guardianship,
    LessonNote,
    NoteType,
    Person,
    Pupil,
    School,
    TeachingGroup,
)
from examples.school.note_types import NOTE_TYPES
from wilma_ext.register import (
    Category,
    CategoryColumn,
    Kind,
    Labels,
    SchoolRegister,
    Sensitivity,
)


def school_register() -> SchoolRegister:
    """Describe schools, pupils, people and their data to the plugin."""
    return SchoolRegister(
        schools=_schools(),
        pupils=_pupils(),
        guardianships=_guardianships(),
        people=_people(),
        offices=_offices(),
        lesson_notes=_lesson_notes(),
        grades=_grades(),
        categories=(_detentions(),),
        note_types=NOTE_TYPES,
    )


def _schools() -> Select[Any]:
    return select(
        School.id,
        School.municipality_id.label("provider_id"),
        School.name,
        School.name_sv,
    )


def _pupils() -> Select[Any]:
    return select(
        Pupil.id,
        Pupil.school_id,
        Pupil.person_id,
        Pupil.given_names,
        Pupil.family_name,
        TeachingGroup.name.label("group_name"),
        TeachingGroup.grade_level,
        Pupil.birth_date,
        Pupil.enrolled,
        Pupil.contact_protected,
    ).join(TeachingGroup, TeachingGroup.id == Pupil.group_id)


def _guardianships() -> Select[Any]:
    return select(
        Guardianship.pupil_id,
        Guardianship.guardian_id,
        Guardianship.may_decide,
        Guardianship.restricted_information,
        Guardianship.valid_from,
        Guardianship.valid_until,
    )


def _people() -> Select[Any]:
    return select(
        Person.id,
        (Person.given_names + " " + Person.family_name).label("display_name"),
        Person.email,
        Person.language,
        Person.human_key.label("human_id"),
    )


def _offices() -> Select[Any]:
    """Turn the role flags of the accounts into one row for each role."""
    flags = {
        "secretary": Account.is_secretary,
        "main_user": Account.is_main_user,
        "officer": Account.is_privacy_officer,
    }
    roles = union_all(
        *(
            select(
                Account.person_id,
                literal(office).label("office"),
                Account.municipality_id.label("provider_id"),
                Account.school_id,
            ).where(flag, Account.municipality_id.is_not(null()))
            for office, flag in flags.items()
        )
    ).subquery("roles")
    return select(*roles.c)


def _lesson_notes() -> Select[Any]:
    return select(
        LessonNote.id,
        LessonNote.pupil_id,
        LessonNote.day,
        LessonNote.starts_at,
        LessonNote.minutes,
        LessonNote.subject,
        NoteType.code.label("type_code"),
        LessonNote.explained,
        LessonNote.text,
    ).join(NoteType, NoteType.id == LessonNote.type_id)


def _grades() -> Select[Any]:
    return select(
        Grade.id,
        Grade.pupil_id,
        Grade.subject,
        Grade.value,
        Grade.scale,
        Grade.kind,
        Grade.day,
        Grade.visible_from,
        Grade.verbal,
    )


def _detentions() -> Category:
    """Declare a further category: what another system may do with any dated table."""
    return Category(
        key="detentions",
        labels=Labels("Jälki-istunnot", "Kvarsittningar", "Detentions"),
        descriptions=Labels(
            "Määrätyt jälki-istunnot: päivä, kesto ja onko istunto suoritettu.",
            "Kvarsittningar som eleven fått: dag, längd och om den är avklarad.",
            "Detentions given: day, length and whether the detention has been served.",
        ),
        select=select(
            Detention.pupil_id,
            Detention.day,
            Detention.minutes,
            Detention.served,
            Detention.reason,
        ),
        columns=(
            CategoryColumn("minutes", Kind.INTEGER, Labels("Minuuttia", "Minuter", "Minutes")),
            CategoryColumn("served", Kind.TRUTH, Labels("Suoritettu", "Avklarad", "Served")),
            CategoryColumn(
                "reason", Kind.TEXT, Labels("Syy", "Orsak", "Reason"), Sensitivity.REASON
            ),
        ),
    )
