"""A preview of a policy leaves nothing behind and stops nobody."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

import pytest
from sqlalchemy import event, select

from tests.db.policy_world import NOW, counts, place, told
from tests.equivalence.loader import Loaded, Place, load
from tests.oracle import building as b
from wilma_ext.models import PolicyVersion
from wilma_ext.rights.policy import effect as effect_module
from wilma_ext.rights.policy.effect import policy_effect
from wilma_ext.rights.policy.policy import policy_at

__all__ = ["place"]


def in_force(place: Place, loaded: Loaded) -> list[Any]:
    with place.session() as session:
        own = select(PolicyVersion).where(PolicyVersion.provider_ref == loaded.provider_ref)
        return [(row.version, row.mode, row.valid_until) for row in session.scalars(own)]


@contextmanager
def remaining(place: Place, loaded: Loaded) -> Iterator[list[bool]]:
    """Tell whether anything is other after the block than before."""
    before, found = (counts(place), in_force(place, loaded)), []
    yield found
    found.append((counts(place), in_force(place, loaded)) != before)


def preview_then_finish(place: Place, loaded: Loaded) -> list[Any]:
    """Preview in a work that is finished as a request finishes it; what would be recorded."""
    recorded: list[Any] = []
    with place.work(NOW) as work:
        ref = loaded.provider_ref
        policy_effect(work, place.register, provider_ref=ref, changes={"mode": "off"})
        work.finish(lambda _session, events, _at: recorded.extend(events))
        assert policy_at(work, ref, work.now()).mode == "consent"
    return recorded


def test_nothing_remains_of_a_preview(place: Place) -> None:
    loaded = load(place, b.world())
    with remaining(place, loaded) as something:
        assert preview_then_finish(place, loaded) == []
    assert something == [False]


def test_the_twin_without_a_rollback_is_noticed(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(effect_module, "_undone", lambda _work: nullcontext())
    loaded = load(place, b.world())
    with remaining(place, loaded) as something, pytest.raises(AssertionError):
        preview_then_finish(place, loaded)
    with remaining(place, loaded) as something:
        told(place, loaded, {"mode": "off"})
    assert something == [True]


def test_a_preview_holds_the_provider_only_shared(place: Place) -> None:
    loaded = load(place, b.world())
    statements: list[str] = []
    event.listen(place.connection, "before_cursor_execute", lambda *a: statements.append(a[2]))
    told(place, loaded, {"decides": "all_guardians"})
    locks = [text for text in statements if "advisory" in text]
    assert all("shared" in text for text in locks)
    assert len(locks) == (1 if place.engine.dialect.name == "postgresql" else 0)
