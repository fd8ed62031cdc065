"""Activation: the welfare group enabled for one pupil (R2), and its endings (design 4.7)."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import insert, or_, select
from sqlalchemy.exc import IntegrityError

from wilma_ext.errors import Conflict
from wilma_ext.models import Activation, ActivationPair, WelfareGroup
from wilma_ext.opaque_id import new_id
from wilma_ext.oversight.event import Actor, Event, Recorded
from wilma_ext.register import SchoolRegister
from wilma_ext.register.relation import native_id
from wilma_ext.rights.consent.pairs import ConsentPair, pair_states, states_of_pupils
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


@dataclass(frozen=True)
class Activated:
    """What an activation opened, and what was open before it."""

    opened: tuple[ConsentPair, ...]
    already_open: tuple[ConsentPair, ...]
    #: The activation made, or where nothing was left to open the one found.
    activation_id: str


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
    work.lock_desk(provider_ref)
    for pupil_ref in sorted(set(pupil_refs)):
        work.lock_pupil(provider_ref, pupil_ref)
    group = group_of(work, provider_ref, group_id)
    for pupil_ref in set(pupil_refs):
        pupil_of(work, register, pupil_ref, provider_ref)
    done, _ = open_living(work, register, actor=actor, group=group, pupil_refs=pupil_refs)
    return done


def open_living(
    work: Work,
    register: SchoolRegister,
    *,
    actor: Actor,
    group: WelfareGroup,
    pupil_refs: Sequence[str],
) -> tuple[dict[str, Activated], dict[str, dict[ConsentPair, ConsentState]]]:
    """Open the living pairs of pupils whom the caller holds and knows; return their states too."""
    observe(work, register, group.provider_ref, pupil_refs)
    states = states_of_pupils(
        work,
        register,
        provider_ref=group.provider_ref,
        pupils=[native_id(register, "pupils", "id", ref) for ref in set(pupil_refs)],
        county=group.county,
        at=work.now(),
    )
    before = _open_of_many(work, group, list(states))
    opening, already = {}, {}
    for ref, of_pupil in sorted(states.items()):
        living = {pair for pair, state in of_pupil.items() if state == ConsentState.LIVING}
        already[ref] = tuple(sorted(living & before.get(ref, {}).keys()))
        if fresh := tuple(sorted(living - before.get(ref, {}).keys())):
            opening[ref] = fresh
    made = _open(work, actor, group, opening)
    done = {ref: Activated(pairs, already[ref], made[ref]) for ref, pairs in opening.items()}
    for ref, pairs in already.items():
        if pairs and ref not in done:
            done[ref] = Activated((), pairs, before[ref][pairs[0]])
    return done, states


def _open_of_many(
    work: Work, group: WelfareGroup, pupil_refs: list[str]
) -> dict[str, dict[ConsentPair, str]]:
    """Return the open pairs by pupil, with the activation that opened each."""
    statement = select(ActivationPair).where(
        ActivationPair.provider_ref == group.provider_ref,
        ActivationPair.group_id == group.id,
        ActivationPair.pupil_ref.in_(pupil_refs),
        ActivationPair.valid_until.is_(None),
    )
    found: dict[str, dict[ConsentPair, str]] = {}
    for row in work.session.scalars(statement):
        found.setdefault(row.pupil_ref, {})[_pair(row)] = row.activation_id
    return found


def _open(
    work: Work, actor: Actor, group: WelfareGroup, opening: Mapping[str, tuple[ConsentPair, ...]]
) -> dict[str, str]:
    """Write an activation for each pupil with its pairs, in two statements; return their ids."""
    at = work.now()
    place = {"provider_ref": group.provider_ref, "group_id": group.id, "valid_from": at}
    made = {ref: new_id() for ref in opening}
    if not made:
        return made
    activations = [
        {"id": key, "pupil_ref": ref, "activated_by": actor.ref, **place}
        for ref, key in made.items()
    ]
    pairs = [
        {"id": new_id(), "activation_id": made[ref], "pupil_ref": ref, **asdict(pair), **place}
        for ref, of_pupil in opening.items()
        for pair in of_pupil
    ]
    try:
        work.session.execute(insert(Activation), activations)
        work.session.execute(insert(ActivationPair), pairs)
    except IntegrityError as error:
        raise Conflict("enabled by somebody else at the same moment") from error
    for ref, key in made.items():
        told = [str(pair) for pair in opening[ref]]
        data = {"activation": key, "group": group.id, "pairs": told}
        work.record(
            Recorded(group.provider_ref, Event.ACTIVATION_STARTED, actor, data=data, pupil_ref=ref)
        )
    return made


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
    return tuple(sorted(_pair(row) for row in rows))


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
            state = states.get(_pair(row), ConsentState.NONE)
            if state != ConsentState.LIVING:
                reason = "lapsed" if actor == SYSTEM else _CLOSED_BY[state]
                by_reason.setdefault(reason, []).append(row)
        for reason, ending in sorted(by_reason.items()):
            end_pairs(work, actor, ending, reason)
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


def end_pairs(work: Work, actor: Actor, rows: list[ActivationPair], reason: str) -> None:
    """End the open pairs of one pupil and group now; the caller holds the pupil alone."""
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
