"""`audit`: does the log still stand as it was written."""

import click
from flask.cli import AppGroup
from sqlalchemy import select, union
from sqlalchemy.orm import Session

from wilma_ext import migrate
from wilma_ext.cli.failure import FAILED
from wilma_ext.cli.output import json_option, show
from wilma_ext.doctor.snapshot import snapshot
from wilma_ext.errors import NotFound
from wilma_ext.models import AuditHead, AuditLink, Provider
from wilma_ext.oversight.chain import Verified, verify
from wilma_ext.state import current_state

#: What a walk may find wrong.
PROBLEMS = {
    "missing": "is missing, or stands out of order",
    "contents": "does not hold the contents it was written with",
    "columns": "is filed under other words than it was written with",
    "link": "is not linked to the event before it",
    "head": "is not the one at which the chain's head says it ends",
}

audit = AppGroup("audit", help="The append-only log of every change and look-up.")


@audit.command("verify")
@click.option("--provider", "ref", metavar="REF", help="This provider only.")
@json_option
def verify_chains(ref: str | None, as_json: bool) -> None:
    """Walk every provider's chain from its first event; fail at the first one that is wrong."""
    engine = current_state.engine
    migrate.require_head(engine)
    with snapshot(engine) as session:
        refs = _refs(session, ref)
        found = {name: verify(session, name) for name in refs}
    ok = all(verified.holds for verified in found.values())
    document = {"ok": ok, "providers": [_document(*item) for item in found.items()]}
    lines = [_line(*item) for item in found.items()] or ["There is no event yet."]
    show(document, "\n".join(lines), as_json=as_json)
    if not ok:
        click.get_current_context().exit(FAILED)


def _refs(session: Session, ref: str | None) -> list[str]:
    tables = (AuditHead.provider_ref, AuditLink.provider_ref, Provider.ref)
    known = union(*(select(column) for column in tables)).subquery()
    found = sorted(session.scalars(select(known.c[0])))
    if ref is not None and ref not in found:
        raise NotFound(f"no provider {ref[:40]!r} uses the plugin")
    return found if ref is None else [ref]


def _document(ref: str, found: Verified) -> dict[str, object]:
    return {
        "provider": ref,
        "holds": found.holds,
        "checked": found.checked,
        "bad_sequence": found.bad_sequence,
        "problem": found.problem or None,
    }


def _line(ref: str, found: Verified) -> str:
    if found.holds:
        return f"Provider {ref}: {found.checked} events, the chain holds."
    problem = PROBLEMS.get(found.problem, found.problem)
    return f"Provider {ref}: event {found.bad_sequence} {problem}; {found.checked} before it hold."
