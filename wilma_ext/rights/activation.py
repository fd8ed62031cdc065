"""Activation: the welfare group enabled for one pupil (R2), and its endings (design 4.7)."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.exc import IntegrityError

from wilma_ext.errors import Conflict
from wilma_ext.models import Activation, ActivationPair, WelfareGroup, new_id
from wilma_ext.oversight.event import Actor, Event, Recorded
from wilma_ext.register import SchoolRegister
from wilma_ext.register.relation import native_id
from wilma_ext.rights.pairs import ConsentPair, pair_states, states_of_pupils
from wilma_ext.rights.person import pupil_of
from wilma_ext.rights.welfare_group import group_of
from wilma_ext.vocabulary import ConsentState
from wilma_ext.work import Work

#: Why a pair that is no longer living was closed, in the words of the record.
_CLOSED_BY = {
    ConsentState.REFUSED: "refused",
    ConsentState.ENDED: "lapsed",
    ConsentState.NONE: "withdrawn",
}


@dataclass(frozen=True)
class Activated:
    """What an activation opened, and what was open before it."""

    opened: tuple[ConsentPair, ...]
    already_open: tuple[ConsentPair, ...]


def activate(
    work: Work,
    register: SchoolRegister,
    *,
    actor: Actor,
    provider_ref: str,
    pupil_refs: Sequence[str],
    group_id: str,
) -> dict[str, Activated]:
    """Enable the group for pupils: opens the pairs of each whose consent is living now.

    A pupil without any living pair is left out of what is returned (T36); a pair that is open
    stays as it is. An unknown pupil, or another provider's, is `NotFound` and nothing happens.
    """
    work.lock_provider(provider_ref)
    for pupil_ref in sorted(set(pupil_refs)):
        work.lock_pupil(provider_ref, pupil_ref)
    group = group_of(work, provider_ref, group_id)
    natives = [native_id(register, "pupils", "id", ref) for ref in set(pupil_refs)]
    for pupil_ref in set(pupil_refs):
        pupil_of(work, register, pupil_ref, provider_ref)
    states = states_of_pupils(
        work,
        register,
        provider_ref=provider_ref,
        pupils=natives,
        county=group.county,
        at=work.now(),
    )
    done = {}
    for pupil_ref, of_pupil in sorted(states.items()):
        living = {pair for pair, state in of_pupil.items() if state == ConsentState.LIVING}
        if living:
            done[pupil_ref] = _activate_one(work, actor, provider_ref, pupil_ref, group_id, living)
    return done


def _activate_one(
    work: Work,
    actor: Actor,
    provider_ref: str,
    pupil_ref: str,
    group_id: str,
    living: set[ConsentPair],
) -> Activated:
    already = {_pair(row) for row in open_pairs(work, provider_ref, pupil_ref, group_id)}
    opened = tuple(sorted(living - already))
    if opened:
        _open(work, actor, provider_ref, pupil_ref, group_id, opened)
    return Activated(opened, tuple(sorted(living & already)))


def _open(
    work: Work,
    actor: Actor,
    provider_ref: str,
    pupil_ref: str,
    group_id: str,
    pairs: tuple[ConsentPair, ...],
) -> None:
    at = work.now()
    of_pupil = {"provider_ref": provider_ref, "pupil_ref": pupil_ref, "group_id": group_id}
    activation = Activation(id=new_id(), valid_from=at, activated_by=actor.ref, **of_pupil)
    work.session.add(activation)
    work.session.flush()
    for pair in pairs:
        row = ActivationPair(
            id=new_id(),
            activation_id=activation.id,
            profession=pair.profession,
            category=pair.category,
            valid_from=at,
            valid_until=None,
            end_reason=None,
            **of_pupil,
        )
        work.session.add(row)
    try:
        work.session.flush()
    except IntegrityError as error:
        raise Conflict("enabled by somebody else at the same moment") from error
    data = {"activation": activation.id, "group": group_id, "pairs": [str(p) for p in pairs]}
    work.record(
        Recorded(provider_ref, Event.ACTIVATION_STARTED, actor, data=data, pupil_ref=pupil_ref)
    )


def deactivate(
    work: Work,
    register: SchoolRegister,
    *,
    actor: Actor,
    provider_ref: str,
    pupil_ref: str,
    group_id: str,
) -> tuple[ConsentPair, ...]:
    """Disable the group for a pupil now; consents stay as they are."""
    work.lock_provider(provider_ref)
    work.lock_pupil(provider_ref, pupil_ref, exclusive=True)
    work.now()
    pupil_of(work, register, pupil_ref, provider_ref)
    group_of(work, provider_ref, group_id)
    rows = open_pairs(work, provider_ref, pupil_ref, group_id, dated=True)
    if not rows:
        raise Conflict("not enabled")
    _end(work, actor, rows, "disabled")
    return tuple(sorted(_pair(row) for row in rows))


def end_closed_pairs(
    work: Work, register: SchoolRegister, *, actor: Actor, provider_ref: str, pupil_ref: str
) -> tuple[ConsentPair, ...]:
    """End the open pairs whose consent is not living now; the caller holds the pupil.

    Called before and after an answer is written: what had lapsed is not revived by it, what it
    closes is closed in the same transaction.
    """
    at, closed = work.now(), []
    rows = open_pairs(work, provider_ref, pupil_ref, dated=True)
    for group_id in sorted({row.group_id for row in rows}):
        county = _county(work, group_id)
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
            state = states.get(_pair(row), ConsentState.NONE)
            if state != ConsentState.LIVING:
                by_reason.setdefault(_CLOSED_BY[state], []).append(row)
        for reason, ending in sorted(by_reason.items()):
            _end(work, actor, ending, reason)
            closed += [_pair(row) for row in ending]
    return tuple(sorted(closed))


def open_pairs(
    work: Work,
    provider_ref: str,
    pupil_ref: str,
    group_id: str | None = None,
    *,
    dated: bool = False,
) -> list[ActivationPair]:
    """Return the pairs that are enabled for a pupil without an end.

    With `dated` also those whose end is to come: what closes a pair closes these too, or a later
    yes would find them open (design 4.7).
    """
    ends = ActivationPair.valid_until
    still_open = or_(ends.is_(None), ends > work.now()) if dated else ends.is_(None)
    statement = select(ActivationPair).where(
        ActivationPair.provider_ref == provider_ref,
        ActivationPair.pupil_ref == pupil_ref,
        still_open,
    )
    if group_id is not None:
        statement = statement.where(ActivationPair.group_id == group_id)
    return list(work.session.scalars(statement))


def _end(work: Work, actor: Actor, rows: list[ActivationPair], reason: str) -> None:
    at = work.now()
    for row in rows:
        row.valid_until, row.end_reason = at, reason
    work.session.flush()
    first = rows[0]
    data = {
        "group": first.group_id,
        "pairs": sorted(str(_pair(row)) for row in rows),
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


def _pair(row: ActivationPair) -> ConsentPair:
    return ConsentPair(row.profession, row.category)


def _county(work: Work, group_id: str) -> str:
    return work.session.scalars(
        select(WelfareGroup.county).where(WelfareGroup.id == group_id)
    ).one()
