"""The demo has something to show on every day of a year, in the summer holiday too."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from examples.school.database import db
from examples.school.models import Municipality
from examples.school.past import work_on
from tests.e2e.school import build_school, close, school_app
from wilma_ext.rights.desk.desk import DeskState, desk_of
from wilma_ext.rights.form.consent_form import current_form
from wilma_ext.rights.welfare.welfare_group import groups_of
from wilma_ext.state import current_state


@pytest.mark.parametrize(
    "day",
    [
        *(date(2026, 8, 1), date(2026, 8, 12), date(2026, 9, 4)),
        *(date(2027, 1, 1), date(2027, 7, 31), date(2028, 2, 29)),
    ],
    ids=str,
)
def test_families_have_answered_and_pupils_wait(tmp_path: Path, day: date) -> None:
    """In the first weeks of August everything had lain in days to come: no form, no group."""
    address = f"sqlite:///{tmp_path / 'school.sqlite'}"
    build_school(address, day)
    app = school_app(address)
    with app.app_context(), work_on(day, 13) as work:
        provider = str(
            db.session.scalars(select(Municipality.id).order_by(Municipality.id)).first()
        )
        assert current_form(work, provider, "luvn", work.now()) is not None
        (group,) = groups_of(work, provider)
        pupils = desk_of(
            work, current_state.register, provider_ref=provider, group_id=group.id, school_refs=None
        )
    close(app)
    states = Counter(pupil.state for pupil in pupils)
    assert states[DeskState.WAITING] > states[DeskState.REFUSED] > 0
    assert states[DeskState.ENABLED] > 0
    assert states[DeskState.ENDED] + states[DeskState.WITHDRAWN] > 0
