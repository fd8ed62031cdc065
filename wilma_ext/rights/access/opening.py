"""Which pupils a member may open, and what of one pupil (D8, W1)."""

from dataclasses import dataclass

from wilma_ext.errors import NotFound
from wilma_ext.oversight.event import Event, Recorded
from wilma_ext.register import SchoolRegister
from wilma_ext.register.name_search import search_words
from wilma_ext.rights.access.categories import shown_categories
from wilma_ext.rights.access.decision import Member
from wilma_ext.rights.access.listing import VisiblePupil, visible_pupils
from wilma_ext.rights.look_up.disclosure_verdict import STATED, actor_of, record_denial, verdicts_of
from wilma_ext.rights.person import Pupil, pupil_of
from wilma_ext.rights.policy.policy import policy_at
from wilma_ext.vocabulary import Route
from wilma_ext.work import Work


@dataclass(frozen=True)
class Opening:
    """What a member may open of one pupil: categories at once, and those needing a necessity."""

    pupil: Pupil
    by_consent: tuple[str, ...]
    by_law: tuple[str, ...]


#: A search over all schools shows no more than this and asks to narrow (W1).
MOST_FOUND = 50


def searches_only(work: Work, member: Member) -> bool:
    """Tell whether the member searches instead of reading a list: all schools are too many (D2)."""
    policy = policy_at(work, member.provider_ref, work.now())
    return policy.school_scope == "all"


def pupils_to_open(
    work: Work, register: SchoolRegister, member: Member, *, search: str = ""
) -> tuple[VisiblePupil, ...]:
    """Return the pupils of whom the member may open something; the listing is recorded (W1).

    A category that the law opens counts as openable: the necessity is stated at the look-up. Where
    the member's scope is all schools, too short a search finds nobody.
    """
    work.lock_provider(member.provider_ref)
    found: dict[str, VisiblePupil] = {}
    if search_words(search) or not searches_only(work, member):
        found = _openable(work, register, member, search)
    words = search.casefold().split()
    matching = tuple(pupil for pupil in found.values() if _matches(pupil, words))
    data = {
        "membership": member.membership_id,
        "count": len(matching),
        "search": bool(words),
    }
    work.record(Recorded(member.provider_ref, Event.PUPILS_LISTED, actor_of(member), data=data))
    return matching


def _openable(
    work: Work, register: SchoolRegister, member: Member, search: str
) -> dict[str, VisiblePupil]:
    found: dict[str, VisiblePupil] = {}
    for category in shown_categories(register):
        for pupil in visible_pupils(
            work,
            register,
            member,
            category=category,
            at=work.now(),
            necessity=STATED,
            words=search_words(search),
        ):
            found[pupil.pupil_ref] = pupil
    return found


def _matches(pupil: VisiblePupil, words: list[str]) -> bool:
    text = f"{pupil.given_names} {pupil.family_name} {pupil.group_name}".casefold()
    return all(word in text for word in words)


def opening_of(
    work: Work, register: SchoolRegister, member: Member, pupil_ref: str
) -> Opening | None:
    """Return what the member could open of the pupil, or None: then the denial is recorded.

    An unknown pupil and a forbidden one answer alike (T01).
    """
    work.lock_provider(member.provider_ref)
    work.lock_pupil(member.provider_ref, pupil_ref)
    try:
        verdicts = verdicts_of(work, register, member, pupil_ref, necessity=STATED)
    except NotFound:
        record_denial(work, member, None, {})
        return None
    routes = {category: v.route for category, v in verdicts.items() if v.allowed}
    if not routes:
        record_denial(work, member, pupil_ref, verdicts)
        return None
    return Opening(
        pupil_of(work, register, pupil_ref, member.provider_ref),
        tuple(category for category, route in routes.items() if route == Route.CONSENT),
        tuple(category for category, route in routes.items() if route == Route.STATUTORY),
    )
