"""What a bulk run does to the pupils of one chunk: enable, take back, close."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, or_, select

from wilma_ext.models import ActivationPair, Answer
from wilma_ext.oversight.event import Actor
from wilma_ext.register import SchoolRegister
from wilma_ext.rights.consent.activation import open_living
from wilma_ext.rights.consent.deactivation import end_pairs
from wilma_ext.rights.desk.bulk_run import ItemOutcome, ItemReason, Run
from wilma_ext.rights.desk.desk import DeskState, closed_state
from wilma_ext.rights.noticing.enrolment import enrolled_in, schools_of_pupils
from wilma_ext.rights.welfare.welfare_group import group_of
from wilma_ext.work import Work


@dataclass(frozen=True)
class Acted:
    """What became of one pupil; with the activation made, or found where there was one."""

    outcome: ItemOutcome
    reason: ItemReason | None = None
    activation_id: str | None = None


#: Pupil -> the activation that the run is about, where it is about one.
Pupils = Mapping[str, str | None]
Act = Callable[[Work, SchoolRegister, Actor, Run, Pupils], dict[str, Acted]]


def enabling(
    work: Work, register: SchoolRegister, actor: Actor, run: Run, pupils: Pupils
) -> dict[str, Acted]:
    """Enable each whose consent lives now; who is enabled already is told, others are skipped."""
    group = group_of(work, run.provider_ref, run.group_id)
    here = enrolled_in(work, register, run.school_refs, list(pupils))
    done, states = open_living(work, register, actor=actor, group=group, pupil_refs=sorted(here))
    told = {ref: _skipped(ItemReason.LEFT_SCHOOL) for ref in pupils if ref not in here}
    for ref, activated in done.items():
        outcome = ItemOutcome.DONE if activated.opened else ItemOutcome.ALREADY
        told[ref] = Acted(outcome, None, activated.activation_id)
    closed = [ref for ref in here if ref not in done]
    latest = _latest_acts(work, run.provider_ref, group.county, closed)
    for ref in closed:
        state = closed_state(states.get(ref, {}), latest.get(ref))
        told[ref] = _skipped(_REASONS.get(state, ItemReason.NO_CONSENT))
    return told


def undoing(
    work: Work, register: SchoolRegister, actor: Actor, run: Run, pupils: Pupils
) -> dict[str, Acted]:
    """Disable the pairs that the run's activations opened and nobody has changed since.

    Who goes to another school now is that school's to disable, as it is to enable.
    """
    schools = schools_of_pupils(work, register, list(pupils))
    moved = {ref for ref, school in schools.items() if school not in run.school_refs}
    own = {ref: key for ref, key in pupils.items() if ref not in moved}
    mine = ActivationPair.activation_id.in_([key for key in own.values() if key])
    told = _ended(work, actor, run, own, ItemReason.CHANGED, mine)
    return told | {ref: _skipped(ItemReason.LEFT_SCHOOL) for ref in moved}


def closing(
    work: Work, _register: SchoolRegister, actor: Actor, run: Run, pupils: Pupils
) -> dict[str, Acted]:
    """Disable everything of the group; a pupil whom the register no longer has is closed too."""
    return _ended(work, actor, run, pupils, ItemReason.NOT_ENABLED)


def _ended(
    work: Work,
    actor: Actor,
    run: Run,
    pupils: Pupils,
    otherwise: ItemReason,
    *conditions: ColumnElement[bool],
) -> dict[str, Acted]:
    ends = ActivationPair.valid_until
    statement = select(ActivationPair).where(
        ActivationPair.provider_ref == run.provider_ref,
        ActivationPair.group_id == run.group_id,
        ActivationPair.pupil_ref.in_(list(pupils)),
        or_(ends.is_(None), ends > work.now()),
        *conditions,
    )
    open_rows: dict[str, list[ActivationPair]] = {}
    for row in work.session.scalars(statement):
        open_rows.setdefault(row.pupil_ref, []).append(row)
    for _, rows in sorted(open_rows.items()):
        end_pairs(work, actor, rows, "disabled")
    done = Acted(ItemOutcome.DONE)
    return {ref: done if ref in open_rows else _skipped(otherwise) for ref in pupils}


def _skipped(reason: ItemReason) -> Acted:
    return Acted(ItemOutcome.SKIPPED, reason)


#: Why nothing of the pupil lives -> the reason told; whoever has not said enough has no consent.
_REASONS = {
    DeskState.WITHDRAWN: ItemReason.WITHDRAWN,
    DeskState.ENDED: ItemReason.ENDED,
    DeskState.REFUSED: ItemReason.REFUSED,
}


def _latest_acts(work: Work, provider_ref: str, county: str, refs: Sequence[str]) -> dict[str, str]:
    """Return `answer` or `withdrawal`, whichever came last about each pupil."""
    statement = (
        select(Answer.pupil_ref, Answer.act)
        .where(
            Answer.provider_ref == provider_ref,
            Answer.county == county,
            Answer.pupil_ref.in_(refs),
        )
        .order_by(Answer.given_at, Answer.id)
    )
    return {row.pupil_ref: row.act for row in work.session.execute(statement)}
