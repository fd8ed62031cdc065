"""`flask wilma-ext decider ...`: who decides about a pupil, and the decisions recorded on it."""

from typing import Any

import pytest
from sqlalchemy import select

from tests.cli.host import IDS, Host
from wilma_ext.models import AuditEvent
from wilma_ext.state import current_state

PLACE = ("--provider", IDS.tenant, "--pupil", IDS.pupil)
OLGA = ("--person", IDS.secretary)
GROUNDS = ("--reason", "taken into care", "--document", "D-1", "--as", "Aino")
APPOINT = ("decider", "record-guardian", *PLACE, *OLGA)


def shown(host: Host, *place: str) -> Any:
    return host.document("decider", "show", *(place or PLACE))


def events(host: Host) -> list[str]:
    with host.app.app_context(), current_state.work() as work:
        found = select(AuditEvent.event).where(AuditEvent.actor_ref == "operator:Aino")
        return list(work.session.scalars(found.order_by(AuditEvent.sequence)))


def test_the_age_decides_until_something_is_recorded(used: Host) -> None:
    now = shown(used)
    assert (now["decides"], now["ground"], now["closed"]) == ("guardian", "age", False)
    assert now["entitled"] == [IDS.guardian1, IDS.guardian2]
    assert now["capacity_decisions"] == now["guardian_decisions"] == []
    alone = shown(used, "--provider", IDS.tenant, "--pupil", IDS.alone)
    assert (alone["decides"], alone["closed"]) == ("guardian", True)


def test_a_capacity_decision_goes_before_the_age_and_ends(used: Host) -> None:
    recorded = used.document("decider", "record-capacity", *PLACE, "--decides", "pupil", *GROUNDS)[
        "decision"
    ]
    now = shown(used)
    assert (now["decides"], now["ground"]) == ("pupil", "capacity_decision")
    (row,) = now["capacity_decisions"]
    assert (row["decision"], row["decides"], row["document"]) == (recorded, "pupil", "D-1")
    assert (row["reason"], row["by"], row["until"]) == ("taken into care", "operator:Aino", None)
    ended = ("decider", "end-capacity", *PLACE, recorded, "--as", "Aino")
    assert used.document(*ended) == {"decision": recorded}
    assert shown(used)["ground"] == "age"
    assert used.run(*ended).exit_code == 1
    assert events(used) == ["capacity_decision:recorded", "capacity_decision:ended"]


def test_a_guardian_is_appointed_until_a_last_day_and_ended(used: Host) -> None:
    recorded = used.document(*APPOINT, *GROUNDS, "--last-day", "2099-12-31")["decision"]
    now = shown(used)
    assert now["entitled"] == [IDS.guardian1, IDS.guardian2, IDS.secretary]
    (row,) = now["guardian_decisions"]
    assert (row["person"], row["until"]) == (IDS.secretary, "2099-12-31T22:00:00Z")
    assert used.run(*APPOINT, *GROUNDS).exit_code == 1
    used.document("decider", "end-guardian", *PLACE, recorded, "--as", "Aino")
    assert shown(used)["entitled"] == [IDS.guardian1, IDS.guardian2]
    assert events(used) == ["guardian_decision:recorded", "guardian_decision:ended"]


@pytest.mark.parametrize(
    "words",
    [
        ("record-capacity", *PLACE, "--decides", "nobody", *GROUNDS),
        ("record-capacity", *PLACE, "--decides", "pupil", "--reason", "r", "--as", "Aino"),
        ("record-guardian", *PLACE, "--person", "u-none", *GROUNDS),
        ("record-guardian", *PLACE, "--person", IDS.pupil, *GROUNDS),
        ("record-guardian", *PLACE, *OLGA, *GROUNDS, "--last-day", "31.7."),
        (
            "record-guardian",
            *PLACE,
            "--person",
            IDS.secretary,
            *GROUNDS,
            "--last-day",
            "2020-01-01",
        ),
        ("end-guardian", *PLACE, "no-such-decision", "--as", "Aino"),
        ("end-capacity", *PLACE, "no-such-decision", "--as", "Aino"),
        ("show", "--provider", IDS.other_tenant, "--pupil", IDS.pupil),
        ("show", "--provider", IDS.tenant, "--pupil", "u-none"),
    ],
)
def test_what_makes_no_sense_is_refused_and_nothing_changes(
    used: Host, words: tuple[str, ...]
) -> None:
    before = shown(used)
    assert used.run("decider", *words).exit_code == 2
    assert shown(used) == before
    assert events(used) == []


def test_the_text_tells_the_same_in_lines(used: Host) -> None:
    used.document(*APPOINT, *GROUNDS)
    told = used.run("decider", "show", *PLACE).output
    assert "decides: guardian" in told
    assert f"person {IDS.secretary}" in told
    assert "document D-1" in told
