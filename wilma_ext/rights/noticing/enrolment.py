"""Which pupils are enrolled in which schools today, for many at once."""

from collections.abc import Collection

from sqlalchemy import select

from wilma_ext.register import SchoolRegister
from wilma_ext.register.reference import Native, as_reference
from wilma_ext.register.relation import native_id, native_ids, relation
from wilma_ext.rights.decider.entitled import in_chunks
from wilma_ext.work import Work


def enrolled_in(
    work: Work,
    register: SchoolRegister,
    school_refs: Collection[str],
    pupil_refs: Collection[str],
) -> frozenset[str]:
    """Return those of the pupils who are enrolled in one of the schools."""
    schools = schools_of_pupils(work, register, pupil_refs)
    return frozenset(ref for ref, school in schools.items() if school in school_refs)


def schools_of_pupils(
    work: Work, register: SchoolRegister, pupil_refs: Collection[str]
) -> dict[str, str]:
    """Return the school of each pupil who is enrolled anywhere; any provider's school."""
    pupil = relation(register, "pupils")
    found: dict[str, str] = {}
    for some in in_chunks(natives_of(register, pupil_refs)):
        statement = select(pupil.c.id, pupil.c.school_id).where(
            pupil.c.id.in_(some), pupil.c.enrolled.is_(True)
        )
        for native, school in work.connection.execute(statement):
            found[as_reference(native)] = as_reference(school)
    return found


def natives_of(register: SchoolRegister, refs: Collection[str]) -> list[Native]:
    """Return the ids in the host's own type; one that the host could not have is left out."""
    return list(native_ids(register, "pupils", "id", refs).values())


def pupils_named(
    work: Work,
    register: SchoolRegister,
    provider_ref: str,
    pupil_refs: Collection[str],
    school_refs: frozenset[str] | None,
) -> dict[str, tuple[str, str | None]]:
    """Return name and class of those of the pupils who are in a school of the provider.

    Of who has moved out of the named schools no class is told: it is another office's to know.
    """
    pupil, school = relation(register, "pupils"), relation(register, "schools")
    provider = native_id(register, "schools", "provider_id", provider_ref)
    found: dict[str, tuple[str, str | None]] = {}
    for some in in_chunks(natives_of(register, pupil_refs)):
        statement = (
            select(
                pupil.c.id,
                pupil.c.family_name,
                pupil.c.given_names,
                pupil.c.group_name,
                pupil.c.school_id,
            )
            .join(school, school.c.id == pupil.c.school_id)
            .where(pupil.c.id.in_(some), school.c.provider_id == provider)
        )
        for native, family, given, group, at_school in work.connection.execute(statement):
            own = school_refs is None or as_reference(at_school) in school_refs
            found[as_reference(native)] = (f"{family} {given}", str(group) if own else None)
    return found
