"""The project's own files, as the architecture tests read them."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "wilma_ext"
MIGRATIONS = ROOT / "migrations"
REVISIONS = MIGRATIONS / "versions"
TEMPLATES = PACKAGE / "templates"
PYTHON_ROOMS = ("wilma_ext", "migrations", "examples", "tools", "tests")


def python_files(*rooms: str | Path) -> list[Path]:
    """Return the Python files below these folders, without generated ones."""
    found = (p for room in rooms or PYTHON_ROOMS for p in (ROOT / room).rglob("*.py"))
    return sorted(p for p in found if not {"build", "vendor", "node_modules"} & set(p.parts))


def templates() -> list[Path]:
    rooms = (TEMPLATES, ROOT / "examples")
    return sorted(p for room in rooms for p in room.rglob("*.html"))


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def imported(tree: ast.AST) -> Iterator[str]:
    """Yield the dotted name of everything a module imports, wherever in it the import stands."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def foreign(text: str, forbidden: set[str]) -> set[str]:
    """Return which of the forbidden modules, or modules inside them, the source text imports."""
    names = set(imported(ast.parse(text)))
    return {f for f in forbidden for n in names if n == f or n.startswith(f"{f}.")}
