"""Activation: the welfare group enabled for one pupil (R2)."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from wilma_ext.errors import Conflict
from wilma_ext.models import Activation, ActivationPair, WelfareGroup
from wilma_ext.opaque_id import new_id
from wilma_ext.oversight.event import Actor, Event, Recorded
from wilma_ext.register import SchoolRegister
from wilma_ext.register.relation import native_id
from wilma_ext.rights.consent.open_pair import open_pairs_of_many
from wilma_ext.rights.consent.pairs import ConsentPair, states_of_pupils
from wilma_ext.rights.noticing.register_change import observe
from wilma_ext.rights.person import pupil_of
from wilma_ext.rights.welfare.welfare_group import group_of
from wilma_ext.vocabulary import ConsentState
from wilma_ext.work import Work


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
    before = open_pairs_of_many(work, group, list(states))
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
