"""setup.cfg says explicitly what is shipped; here it is held against disk and wheel."""

import configparser
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.architecture.source import MIGRATIONS, PACKAGE, ROOT

CHECK = """
from importlib.resources import files
import wilma_ext
shipped = files("wilma_ext.migrations")
assert shipped.joinpath("env.py").is_file(), shipped
assert shipped.joinpath("script.py.mako").is_file(), shipped
print(wilma_ext.__file__)
"""


@pytest.fixture(scope="module")
def declared() -> configparser.SectionProxy:
    config = configparser.ConfigParser()
    config.read(ROOT / "setup.cfg")
    return config["options"]


def packages_on_disk() -> set[str]:
    own = {p.parent for p in PACKAGE.rglob("*.py")}
    migrations = {p.parent for p in MIGRATIONS.rglob("*.py")}
    return {".".join(p.relative_to(ROOT).parts) for p in own} | {
        ".".join(("wilma_ext", *p.relative_to(ROOT).parts)) for p in migrations
    }


def test_every_package_on_disk_is_declared(declared: configparser.SectionProxy) -> None:
    assert set(declared["packages"].split()) == packages_on_disk()


def test_every_package_has_an_init_file() -> None:
    folders = {p.parent for room in (PACKAGE, MIGRATIONS) for p in room.rglob("*.py")}
    assert [str(f) for f in sorted(folders) if not (f / "__init__.py").exists()] == []


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from a copy, so that nothing is left in the tree."""
    room = tmp_path_factory.mktemp("wheel")
    copy = room / "source"
    copy.mkdir()
    for name in ("setup.cfg", "pyproject.toml", "README.md", "LICENSE", "wilma_ext", "migrations"):
        if (ROOT / name).exists():
            (copy / name).symlink_to(ROOT / name)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    build = [*pip, "wheel", "--no-deps", "--no-build-isolation", "-q", "-w", str(room), str(copy)]
    done = subprocess.run(build, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return next(room.glob("*.whl"))


@pytest.fixture(scope="module")
def shipped(wheel: Path) -> set[str]:
    return {n for n in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in n}


def test_wheel_holds_every_file_a_page_needs(shipped: set[str]) -> None:
    rooms = ("templates", "static", "translations")
    files = (p for room in rooms for p in (PACKAGE / room).rglob("*") if p.is_file())
    needed = {str(p.relative_to(ROOT)) for p in files if not p.name.startswith(".")}
    needed |= {f"wilma_ext/{p.relative_to(ROOT)}" for p in MIGRATIONS.rglob("*.py")}
    assert needed | {"wilma_ext/py.typed", "wilma_ext/migrations/script.py.mako"} <= shipped


def test_wheel_holds_nothing_but_the_package(shipped: set[str]) -> None:
    assert {name.split("/")[0] for name in shipped} == {"wilma_ext"}
    rooms = {"tests", "examples", "tools", "frontend", "node_modules", "__pycache__"}
    assert [n for n in shipped if rooms & set(n.split("/"))] == []


def test_wheel_carries_the_licence(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_installed_wheel_is_found_outside_the_tree(wheel: Path, tmp_path: Path) -> None:
    """Import it without the tree: -S and -P keep the editable install and the folder out."""
    zipfile.ZipFile(wheel).extractall(tmp_path)
    libraries = [p for p in sys.path if p.endswith("site-packages")]
    done = subprocess.run(
        [sys.executable, "-S", "-P", "-c", CHECK],
        check=False,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path), *libraries])},
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(str(tmp_path))
