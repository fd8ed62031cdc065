"""`explain`: may this person see this of this pupil, and why (design 4.10)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import click
from flask.cli import with_appcontext

from wilma_ext.cli.failure import NotUnderstood
from wilma_ext.cli.output import iso, json_option, show
from wilma_ext.clock import parse_instant
from wilma_ext.errors import NotFound
from wilma_ext.rights.access import explain as rights
from wilma_ext.rights.person import person_exists, pupil_of
from wilma_ext.state import current_state
from wilma_ext.vocabulary import Reason
from wilma_ext.work import Work

#: What each condition demands, in words.
DEMANDS = {
    Reason.NOT_A_MEMBER: "is a member of a welfare group of the pupil's provider",
    Reason.NOT_ASSIGNED: "is assigned to the pupil's school",
    Reason.NOT_ENROLLED: "the pupil is enrolled",
    Reason.OWN_CHILD: "the pupil is not the worker or the worker's own child",
    Reason.NO_AGREEMENT: "an agreement with the county is in force where one is demanded",
    Reason.NOT_IN_MATRIX: "the rights matrix opens the category to the profession",
    Reason.PERSONAL_DENIAL: "the category is not denied to the worker in person",
    Reason.NO_CONSENT: "everybody whose consent is needed has given it",
    Reason.CONSENT_REFUSED: "nobody who decides has refused",
    Reason.CONSENT_ENDED: "the consent has not ended",
    Reason.NOT_ACTIVATED: "the school secretary has enabled the group for the pupil",
    Reason.NECESSITY_NOT_STATED: "the necessity is stated where the law demands it",
    Reason.HOST_VETO: "the school system does not veto",
}

_TODAY = (
    "Answers, matrix, memberships and activations are those of the instant. What the school "
    "system\nknows (school, enrolment, guardians, vetoes) is today's, unless it gives dates."
)


def _instant(
    _context: click.Context, _parameter: click.Parameter, text: str | None
) -> datetime | None:
    if text is None:
        return None
    try:
        return parse_instant(text)
    except (ValueError, OverflowError) as error:
        raise click.BadParameter(
            "an ISO instant with an offset (2026-11-21T12:00+02:00) or a date is needed"
        ) from error


@click.command("explain")
@with_appcontext
@click.option("--staff", required=True, metavar="REF", help="The worker's person id.")
@click.option("--pupil", required=True, metavar="REF", help="The pupil's id.")
@click.option("--category", required=True, metavar="KEY", help="E.g. absences or grades.")
@click.option("--at", callback=_instant, metavar="INSTANT", help="Now by default.")
@click.option("--necessity", default="", metavar="TEXT", help="As stated at the look-up.")
@json_option
def explain(as_json: bool, at: datetime | None, **asked: str) -> None:
    """Tell whether a person may see a category of a pupil's data, condition by condition.

    Ends with 0 also when access is denied, with 2 when a person or pupil is not known.
    """
    with current_state.work() as work:
        found = _explanation(work, asked, at or work.now())
    show(_document(found), _text(found, **asked), as_json=as_json)


def _explanation(work: Work, asked: dict[str, str], at: datetime) -> rights.Explanation:
    register, staff = current_state.register, asked["staff"]
    question: dict[str, Any] = {
        "pupil_ref": asked["pupil"],
        "category": asked["category"],
        "at": at,
        "necessity": asked["necessity"],
    }
    with _named("pupil", asked["pupil"]):
        pupil_of(work, register, asked["pupil"])
    with _named("person", staff):
        person_exists(work, register, staff)
    return rights.explain(work, register, staff_ref=staff, **question)


@contextmanager
def _named(what: str, ref: str) -> Iterator[None]:
    try:
        yield
    except NotFound as error:
        raise NotUnderstood(f"the school system knows no {what} {ref[:40]!r}") from error


def _document(found: rights.Explanation) -> dict[str, object]:
    verdict = found.verdict
    return {
        "allowed": verdict.allowed,
        "route": verdict.route.value,
        "because": verdict.because.value if verdict.because else None,
        "at": iso(verdict.at),
        "conditions": [
            {
                "reason": told.reason.value,
                "passed": told.passed,
                "since": iso(told.since),
                "by": told.by,
            }
            for told in found.conditions
        ],
    }


def _text(found: rights.Explanation, staff: str, pupil: str, category: str, **_: str) -> str:
    verdict = found.verdict
    answer = f"may see {category} of pupil {pupil} at {iso(verdict.at)}"
    if verdict.because is None:
        head = f"ALLOWED: person {staff} {answer}, by the route {verdict.route.value}."
    else:
        head = f"DENIED: person {staff} {answer.replace('may', 'may not', 1)}: {verdict.because}."
    return "\n".join([head, "", *(_line(told) for told in found.conditions), "", _TODAY])


def _line(told: rights.Explained) -> str:
    since = f" since {iso(told.since)}" if told.since else ""
    by = f" by {told.by}" if told.by else ""
    mark = "yes" if told.passed else "NO "
    detail = f" ({(since + by).strip()})" if since or by else ""
    return f"  {mark}  {DEMANDS[told.reason]}{detail}  [{told.reason.value}]"
