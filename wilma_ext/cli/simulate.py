"""`flask wilma-ext simulate`: worlds read from files and checked by the same code."""

import json
from dataclasses import dataclass
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
        lines = [line for report in reports for line in report.as_json()]
        click.echo(json.dumps(lines, ensure_ascii=False, indent=2))
    else:
        for report in reports:
            _print(report)
    if any(report.error for report in reports):
        raise click.exceptions.Exit(2)
    if any(report.failed for report in reports):
        raise click.exceptions.Exit(1)


@dataclass(frozen=True)
class _Report:
    """What one file came to: its checks, or why it is not a world."""

    file: str
    results: tuple[Result, ...] = ()
    error: str = ""

    @property
    def failed(self) -> list[Result]:
        return [result for result in self.results if not result.holds]

    def as_json(self) -> list[dict[str, Any]]:
        """One object for each check; a file that is not a world is one that does not hold."""
        if self.error:
            missing = {"check": None, "holds": False, "expected": None, "got": None}
            return [{"file": self.file, **missing, "error": self.error}]
        return [
            {
                "file": self.file,
                "check": result.number,
                "holds": result.holds,
                "expected": result.expected,
                "got": result.got,
            }
            for result in self.results
        ]


def _report(path: Path) -> _Report:
    try:
        return _Report(str(path), tuple(simulate(path.read_text(encoding="utf-8"))))
    except (WorldError, UnicodeDecodeError) as error:
        return _Report(str(path), error=str(error))


def _print(report: _Report) -> None:
    if report.error:
        click.echo(f"{report.file}: not a world: {report.error}", err=True)
        return
    failed = report.failed
    word = "all hold" if not failed else f"{len(failed)} do not hold"
    click.echo(f"{report.file}: {len(report.results)} checks, {word}")
    for result in failed:
        click.echo(f"  check {result.number}: expected {result.expected}, got {result.got}")
