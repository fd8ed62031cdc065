"""`flask wilma-ext audit verify`."""

from tests.cli.host import IDS, Host
from tests.db.chain import tamper
from wilma_ext.state import current_state


def tampered(host: Host, *statements: str) -> None:
    with host.app.app_context():
        tamper(current_state.engine, *statements)


def test_a_chain_that_holds(used: Host) -> None:
    holds = {"provider": IDS.tenant, "holds": True, "checked": 5}
    expected = {"ok": True, "providers": [{**holds, "bad_sequence": None, "problem": None}]}
    assert used.document("audit", "verify") == expected
    assert used.document("audit", "verify", "--provider", IDS.tenant) == expected
    assert "5 events, the chain holds" in used.run("audit", "verify").output


def test_no_event_yet(ready: Host) -> None:
    assert ready.document("audit", "verify") == {"ok": True, "providers": []}
    assert "no event" in ready.run("audit", "verify").output


def test_the_first_bad_event_is_named(used: Host) -> None:
    tampered(used, "DELETE FROM wilma_ext_audit_event WHERE sequence = 3")
    [found] = used.document("audit", "verify", status=1)["providers"]
    assert (found["holds"], found["checked"], found["bad_sequence"]) == (False, 2, 3)
    result = used.run("audit", "verify")
    assert result.exit_code == 1
    assert "event 3 does not hold the contents it was written with" in result.output


def test_a_lost_head_does_not_hide_a_chain(used: Host) -> None:
    tampered(used, "DELETE FROM wilma_ext_audit_head", "DELETE FROM wilma_ext_provider")
    assert used.document("audit", "verify", status=1)["ok"] is False


def test_an_unknown_provider(used: Host) -> None:
    result = used.run("audit", "verify", "--provider", "t-77")
    assert result.exit_code == 2
    assert "no provider 't-77'" in result.output
