"""Why nothing of a pupil lives, as the secretary's desk tells it (S1)."""

import pytest

from wilma_ext.rights.consent.pairs import ConsentPair
from wilma_ext.rights.desk.desk import DeskState, closed_state
from wilma_ext.vocabulary import ConsentState

NONE, REFUSED, ENDED = ConsentState.NONE, ConsentState.REFUSED, ConsentState.ENDED


@pytest.mark.parametrize(
    ("absences", "grades", "latest_act", "told"),
    [
        (None, None, None, DeskState.UNANSWERED),
        (None, None, "answer", DeskState.INCOMPLETE),
        (NONE, NONE, "answer", DeskState.INCOMPLETE),
        (NONE, REFUSED, "answer", DeskState.INCOMPLETE),
        (REFUSED, REFUSED, "answer", DeskState.REFUSED),
        (None, REFUSED, "answer", DeskState.REFUSED),
        (ENDED, REFUSED, "answer", DeskState.ENDED),
        (ENDED, NONE, "answer", DeskState.ENDED),
        (REFUSED, REFUSED, "withdrawal", DeskState.WITHDRAWN),
        (None, None, "withdrawal", DeskState.WITHDRAWN),
    ],
)
def test_what_the_desk_tells(
    absences: ConsentState | None,
    grades: ConsentState | None,
    latest_act: str | None,
    told: DeskState,
) -> None:
    said = {"absences": absences, "grades": grades}
    states = {ConsentPair("kuraattori", key): state for key, state in said.items() if state}
    assert closed_state(states, latest_act) == told
