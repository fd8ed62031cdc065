"""Hosts on a database of their own, on both engines."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask import Flask

from examples.school.database import db as school_db
from tests.cli.host import (
    Build,
    Host,
    bare_plain,
    plain_host,
    ready_plain,
    school_host,
    used_plain,
    used_school,
)
from tests.hosts import plain
from wilma_ext.state import current_state

CopyOf = Callable[[Build], str]


@contextmanager
def lent(app: Flask, database: Any) -> Iterator[Host]:
    yield Host(app)
    with app.app_context():
        database.session.remove()
        database.engine.dispose()
        current_state.engine.dispose()


@pytest.fixture
def bare(template_database: CopyOf) -> Iterator[Host]:
    with lent(plain_host(template_database(bare_plain)), plain.db) as host:
        yield host


@pytest.fixture
def ready(template_database: CopyOf) -> Iterator[Host]:
    with lent(plain_host(template_database(ready_plain)), plain.db) as host:
        yield host


@pytest.fixture
def used(template_database: CopyOf) -> Iterator[Host]:
    with lent(plain_host(template_database(used_plain)), plain.db) as host:
        yield host


@pytest.fixture
def school(template_database: CopyOf) -> Iterator[Host]:
    with lent(school_host(template_database(used_school)), school_db) as host:
        yield host
