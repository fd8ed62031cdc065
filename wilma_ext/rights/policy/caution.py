"""Choices of a policy that close more, or open less, than their words promise."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select

from wilma_ext.models import Agreement
from wilma_ext.rights.access.bound import PROVIDER_REF
from wilma_ext.rights.access.period import live
from wilma_ext.rights.policy.policy import Policy
from wilma_ext.rights.welfare.welfare_group import groups_of
from wilma_ext.work import Work


class Caution(StrEnum):
    """What is worth a second thought."""

    ALL_CLOSED = "all_closed"
    CONTACT_ONLY = "contact_only"
    NO_AGREEMENT = "no_agreement"
    JOINT_NEVER = "joint_never"
    LAW_FOR_NOBODY = "law_for_nobody"
    NEVER_ENDS = "never_ends"
    NOBODY_CHECKS = "nobody_checks"
    LOOK_UPS_TOLD = "look_ups_told"


@dataclass(frozen=True)
class Cautioned:
    """A caution, and the county that it is about, if it is about one."""

    caution: Caution
    county: str = ""


def cautions_of(
    work: Work, provider_ref: str, policy: Policy, at: datetime
) -> tuple[Cautioned, ...]:
    """Return everything that is worth a second thought in the policy at the instant."""
    found = [Cautioned(caution) for caution in _of_policy(policy)]
    if policy.agreement_required:
        found += [
            Cautioned(Caution.NO_AGREEMENT, county)
            for county in _without_agreement(work, provider_ref, at)
        ]
    return tuple(found)


def _of_policy(policy: Policy) -> Iterator[Caution]:
    joint, own = policy.joint_from_age, policy.own_from_age
    law = policy.mode == "consent_and_statutory"
    holding = {
        Caution.ALL_CLOSED: policy.mode == "off",
        Caution.CONTACT_ONLY: policy.mode == "contact",
        Caution.JOINT_NEVER: joint is not None and joint >= own,
        Caution.LAW_FOR_NOBODY: law and not policy.statutory_professions,
        Caution.NEVER_ENDS: policy.validity == "open",
        Caution.NOBODY_CHECKS: policy.activation == "automatic",
        Caution.LOOK_UPS_TOLD: policy.log_extract == "self_service",
    }
    return (caution for caution, holds in holding.items() if holds)


def _without_agreement(work: Work, provider_ref: str, at: datetime) -> list[str]:
    agreement = Agreement.__table__
    statement = select(agreement.c.county).where(
        agreement.c.provider_ref == PROVIDER_REF, live(agreement)
    )
    values = {"provider_ref": provider_ref, "at": at}
    agreed = set(work.connection.scalars(statement, values))
    return sorted({group.county for group in groups_of(work, provider_ref)} - agreed)
