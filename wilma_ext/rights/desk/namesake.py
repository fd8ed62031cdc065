"""Pupils of the same name: the guard against writing into the wrong child's papers (S17)."""

from sqlalchemy import func, select, true

from wilma_ext.register import SchoolRegister
from wilma_ext.register.relation import native_id, relation
from wilma_ext.rights.person import Pupil, schools_of
from wilma_ext.work import Work


def has_namesake(
    work: Work, register: SchoolRegister, pupil: Pupil, school_refs: frozenset[str] | None
) -> bool:
    """Tell whether another enrolled pupil of the provider, or of the named schools, bears the
    name."""
    schools = [
        native_id(register, "schools", "id", school.school_ref)
        for school in schools_of(work, register, pupil.provider_ref)
        if school_refs is None or school.school_ref in school_refs
    ]
    row = relation(register, "pupils")
    others = select(func.count()).where(
        row.c.school_id.in_(schools),
        row.c.enrolled.is_(true()),
        row.c.given_names == pupil.given_names,
        row.c.family_name == pupil.family_name,
        row.c.id != native_id(register, "pupils", "id", pupil.pupil_ref),
    )
    return bool(work.connection.scalar(others))
