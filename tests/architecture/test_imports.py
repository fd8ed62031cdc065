"""What the import contracts cannot see: direct imports anywhere in a file, and revisions."""

import ast
from pathlib import Path

import pytest

from tests.architecture.source import PACKAGE, REVISIONS, foreign, imported, name_of, python_files

WEB = {"flask", "flask_login", "marshmallow", "werkzeug", "wtforms"}
TABLES = {"sqlalchemy", "wilma_ext.models"}
REVISION_MAY = {"alembic", "sqlalchemy"}
ROOMS = {"rights": WEB, "oversight": WEB, "blueprints": TABLES}
ID_LENGTH = 32  # Alembic's version column

WRONG = [
    ("import flask", WEB, {"flask"}),
    ("def f():\n    from flask.globals import g", WEB, {"flask"}),
    ("from wilma_ext import models", TABLES, {"wilma_ext.models"}),
    ("from sqlalchemy.orm import Session", TABLES, {"sqlalchemy"}),
    ("import flask_of_wine", WEB, set()),
]


@pytest.mark.parametrize(("room", "forbidden"), ROOMS.items(), ids=ROOMS)
def test_a_room_imports_nothing_forbidden(room: str, forbidden: set[str]) -> None:
    found = {name_of(p): foreign(p.read_text(), forbidden) for p in python_files(PACKAGE / room)}
    assert {name: modules for name, modules in found.items() if modules} == {}


@pytest.mark.parametrize(("text", "forbidden", "found"), WRONG)
def test_a_forbidden_import_is_noticed(text: str, forbidden: set[str], found: set[str]) -> None:
    assert foreign(text, forbidden) == found


def revisions() -> list[Path]:
    return [p for p in sorted(REVISIONS.glob("*.py")) if p.name != "__init__.py"]


def assigned(path: Path, name: str) -> object:
    """Return the literal that a revision assigns to `revision` or `down_revision`."""
    for node in ast.parse(path.read_text()).body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        if isinstance(node, ast.AnnAssign):
            targets = [node.target]
        if any(isinstance(t, ast.Name) and t.id == name for t in targets):
            return ast.literal_eval(node.value)
    raise AssertionError(f"{name_of(path)} assigns no {name}")


def test_revisions_are_frozen() -> None:
    """They import Alembic and SQLAlchemy only: one that imports live code changes with it."""
    for path in revisions():
        roots = {name.split(".")[0] for name in imported(ast.parse(path.read_text()))}
        assert roots <= REVISION_MAY, name_of(path)


def test_revision_id_is_the_file_name() -> None:
    for path in revisions():
        assert assigned(path, "revision") == path.stem
        assert path.stem.startswith("wx"), path.stem
        assert len(path.stem) <= ID_LENGTH, path.stem


def test_revisions_form_one_line() -> None:
    parents = [assigned(path, "down_revision") for path in revisions()]
    heads = {path.stem for path in revisions()} - set(parents)
    assert len(heads) == bool(parents), f"several heads: {heads}"
    assert len(set(parents)) == len(parents), "two revisions follow the same one"
