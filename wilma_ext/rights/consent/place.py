"""Where a person stands towards a child's consent: may answer, the pupil decides, or closed."""

from enum import StrEnum

from wilma_ext.errors import NotFound
from wilma_ext.register import SchoolRegister
from wilma_ext.rights.consent.giver import Giver
from wilma_ext.rights.decider.guardian import entitled_refs, guardians_of
from wilma_ext.rights.decider.stage import stage_of
from wilma_ext.rights.person import Pupil, pupil_of
from wilma_ext.vocabulary import Capacity, Decider
from wilma_ext.work import Work


class Place(StrEnum):
    """Where a person stands towards a child's consent."""

    MAY_ANSWER = "may_answer"
    #: The pupil is of age, or judged able to decide (G15).
    PUPIL_DECIDES = "pupil_decides"
    #: Any reason that is not told: the page is the same for all of them (G14).
    CLOSED = "closed"


def giver_of(
    work: Work, register: SchoolRegister, person_ref: str, provider_ref: str, pupil_ref: str
) -> Giver:
    """Return in which capacity the person may come to this pupil's consent at all.

    Who is no guardian today learns nothing more of the child, the present school least of all.
    """
    pupil = pupil_of(work, register, pupil_ref, provider_ref)
    if pupil.person_ref == person_ref:
        return Giver(person_ref, Capacity.PUPIL, provider_ref, pupil_ref)
    today = guardians_of(work, register, pupil_ref, work.now())
    if person_ref in {guardian.person_ref for guardian in today}:
        return Giver(person_ref, Capacity.GUARDIAN, provider_ref, pupil_ref)
    raise NotFound("no such child")


def own_place(work: Work, register: SchoolRegister, giver: Giver, pupil: Pupil) -> Place:
    """Tell whether the person may answer, the pupil decides, or the page stays closed."""
    at = work.now()
    place = {"provider_ref": giver.provider_ref, "pupil_ref": giver.pupil_ref}
    stage = stage_of(work, register, at=at, **place)
    if giver.capacity == Capacity.PUPIL:
        mine = stage in (Decider.PUPIL, Decider.JOINT)
        return Place.MAY_ANSWER if mine else Place.CLOSED
    if stage is None or giver.person_ref not in entitled_refs(work, register, pupil.pupil_ref, at):
        return Place.CLOSED
    return Place.PUPIL_DECIDES if stage == Decider.PUPIL else Place.MAY_ANSWER
