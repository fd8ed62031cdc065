"""Endings of an activation: disabled by an office, or closed by its consent (design 4.7)."""

from wilma_ext.errors import Conflict
from wilma_ext.models import ActivationPair, WelfareGroup
from wilma_ext.oversight.event import Actor, Event, Recorded
from wilma_ext.register import SchoolRegister
from wilma_ext.rights.consent.open_pair import open_pairs, pair_of
from wilma_ext.rights.consent.pairs import ConsentPair, pair_states
from wilma_ext.rights.noticing.register_change import SYSTEM, observe
from wilma_ext.rights.person import pupil_of
from wilma_ext.rights.welfare.welfare_group import group_of
from wilma_ext.vocabulary import ConsentState, DisableReason
from wilma_ext.work import Work

#: Why a pair that is no longer living was closed, in the words of the record.
_CLOSED_BY = {
    ConsentState.REFUSED: "refused",
    ConsentState.ENDED: "lapsed",
    ConsentState.NONE: "withdrawn",
}


def deactivate(
    work: Work,
    register: SchoolRegister,
    *,
    actor: Actor,
    provider_ref: str,
    pupil_ref: str,
    group_id: str,
    reason: DisableReason,
) -> tuple[ConsentPair, ...]:
    """Disable the group for a pupil now; consents stay as they are."""
    work.lock_provider(provider_ref)
    work.lock_pupil(provider_ref, pupil_ref, exclusive=True)
    work.now()
    pupil_of(work, register, pupil_ref, provider_ref)
    group_of(work, provider_ref, group_id)
    observe(work, register, provider_ref, [pupil_ref])
    rows = open_pairs(work, provider_ref, pupil_ref, group_id, dated=True)
    if not rows:
        raise Conflict("not enabled")
    end_pairs(work, actor, rows, reason.value)
    return tuple(sorted(pair_of(row) for row in rows))


def end_closed_pairs(
    work: Work, register: SchoolRegister, *, actor: Actor, provider_ref: str, pupil_ref: str
) -> tuple[ConsentPair, ...]:
    """End the open pairs whose consent is not living now; the caller holds the pupil.

    Called before and after an answer is written: what had lapsed is not revived by it, what it
    closes is closed in the same transaction. What no act has closed, the system ends as lapsed.
    """
    at, closed = work.now(), []
    rows = open_pairs(work, provider_ref, pupil_ref, dated=True)
    for group_id in sorted({row.group_id for row in rows}):
        county = work.session.get_one(WelfareGroup, group_id).county
        states = pair_states(
            work,
            register,
            provider_ref=provider_ref,
            pupil_ref=pupil_ref,
            county=county,
            at=at,
        )
        by_reason: dict[str, list[ActivationPair]] = {}
        for row in (row for row in rows if row.group_id == group_id):
            state = states.get(pair_of(row), ConsentState.NONE)
            if state != ConsentState.LIVING:
                reason = "lapsed" if actor == SYSTEM else _CLOSED_BY[state]
                by_reason.setdefault(reason, []).append(row)
        for reason, ending in sorted(by_reason.items()):
            end_pairs(work, actor, ending, reason)
            closed += [pair_of(row) for row in ending]
    return tuple(sorted(closed))


def end_pairs(work: Work, actor: Actor, rows: list[ActivationPair], reason: str) -> None:
    """End the open pairs of one pupil and group now; the caller holds the pupil alone."""
    at = work.now()
    for row in rows:
        row.valid_until, row.end_reason = at, reason
    work.session.flush()
    first = rows[0]
    data = {
        "group": first.group_id,
        "pairs": sorted(str(pair_of(row)) for row in rows),
        "reason": reason,
    }
    work.record(
        Recorded(
            first.provider_ref,
            Event.ACTIVATION_ENDED,
            actor,
            data=data,
            pupil_ref=first.pupil_ref,
        )
    )
