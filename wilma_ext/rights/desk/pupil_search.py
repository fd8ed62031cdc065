"""Finding a pupil of a provider by name or class: few hits, and never a list of everybody."""

from dataclasses import dataclass

from sqlalchemy import true

from wilma_ext.register import SchoolRegister
from wilma_ext.register.name_search import named_like, search_words
from wilma_ext.register.relation import native_id
from wilma_ext.rights.person import Pupil, pupils_where
from wilma_ext.work import Work

MOST_PUPILS = 20


@dataclass(frozen=True)
class FoundPupils:
    """The first hits of a search, and whether there were more."""

    pupils: tuple[Pupil, ...]
    more: bool


def find_pupils(
    work: Work, register: SchoolRegister, provider_ref: str, text: str, *, most: int = MOST_PUPILS
) -> FoundPupils:
    """Return the provider's enrolled pupils by a part of name or class, in the order of names.

    Fewer than two letters find nobody.
    """
    words = search_words(text)
    if not words:
        return FoundPupils((), False)
    provider = native_id(register, "schools", "provider_id", provider_ref)
    found = pupils_where(
        work,
        register,
        lambda pupil, school: (
            (school.c.provider_id == provider)
            & pupil.c.enrolled.is_(true())
            & named_like([pupil.c.given_names, pupil.c.family_name, pupil.c.group_name], words)
        ),
        most=most + 1,
    )
    return FoundPupils(tuple(found[:most]), len(found) > most)
