"""Who acts at the command line: a named operator, as the audit log will tell."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from wilma_ext.oversight.event import Actor

Command = TypeVar("Command", bound=Callable[..., Any])

ROLE = "operator"
_LONGEST = 100


def operator_option(command: Command) -> Command:
    """Give a command that writes its `--as NAME`."""
    return click.option(
        "--as",
        "operator",
        metavar="NAME",
        required=True,
        callback=_actor,
        help="Who acts; stands in the audit log as operator:NAME.",
    )(command)


def _actor(_context: click.Context, _parameter: click.Parameter, name: str) -> Actor:
    name = name.strip()
    if not name or len(name) > _LONGEST or not name.isprintable():
        raise click.BadParameter(f"a name of 1 to {_LONGEST} printable characters is needed")
    return Actor(f"{ROLE}:{name}", ROLE)
