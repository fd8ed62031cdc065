"""What a look-up asks of the rights for every category, and how a denial is recorded."""

from collections.abc import Mapping

from wilma_ext.oversight.event import Actor, Event, Outcome, Recorded
from wilma_ext.register import SchoolRegister
from wilma_ext.rights.access.categories import shown_categories
from wilma_ext.rights.access.decision import Member, Verdict, decide
from wilma_ext.work import Work

#: What a worker states where the law asks for a necessity but the provider wants no free text.
STATED = "stated"


def actor_of(member: Member) -> Actor:
    """The member as the actor of an audit row."""
    return Actor(member.person_ref, "welfare")


def verdicts_of(
    work: Work, register: SchoolRegister, member: Member, pupil_ref: str, *, necessity: str
) -> dict[str, Verdict]:
    """Decide on every category that this host can show, at the instant of the work."""
    at = work.now()
    return {
        category: decide(
            work,
            register,
            member,
            pupil_ref=pupil_ref,
            category=category,
            at=at,
            necessity=necessity,
        )
        for category in shown_categories(register)
    }


def record_denial(
    work: Work, member: Member, pupil_ref: str | None, verdicts: Mapping[str, Verdict]
) -> None:
    """Record that a look-up was denied, with the first failing condition of each category (R14)."""
    reasons = {category: str(v.because) for category, v in verdicts.items() if v.because}
    work.record(
        Recorded(
            member.provider_ref,
            Event.LOOK_UP_DENIED,
            actor_of(member),
            data={"membership": member.membership_id, "reasons": reasons},
            pupil_ref=pupil_ref,
            outcome=Outcome.DENIED,
        )
    )
