"""What the host does to its own register between two looks, and what the consent is worth then."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select, true

from tests.hosts.plain import User, db
from tests.web.desk import COUNTY, IDS, Desk
from wilma_ext.models import AnswerChoice, ObservedChange
from wilma_ext.rights.consent import standing
from wilma_ext.rights.consent.pairs import ConsentPair, pair_states
from wilma_ext.rights.noticing.tick import Ticked, tick
from wilma_ext.vocabulary import ConsentState

PAIR = ConsentPair("kuraattori", "absences")


def change(desk: Desk, pupil: str = IDS.pupil, **columns: Any) -> None:
    """The host's own act, by its own session."""
    with desk.app.app_context():
        user = db.session.get_one(User, pupil)
        for name, value in columns.items():
            setattr(user, name, value)
        db.session.commit()


def run_tick(desk: Desk, provider: str = IDS.tenant) -> Ticked:
    with desk.app.app_context():
        return tick(desk.state.work, desk.state.register, provider)


def state_of(desk: Desk, pupil: str = IDS.pupil) -> ConsentState | None:
    with desk.work() as work:
        place = {"provider_ref": IDS.tenant, "pupil_ref": pupil, "county": COUNTY}
        return pair_states(work, desk.state.register, at=work.now(), **place).get(PAIR)


def noticed(desk: Desk, pupil: str = IDS.pupil, provider: str = IDS.tenant) -> list[str]:
    with desk.work() as work:
        mine = select(ObservedChange.kind).where(
            ObservedChange.pupil_ref == pupil, ObservedChange.provider_ref == provider
        )
        return list(work.session.scalars(mine.order_by(ObservedChange.observed_at)))


def standing_choice(desk: Desk, giver: str = IDS.guardian1) -> AnswerChoice:
    with desk.work() as work:
        mine = select(AnswerChoice).where(
            AnswerChoice.pupil_ref == IDS.pupil,
            AnswerChoice.giver_ref == giver,
            AnswerChoice.profession == PAIR.profession,
            AnswerChoice.category == PAIR.category,
            AnswerChoice.superseded_at.is_(None),
        )
        row = work.session.scalars(mine).one()
        work.session.expunge_all()
        return row


def without_the_condition(monkeypatch: pytest.MonkeyPatch, desk: Desk) -> None:
    """The twin: what was noticed does not matter; statements are built anew."""
    monkeypatch.setattr(standing, "_unchanged_since", lambda *_: true())
    desk.state.register = replace(desk.state.register)
