"""Pupils of one provider's log: whom a name or an id means, and how they are called (D1, D3)."""

from sqlalchemy import select

from wilma_ext.models import AuditEvent
from wilma_ext.register import SchoolRegister
from wilma_ext.register.name_search import named_like, search_words
from wilma_ext.register.reference import as_reference
from wilma_ext.register.relation import native_id, native_ids, relation
from wilma_ext.work import Work

#: A name that fits more pupils than this must be narrowed.
MOST_PUPILS = 200


def pupils_named(
    work: Work, register: SchoolRegister, provider_ref: str, text: str
) -> frozenset[str]:
    """Return the provider's pupils whose names fit, and whom the text is the id of.

    Of the text nothing else is returned: what was searched for is kept in the log (D3).
    """
    meant = _pupil_of_id(work, register, provider_ref, text.strip())
    words = search_words(text)
    if not words:
        return meant
    pupil, school = relation(register, "pupils"), relation(register, "schools")
    provider = native_id(register, "schools", "provider_id", provider_ref)
    statement = (
        select(pupil.c.id)
        .join(school, school.c.id == pupil.c.school_id)
        .where(
            school.c.provider_id == provider,
            named_like([pupil.c.given_names, pupil.c.family_name], words),
        )
        .order_by(pupil.c.id)
        .limit(MOST_PUPILS)
    )
    return meant | frozenset(map(as_reference, work.connection.scalars(statement)))


def _pupil_of_id(
    work: Work, register: SchoolRegister, provider_ref: str, text: str
) -> frozenset[str]:
    """Return the pupil whose id it is: the register's, or one whom only the log still knows."""
    logged = select(AuditEvent.pupil_ref).where(
        AuditEvent.provider_ref == provider_ref, AuditEvent.pupil_ref == text
    )
    known = frozenset(pupil_names(work, register, provider_ref, frozenset({text})))
    return known | {ref for ref in work.session.scalars(logged.limit(1)) if ref}


def pupil_names(
    work: Work, register: SchoolRegister, provider_ref: str, refs: frozenset[str]
) -> dict[str, str]:
    """Return the names of those of the provider's pupils that the register still has."""
    natives = list(native_ids(register, "pupils", "id", refs).values())
    pupil, school = relation(register, "pupils"), relation(register, "schools")
    provider = native_id(register, "schools", "provider_id", provider_ref)
    statement = (
        select(pupil.c.id, pupil.c.given_names, pupil.c.family_name)
        .join(school, school.c.id == pupil.c.school_id)
        .where(school.c.provider_id == provider, pupil.c.id.in_(natives))
    )
    rows = work.connection.execute(statement)
    return {as_reference(ref): f"{given} {family}" for ref, given, family in rows}
