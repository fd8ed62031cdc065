"""`flask wilma-ext policy ...`: a municipality's choices, versioned and logged."""

import pytest
from sqlalchemy import select

from tests.cli.host import IDS, Host
from wilma_ext.models import AuditEvent
from wilma_ext.rights.policy.choice import choice_of, word_of
from wilma_ext.rights.policy.policy import Policy
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


def test_a_dry_run_tells_the_effect_and_saves_nothing(used: Host) -> None:
    before = used.document("policy", "history", *PROVIDER)
    told = used.document(
        "policy", "set", *PROVIDER, "--as", "Aino", "--dry-run", "mode=off", "validity=open"
    )
    assert told["changed"]["mode"] == {"before": "consent", "after": "off"}
    assert told["acts_on"] == {"mode": "access", "validity": "later"}
    assert told["closing"] == {"pupils": 0, "pairs": 0}
    assert told["enrolled"] > 0
    assert used.document("policy", "history", *PROVIDER) == before


def test_a_dry_run_speaks_and_refuses_like_the_act(used: Host) -> None:
    dry = ("policy", "set", *PROVIDER, "--as", "Aino", "--dry-run")
    spoken = used.run(*dry, "mode=consent_and_statutory")
    assert spoken.exit_code == 0
    assert "mode: consent -> consent_and_statutory (closes and opens at once)" in spoken.output
    assert "the law opens case by case: kuraattori" in spoken.output
    assert spoken.output.rstrip().endswith("Nothing was saved.")
    assert "Nothing differs" in used.run(*dry, "mode=consent").output
    refused = used.run(*dry, "validity=fixed", "fixed_until=2020-01-01")
    assert refused.exit_code == 2
    assert "policy_day_over" in refused.output


@pytest.mark.parametrize("key", list(Policy.__dataclass_fields__))
def test_every_choice_is_written_as_it_is_read(key: str) -> None:
    value = getattr(Policy(), key)
    assert choice_of(key, word_of(value)) == value
