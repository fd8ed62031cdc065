"""Where the school system keeps its database and its secret key."""

import os
import secrets
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
VAR = PROJECT / "var"
DATA_SETS = ("demo", "grandbend")


def defaults() -> dict[str, object]:
    """Return the settings of a school system that nobody has configured."""
    return {
        "SQLALCHEMY_DATABASE_URI": database_url(),
        "SECRET_KEY": secret_key(),
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": os.environ.get("SCHOOL_HTTPS") == "1",
        "SCHOOL_DEMO_ACCOUNTS": True,
    }


def data_set() -> str:
    """Return which data the environment asks for: `demo` or `grandbend`."""
    name = os.environ.get("DATA", "demo")
    if name not in DATA_SETS:
        raise ValueError(f"DATA must be one of {', '.join(DATA_SETS)}, not {name!r}")
    return name


def data_directory() -> Path:
    """Return where the published files are expected."""
    given = os.environ.get("DATA_DIR")
    return Path(given) if given else PROJECT.parent / "shared" / "data" / "edfi-grandbend"


def database_url() -> str:
    """Return the database of the environment, or an SQLite file of the data set."""
    given = os.environ.get("SCHOOL_DATABASE_URL")
    if given:
        return given
    VAR.mkdir(exist_ok=True)
    return f"sqlite:///{VAR / f'school-{data_set()}.sqlite'}"


def secret_key() -> str:
    """Return the key of the environment, or one made once and kept readable by its owner only."""
    given = os.environ.get("SCHOOL_SECRET_KEY")
    if given:
        return given
    VAR.mkdir(exist_ok=True)
    path = VAR / "secret-key"
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text()
    key = secrets.token_hex(32)
    with os.fdopen(descriptor, "w") as file:
        file.write(key)
    return key
