"""`flask wilma-ext policy ...`: a municipality's choices, versioned and logged."""

import pytest
from sqlalchemy import select

from tests.cli.host import IDS, Host
from wilma_ext.models import AuditEvent
from wilma_ext.rights.policy import Policy
from wilma_ext.rights.policy_choice import choice_of, word_of
from wilma_ext.state import current_state

PROVIDER = ("--provider", IDS.tenant)


def test_the_cautious_policy_is_shown(used: Host) -> None:
    shown = used.document("policy", "show", *PROVIDER)
    assert shown["mode"] == "consent"
    assert list(shown) == list(Policy.__dataclass_fields__)


def test_a_change_is_a_new_version_with_its_author(used: Host) -> None:
    versions = len(used.document("policy", "history", *PROVIDER))
    changed = used.document(
        "policy", "set", *PROVIDER, "--as", "Aino", "decides=all_guardians", "joint_from_age=null"
    )
    assert changed["decides"] == {"before": "any_guardian", "after": "all_guardians"}
    history = used.document("policy", "history", *PROVIDER)
    assert len(history) == versions + 1
    assert history[0]["by"] == "operator:Aino"
    assert history[0]["changed"] == {"decides": "all_guardians", "joint_from_age": "null"}
    with used.app.app_context(), current_state.work() as work:
        names = work.session.scalars(
            select(AuditEvent.event).where(AuditEvent.actor_ref == "operator:Aino")
        ).all()
    assert names == ["policy:changed"]


def test_nothing_different_makes_no_version(used: Host) -> None:
    before = used.document("policy", "history", *PROVIDER)
    assert used.document("policy", "set", *PROVIDER, "--as", "Aino", "mode=consent") == {}
    assert used.document("policy", "history", *PROVIDER) == before


@pytest.mark.parametrize(
    "choice",
    ["mode=maybe", "moods=consent", "mode", "own_from_age=3", "joint_from_age=x", "four_eyes=yes"],
)
def test_a_wrong_choice_is_refused_and_nothing_changes(used: Host, choice: str) -> None:
    before = used.document("policy", "show", *PROVIDER)
    result = used.run("policy", "set", *PROVIDER, "--as", "Aino", choice)
    assert result.exit_code == 2
    assert used.document("policy", "show", *PROVIDER) == before


@pytest.mark.parametrize("key", list(Policy.__dataclass_fields__))
def test_every_choice_is_written_as_it_is_read(key: str) -> None:
    value = getattr(Policy(), key)
    assert choice_of(key, word_of(value)) == value
