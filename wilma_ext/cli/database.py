"""`db`: bring the plugin's tables up or down, look where they stand, read the statements."""

import click
from flask.cli import AppGroup

from wilma_ext import migrate
from wilma_ext.cli.failure import FAILED, Failure
from wilma_ext.cli.output import json_option, show
from wilma_ext.state import current_state

DIALECTS = ("postgresql", "sqlite")

database = AppGroup("db", help="The plugin's own tables; the host's are never touched.")


@database.command("upgrade")
@click.argument("revision", default="head")
@json_option
def upgrade(revision: str, as_json: bool) -> None:
    """Bring the tables up to REVISION, the code's own by default."""
    engine = current_state.engine
    before = migrate.current(engine)
    migrate.upgrade(engine, revision)
    _moved(before, migrate.current(engine), as_json=as_json)


@database.command("downgrade", context_settings={"ignore_unknown_options": True})
@click.argument("revision")
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
def downgrade(revision: str, yes: bool, as_json: bool) -> None:
    """Bring the tables down to REVISION; `base` removes them with everything in them."""
    engine = current_state.engine
    before = migrate.current(engine)
    if not yes:
        what = "every consent and the audit log" if revision == "base" else "what newer tables hold"
        _require_yes(f"This destroys {what} in {engine.url.render_as_string()}.")
    migrate.downgrade(engine, revision)
    _moved(before, migrate.current(engine), as_json=as_json)


def _require_yes(warning: str) -> None:
    typed = click.prompt(f"{warning}\nType YES to go on", default="", show_default=False, err=True)
    if typed != "YES":
        raise Failure("nothing was changed: YES was not typed")


def _moved(before: str | None, after: str | None, *, as_json: bool) -> None:
    text = f"The tables stand at {after or 'nothing'}"
    text += " as before." if before == after else f"; they stood at {before or 'nothing'}."
    show({"before": before, "after": after}, text, as_json=as_json)


@database.command("current")
@json_option
def current(as_json: bool) -> None:
    """Tell where the tables stand, and where the code needs them."""
    found, wanted = migrate.current(current_state.engine), migrate.head()
    document = {"current": found, "head": wanted, "at_head": found == wanted}
    text = f"The tables stand at {found or 'nothing'}; the code needs {wanted}."
    show(document, text, as_json=as_json)


@database.command("check")
@json_option
def check(as_json: bool) -> None:
    """Fail unless the tables are the code's own: at its revision and without a difference."""
    engine = current_state.engine
    found, wanted = migrate.current(engine), migrate.head()
    differences = [str(difference) for difference in migrate.differences(engine)]
    ok = found == wanted and not differences
    document = {"ok": ok, "current": found, "head": wanted, "differences": differences}
    show(document, _checked(found, wanted, differences), as_json=as_json)
    if not ok:
        click.get_current_context().exit(FAILED)


def _checked(found: str | None, wanted: str, differences: list[str]) -> str:
    if found != wanted:
        place = f"The tables stand at {found or 'nothing'}, the code needs {wanted}"
        return f"{place}: run `flask wilma-ext db upgrade`."
    if differences:
        listed = "\n".join(f"  {difference}" for difference in differences)
        return f"The tables differ from what the code needs:\n{listed}"
    return f"The tables are as the code needs them: {wanted}."


@database.command("sql")
@click.option("--dialect", type=click.Choice(DIALECTS), help="The app's own by default.")
@json_option
def sql(dialect: str | None, as_json: bool) -> None:
    """Print the statements of an upgrade from nothing, for a database administrator to read."""
    chosen = dialect or current_state.engine.dialect.name
    statements = migrate.sql(chosen)
    show({"dialect": chosen, "sql": statements}, statements.rstrip(), as_json=as_json)
