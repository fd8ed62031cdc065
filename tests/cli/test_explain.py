"""`flask wilma-ext explain`."""

from datetime import datetime
from typing import Any

import pytest

from tests.cli.host import IDS, Host
from wilma_ext.oversight.event import Actor
from wilma_ext.rights.consent.activation import activate
from wilma_ext.rights.consent.answer_record import ShownForm
from wilma_ext.rights.consent.consent import answer
from wilma_ext.rights.consent.giver import Giver
from wilma_ext.rights.consent.pairs import ConsentPair
from wilma_ext.rights.form.consent_form import current_form
from wilma_ext.rights.welfare.matrix import Cell, publish_matrix
from wilma_ext.rights.welfare.membership import start_membership
from wilma_ext.rights.welfare.welfare_group import groups_of
from wilma_ext.state import current_state
from wilma_ext.vocabulary import Capacity, Choice, Profession, Reason, Route

PAIR = ConsentPair(Profession.KURAATTORI.value, "absences")
MAIN_USER, SECRETARY = Actor(IDS.main_user, "main_user"), Actor(IDS.secretary, "secretary")


def open_matrix_and_group() -> str:
    register = current_state.register
    with current_state.work() as work:
        [group] = groups_of(work, IDS.tenant)
        start_membership(
            work,
            register,
            actor=MAIN_USER,
            provider_ref=IDS.tenant,
            group_id=group.id,
            person_ref=IDS.kuraattori,
            profession=Profession.KURAATTORI,
            school_refs=(IDS.house,),
        )
    with current_state.work() as work:
        publish_matrix(
            work,
            actor=MAIN_USER,
            provider_ref=IDS.tenant,
            group_id=group.id,
            cells={PAIR: Cell(Route.CONSENT)},
            based_on=1,
        )
    return group.id


def consent_and_enable(group_id: str) -> None:
    register = current_state.register
    with current_state.work() as work:
        giver = Giver(IDS.guardian1, Capacity.GUARDIAN, IDS.tenant, IDS.pupil)
        work.lock_provider(IDS.tenant)
        work.lock_pupil(IDS.tenant, IDS.pupil, exclusive=True)
        form = current_form(work, IDS.tenant, "luvn", work.now())
    assert form is not None
    choices = dict.fromkeys(form.pairs(), Choice.YES)
    with current_state.work() as work:
        shown = ShownForm(form, "fi")
        answer(work, register, giver=giver, shown=shown, choices=choices, last_seen=None)
    with current_state.work() as work:
        activate(
            work,
            register,
            actor=SECRETARY,
            provider_ref=IDS.tenant,
            pupil_refs=[IDS.pupil],
            group_id=group_id,
        )


@pytest.fixture
def opened(used: Host) -> Host:
    with used.app.app_context():
        consent_and_enable(open_matrix_and_group())
    return used


def asked(
    host: Host, staff: str = IDS.kuraattori, pupil: str = IDS.pupil, category: str = "absences"
) -> Any:
    words = ("--staff", staff, "--pupil", pupil, "--category", category)
    return host.document("explain", *words)


def test_an_allowed_case(opened: Host) -> None:
    found = asked(opened)
    assert set(found) == {"allowed", "route", "because", "at", "conditions"}
    assert (found["allowed"], found["route"], found["because"]) == (True, "consent", None)
    assert [told["reason"] for told in found["conditions"]] == [r.value for r in Reason]
    assert all(told["passed"] for told in found["conditions"])
    assert all(set(t) == {"reason", "passed", "since", "by"} for t in found["conditions"])
    told = {told["reason"]: told for told in found["conditions"]}
    assert told["no_consent"]["by"] == IDS.guardian1
    assert told["not_activated"]["by"] == IDS.secretary
    assert told["not_a_member"]["by"] == IDS.main_user
    for instant in (found["at"], told["no_consent"]["since"]):
        assert instant.endswith("Z")
        assert datetime.fromisoformat(instant).utcoffset() is not None


def test_the_same_in_words(opened: Host) -> None:
    words = ("--staff", IDS.kuraattori, "--pupil", IDS.pupil, "--category", "absences")
    output = opened.run("explain", *words).output
    assert output.startswith("ALLOWED")
    assert "is today's" in output


DENIED = [
    ({"staff": IDS.psykologi}, "not_a_member"),
    ({"staff": IDS.guardian1}, "not_a_member"),
    ({"pupil": IDS.adult}, "not_assigned"),
    ({"pupil": IDS.sibling}, "no_consent"),
    ({"category": "grades"}, "not_in_matrix"),
    ({"category": "no_such_category"}, "not_in_matrix"),
    ({"category": ""}, "not_in_matrix"),
]


@pytest.mark.parametrize(("question", "because"), DENIED)
def test_a_denied_case_is_an_answer(opened: Host, question: dict[str, str], because: str) -> None:
    found = asked(opened, **question)
    assert (found["allowed"], found["because"]) == (False, because)
    failing = [told["reason"] for told in found["conditions"] if not told["passed"]]
    assert failing[0] == because


def test_another_providers_pupil_is_denied(opened: Host) -> None:
    assert asked(opened, pupil=IDS.stranger)["because"] == "not_a_member"


def test_the_past_is_asked_with_another_instant(opened: Host) -> None:
    words = ("--staff", IDS.kuraattori, "--pupil", IDS.pupil, "--category", "absences")
    found = opened.document("explain", *words, "--at", "2020-01-01")
    assert (found["allowed"], found["at"]) == (False, "2019-12-31T22:00:00Z")
    future = opened.document("explain", *words, "--at", "2090-06-01T12:00:00+03:00")
    assert (future["because"], future["at"]) == ("consent_ended", "2090-06-01T09:00:00Z")


UNKNOWN = [
    (("--staff", "nobody"), "knows no person 'nobody'"),
    (("--pupil", "nobody"), "knows no pupil 'nobody'"),
    (("--pupil", "\x00"), "knows no pupil"),
    (("--pupil", "x" * 500), "knows no pupil"),
    (("--at", "yesterday"), "an ISO instant with an offset"),
    (("--at", "2026-11-21T12:00"), "an ISO instant with an offset"),
    (("--at", "0001-01-01"), "an ISO instant with an offset"),
]


@pytest.mark.parametrize(("option", "words"), UNKNOWN)
def test_what_is_not_known_ends_with_two(used: Host, option: tuple[str, str], words: str) -> None:
    given = {"--staff": IDS.kuraattori, "--pupil": IDS.pupil, "--category": "absences"}
    given[option[0]] = option[1]
    result = used.run("explain", *(word for item in given.items() for word in item), "--json")
    assert result.exit_code == 2
    assert words in result.output


def test_integer_ids_are_not_guessed(school: Host) -> None:
    for pupil in ("012", "１２", "1 ", "1e0", str(2**70), "-1"):
        result = school.run("explain", "--staff", "1", "--category", "x", f"--pupil={pupil}")
        assert result.exit_code == 2, pupil
        assert "knows no pupil" in result.output
