"""`flask wilma-ext provider ...`."""

import json

import pytest
from sqlalchemy import select

from tests.cli.host import IDS, INIT, Host
from wilma_ext.models import AuditEvent, ConsentForm, FormText, MatrixCell, PolicyVersion
from wilma_ext.state import current_state


def with_option(name: str, value: str) -> list[str]:
    words = list(INIT)
    if name in words:
        words[words.index(name) + 1] = value
        return words
    return [*words, name, value]


def test_a_provider_comes_to_life(ready: Host) -> None:
    begun = ready.document("provider", "init", *INIT)
    assert begun["provider"] == IDS.tenant
    [listed] = ready.document("provider", "list")["providers"]
    assert listed["handle"] == begun["handle"]
    assert (listed["name"], listed["name_sv"]) == ("Koivuranta", "Björkstrand")
    name = "Opiskeluhuolto: Hyvinvointialue"
    assert listed["groups"] == [{"id": begun["group"], "county": "luvn", "name": name}]
    assert listed["created_at"].endswith("Z")
    with ready.app.app_context(), current_state.work() as work:
        policy = work.session.scalars(select(PolicyVersion)).one()
        assert (policy.mode, policy.activation, policy.four_eyes) == ("consent", "manual", True)
        assert work.session.scalars(select(MatrixCell)).all() == []
        assert work.session.scalars(select(ConsentForm)).one().id == begun["form"]
        texts = work.session.scalars(select(FormText)).all()
        assert {text.language for text in texts} == {"fi", "sv", "en"}
        county = {text.language: text.text for text in texts if text.part == "summary"}
        assert "Välfärdsområde" in county["sv"]


def test_the_log_names_the_operator(ready: Host) -> None:
    ready.document("provider", "init", *INIT)
    with ready.app.app_context(), current_state.work() as work:
        events = work.session.scalars(select(AuditEvent).order_by(AuditEvent.sequence)).all()
    assert events[0].event == "provider:created"
    actors = {(row.actor_ref, row.actor_role) for row in events}
    assert actors == {("operator:atte", "operator")}
    assert json.loads(events[0].canon)["actor"]["ref"] == "operator:atte"


def test_a_group_may_be_named(ready: Host) -> None:
    names = ("--group-name", "Ryhmä", "--group-name-sv", "Grupp", "--privacy-url", "https://x.fi/")
    ready.document("provider", "init", *INIT, *names)
    [listed] = ready.document("provider", "list")["providers"]
    assert listed["groups"][0]["name"] == "Ryhmä"
    assert "Koivuranta  (Ryhmä [luvn])" in ready.run("provider", "list").output


def test_no_provider_yet(ready: Host) -> None:
    assert ready.document("provider", "list") == {"providers": []}
    assert "No provider" in ready.run("provider", "list").output


def test_a_provider_begins_once(used: Host) -> None:
    result = used.run("provider", "init", *INIT)
    assert result.exit_code == 1
    assert "exists already" in result.output


WRONG = [
    ("--provider", "t-77", "no school of this provider"),
    ("--provider", "", "no such id"),
    ("--county", "Not A Key", "small letters"),
    ("--county", "x" * 41, "1 to 40"),
    ("--as", " ", "1 to 100 printable"),
    ("--as", "a\nb", "printable"),
    ("--name", "", "1 to 200 printable"),
    ("--name-sv", "x" * 201, "1 to 200 printable"),
    ("--privacy-url", "javascript:alert(1)", "https://"),
]


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
@pytest.mark.parametrize(("option", "value", "words"), WRONG)
def test_bad_input_is_told_in_words(ready: Host, option: str, value: str, words: str) -> None:
    result = ready.run("provider", "init", *with_option(option, value))
    assert result.exit_code == 2
    assert words in result.output
    assert ready.document("provider", "list") == {"providers": []}


def test_nobody_acts_without_a_name(ready: Host) -> None:
    words = [word for word in INIT if word not in ("--as", "atte")]
    result = ready.run("provider", "init", *words)
    assert result.exit_code == 2
    assert "--as" in result.output
