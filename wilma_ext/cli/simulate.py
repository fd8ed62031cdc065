"""`flask wilma-ext simulate`: worlds read from files and checked by the same code."""

import json
from pathlib import Path
from typing import Any

import click

from wilma_ext.simulate.checking import Result, simulate
from wilma_ext.simulate.document import WorldError


@click.command("simulate")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--json", "as_json", is_flag=True, help="Print the results as JSON.")
def simulate_command(files: tuple[Path, ...], as_json: bool) -> None:
    """Load each world, run its checks, and say which do not hold."""
    reports = [_report(path) for path in files]
    if as_json:
        click.echo(json.dumps(reports, ensure_ascii=False, indent=2))
    else:
        for report in reports:
            _print(report)
    if any(report["error"] for report in reports):
        raise click.exceptions.Exit(2)
    if not all(report["ok"] for report in reports):
        raise click.exceptions.Exit(1)


def _report(path: Path) -> dict[str, Any]:
    try:
        results = simulate(path.read_text(encoding="utf-8"))
    except (WorldError, UnicodeDecodeError) as error:
        return {"file": str(path), "ok": False, "error": str(error), "checks": []}
    checks = [_told(result) for result in results]
    return {
        "file": str(path),
        "ok": all(check["ok"] for check in checks),
        "error": None,
        "checks": checks,
    }


def _told(result: Result) -> dict[str, Any]:
    return {
        "check": result.number,
        "ok": result.holds,
        "expected": result.expected,
        "got": result.got,
    }


def _print(report: dict[str, Any]) -> None:
    if report["error"]:
        click.echo(f"{report['file']}: not a world: {report['error']}", err=True)
        return
    failed = [check for check in report["checks"] if not check["ok"]]
    word = "all hold" if not failed else f"{len(failed)} do not hold"
    click.echo(f"{report['file']}: {len(report['checks'])} checks, {word}")
    for check in failed:
        click.echo(f"  check {check['check']}: expected {check['expected']}, got {check['got']}")
