"""One database for each engine and kind of id, for all worlds of a test process."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import make_url

from tests.equivalence.host import IdKind
from tests.equivalence.loader import Place, make_place
from tests.postgres import Databases


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def engine_name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="session", params=["integer", "text"])
def ids(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="session")
def place(
    engine_name: str, ids: IdKind, databases_of: Callable[[str], Databases]
) -> Iterator[Place]:
    """Vetoes are aware where ids are integers, and local without a zone where they are texts."""
    databases = databases_of(engine_name)
    with databases.fresh() as name:
        made = make_place(make_url(databases.address(name)), ids, aware=ids == "integer")
        yield made
        made.close()
