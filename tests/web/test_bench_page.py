"""What whole pages cost when a school is big; `make bench` prints it beside a small one's (X19)."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median, quantiles

import pytest
from sqlalchemy import text

from tests.equivalence.crowd import Rows, consent, insert_rows
from tests.hosts.plain import User, db
from tests.web.desk import IDS, Desk
from tests.web.test_welfare_pages import opened
from wilma_ext.clock import civil_date
from wilma_ext.rights.desk.reminder import unanswered
from wilma_ext.work import database_clock

pytestmark = pytest.mark.bench

PUPILS, ROUNDS = 2000, 60
Figures = dict[str, tuple[float, float]]


@dataclass
class SchoolRefs:
    """Where the rows of a crowd lie, as `crowd.consent` asks for it."""

    provider_ref: str
    groups: dict[str, str] = field(default_factory=dict)

    def ref(self, _name: str) -> str:
        return IDS.house


def people() -> Iterator[User]:
    """Pupils of twelve with two guardians each."""
    born = civil_date(database_clock(db.session.connection())) - timedelta(days=12 * 365 + 100)
    for number in range(PUPILS):
        parents = [f"{each}-{number}" for each in ("m", "f")]
        for parent in parents:
            yield User(id=parent, first="Person", last=parent, email=f"{parent}@example.com")
        yield User(
            id=f"p-{number}",
            first=f"Name {number % 37}",
            last=f"Äm{number % 211}",
            house_id=IDS.house,
            class_name=f"{number % 9 + 1}A",
            born=born,
            active=True,
            guardian1_id=parents[0],
            guardian2_id=parents[1],
        )


def at_present(rows: Rows, at: datetime) -> Rows:
    """The rows as of this instant: the form that they answer has just been published."""
    for table, values in rows:
        new = {key: at for key in ("given_at", "valid_from") if key in values}
        new |= {"given_on": civil_date(at)} if "given_on" in values else {}
        yield table, {**values, **new}


def fill(desk: Desk) -> None:
    """Three of four families have said yes, and every other of them is enabled."""
    with desk.app.app_context():
        db.session.add_all(people())
        db.session.commit()
    refs = SchoolRefs(IDS.tenant, {"hva": desk.group()})
    with desk.work() as work:
        for number in range(PUPILS):
            if number % 4:
                parents = [f"m-{number}", f"f-{number}"]
                rows = consent(refs, f"p-{number}", parents[0], parents, enabled=number % 2 == 0)
                insert_rows(work.session, at_present(rows, work.now()))
    if desk.state.engine.dialect.name == "postgresql":
        alone = desk.state.engine.execution_options(isolation_level="AUTOCOMMIT")
        with alone.connect() as connection:
            connection.execute(text("VACUUM ANALYZE"))


def cost(act: Callable[[], object], rounds: int = ROUNDS) -> tuple[float, float]:
    """Milliseconds after a first round: at the 95th percentile, and of this process's own work."""
    act()
    gc.collect()
    gc.freeze()  # as a server does after its start (docs/operate.md)
    waited, worked = [], []
    for _ in range(rounds):
        begun, busy = time.perf_counter(), time.process_time()
        act()
        waited.append((time.perf_counter() - begun) * 1000)
        worked.append((time.process_time() - busy) * 1000)
    gc.unfreeze()
    return quantiles(waited, n=20)[-1], median(worked)


def figures(desk: Desk) -> Figures:
    secretary, guardian = desk.client(IDS.secretary), desk.client(IDS.guardian1)
    pupils = f"{desk.url}/secretary/{desk.provider()}/"
    child = f"{desk.url}/guardian/{desk.handle(IDS.pupil)}/"

    def reminders() -> None:
        with desk.work() as work:
            unanswered(work, desk.state.register, IDS.tenant)

    worker, look_up = opened(desk)
    own_pupils = f"{desk.welfare()}/"
    for client, url in ((secretary, pupils), (guardian, child), (worker, look_up)):
        assert client.get(url).status_code == 200
    return {
        "the list": cost(lambda: secretary.get(pupils)),
        "waiting, by group": cost(lambda: secretary.get(f"{pupils}?state=waiting&sort=group")),
        "by name": cost(lambda: secretary.get(f"{pupils}?state=&search=%C3%A4m1")),
        "unanswered": cost(reminders, 3),
        "a child's page": cost(lambda: guardian.get(child)),
        "a worker's pupils": cost(lambda: worker.get(own_pupils), 20),
        "a look-up": cost(lambda: worker.get(look_up)),
    }


def test_what_a_page_costs(desk: Desk, engine_name: str) -> None:
    few = figures(desk)
    fill(desk)
    many = figures(desk)
    # The figures are what it is run for.
    print(f"\n{engine_name}, milliseconds: p95, own work; {PUPILS} pupils against a handful")  # noqa: T201
    for name, (waited, worked) in many.items():
        before = few[name][1]
        told = f"{waited:7.0f} {worked:7.0f} against {before:5.0f}, {worked / before:5.1f} times"
        print(f"{name:<20}{told}")  # noqa: T201 - the result
    page = desk.client(IDS.secretary).get(f"{desk.url}/secretary/{desk.provider()}/")
    assert page.data.count(b'name="pupil"') == 50
