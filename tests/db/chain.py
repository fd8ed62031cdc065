"""Events to write into a chain, and the ways in which somebody may tamper with it."""

from sqlalchemy import Connection, Engine, text

from wilma_ext.oversight.event import Actor, Event, Recorded
from wilma_ext.work import WorkFactory

OFFICER = Actor("officer-1", "officer")
TABLES = ("wilma_ext_audit_link", "wilma_ext_audit_event")


def event(number: int = 1, provider: str = "p", **changes: object) -> Recorded:
    data = {"filter": "åäö", "count": number}
    return Recorded(provider, Event.AUDIT_READ, OFFICER, data=data, **changes)


def write(works: WorkFactory, count: int, provider: str = "p") -> None:
    """Write each event in a unit of work of its own."""
    for number in range(count):
        with works() as work:
            work.record(event(number, provider))


def unprotect(connection: Connection) -> None:
    """Do what whoever rules the database can do: take the triggers away."""
    if connection.dialect.name == "postgresql":
        for table in TABLES:
            connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER ALL"))
        return
    names = connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all()
    for name in names:
        connection.execute(text(f"DROP TRIGGER {name}"))


def tamper(engine: Engine, *statements: str) -> None:
    with engine.begin() as connection:
        unprotect(connection)
        for statement in statements:
            connection.execute(text(statement))
