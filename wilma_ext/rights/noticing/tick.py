"""The periodic work of a provider: nothing about a right depends on it (D5).

It looks at the register, closes in the record what has lapsed, and tells the host. Each chunk is a
transaction of its own and does what is still to do: run twice, the second finds nothing.
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select

from wilma_ext.models import ActivationPair, Tick, WelfareGroup
from wilma_ext.register import SchoolRegister
from wilma_ext.register.reference import Native
from wilma_ext.register.relation import native_ids
from wilma_ext.rights.consent.announcement import announce_conflicts, announce_ended
from wilma_ext.rights.consent.deactivation import end_closed_pairs
from wilma_ext.rights.consent.pairs import ConsentPair, states_of_pupils
from wilma_ext.rights.decider.entitled import in_chunks
from wilma_ext.rights.desk.bulk import advance
from wilma_ext.rights.desk.bulk_run import RunState, runs_left_behind
from wilma_ext.rights.noticing.register_change import SYSTEM, observe, pupils_spoken_of
from wilma_ext.vocabulary import ConsentState
from wilma_ext.work import Work

#: Pupils in one transaction: their locks are held while it lasts, and a guardian waits for them.
CHUNK = 50

#: A run that began so long ago is not watched by anybody any more.
LEFT_BEHIND = timedelta(minutes=15)

Works = Callable[[], AbstractContextManager[Work]]


@dataclass(frozen=True)
class Ticked:
    """What one run found to do."""

    pupils: int = 0
    changes_noticed: int = 0
    pairs_closed: int = 0
    ends_told: int = 0
    conflicts_told: int = 0
    runs_finished: int = 0

    def __add__(self, other: "Ticked") -> "Ticked":
        mine, theirs = asdict(self), asdict(other)
        return Ticked(**{name: mine[name] + theirs[name] for name in mine})


def tick(works: Works, register: SchoolRegister, provider_ref: str) -> Ticked:
    """Do the provider's periodic work in units of work of its own, and note that it was done."""
    with works() as work:
        pupils = _pupils(work, register, provider_ref)
    done = Ticked()
    for some in in_chunks(pupils, CHUNK):
        with works() as work:
            done += _chunk(work, register, provider_ref, dict(some))
    done += Ticked(runs_finished=_finish_runs(works, register, provider_ref))
    with works() as work:
        work.lock_tick(provider_ref)
        row = work.session.get(Tick, provider_ref) or Tick(provider_ref=provider_ref)
        row.ticked_at = work.now()
        work.session.add(row)
    return done


def _finish_runs(works: Works, register: SchoolRegister, provider_ref: str) -> int:
    """Go on with bulk runs that nobody drives any more, until they are finished (D5, S7)."""
    with works() as work:
        left = runs_left_behind(work, provider_ref, work.now() - LEFT_BEHIND)
    for run_id in left:
        while _driven(works, register, provider_ref, run_id) == RunState.RUNNING:
            continue
    return len(left)


def _driven(works: Works, register: SchoolRegister, provider_ref: str, run_id: str) -> RunState:
    """Treat one chunk of a run in a transaction of its own; return how the run stands."""
    with works() as work:
        run = advance(work, register, actor=SYSTEM, provider_ref=provider_ref, run_id=run_id)
        return run.state


def last_tick(work: Work, provider_ref: str) -> datetime | None:
    """Return when the provider's periodic work was last done."""
    row = work.session.get(Tick, provider_ref)
    return None if row is None else row.ticked_at


def _pupils(work: Work, register: SchoolRegister, provider_ref: str) -> list[tuple[str, Native]]:
    """Every pupil of whom anything stands, or for whom anything is enabled."""
    refs = {*pupils_spoken_of(work, provider_ref), *_enabled(work, provider_ref)}
    # Of a pupil whose id the host cannot have any more nothing opens.
    return list(native_ids(register, "pupils", "id", refs).items())


def _enabled(work: Work, provider_ref: str) -> Sequence[str]:
    return work.session.scalars(
        select(ActivationPair.pupil_ref)
        .where(ActivationPair.provider_ref == provider_ref, ActivationPair.valid_until.is_(None))
        .distinct()
    ).all()


def _chunk(
    work: Work, register: SchoolRegister, provider_ref: str, pupils: dict[str, Native]
) -> Ticked:
    work.lock_provider(provider_ref)
    work.lock_tick(provider_ref)
    for ref in sorted(pupils):
        work.lock_pupil(provider_ref, ref, exclusive=True)
    noticed = observe(work, register, provider_ref, pupils)
    closed = 0
    for ref in _lapsed(work, register, provider_ref, pupils):
        place = {"provider_ref": provider_ref, "pupil_ref": ref}
        closed += len(end_closed_pairs(work, register, actor=SYSTEM, **place))
    return Ticked(
        pupils=len(pupils),
        changes_noticed=len(noticed),
        pairs_closed=closed,
        ends_told=announce_ended(work, register, provider_ref, list(pupils.values())),
        conflicts_told=announce_conflicts(work, register, provider_ref, pupils),
    )


def _lapsed(
    work: Work, register: SchoolRegister, provider_ref: str, pupils: dict[str, Native]
) -> list[str]:
    """The pupils with an enabled pair whose consent is not living now."""
    until = ActivationPair.valid_until
    rows = work.session.execute(
        select(ActivationPair, WelfareGroup.county)
        .join(WelfareGroup, WelfareGroup.id == ActivationPair.group_id)
        .where(
            ActivationPair.provider_ref == provider_ref,
            ActivationPair.pupil_ref.in_(list(pupils)),
            or_(until.is_(None), until > work.now()),
        )
    ).all()
    found: set[str] = set()
    for county in {county for _, county in rows}:
        of_county = [row for row, its in rows if its == county]
        natives = [pupils[ref] for ref in sorted({row.pupil_ref for row in of_county})]
        states = states_of_pupils(
            work,
            register,
            provider_ref=provider_ref,
            pupils=natives,
            county=county,
            at=work.now(),
        )
        for row in of_county:
            pair = ConsentPair(row.profession, row.category)
            if states.get(row.pupil_ref, {}).get(pair) != ConsentState.LIVING:
                found.add(row.pupil_ref)
    return sorted(found)
