"""What the pages and files of bulk runs show, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wilma_ext.blueprints.author import author_name
from wilma_ext.blueprints.label import word
from wilma_ext.blueprints.secretary.view import Tile
from wilma_ext.blueprints.visit import current_visit, gettext, lazy, ngettext
from wilma_ext.rights.desk.bulk_run import ItemOutcome, Run, RunItem, RunKind, RunState
from wilma_ext.rights.noticing.enrolment import pupils_named
from wilma_ext.rights.person import display_names
from wilma_ext.rights.provider import handles_of
from wilma_ext.state import current_state
from wilma_ext.work import Work

_KINDS: Mapping[str, object] = {
    RunKind.ENABLE: lazy("Enable the welfare group"),
    RunKind.UNDO: lazy("Take an enabling back"),
    RunKind.CLOSE: lazy("Disable the welfare group"),
}
_STATES: Mapping[str, object] = {
    RunState.RUNNING: lazy("Not finished"),
    RunState.CANCELLED: lazy("Stopped"),
    RunState.FINISHED: lazy("Finished"),
}
_OUTCOMES: Mapping[RunKind, Mapping[ItemOutcome, object]] = {
    RunKind.ENABLE: {
        ItemOutcome.DONE: lazy("Enabled"),
        ItemOutcome.ALREADY: lazy("Enabled already"),
    },
    RunKind.UNDO: {ItemOutcome.DONE: lazy("Disabled")},
    RunKind.CLOSE: {ItemOutcome.DONE: lazy("Disabled")},
}
_OTHER: Mapping[ItemOutcome, object] = {
    ItemOutcome.SKIPPED: lazy("Skipped"),
    ItemOutcome.FAILED: lazy("Failed"),
}
_REASONS: Mapping[str, object] = {
    "refused": lazy("the consent has been refused"),
    "ended": lazy("the consent has ended"),
    "withdrawn": lazy("the consent has been withdrawn"),
    "no_consent": lazy("there is no consent in force"),
    "left_school": lazy("the pupil is not in the school any more"),
    "changed": lazy("changed by somebody since"),
    "not_enabled": lazy("was not enabled any more"),
    "error": lazy("could not be done, try again"),
}


@dataclass(frozen=True)
class RunLine:
    """One run of the list."""

    id: str
    title: str
    meta: str
    state: str
    tone: str


@dataclass(frozen=True)
class ItemLine:
    """One pupil of a result; a link and a class only of who is in one's own schools."""

    handle: str
    name: str
    group_name: str
    outcome: str
    why: str


def title(run: Run) -> str:
    """Return what the run does, to how many."""
    pupils = ngettext("%(num)s pupil", "%(num)s pupils", run.total)
    return f"{_KINDS[run.kind]}: {pupils}"


def progress(run: Run) -> str:
    """Return how far the run is: 200 of 412."""
    return gettext("%(done)s of %(total)s pupils", done=run.treated, total=run.total)


def line(run: Run, names: Mapping[str, str]) -> RunLine:
    """Return a run of the list."""
    when = current_visit().speech.instant(run.created_at)
    by = author_name(run.started_by, names)
    meta = f"{when} · {by} · {progress(run)}"
    return RunLine(run.id, title(run), meta, *state(run))


def state(run: Run) -> tuple[str, str]:
    """Return the run's state in a word, and the tone of its tag."""
    tone = {"running": "wait", "finished": "good"}.get(run.state, "plain")
    return str(_STATES[run.state]), tone


def figures(run: Run) -> list[Tile]:
    """Return how many came to which end, and how many were left when it was stopped."""
    words = {**_OUTCOMES[run.kind], **_OTHER}
    found = [
        Tile(run.counts.get(outcome, 0), str(label), "", current=False)
        for outcome, label in words.items()
    ]
    if run.left:
        found.append(Tile(run.left, gettext("Not done, because it was stopped"), "", current=False))
    return found


def items(
    work: Work, run: Run, found: Sequence[RunItem], school_refs: frozenset[str] | None
) -> list[ItemLine]:
    """Return the pupils of a result with their names and the reasons."""
    refs = [item.pupil_ref for item in found]
    handles = handles_of(work, run.provider_ref, refs)
    pupils = pupils_named(work, current_state.register, run.provider_ref, refs, school_refs)
    people = frozenset(item.by for item in found if item.by)
    names = display_names(work, current_state.register, people)
    nobody = (gettext("A pupil not in the register any more"), None)
    named = {ref: pupils.get(ref, nobody) for ref in refs}
    return [
        ItemLine(
            "" if named[item.pupil_ref][1] is None else handles[item.pupil_ref],
            named[item.pupil_ref][0],
            named[item.pupil_ref][1] or "",
            _outcome(run, item),
            _why(item, names),
        )
        for item in found
    ]


def _outcome(run: Run, item: RunItem) -> str:
    if item.outcome is None:
        return gettext("Not done")
    known = {**_OUTCOMES[run.kind], **_OTHER}
    return str(known[item.outcome])


def _why(item: RunItem, names: Mapping[str, str]) -> str:
    if item.by is not None and item.since is not None:
        when = current_visit().speech.instant(item.since)
        by = author_name(item.by, names)
        return gettext("already enabled by %(name)s, %(time)s", name=by, time=when)
    return word(_REASONS, item.reason) if item.reason else ""


def table(
    work: Work, run: Run, found: Sequence[RunItem], school_refs: frozenset[str] | None
) -> tuple[list[str], list[list[str]]]:
    """Return the whole result as a table for a file."""
    head = [gettext("Name"), gettext("Class"), gettext("Result"), gettext("Reason")]
    lines = items(work, run, found, school_refs)
    rows = [[one.name, one.group_name, one.outcome, one.why] for one in lines]
    return head, rows
