"""How a command fails: with words and an exit status, never with a traceback for a user's slip."""

from typing import Any

import click
from alembic.util import CommandError
from flask.cli import AppGroup
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from wilma_ext.errors import Invalid, NotFound, WilmaExtError

#: The exit status when what was asked for did not come true.
FAILED = 1

EXPECTED = (WilmaExtError, CommandError, SQLAlchemyError)


class Failure(click.ClickException):
    """What was asked for did not come true."""

    exit_code = FAILED


class NotUnderstood(Failure):
    """What was given is unknown or makes no sense."""

    exit_code = 2


class Commands(AppGroup):
    """The group of all commands: turns the errors of the plugin and the database into words."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except EXPECTED as error:
            raise failure_of(error) from error


def failure_of(error: Exception) -> Failure:
    """Return the failure that tells of the error."""
    if isinstance(error, Invalid):
        where = f" ({error.field})" if error.field else ""
        return NotUnderstood(f"the input breaks the rule {error.code}{where}")
    if isinstance(error, NotFound):
        return NotUnderstood(str(error))
    if isinstance(error, DBAPIError):
        return Failure(f"the database refused: {first_line(error.orig)}")
    return Failure(str(error))


def first_line(error: object) -> str:
    """Return the first line of an error's text, which names no bound value."""
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__
