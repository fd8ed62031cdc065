"""Where the audit row cannot be written, nothing is shown and nothing is kept (D10)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from tests.equivalence.family import Families
from tests.equivalence.loader import Place
from wilma_ext.errors import Unavailable
from wilma_ext.models import AuditHead, AuditLink, LookUp
from wilma_ext.rights.look_up.look_up import open_look_up, show_look_up
from wilma_ext.vocabulary import Purpose

pytestmark = pytest.mark.parametrize("ids", ["integer"], indirect=True)

BREAK = {
    "sqlite": [
        "CREATE TRIGGER broken BEFORE INSERT ON wilma_ext_audit_event "
        "BEGIN SELECT RAISE(ABORT, 'the log is broken'); END"
    ],
    "postgresql": [
        "CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the log is broken'; END $$",
        "CREATE TRIGGER broken BEFORE INSERT ON wilma_ext_audit_event "
        "FOR EACH ROW EXECUTE FUNCTION broken()",
    ],
}
MEND = {
    "sqlite": ["DROP TRIGGER broken"],
    "postgresql": ["DROP TRIGGER broken ON wilma_ext_audit_event", "DROP FUNCTION broken()"],
}


@contextmanager
def broken_log(place: Place) -> Iterator[None]:
    """The audit insert fails in the database itself."""
    _execute(place, BREAK)
    yield
    _execute(place, MEND)


def _execute(place: Place, statements: dict[str, list[str]]) -> None:
    with place.engine.begin() as connection:
        for statement in statements[place.engine.dialect.name]:
            connection.execute(text(statement))


def kept(families: Families) -> tuple[object, ...]:
    """What a look-up would have left behind."""
    ref = families.loaded.provider_ref
    counted = (
        select(func.count()).select_from(LookUp).where(LookUp.provider_ref == ref),
        select(func.count()).select_from(AuditLink).where(AuditLink.provider_ref == ref),
        select(AuditHead.sequence).where(AuditHead.provider_ref == ref),
    )
    with families.factory() as work:
        return tuple(work.session.scalar(each) for each in counted)


def test_a_look_up_is_not_opened(place: Place) -> None:
    families = Families(place, 1)
    families.consented(["maija"], enabled=[0])
    before = kept(families)
    with broken_log(place), pytest.raises((Unavailable, DBAPIError)):
        families.look_up(0)
    assert kept(families) == before
    assert families.look_up(0) is not None


def test_an_open_look_up_is_not_shown(place: Place) -> None:
    families = Families(place, 1)
    families.consented(["maija"], enabled=[0])
    member, register = families.loaded.members["kaisa"], place.register
    with families.factory() as work:
        opened = open_look_up(
            work, register, member, pupil_ref=families.pupil(0), purpose=Purpose.EXPERT_GROUP
        )
    assert opened
    before, shown = kept(families), []

    def response() -> None:
        """A page is rendered after the unit of work has closed."""
        with families.factory() as work:
            found = show_look_up(work, register, member, opened)
        shown.append(found)

    with broken_log(place), pytest.raises((Unavailable, DBAPIError)):
        response()
    assert shown == []
    assert kept(families) == before
