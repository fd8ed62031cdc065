"""The worlds that are shipped: they hold, the oracle agrees, and they tell what they are."""

from functools import cache
from pathlib import Path

import pytest

from tests.simulate.as_oracle import expected, worlds
from tests.simulate.small import EXAMPLES, FILES, changed
from wilma_ext.rights.policy.policy import Policy
from wilma_ext.simulate.checking import Result, simulate
from wilma_ext.simulate.document import read_document
from wilma_ext.vocabulary import Reason

each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
#: What a world cannot say: a veto is the host's own.
NOT_IN_A_WORLD = {Reason.HOST_VETO.value}


@cache
def results_of(path: Path) -> tuple[Result, ...]:
    return tuple(simulate(path.read_text(encoding="utf-8")))


def text_of(name: str) -> str:
    return (EXAMPLES / f"{name}.yaml").read_text(encoding="utf-8")


@each_file
def test_every_check_holds(path: Path) -> None:
    results = results_of(path)
    assert results
    assert [result for result in results if not result.holds] == []


@each_file
def test_the_oracle_says_the_same(path: Path) -> None:
    world, model = worlds(path.read_text(encoding="utf-8"))
    for check, result in zip(world.checks, results_of(path), strict=True):
        at = check.at or world.at
        assert at is not None
        assert result.got == expected(model, check, at), (result.number, check)


@each_file
def test_a_world_begins_with_its_rule_in_words(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    header = next(number for number, line in enumerate(lines) if not line.startswith("# "))
    assert 2 <= header <= 4
    assert lines[header] == "version: 1"


@each_file
def test_the_document_lists_the_world(path: Path) -> None:
    document = EXAMPLES.parents[1] / "docs" / "worlds.md"
    assert f"`{path.name}`" in document.read_text(encoding="utf-8")


def test_every_policy_key_stands_in_a_world() -> None:
    keys = set()
    for path in FILES:
        keys |= set(read_document(path.read_text(encoding="utf-8")).values.get("policy", {}))
    assert keys == set(Policy.__dataclass_fields__) - {"fixed_until"}


def test_every_reason_stands_in_a_world() -> None:
    told = {result.expected.get("because") for path in FILES for result in results_of(path)}
    assert told - {None} == {reason.value for reason in Reason} - NOT_IN_A_WORLD


#: A world, one fact of it changed, and the checks that then must fail.
TWINS = [
    ("two-guardians-disagree", "id: matti, of: [aino, otso]", "id: matti, of: [otso]", {2, 3}),
    ("withdrawal-closes-at-once", "withdraw: all", "no: {kuraattori: [grades]}", {4}),
    ("consent-runs-out", "until: 2027-08-01}", "until: 2028-08-01}", {2, 4}),
    ("eighteenth-birthday", "born: 2008-10-15", "born: 2008-10-16", {2, 3, 4}),
    ("restricted-guardian", ", restricted: true", "", {1, 2, 3}),
    ("custody-lost", "of: [aino, otso], until: 2026-10-15", "of: [aino, otso]", {2, 3, 4, 5}),
    ("custody-lost-and-answers-kept", "change: keep", "change: suspend", {3}),
    ("agreement-ends", ", agreement_required: true", "", {1, 4, 5}),
    ("substitute", "until: 2026-11-01", "until: 2026-11-02", {4}),
    ("own-child", ", also: [kaisa-home]", "", {1, 2, 4}),
    ("all-schools", "school_scope: all", "school_scope: own", {1, 2, 3, 4}),
    ("personal-exceptions", "absences, effect: deny", "conduct, effect: deny", {4}),
    ("two-routes", "mode: consent_and_statutory", "mode: consent", {2, 3, 5, 6}),
    ("capacity-decision", "decides: pupil", "decides: guardian", {2, 4, 5}),
    ("county-named-in-the-consent", "county: luvn, yes", "county: hus, yes", {1, 2, 4}),
    ("pupil-has-left", "enrolled: false", "enrolled: true", {1, 2, 3}),
    ("all-guardians-must-agree", "decides: all_guardians", "decides: any_guardian", {1, 3}),
    ("automatic-activation", "activation: automatic", "activation: manual", {1, 3, 5}),
    ("matrix-closes-and-reopens", "{absences: off}", "{absences: consent}", {2, 3}),
]


@pytest.mark.parametrize(
    ("name", "old", "new", "failing"), TWINS, ids=lambda value: str(value)[:24]
)
def test_a_check_fails_when_a_fact_is_changed(
    name: str, old: str, new: str, failing: set[int]
) -> None:
    facts = "".join(
        line for line in text_of(name).splitlines(keepends=True) if not line.startswith("#")
    )
    results = simulate(changed((old, new), world=facts))
    assert {result.number for result in results if not result.holds} == failing
