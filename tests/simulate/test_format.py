"""The format refuses what it does not know, and says where."""

import pytest

from tests.simulate.small import WORLD, because, changed, got, refusal, with_line
from wilma_ext.simulate.checking import simulate


def test_the_small_world_opens() -> None:
    assert got(WORLD) == {"allowed": True, "because": None, "route": "consent"}


@pytest.mark.parametrize("word", ["yes", "no", "on", "off", "007", "1e3", "1_000", "2026", "0x1F"])
def test_every_scalar_is_a_word(word: str) -> None:
    text = changed(("[{id: aino,", f"[{{id: {word},"), ("of: [aino]", f"of: [{word}]"))
    assert got(text.replace("pupil: aino", f"pupil: {word}"))["allowed"]


def test_seven_is_not_007() -> None:
    text = changed(("id: kaisa", "id: 007"))
    assert "there is no '7'" in refusal(text.replace("member: kaisa", "member: 7"))


@pytest.mark.parametrize("word", ["yes", "on", "True", "1", "maybe"])
def test_a_truth_is_true_or_false_only(word: str) -> None:
    told = refusal(changed(("born: 2014-03-02", f"enrolled: {word}")))
    assert told == f"line 6: pupils.0.enrolled: true or false, not {word}"


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("provider: lohja\n", "provider: lohja\nprovider: salo\n", 4),
        ("school: s1, born", "school: s1, school: s2, born", 6),
        ("policy: {}", "policy: {mode: off, mode: consent}", 4),
        ("{absences: consent}", "{absences: consent, absences: off}", 12),
        ("yes: {kuraattori: [absences]}", "yes: {kuraattori: [], kuraattori: [absences]}", 14),
        ("allowed: true", "allowed: true, allowed: false", 16),
    ],
)
def test_a_key_that_stands_twice_is_refused_with_its_line(old: str, new: str, line: int) -> None:
    told = refusal(changed((old, new)))
    assert told.startswith(f"line {line}: the key ")
    assert told.endswith("stands twice")


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("provider:", "supplier:", "line 3: supplier"),
        ("policy: {}", "policy: {colour: red}", "line 4: policy.colour"),
        ("{id: s2}", "{id: s2, name: Harju}", "line 5: schools.1.name"),
        ("born:", "birthday:", "line 6: pupils.0.birthday"),
        ("of: [aino]}", "of: [aino], value: x}", "line 7: guardians.0.value"),
        ("{id: hva,", "{id: hva, from: 2026-01-01,", "line 8: groups.0.from"),
        (
            "agreements: [{county",
            "agreements: [{document: x, county",
            "line 9: agreements.0.document",
        ),
        (
            "profession: kuraattori, s",
            "profession: kuraattori, since: 2026-01-01, s",
            "line 10: members.0.since",
        ),
        ("exceptions: []", "exceptions: [{who: kaisa}]", "line 11: exceptions.0.who"),
        ("matrix: [{", "matrix: [{until: 2027-01-01, ", "line 12: matrix.0.until"),
        ("capacity: []", "capacity: [{reason: x}]", "line 13: capacity.0.reason"),
        ("by: maija, ", "by: maija, at: 2026-09-01, ", "line 14: answers.0.at"),
        ("on: 2026-09-02", "from: 2026-09-02", "line 15: activations.0.from"),
        ("allowed: true", "permitted: true", "line 16: checks.0.permitted"),
    ],
)
def test_an_unknown_key_is_refused_with_its_place(old: str, new: str, place: str) -> None:
    assert f"{place}: Unknown field." in refusal(changed((old, new)))


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("profession: kuraattori,", "profession: opettaja,", "line 10: members.0.profession"),
        ("cells: {kuraattori", "cells: {opettaja", "line 12: matrix.0.cells.opettaja"),
        ("{absences: consent}", "{chess: consent}", "line 12: matrix.0.cells.kuraattori.chess"),
        ("absences: consent", "absences: always", "line 12: matrix.0.cells.kuraattori.absences"),
        ("yes: {kuraattori", "yes: {opettaja", "line 14: answers.0.yes"),
        ("kuraattori: [absences]", "kuraattori: [chess]", "line 14: answers.0.yes"),
        ("kuraattori: [absences]", "kuraattori: absences", "line 14: answers.0.yes"),
        (
            "exceptions: []",
            "exceptions: [{member: kaisa, category: chess, effect: deny}]",
            "line 11",
        ),
        (
            "exceptions: []",
            "exceptions: [{member: kaisa, category: grades, effect: maybe}]",
            "line 11",
        ),
        (
            "capacity: []",
            "capacity: [{pupil: aino, decides: teacher}]",
            "line 13: capacity.0.decides",
        ),
        ("allowed: true", "because: bad_luck", "line 16: checks.0.because"),
        ("allowed: true", "route: by_luck", "line 16: checks.0.route"),
        ("policy: {}", "policy: {mode: maybe}", "line 4: policy.mode"),
        ("policy: {}", "policy: {validity: fixed}", "line 4: policy.fixed_until"),
        ("policy: {}", "policy: [mode]", "line 4: policy"),
        ("policy: {}", "policy: {own_from_age: old}", "line 4: policy.own_from_age"),
        ("policy: {}", "policy: {own_from_age: 40}", "line 4: policy.own_from_age"),
        ("policy: {}", "policy: {agreement_required: yes}", "line 4: policy.agreement_required"),
        (
            "policy: {}",
            "policy: {statutory_professions: [laakari]}",
            "line 4: policy.statutory_professions",
        ),
        ("version: 1", "version: 2", "line 1: version"),
    ],
)
def test_an_unknown_word_in_a_fact_is_refused(old: str, new: str, place: str) -> None:
    assert refusal(changed((old, new))).startswith(place)


def test_an_unknown_category_in_a_check_is_denied() -> None:
    assert because(changed(("category: absences", "category: chess"))) == "not_in_matrix"
    listed = with_line("checks", "[{member: kaisa, category: chess, sees: []}]")
    assert got(listed) == {"sees": []}


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("school: s1", "school: s9", "line 6: pupils.0.school: there is no 's9'"),
        ("of: [aino]", "of: [aino, otso]", "line 7: guardians.0.of: there is no 'otso'"),
        (
            "group: hva, profession",
            "group: x, profession",
            "line 10: members.0.group: there is no 'x'",
        ),
        ("schools: [s1]", "schools: [s9]", "line 10: members.0.schools: there is no 's9'"),
        ("by: maija", "by: pekka", "line 14: answers.0.by: there is no 'pekka'"),
        ("by: maija", "county: hus, by: maija", "line 14: answers.0.county: there is no 'hus'"),
        ("group: hva, on", "group: x, on", "line 15: activations.0.group: there is no 'x'"),
        ("member: kaisa", "member: liisa", "line 16: checks.0.member: there is no 'liisa'"),
        ("{id: s2}", "{id: s1}", "line 5: schools.1.id: the id 's1' stands twice"),
    ],
)
def test_an_unknown_id_is_refused(old: str, new: str, words: str) -> None:
    assert refusal(changed((old, new))) == words


def test_every_problem_is_told_at_once() -> None:
    told = refusal(changed(("school: s1", "school: s9"), ("by: maija", "by: pekka")))
    assert "line 6: " in told
    assert "line 14: " in told


@pytest.mark.parametrize(
    "word",
    ["2026-09-01T10:00:00", "2026-09-01 10:00", "1.9.2026", "2026-13-01", "soon", "0001-01-01"],
)
def test_a_time_without_an_offset_is_no_instant(word: str) -> None:
    told = refusal(changed(("on: 2026-09-01,", f"on: {word},")))
    assert told.startswith("line 14: answers.0.on: not an instant with an offset, nor a date")


@pytest.mark.parametrize(
    ("check", "words"),
    [
        ("{member: kaisa, pupil: aino, category: absences}", "ask either"),
        ("{member: kaisa, category: absences, sees: [aino], allowed: true}", "ask either"),
        ("{member: kaisa, category: absences, allowed: true}", "allowed does not go"),
        ("{member: kaisa, pupil: aino, category: absences, sees: [aino]}", "sees does not go"),
        ("{member: kaisa, category: absences, seen_by: [kaisa]}", "seen_by does not go"),
        ("{member: kaisa, pupil: aino, allowed: true}", "Missing data"),
        ("kaisa", "a mapping is wanted here"),
    ],
)
def test_a_check_asks_one_thing(check: str, words: str) -> None:
    assert words in refusal(with_line("checks", f"[{check}]"))


def test_a_check_needs_an_instant() -> None:
    text = changed(("at: 2026-11-21T12:00:00+02:00\n", ""))
    assert "neither the check nor the world names an instant" in refusal(text)
    assert got(changed(("allowed: true", "at: 2026-11-21, allowed: true"), world=text))["allowed"]


@pytest.mark.parametrize("text", ["", "- 1", "word", "a: [", "a: {b: c", "checks: [*x]"])
def test_what_is_not_a_world_is_refused(text: str) -> None:
    assert refusal(text)


def test_everything_but_the_checks_may_be_missing() -> None:
    assert "checks: Missing data" in refusal("version: 1")
    assert simulate("checks: []") == []
