"""Bulk runs as they are read: how far one is, what became of each pupil (S7, S9)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from urllib.parse import parse_qs, parse_qsl, urlencode

from sqlalchemy import func, select

from wilma_ext.errors import NotFound
from wilma_ext.models import Activation, BulkItem, BulkRun
from wilma_ext.work import Work


class RunKind(StrEnum):
    """What a run does to each of its pupils."""

    ENABLE = "enable"
    UNDO = "undo"
    CLOSE = "close"


class RunState(StrEnum):
    """Whether a run goes on."""

    RUNNING = "running"
    CANCELLED = "cancelled"
    FINISHED = "finished"


class ItemOutcome(StrEnum):
    """What became of one pupil of a run."""

    DONE = "done"
    ALREADY = "already"
    SKIPPED = "skipped"
    FAILED = "failed"


class ItemReason(StrEnum):
    """Why a pupil was left as it was."""

    REFUSED = "refused"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"
    NO_CONSENT = "no_consent"
    LEFT_SCHOOL = "left_school"
    #: Of an undoing: what the run had opened was changed since, by somebody or by a withdrawal.
    CHANGED = "changed"
    NOT_ENABLED = "not_enabled"
    ERROR = "error"


@dataclass(frozen=True)
class Run:
    """One run and how far it is."""

    id: str
    provider_ref: str
    group_id: str
    kind: RunKind
    state: RunState
    total: int
    started_by: str
    created_at: datetime
    finished_at: datetime | None
    undoes: str | None
    #: The filter by which the pupils were chosen, and the schools of which.
    chosen_by: str
    school_refs: frozenset[str]
    counts: Mapping[ItemOutcome, int] = field(default_factory=dict)

    @property
    def treated(self) -> int:
        """How many pupils have an outcome."""
        return sum(self.counts.values())

    @property
    def left(self) -> int:
        """How many wait."""
        return self.total - self.treated


@dataclass(frozen=True)
class RunItem:
    """One pupil of a run."""

    pupil_ref: str
    outcome: ItemOutcome | None
    reason: ItemReason | None
    activation_id: str | None
    #: Of a pupil who was enabled already: by whom and since when.
    by: str | None
    since: datetime | None


def chosen_in(query: str, school_refs: Iterable[str]) -> str:
    """Return how a run's pupils were chosen: the filter, and the schools it was applied to.

    Whatever the query says of schools stays out: whose run it is follows from its pupils alone.
    A name that was searched for stays out too: a run is kept for good, and needs no name.
    """
    dropped = ("in", "search")
    chosen = [(name, value) for name, value in parse_qsl(query) if name not in dropped]
    return urlencode([*chosen, *(("in", ref) for ref in sorted(school_refs))])


def run_of(work: Work, provider_ref: str, run_id: str, school_refs: frozenset[str] | None) -> Run:
    """Return a run of the provider that is about the office's own schools alone; else `NotFound`.

    Whoever holds the office for those schools may go on with it.
    """
    row = work.session.get(BulkRun, run_id)
    if row is None or row.provider_ref != provider_ref:
        raise NotFound("no such run")
    found = _read(row, _counts(work, [run_id]).get(run_id, {}))
    if not _is_own(found, school_refs):
        raise NotFound("a run about other schools")
    return found


def runs_of(
    work: Work, provider_ref: str, school_refs: frozenset[str] | None, *, limit: int = 50
) -> list[Run]:
    """Return the latest runs about the office's own schools, the newest first."""
    rows = work.session.scalars(
        select(BulkRun)
        .where(BulkRun.provider_ref == provider_ref)
        .order_by(BulkRun.created_at.desc(), BulkRun.id)
    )
    own = [row for row in rows if _is_own(_read(row, {}), school_refs)][:limit]
    counts = _counts(work, [row.id for row in own])
    return [_read(row, counts.get(row.id, {})) for row in own]


def items_of(work: Work, run_id: str, *outcomes: ItemOutcome) -> list[RunItem]:
    """Return the pupils of a run in the order of its list, those with one of the outcomes."""
    statement = (
        select(BulkItem, Activation.activated_by, Activation.valid_from)
        .outerjoin(Activation, Activation.id == BulkItem.activation_id)
        .where(BulkItem.run_id == run_id)
        .order_by(BulkItem.position)
        .execution_options(populate_existing=True)
    )
    if outcomes:
        statement = statement.where(BulkItem.outcome.in_([one.value for one in outcomes]))
    return [_item(*row) for row in work.session.execute(statement)]


def undone_by(work: Work, run_id: str) -> str | None:
    """Return the run that takes this one back, if there is one."""
    return work.session.scalar(select(BulkRun.id).where(BulkRun.undoes == run_id).limit(1))


def runs_left_behind(work: Work, provider_ref: str, before: datetime) -> list[str]:
    """Return the runs of the provider that go on though they began before, the oldest first."""
    statement = select(BulkRun.id).where(
        BulkRun.provider_ref == provider_ref,
        BulkRun.state == RunState.RUNNING.value,
        BulkRun.created_at < before,
    )
    return list(work.session.scalars(statement.order_by(BulkRun.created_at, BulkRun.id)))


def _is_own(run: Run, school_refs: frozenset[str] | None) -> bool:
    return school_refs is None or run.school_refs <= school_refs


def _read(row: BulkRun, counts: Mapping[ItemOutcome, int]) -> Run:
    return Run(
        row.id,
        row.provider_ref,
        row.group_id,
        RunKind(row.kind),
        RunState(row.state),
        row.total,
        row.started_by,
        row.created_at,
        row.finished_at,
        row.undoes,
        row.chosen_by,
        frozenset(parse_qs(row.chosen_by).get("in", [])),
        counts,
    )


def _counts(work: Work, run_ids: Sequence[str]) -> dict[str, dict[ItemOutcome, int]]:
    statement = (
        select(BulkItem.run_id, BulkItem.outcome, func.count())
        .where(BulkItem.run_id.in_(run_ids), BulkItem.outcome.is_not(None))
        .group_by(BulkItem.run_id, BulkItem.outcome)
    )
    found: dict[str, dict[ItemOutcome, int]] = {}
    for run_id, outcome, number in work.session.execute(statement):
        found.setdefault(run_id, {})[ItemOutcome(str(outcome))] = number
    return found


def _item(row: BulkItem, by: str | None, since: datetime | None) -> RunItem:
    already = row.outcome == ItemOutcome.ALREADY.value
    return RunItem(
        row.pupil_ref,
        None if row.outcome is None else ItemOutcome(row.outcome),
        None if row.reason is None else ItemReason(row.reason),
        row.activation_id,
        by if already else None,
        since if already else None,
    )
