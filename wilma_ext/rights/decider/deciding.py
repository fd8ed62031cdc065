"""Who decides about one pupil today, and why: for whoever answers for it, in full (design 4.3)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from wilma_ext.clock import birthday, civil_date
from wilma_ext.models import CapacityDecision
from wilma_ext.register import SchoolRegister
from wilma_ext.rights.decider.capacity import live_capacity
from wilma_ext.rights.decider.guardian import Guardian, guardians_of
from wilma_ext.rights.decider.stage import stage_of
from wilma_ext.rights.person import Pupil
from wilma_ext.rights.policy.policy import Policy, policy_at
from wilma_ext.vocabulary import Decider
from wilma_ext.work import Work


class Ground(StrEnum):
    """What it rests on who decides."""

    AGE = "age"
    CAPACITY_DECISION = "capacity_decision"
    #: The register gives no birth date: nobody can consent.
    NO_BIRTH_DATE = "no_birth_date"


@dataclass(frozen=True)
class Deciding:
    """Who decides about one pupil at one instant."""

    #: None while nobody can.
    stage: Decider | None
    ground: Ground
    #: In whole years; None where the birth date is not known.
    age: int | None
    capacity: CapacityDecision | None
    guardians: tuple[Guardian, ...]
    policy: Policy

    @property
    def entitled(self) -> tuple[Guardian, ...]:
        """The guardians who decide where guardians decide."""
        return tuple(guardian for guardian in self.guardians if guardian.entitled)

    @property
    def closed(self) -> bool:
        """Whether nobody can say a yes that counts."""
        without_guardian = self.stage in (Decider.GUARDIAN, Decider.JOINT) and not self.entitled
        return self.stage is None or without_guardian


def deciding_of(work: Work, register: SchoolRegister, pupil: Pupil, at: datetime) -> Deciding:
    """Return who decides about the pupil, as the decision itself has it."""
    place = {"provider_ref": pupil.provider_ref, "pupil_ref": pupil.pupil_ref}
    capacity = live_capacity(work, pupil.provider_ref, pupil.pupil_ref, at)
    ground = Ground.AGE if capacity is None else Ground.CAPACITY_DECISION
    return Deciding(
        stage_of(work, register, at=at, **place),
        Ground.NO_BIRTH_DATE if pupil.birth_date is None else ground,
        _age(pupil, at),
        capacity,
        tuple(guardians_of(work, register, pupil.pupil_ref, at)),
        policy_at(work, pupil.provider_ref, at),
    )


def _age(pupil: Pupil, at: datetime) -> int | None:
    if pupil.birth_date is None:
        return None
    day = civil_date(at)
    age = day.year - pupil.birth_date.year
    return age if day >= birthday(pupil.birth_date, age) else age - 1
