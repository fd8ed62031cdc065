"""What a command prints: words for a person, or one JSON document for a program."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

import click

from wilma_ext.clock import utc

Command = TypeVar("Command", bound=Callable[..., Any])


def json_option(command: Command) -> Command:
    """Give the command its `--json`."""
    return click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")(command)


def show(document: object, text: str, *, as_json: bool) -> None:
    """Print the document as JSON, or else the text."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2) if as_json else text)


def iso(instant: datetime | None) -> str | None:
    """Return an instant as ISO 8601 in UTC."""
    return None if instant is None else utc(instant).isoformat().replace("+00:00", "Z")
