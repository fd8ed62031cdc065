"""Whatever is sent, the answer is a page with words, and nothing is written (X9, R10)."""

from importlib.metadata import version
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from itsdangerous import URLSafeTimedSerializer

from tests.web.addresses import PEOPLE, UNKNOWN, addresses, own_values
from tests.web.desk import IDS, Desk
from tests.web.html import linted
from tests.web.sending import searched, sent_with
from tests.web.test_guardian_pages import YES, child_url, form_of
from tests.web.test_secretary_pages import desk_url
from wilma_ext.blueprints.token import Sealed

on_one_engine = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
#: What a crawler, a fuzzer or a bad copy and paste puts into an address or a field.
WEIRD = (
    "'",
    "%00",
    "a\x00b",
    "..",
    "<script>",
    "\u202e\u0000",
    "ä" * 300,
    "１２",
    "-1",
    "2" * 40,
    "%",
    "\ud7ff\ufffe",
    "' OR 1=1 --",
    "{{7*7}}",
    "😀",
)
#: Before version 3 it takes an unfinished part of a form for one that is too large.
WERKZEUG_2 = version("werkzeug").startswith("2.")
WORDS = ("page does not exist", "not allowed", "Nothing was", "nothing was", "Choose", "Select")


def told_in_words(text: str) -> bool:
    return any(words in text for words in WORDS)


@pytest.mark.parametrize("weird", WEIRD, ids=ascii)
def test_weird_addresses_are_not_found(desk: Desk, weird: str) -> None:
    before = len(desk.events())
    for address in addresses(desk):
        client = desk.client(PEOPLE.get(address.area, IDS.guardian1))
        values = own_values(desk, address.area)
        for name in address.names - {"code", "unknown", "sequence"}:
            url = address.filled({**values, name: quote(weird)})
            answer = client.get(url)
            assert answer.status_code in (303, 308, 404, 405), url
            assert "Pupil u-" not in answer.text
    tries = [e for e in desk.events()[before:] if e.outcome == "allowed"]
    assert not [e for e in tries if not e.event.startswith(("audit", "look_up"))]


@pytest.mark.parametrize("weird", WEIRD, ids=ascii)
def test_weird_filters_give_a_sane_page(desk: Desk, weird: str) -> None:
    secretary, worker = desk.client(IDS.secretary), desk.client(IDS.kuraattori)
    fine, unknown = (400, 400) if "\0" in weird else (200, 404)
    filters = ("state", "school", "group", "grade", "profession", "answered_from", "search")
    for name in (*filters, "page", "size", "sort", "select"):
        status = 422 if fine == 200 and name == "answered_from" else fine
        status = 422 if fine == 200 and (name, len(weird)) == ("search", 300) else status
        linted(secretary.get(desk_url(desk), query_string={name: weird}), status)
    linted(worker.get(f"{desk.welfare()}/", query_string={"page": weird}), fine)
    sent = sent_with(worker.get(f"{desk.welfare()}/"))
    for typed in ({"search": weird}, {"page": weird}):
        status = 422 if fine == 200 and len(typed.get("search", "")) == 300 else fine
        linted(worker.post(f"{desk.welfare()}/", data={**sent, **typed}), status)
    linted(secretary.get(desk_url(desk), query_string={"welfare_group": weird}), unknown)


@on_one_engine
@pytest.mark.parametrize("text", ["ab " * 3000, "a" * 100_000], ids=["words", "letters"])
def test_a_search_longer_than_any_name_is_told_and_kept(desk: Desk, text: str) -> None:
    """A statement of thousands of conditions is more than a database takes."""
    decider, matrix = (f"{desk.url}/{area}/{desk.provider()}" for area in ("deciders", "matrix"))
    for person, url in (
        (IDS.kuraattori, f"{desk.welfare()}/"),
        (IDS.main_user, f"{decider}/"),
        (IDS.main_user, f"{matrix}/groups/{desk.group()}/add-member"),
    ):
        page = linted(searched(desk.client(person), url, text), 422)
        assert page.by_class("govuk-error-summary")
        (typed,) = [e for e in page.all("input") if e.attributes.get("id") == "search"]
        assert typed.attributes["value"] == text


@on_one_engine
@pytest.mark.parametrize("page", ["0", "-1", "99999", "9" * 30, "1.5", "two", "", "１"])
def test_a_page_that_is_not_there_is_the_nearest_one(desk: Desk, page: str) -> None:
    query = {"state": "", "page": page}
    assert (
        "Pupil"
        in linted(desk.client(IDS.secretary).get(desk_url(desk), query_string=query)).ours.text
    )
    listed = desk.client(IDS.kuraattori).get(f"{desk.welfare()}/", query_string={"page": page})
    assert "u-0001" in linted(listed).ours.text


@on_one_engine
@pytest.mark.parametrize(
    "day", ["31.2.2026", "x", "0.0.0", "1.1.99999", "1.1", "１.１.２０２６", "-1.1.2026"]
)
def test_a_day_that_is_none_is_told(desk: Desk, day: str) -> None:
    officer = desk.client(IDS.officer)
    url = f"{desk.url}/oversight/{desk.provider()}/"
    answer = officer.get(url, query_string={"since": day})
    assert answer.status_code in (200, 422)
    page = linted(answer, answer.status_code)
    if answer.status_code == 422:
        assert "for example 31.7.2027" in page.ours.text


def unchanged(desk: Desk, pupil: str) -> bool:
    return not [e for e in desk.events() if e.pupil_ref == pupil]


class TestGuardiansForm:
    """One form, sent in every wrong way."""

    @pytest.mark.parametrize(
        "tampered",
        [
            {"question-absences": "maybe"},
            {"question-absences": ""},
            {"question-absences": ["yes", "no"], "question-grades": ""},
            {"question-grades": "each"},
            {"question-grades": "each", "pair-grades-kuraattori": "😀"},
            {"token": "x" * 5000},
            {"token": ""},
        ],
        ids=ascii,
    )
    def test_tampered_choices_are_told_and_kept(self, desk: Desk, tampered: dict[str, str]) -> None:
        client, url = desk.client(IDS.guardian1), child_url(desk, IDS.sibling)
        sent = {**form_of(client, url).fields, **YES, **tampered}
        page = linted(client.post(f"{url}answer", data=sent), 422)
        (summary,) = page.by_class("govuk-error-summary__list")
        assert told_in_words(summary.text)
        for name, value in YES.items():
            if name not in tampered:
                assert page.fields[name] == value
        assert unchanged(desk, IDS.sibling)

    @pytest.mark.parametrize(
        ("changes", "status"),
        [
            ({"version": UNKNOWN}, 409),
            ({"version": ""}, 409),
            ({"last_seen": UNKNOWN}, 409),
            ({"version": "a\x00b"}, 400),
            ({"last_seen": "a\x00b"}, 400),
            ({"question-absences": "a\x00b"}, 400),
            ({"token": "a\x00b"}, 400),
            ({"a\x00b": "c"}, 400),
            ({"pair-detentions-kuraattori": "yes", "question-detentions": "yes"}, 303),
        ],
        ids=ascii,
    )
    def test_hidden_fields_decide_nothing(
        self, desk: Desk, changes: dict[str, str], status: int
    ) -> None:
        client, url = desk.client(IDS.guardian1), child_url(desk, IDS.sibling)
        sent = {**form_of(client, url).fields, **YES, **changes}
        answer = client.post(f"{url}answer", data=sent)
        assert answer.status_code == status
        if status == 303:  # what the form does not ask is not heard
            assert "detentions" not in str(desk.events()[-1].canon)
        else:
            assert told_in_words(linted(answer, status).ours.text)
            assert unchanged(desk, IDS.sibling)

    @on_one_engine
    def test_an_expired_token_keeps_the_choices(self, desk: Desk) -> None:
        client, url = desk.client(IDS.guardian1), child_url(desk, IDS.sibling)
        sent = {**form_of(client, url).fields, **YES, "question-grades": "no"}
        object.__setattr__(desk.state.settings, "form_seconds", -1)
        page = linted(client.post(f"{url}answer", data=sent), 422)
        object.__setattr__(desk.state.settings, "form_seconds", 60)
        assert "Your choices are still here: save again." in page.ours.text
        assert page.fields["question-grades"] == "no"
        assert unchanged(desk, IDS.sibling)
        again = {**page.fields}
        assert client.post(f"{url}answer", data=again).status_code == 303

    @on_one_engine
    @pytest.mark.parametrize("whose", ["another person", "another child", "another act"])
    def test_a_token_serves_one_person_and_one_purpose(self, desk: Desk, whose: str) -> None:
        client, url = desk.client(IDS.guardian1), child_url(desk, IDS.sibling)
        sent = {**form_of(client, url).fields, **YES}
        others = {
            "another person": (desk.client(IDS.guardian2), child_url(desk, IDS.pupil), "answer"),
            "another child": (client, child_url(desk, IDS.pupil), "answer"),
            "another act": (client, child_url(desk, IDS.pupil), "withdraw"),
        }
        poster, target, act = others[whose]
        before = len(desk.events())
        answer = poster.post(f"{target}{act}", data=sent)
        assert answer.status_code == 422
        assert told_in_words(linted(answer, 422).ours.text)
        assert len(desk.events()) == before

    def test_a_form_that_is_no_form_is_told(self, desk: Desk) -> None:
        client, url = desk.client(IDS.guardian1), child_url(desk, IDS.sibling)
        for body, kind in (
            (b"\xff\xfe\x00", "application/x-www-form-urlencoded"),
            (b"{}", "application/json"),
            (b"--x\r\n", "multipart/form-data; boundary=x"),
            (b"", "text/plain"),
        ):
            answer = client.post(f"{url}answer", data=body, content_type=kind)
            unfinished = kind.startswith("multipart") and WERKZEUG_2
            assert told_in_words(linted(answer, 413 if unfinished else 422).ours.text)
        assert unchanged(desk, IDS.sibling)


def sealed(desk: Desk, person: str, purpose: str) -> str:
    """Return a token as our forms carry it: what somebody could have kept from before."""
    secret = str(desk.app.secret_key)
    mark = Sealed(secret, person, purpose, 60).mark
    return str(URLSafeTimedSerializer(secret, salt="wilma_ext.form").dumps(mark))


@pytest.mark.parametrize("weird", [*WEIRD, UNKNOWN, ""], ids=ascii)
def test_the_secretary_selects_nobody_unknown(desk: Desk, weird: str) -> None:
    client, handle = desk.client(IDS.secretary), desk.handle(IDS.sibling)
    before = len(desk.events())
    token = sealed(desk, IDS.secretary, f"select:{desk.provider()}")
    for changes in ({"pupil": weird}, {"welfare_group": weird}):
        sent = {"token": token, "pupil": handle, "welfare_group": desk.group(), **changes}
        status = 400 if "\0" in weird else 404
        answer = client.post(f"{desk_url(desk)}review", data=sent)
        assert told_in_words(linted(answer, status).ours.text)
    assert len(desk.events()) == before


def test_a_kept_token_does_not_reach_another_providers_pupil(desk: Desk) -> None:
    theirs = desk.handle(IDS.stranger, IDS.other_tenant)
    client: FlaskClient = desk.client(IDS.secretary)
    for act, purpose in (("enable", "pupil"), ("disable", "disable")):
        token = sealed(desk, IDS.secretary, f"{purpose}:{theirs}")
        sent = {"token": token, "group": desk.group(), "why": "mistake"}
        linted(client.post(f"{desk_url(desk)}pupils/{theirs}/{act}", data=sent), 404)
    guardian = desk.client(IDS.guardian1)
    token = sealed(desk, IDS.guardian1, f"answer:{theirs}")
    url = child_url(desk, IDS.stranger, IDS.other_tenant)
    linted(guardian.post(f"{url}answer", data={"token": token, **YES}), 404)
    linted(guardian.post(f"{url}withdraw", data={"token": token}), 404)
    assert not desk.events(IDS.other_tenant)[-1].pupil_ref
