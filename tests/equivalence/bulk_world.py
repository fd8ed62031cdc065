"""A provider with many consented pupils who wait, and the runs over them."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import func, select

from tests.equivalence.family import Families
from tests.equivalence.loader import Place
from wilma_ext.models import ActivationPair, AuditEvent, BulkItem
from wilma_ext.opaque_id import new_id
from wilma_ext.oversight.event import Actor
from wilma_ext.rights.desk.bulk import advance, cancel_run
from wilma_ext.rights.desk.bulk_run import Run, RunKind, RunState, chosen_in, run_of
from wilma_ext.rights.desk.bulk_start import Start, start_run

SECRETARY, COLLEAGUE = Actor("secretary", "secretary"), Actor("colleague", "secretary")


@dataclass
class BulkWorld:
    """Families whose consent waits to be enabled."""

    place: Place
    pupils: int
    families: Families = field(init=False)

    def __post_init__(self) -> None:
        self.families = Families(self.place, self.pupils)
        self.families.consented(["maija"], enabled=())

    @property
    def provider(self) -> str:
        return self.families.loaded.provider_ref

    @property
    def refs(self) -> list[str]:
        return [self.families.pupil(number) for number in range(self.pupils)]

    def start(
        self, kind: RunKind = RunKind.ENABLE, *, refs: list[str] | None = None, run: str = ""
    ) -> str:
        loaded = self.families.loaded
        chosen = chosen_in("state=waiting", [loaded.ref("s1")])
        start = Start(run or new_id(), self.provider, loaded.groups["hva"], kind, chosen)
        with self.families.factory() as work:
            return start_run(
                work,
                actor=SECRETARY,
                start=start,
                pupils=dict.fromkeys(self.refs if refs is None else refs),
            )

    def advance(self, run: str, actor: Actor = SECRETARY, size: int = 100) -> Run:
        with self.families.factory() as work:
            return advance(
                work,
                self.place.register,
                actor=actor,
                provider_ref=self.provider,
                run_id=run,
                size=size,
            )

    def drive(self, run: str, actor: Actor = SECRETARY, size: int = 100) -> Run:
        """Go on until it is over."""
        while (found := self.advance(run, actor, size)).state == RunState.RUNNING:
            pass
        return found

    def cancel(self, run: str) -> Run:
        with self.families.factory() as work:
            return cancel_run(
                work, actor=SECRETARY, provider_ref=self.provider, run_id=run, school_refs=None
            )

    def run(self, run: str) -> Run:
        with self.families.factory() as work:
            return run_of(work, self.provider, run, None)

    def items(self, run: str) -> dict[str, tuple[str | None, str | None]]:
        """Outcome and reason of every pupil."""
        with self.families.factory() as work:
            rows = work.session.scalars(select(BulkItem).where(BulkItem.run_id == run))
            return {row.pupil_ref: (row.outcome, row.reason) for row in rows}

    def open_pairs(self) -> int:
        with self.families.factory() as work:
            return work.session.scalars(
                select(func.count())
                .select_from(ActivationPair)
                .where(
                    ActivationPair.provider_ref == self.provider,
                    ActivationPair.valid_until.is_(None),
                )
            ).one()

    def events(self, event: str) -> list[str | None]:
        """The pupils of every such event, in order."""
        with self.families.factory() as work:
            return list(
                work.session.scalars(
                    select(AuditEvent.pupil_ref)
                    .where(AuditEvent.provider_ref == self.provider, AuditEvent.event == event)
                    .order_by(AuditEvent.sequence)
                )
            )
