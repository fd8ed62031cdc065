"""The example school on one fixed day, so that the pictures show the same day each time."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from flask import Flask
from sqlalchemy import Connection, select

from examples.school import create_app
from examples.school.consents import seed_consents
from examples.school.database import db
from examples.school.demo import seed_host
from examples.school.models import Account
from wilma_ext import migrate
from wilma_ext.state import KEY

#: The morning of every picture.
MORNING = datetime(2026, 11, 18, 9, tzinfo=ZoneInfo("Europe/Helsinki"))
SERVE = (sys.executable, "-m", "gunicorn", "--threads", "8", "--log-level", "warning")
HERE = "tools.screenshots.school"


def pictured_school() -> Flask:
    """Return the example school; its clock began on the morning when the process did."""
    app: Flask = create_app()
    began = datetime.now(UTC)

    def clock(_connection: Connection) -> datetime:
        since: timedelta = datetime.now(UTC) - began
        return MORNING.astimezone(UTC) + since

    app.extensions[KEY].clock = clock
    return app


def fill() -> None:
    """Fill the empty database with the demo data of the day."""
    app = create_app()
    with app.app_context():
        db.create_all()
        named = seed_host(MORNING.date())
        teacher = select(Account).filter_by(person_id=named.persons["opettaja"])
        db.session.scalars(teacher).one().is_secretary = True  # beside being a guardian
        db.session.commit()
        migrate.upgrade(app.extensions[KEY].engine)
        seed_consents(named, MORNING.date())


@contextmanager
def demo_school(folder: Path) -> Iterator[str]:
    """Serve the example school with its demo data, all of it in the folder."""
    environment = {
        **os.environ,
        "SCHOOL_DATABASE_URL": f"sqlite:///{folder / 'school.sqlite'}",
        "SCHOOL_SECRET_KEY": "for pictures only",
    }
    subprocess.run([sys.executable, "-m", HERE], env=environment, check=True)
    port = _free_port()
    server = [*SERVE, "--bind", f"127.0.0.1:{port}", f"{HERE}:pictured_school()"]
    process = subprocess.Popen(server, env=environment)
    try:
        _wait_for(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int) -> None:
    """Wait until somebody answers on the port."""
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the example school does not answer")


if __name__ == "__main__":
    fill()
