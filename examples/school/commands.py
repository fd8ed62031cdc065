"""The school system's own commands: `flask school seed` and `flask school accounts`."""

from pathlib import Path

import click
from flask import Flask
from flask.cli import AppGroup
from sqlalchemy import inspect

from examples.school import settings
from examples.school.accounts import DEMO_ACCOUNTS, PASSWORD
from examples.school.consents import seed_consents
from examples.school.database import db
from examples.school.edfi import FilesMissingError
from examples.school.models import Municipality
from examples.school.school_year import today
from examples.school.seed import NotEmptyError, seed, summary

commands = AppGroup("school", help="The example school system: demo data and accounts.")


def init_app(app: Flask) -> None:
    app.cli.add_command(commands)


@commands.command("seed")
@click.option("--data", type=click.Choice(settings.DATA_SETS), default=settings.data_set)
@click.option("--data-dir", type=click.Path(path_type=Path), default=settings.data_directory)
@click.option("--fresh", is_flag=True, help="Empty the school system's tables first.")
@click.option("--if-empty", is_flag=True, help="Leave a database that holds data as it is.")
def seed_command(data: str, data_dir: Path, fresh: bool, if_empty: bool) -> None:
    """Fill the database with generated or published data, and the plugin with consents."""
    if not inspect(db.engine).has_table(Municipality.__tablename__):
        raise click.ClickException("there are no tables yet: run `flask db upgrade` first")
    try:
        named = seed(data, data_dir, fresh=fresh)
    except NotEmptyError as error:
        if not if_empty:
            raise click.ClickException(str(error)) from error
        click.echo(summary(data))
        return
    except FilesMissingError as error:
        raise click.ClickException(str(error)) from error
    for fact in (*named.facts, *seed_consents(named, today())):
        click.echo(fact)
    click.echo(summary(data))


@commands.command("accounts")
def accounts_command() -> None:
    """Print the demo accounts and what each can try."""
    width = max(len(account.username) for account in DEMO_ACCOUNTS)
    click.echo(f"{'user name':{width}}  password  what it can try")
    for account in DEMO_ACCOUNTS:
        click.echo(f"{account.username:{width}}  {PASSWORD:8}  {account.en}")
