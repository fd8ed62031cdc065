"""`doctor`: is everything as the plugin needs it, and what to do where it is not."""

import click
from flask import current_app
from flask.cli import with_appcontext

from wilma_ext.cli.failure import FAILED
from wilma_ext.cli.output import json_option, show
from wilma_ext.doctor import Finding, Level, Report, examine
from wilma_ext.state import current_state


@click.command("doctor")
@with_appcontext
@click.option("--quiet", is_flag=True, help="Leave out what is in order.")
@json_option
def doctor(as_json: bool, quiet: bool) -> None:
    """Check settings, tables, the host's SELECTs and their data, templates, languages, log."""
    # Flask declares its proxy to be the app itself.
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    report = examine(app, current_state)
    show(report.document(), _text(report, quiet=quiet), as_json=as_json)
    if not report.ok:
        click.get_current_context().exit(FAILED)


def _text(report: Report, *, quiet: bool) -> str:
    told = [f for f in report.findings if not (quiet and f.level == Level.OK)]
    counts = [f"  {name}: {number}" for name, number in report.counts.items()]
    tally = ", ".join(f"{number} {level}" for level, number in report.tally().items())
    return "\n".join([*(_line(finding) for finding in told), "", "Counts", *counts, "", tally])


def _line(finding: Finding) -> str:
    advice = f"\n         {finding.advice}" if finding.advice else ""
    return f"{finding.level.value:7}  {finding.subject}: {finding.message}{advice}"
