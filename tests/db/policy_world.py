"""Small worlds of the oracle in a database, a policy previewed and saved in them."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, make_url, select

from tests.equivalence.loader import Loaded, Place, make_place
from tests.oracle.civil import instant
from tests.postgres import Databases
from wilma_ext.models import Base
from wilma_ext.oversight.event import Actor
from wilma_ext.rights.access.listing import visible_pupils
from wilma_ext.rights.policy.effect import PolicyEffect, policy_effect
from wilma_ext.rights.policy.policy import set_policy

ACTOR = Actor("operator:tests", "operator")
NOW = instant("2026-11-21T12:00")
LATER = NOW + timedelta(seconds=1)
CATEGORIES = ("absences", "grades")


@pytest.fixture
def place(engine_name: str, databases_of: Callable[[str], Databases]) -> Iterator[Place]:
    databases = databases_of(engine_name)
    with databases.fresh() as name:
        made = make_place(make_url(databases.address(name)), "integer")
        yield made
        made.close()


def told(
    place: Place, loaded: Loaded, changes: dict[str, Any], most: int | None = None
) -> PolicyEffect:
    with place.work(NOW) as work:
        ref = loaded.provider_ref
        return policy_effect(work, place.register, provider_ref=ref, changes=changes, most=most)


def seen(place: Place, loaded: Loaded, at: datetime) -> set[tuple[str, str]]:
    """What Kaisa really sees: pupil and category."""
    with place.work(at) as work:
        return {
            (pupil.pupil_ref, category)
            for category in CATEGORIES
            for pupil in visible_pupils(
                work, place.register, loaded.members["kaisa"], category=category, at=at
            )
        }


def saved(place: Place, loaded: Loaded, changes: dict[str, Any]) -> None:
    with place.work(LATER) as work:
        set_policy(work, actor=ACTOR, provider_ref=loaded.provider_ref, changes=changes)
        work.finish(lambda *_: None)


def counts(place: Place) -> dict[str, int]:
    """The rows of every table of the plugin."""
    with place.session() as session:
        return {
            name: session.scalar(select(func.count()).select_from(table)) or 0
            for name, table in Base.metadata.tables.items()
        }
