"""What the facts of a world mean where two readers might differ."""

import pytest

from tests.simulate.small import WORLD, because, changed, got, refusal, with_line
from wilma_ext.simulate.checking import simulate

YES = "{pupil: aino, by: maija, on: 2026-09-01, yes: {kuraattori: [absences]}%s}"
AT = "{member: kaisa, pupil: aino, category: absences, at: %s, because: null, allowed: true}"


def told(text: str, *instants: str) -> list[str | None]:
    """The reason at each instant, none where the data are open."""
    text = with_line("checks", f"[{', '.join(AT % instant for instant in instants)}]", text)
    return [result.got["because"] for result in simulate(text)]


def test_a_bare_date_is_helsinki_midnight() -> None:
    text = changed(("on: 2026-09-02", "on: 2026-11-01"))
    instants = ("2026-10-31T21:59:59Z", "2026-10-31T22:00:00Z", "2026-11-01")
    assert told(text, *instants) == ["not_activated", None, None]


def test_a_bare_date_in_summer_is_an_hour_earlier() -> None:
    instants = ("2026-09-01T20:59:59Z", "2026-09-01T21:00:00Z", "2026-09-02")
    assert told(WORLD, *instants) == ["not_activated", None, None]


@pytest.mark.parametrize("word", ["null", "~", "", "2028-01-01"])
def test_no_end_and_an_end_far_away_are_open(word: str) -> None:
    text = with_line("answers", f"[{YES % f', until: {word}'}]")
    assert got(text)["allowed"]


ENDS = [
    ("answers", f"[{YES % ', until: 2026-10-10'}]", "consent_ended"),
    (
        "activations",
        "[{pupil: aino, group: hva, on: 2026-09-02, until: 2026-10-10}]",
        "not_activated",
    ),
    (
        "members",
        "[{id: kaisa, group: hva, profession: kuraattori, schools: [s1], until: 2026-10-10}]",
        "not_a_member",
    ),
    ("guardians", "[{id: maija, of: [aino], until: 2026-10-10}]", "no_consent"),
]


@pytest.mark.parametrize(("key", "value", "reason"), ENDS)
def test_an_end_is_the_first_moment_without(key: str, value: str, reason: str) -> None:
    text = with_line(key, value)
    assert told(text, "2026-10-09T23:59:59+03:00", "2026-10-10") == [None, reason]


def test_an_exception_ends_too() -> None:
    denied = (
        "{member: kaisa, category: absences, effect: deny, from: 2026-10-01, until: 2026-10-10}"
    )
    text = with_line("exceptions", f"[{denied}]")
    instants = (
        "2026-09-30T23:59:59+03:00",
        "2026-10-01",
        "2026-10-09T23:59:59+03:00",
        "2026-10-10",
    )
    assert told(text, *instants) == [None, "personal_denial", "personal_denial", None]


def test_an_exception_may_be_older_than_the_membership() -> None:
    text = with_line("exceptions", "[{member: kaisa, category: absences, effect: deny}]")
    assert because(text) == "personal_denial"


@pytest.mark.parametrize(
    ("withdrawn", "reason"),
    [
        ("all", "no_consent"),
        ("{kuraattori: [absences]}", "no_consent"),
        ("{kuraattori: [grades], psykologi: [absences]}", None),
    ],
)
def test_withdrawing_takes_back_what_it_names(withdrawn: str, reason: str | None) -> None:
    withdrawal = f"{{pupil: aino, by: maija, on: 2026-10-01, withdraw: {withdrawn}}}"
    assert because(with_line("answers", f"[{withdrawal}, {YES % ''}]")) == reason


@pytest.mark.parametrize("nothing", ["{}", "{kuraattori: []}", "everything"])
def test_withdrawing_nothing_is_not_withdrawing_all(nothing: str) -> None:
    withdrawal = f"{{pupil: aino, by: maija, on: 2026-10-01, withdraw: {nothing}}}"
    assert "answers.0.withdraw" in refusal(with_line("answers", f"[{withdrawal}]"))


def test_an_answer_does_not_say_two_things() -> None:
    both = with_line("answers", f"[{YES % ', no: {kuraattori: [absences]}'}]")
    assert "yes and no to" in refusal(both)
    mixed = with_line("answers", f"[{YES % ', withdraw: all'}]")
    assert "answers or withdraws, not both" in refusal(mixed)


def test_the_order_of_the_answers_in_the_file_does_not_matter() -> None:
    no = "{pupil: aino, by: maija, on: 2026-08-30, no: {kuraattori: [absences]}}"
    for answers in ((no, YES % ""), (YES % "", no)):
        assert because(with_line("answers", f"[{', '.join(answers)}]")) is None


def test_an_answer_of_two_counties_names_one() -> None:
    two = changed(("groups: [{", "groups: [{id: other, county: hus}, {"))
    assert "an answer names its county" in refusal(two)
    assert refusal(two).startswith("line 14: answers.0: ")
    assert got(with_line("answers", f"[{YES % ', county: luvn'}]", two))["allowed"]
    assert because(with_line("answers", f"[{YES % ', county: hus'}]", two)) == "no_consent"


def test_an_agreement_with_another_county_helps_nobody() -> None:
    text = changed(("policy: {}", "policy: {agreement_required: true}"))
    assert got(text)["allowed"]
    elsewhere = changed(("agreements: [{county: luvn", "agreements: [{county: hus"), world=text)
    assert because(elsewhere) == "no_agreement"


def test_an_activation_opens_the_pairs_that_are_live_then() -> None:
    early = with_line("activations", "[{pupil: aino, group: hva, on: 2026-08-31}]")
    assert because(early) == "not_activated"


def test_a_later_matrix_replaces_the_earlier_one_of_its_group() -> None:
    first = "{group: hva, cells: {kuraattori: {absences: consent}}}"
    later = "{group: hva, from: 2026-10-01, cells: {kuraattori: {grades: consent}}}"
    other = "{group: other, from: 2026-10-01, cells: {}}"
    text = changed(("groups: [{", "groups: [{id: other, county: luvn}, {"))
    assert because(with_line("matrix", f"[{later}, {first}]", text)) == "not_in_matrix"
    assert because(with_line("matrix", f"[{other}, {first}]", text)) is None


@pytest.mark.parametrize(
    "also",
    [("[home]", "[]"), ("[second]", "[home]"), ("[home, second]", "[]"), ("[]", "[home, kaisa]")],
)
def test_one_human_behind_several_ids_is_one_human(also: tuple[str, str]) -> None:
    member = "{id: %s, group: hva, profession: kuraattori, schools: [s1], also: %s}"
    members = ", ".join(member % pair for pair in zip(("kaisa", "second"), also, strict=True))
    guardians = "[{id: maija, of: [aino]}, {id: home, of: [aino], may_decide: false}]"
    text = with_line("guardians", guardians, with_line("members", f"[{members}]"))
    assert because(text) == "own_child"


def test_a_pupil_of_another_school_is_not_ones_own_by_an_id_alone() -> None:
    assert because(changed(("schools: [s1]", "schools: [s2]"))) == "not_assigned"


def test_a_necessity_of_blanks_is_none() -> None:
    text = changed(
        ("policy: {}", "policy: {mode: consent_and_statutory}"),
        ("absences: consent", "absences: statutory"),
    )
    for necessity, reason in (("' '", "necessity_not_stated"), ("acute concern", None)):
        asked = changed(("allowed: true", f"necessity: {necessity}, allowed: true"), world=text)
        assert because(asked) == reason


def test_a_world_of_a_whole_school_is_read() -> None:
    pupils = [f"p{number}" for number in range(30)]
    rows = [f"{{id: {pupil}, school: s1, born: 2015-01-01}}" for pupil in pupils]
    answers = [
        f"{{pupil: {pupil}, by: g, on: 2026-09-{day:02d}T10:{number:02d}:00+03:00,"
        f" {'no' if day < 7 and number % 2 else 'yes'}: {{kuraattori: [absences]}}}}"
        for day in range(1, 8)
        for number, pupil in enumerate(pupils)
    ]
    enabled = [f"{{pupil: {pupil}, group: hva, on: 2026-09-08}}" for pupil in pupils[:20]]
    text = with_line("pupils", f"[{', '.join(rows)}]")
    text = with_line("guardians", f"[{{id: g, of: [{', '.join(pupils)}]}}]", text)
    text = with_line("answers", f"[{', '.join(answers)}]", text)
    text = with_line("activations", f"[{', '.join(enabled)}]", text)
    text = with_line("checks", "[{member: kaisa, category: absences, sees: []}]", text)
    assert len(answers) > 200
    assert got(text) == {"sees": sorted(pupils[:20])}
