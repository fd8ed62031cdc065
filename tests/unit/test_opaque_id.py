"""Ids of the plugin's own stand in URLs, in pages and on a command line."""

import secrets

import click
import pytest
from click.testing import CliRunner

from wilma_ext.opaque_id import is_own_id, new_id


@click.command()
@click.argument("decision")
def end(decision: str) -> None:
    """A command as the operator's: it takes an id as its argument."""
    click.echo(decision)


def taken(given: str) -> bool:
    """Whether a command understands the id as an argument."""
    result = CliRunner().invoke(end, [given])
    return result.exit_code == 0 and result.output.strip() == given


@pytest.mark.parametrize("rest", ["-vXk0nQ3mZc8aTq1LwYb7A", "--help", "7E12", "_x"])
def test_an_id_begins_with_a_letter(monkeypatch: pytest.MonkeyPatch, rest: str) -> None:
    """One in 64 began with a dash: the shell of an operator took it for an option."""
    monkeypatch.setattr(secrets, "token_urlsafe", lambda _bytes: rest)
    made = new_id()
    assert made[0].isalpha()
    assert made[1:] == rest
    assert taken(made)


def test_the_bare_text_would_have_been_an_option() -> None:
    bare = "-vXk0nQ3mZc8aTq1LwYb7A"
    assert not taken(bare)
    assert not is_own_id(bare)  # nor does a page take it from outside


def test_ids_differ_fit_their_column_and_are_known_again() -> None:
    made = {new_id() for _ in range(1000)}
    assert len(made) == 1000
    assert all(is_own_id(one) and len(one) <= 32 for one in made)
