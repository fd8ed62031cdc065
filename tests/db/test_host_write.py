"""The plugin's work within a host's request: another connection to the same database (D3)."""

import time
from collections.abc import Callable, Iterator

import pytest

from tests.hosts import plain
from tests.hosts.plain import House
from wilma_ext import migrate
from wilma_ext.errors import SchemaError, Unavailable
from wilma_ext.models import Handle
from wilma_ext.state import current_state

sqlite_only = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
postgresql_only = pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)


def host(address: str) -> None:
    app = plain.create_host(address, guest=None)
    with app.app_context():
        plain.db.session.add(House(id="s-1", tenant="t-1", name="School"))
        plain.db.session.commit()
        plain.db.engine.dispose()


@pytest.fixture
def in_host(template_database: Callable[[Callable[[str], None]], str]) -> Iterator[None]:
    """Run within the plain host, its tables there, the plugin's not."""
    app = plain.create_host(template_database(host))
    with app.app_context():
        yield
        plain.db.session.remove()
        current_state.engine.dispose()
        plain.db.engine.dispose()


@pytest.mark.usefixtures("in_host")
def test_no_work_on_an_old_schema() -> None:
    with pytest.raises(SchemaError, match="wilma-ext db upgrade"), current_state.work():
        pass
    migrate.upgrade(current_state.engine)
    with current_state.work() as of:
        of.session.add(Handle(handle="h", provider_ref="p", pupil_ref="u"))


@sqlite_only
@pytest.mark.usefixtures("in_host")
@pytest.mark.parametrize("first", [True, False], ids=["first work", "later work"])
def test_a_host_amid_a_write_is_told_at_once(first: bool) -> None:
    migrate.upgrade(current_state.engine)
    if not first:
        with current_state.work():
            pass
    house = plain.db.session.get(House, "s-1")
    assert house is not None
    house.name = "Another name"
    plain.db.session.flush()
    begun = time.monotonic()
    with pytest.raises(Unavailable, match="middle of a write"), current_state.work():
        pass
    assert time.monotonic() - begun < 1
    plain.db.session.commit()
    with current_state.work() as of:
        of.session.add(Handle(handle="h", provider_ref="p", pupil_ref="u"))
    assert plain.db.session.get(House, "s-1").name == "Another name"


@postgresql_only
@pytest.mark.usefixtures("in_host")
def test_a_host_amid_a_write_does_not_matter_to_postgresql() -> None:
    migrate.upgrade(current_state.engine)
    plain.db.session.add(House(id="s-2", tenant="t-1", name="New"))
    plain.db.session.flush()
    with current_state.work() as of:
        of.session.add(Handle(handle="h", provider_ref="p", pupil_ref="u"))
    plain.db.session.rollback()
    assert plain.db.session.get(House, "s-2") is None
