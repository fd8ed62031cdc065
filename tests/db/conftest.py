"""A database at the code's own revision, and units of work on it."""

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import Engine, make_url

from wilma_ext import migrate
from wilma_ext.engine import own_engine
from wilma_ext.oversight.chain import append
from wilma_ext.work import WorkFactory


def migrated(address: str) -> None:
    engine = own_engine(make_url(address))
    migrate.upgrade(engine)
    engine.dispose()


@pytest.fixture
def empty_engine(database_url: str) -> Iterator[Engine]:
    engine = own_engine(make_url(database_url))
    yield engine
    engine.dispose()


@pytest.fixture
def head_url(template_database: Callable[[Callable[[str], None]], str]) -> str:
    return template_database(migrated)


@pytest.fixture
def engine(head_url: str) -> Iterator[Engine]:
    engine = own_engine(make_url(head_url))
    yield engine
    engine.dispose()


@pytest.fixture
def works(engine: Engine) -> WorkFactory:
    return WorkFactory(engine, append)
