"""The receipt of every act, on the page and as a file: exact, complete, and of nobody else."""

import json
from copy import deepcopy
from datetime import date, datetime, timedelta
from importlib.resources import files
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError
from jsonschema.validators import validator_for

from tests.web.desk import IDS, Desk
from tests.web.html import Document, linted
from tests.web.test_guardian_pages import (
    NO,
    YES,
    answered,
    child_url,
    form_of,
    on_one_engine,
)
from tests.web.words import LANGUAGES, say
from wilma_ext.rights.consent.answer_record import ShownForm, record_answer
from wilma_ext.rights.consent.consent import hold
from wilma_ext.rights.consent.giver import Giver
from wilma_ext.rights.form.consent_form import sha256_of
from wilma_ext.rights.person import pupil_of
from wilma_ext.vocabulary import Capacity, Channel, Choice

SCHEMA = json.loads((files("wilma_ext") / "schemas" / "receipt-1.schema.json").read_text("utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)
SCHEMA_URL = "/wilma-ext/guardian/schemas/receipt-1.json"


def given(desk: Desk, chosen: dict[str, str], person: str = IDS.guardian1) -> str:
    """Answer about the pupil and return the receipt's address."""
    saved = answered(desk.client(person), child_url(desk, IDS.pupil), chosen)
    assert saved.status_code == 303
    return saved.headers["Location"]


def withdrawn(desk: Desk, person: str = IDS.guardian1) -> str:
    client, url = desk.client(person), child_url(desk, IDS.pupil)
    done = client.post(f"{url}withdraw", data=linted(client.get(url)).fields)
    assert done.status_code == 303
    return done.headers["Location"]


def on_paper(desk: Desk) -> str:
    """Let the school enter an answer from paper; return the receipt's address."""
    giver = Giver(IDS.guardian2, Capacity.GUARDIAN, IDS.tenant, IDS.pupil)
    form = desk.form().form
    paper = ShownForm(form, "fi", Channel.PAPER, IDS.secretary, "A 12/2026", date(2026, 9, 1))
    with desk.work() as work:
        hold(work, IDS.tenant, IDS.pupil)
        done = record_answer(
            work,
            desk.state.register,
            giver=giver,
            pupil=pupil_of(work, desk.state.register, IDS.pupil),
            shown=paper,
            choices=dict.fromkeys(form.pairs(), Choice.YES),
            until=None,
        )
    return f"{child_url(desk, IDS.pupil)}receipts/{done.answer_id}"


def document(
    desk: Desk, address: str, person: str = IDS.guardian1, language: str = "en"
) -> dict[str, Any]:
    answer = desk.client(person, language).get(f"{address}.json")
    assert answer.status_code == 200
    found: dict[str, Any] = json.loads(answer.data)
    VALIDATOR.validate(found)
    return found


class TestFile:
    @pytest.mark.parametrize("language", LANGUAGES)
    @on_one_engine
    def test_it_keeps_to_its_schema_in_every_language(self, desk: Desk, language: str) -> None:
        found = document(desk, given(desk, {**YES, "question-grades": "no"}), language=language)
        assert found["language"] == language
        assert found["act"] == "answer"
        assert {one["value"] for one in found["choices"]} == {"yes", "no"}
        assert found["giver"] == {"capacity": "guardian", "channel": "online", "paper": None}
        names = {one["profession"]["name"] for one in found["choices"]}
        assert say(language, "school nurse") in names
        assert found["recipients"]["county"] in (
            "Länsi-Uusimaa",
            "Västra Nyland",
            "Western Uusimaa",
        )
        assert any("31.7." in sentence for sentence in found["what_happens_next"])

    def test_a_withdrawal_tells_what_it_took_back(self, desk: Desk) -> None:
        found = document(desk, withdrawn(desk))
        assert found["act"] == "withdrawal"
        assert len(found["choices"]) == 7  # every yes of the desk's one consent
        assert {one["state_now"] for one in found["choices"]} == {"withdrawn"}
        assert {one["valid_until"] for one in found["choices"]} == {found["given_at"]}
        assert found["how_to_withdraw"]["url"].endswith(child_url(desk, IDS.pupil))

    def test_a_paper_is_named_with_signer_day_and_reference(self, desk: Desk) -> None:
        address = on_paper(desk)
        found = document(desk, address, IDS.guardian2)
        paper = {"signer": f"Person {IDS.guardian2}", "signed_on": "2026-09-01"}
        assert found["giver"]["channel"] == "paper"
        assert found["giver"]["paper"] == {**paper, "document": "A 12/2026"}
        page = linted(desk.client(IDS.guardian2).get(address))
        for part in (f"Signed by Person {IDS.guardian2}", "1.9.2026", "A 12/2026"):
            assert part in page.ours.text

    def test_times_have_the_offset_of_helsinki(self, desk: Desk) -> None:
        found = document(desk, given(desk, YES))
        for instant in (found["given_at"], *(one["valid_until"] for one in found["choices"])):
            assert datetime.fromisoformat(instant).utcoffset() in (
                timedelta(hours=2),
                timedelta(hours=3),
            )
        assert {one["valid_until"][10:] for one in found["choices"]} == {"T00:00:00+03:00"}

    @on_one_engine
    def test_it_has_no_id_and_nothing_of_anybody_else(self, desk: Desk) -> None:
        given(desk, NO, IDS.guardian2)
        address = given(desk, YES)
        text = json.dumps(document(desk, address))
        form = desk.form().form
        secrets = (IDS.guardian1, IDS.guardian2, IDS.house, form.form_id)
        assert not [s for s in (*secrets, address.rsplit("/", 1)[1], desk.group()) if s in text]

    @on_one_engine
    def test_it_is_a_download_that_names_nobody_and_is_kept_nowhere(self, desk: Desk) -> None:
        address = given(desk, YES)
        answer = desk.client(IDS.guardian1).get(f"{address}.json")
        number = json.loads(answer.data)["number"]
        disposition = answer.headers["Content-Disposition"]
        assert disposition == f"attachment; filename=receipt-{number}.json"
        assert answer.mimetype == "application/json"
        assert "no-store" in answer.headers["Cache-Control"]

    @on_one_engine
    def test_anothers_file_does_not_exist(self, desk: Desk) -> None:
        address = given(desk, NO, IDS.guardian2)
        assert desk.client(IDS.guardian1).get(f"{address}.json").status_code == 404


def broken(found: dict[str, Any]) -> list[dict[str, Any]]:
    """Return copies of a good document, each with one fault."""
    copies = []
    for key in found:
        copies.append({k: v for k, v in found.items() if k != key})
    for path, value in (
        (("host_id",), IDS.guardian1),
        (("given_at",), "2026-11-22T10:00:00"),
        (("giver", "channel"), "paper"),
        (("form", "text_sha256"), "0" * 63),
        (("choices", 0, "state_now"), "open"),
        (("choices", 0, "value"), "maybe"),
        (("schema_version",), 2),
    ):
        copy: Any = deepcopy(found)
        inner = copy
        for step in path[:-1]:
            inner = inner[step]
        inner[path[-1]] = value
        copies.append(copy)
    return copies


@on_one_engine
class TestSchema:
    def test_it_refuses_what_is_not_a_receipt(self, desk: Desk) -> None:
        for wrong in broken(document(desk, given(desk, YES))):
            with pytest.raises(ValidationError):
                VALIDATOR.validate(wrong)

    def test_it_is_a_schema_and_public(self, desk: Desk) -> None:
        validator_for(SCHEMA).check_schema(SCHEMA)
        answer = desk.app.test_client().get(SCHEMA_URL)
        assert answer.status_code == 200
        assert answer.mimetype == "application/schema+json"
        assert json.loads(answer.data) == SCHEMA


def text_shown(page: Document) -> str:
    """Return the form's text as it stands on the page, part by part in the order of the receipt."""
    spans = page.one("h1").all("span")
    (title,) = [e.text for e in spans if not e.has_class("govuk-caption-l")]
    (details,) = page.by_class("govuk-details__text")
    (law,) = page.by_class("wx-section")
    by_law = "\n".join([next(law.all("p")).text, *(item.text for item in law.all("li"))])
    summary = [e.text for e in page.by_class("wx-form-text")[0].all("p")]
    questions = [e.text for e in page.by_class("govuk-fieldset__legend--m")]
    withdrawal = page.by_class("wx-form-text")[1].text
    parts = ["\n".join(summary[:-1]), summary[-1], by_law, *questions, withdrawal]
    return "\n\n".join([title, *parts, next(details.all("p")).text])


@on_one_engine
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_hash_is_that_of_the_text_on_the_form(desk: Desk, language: str) -> None:
    client, url = desk.client(IDS.guardian1, language), child_url(desk, IDS.pupil)
    shown = text_shown(form_of(client, url))
    address = answered(client, url, YES).headers["Location"]
    found = document(desk, address, language=language)
    assert found["form"]["text"] == shown
    assert found["form"]["text_sha256"] == sha256_of(shown)
    assert found["form"]["text_sha256"] != sha256_of(shown + " ")
    page = linted(client.get(address))
    (code,) = page.all("code")
    assert code.text == sha256_of(shown)


class TestWithdrawalReceipt:
    def test_it_says_who_no_longer_sees_what(self, desk: Desk) -> None:
        page = linted(desk.client(IDS.guardian1).get(withdrawn(desk)))
        text = page.ours.text.split("these no longer see:")[1].split("What you took back")[0]
        assert "Absences school social worker (kuraattori), school psychologist" in text
        assert "Grades school social worker (kuraattori)" in text
        assert "nurse" not in text  # the matrix had shown nothing to a nurse

    def test_where_nothing_was_open_it_says_so(self, desk: Desk) -> None:
        client, url = desk.client(IDS.guardian1), child_url(desk, IDS.sibling)
        answered(client, url, YES)
        done = client.post(f"{url}withdraw", data=linted(client.get(url)).fields)
        page = linted(client.get(done.headers["Location"]))
        assert "The consent has been withdrawn. It took effect at once." in page.ours.text
        assert "had not opened anything" in page.ours.text

    def test_anothers_yes_that_is_enough_is_told(self, desk: Desk) -> None:
        given(desk, {**YES, "question-grades": "no"}, IDS.guardian2)
        desk.consent(guardian=IDS.guardian2)
        page = linted(desk.client(IDS.guardian1).get(withdrawn(desk)))
        assert "Still seen, because somebody else's yes is enough" in page.ours.text
        assert "no longer see:" not in page.ours.text

    def test_an_older_receipt_knows_what_became_of_it(self, desk: Desk) -> None:
        address = given(desk, YES)
        assert {c["state_now"] for c in document(desk, address)["choices"]} == {"given"}
        assert "In force as you answered" in desk.client(IDS.guardian1).get(address).text
        withdrawn(desk)
        assert {c["state_now"] for c in document(desk, address)["choices"]} == {"withdrawn"}
        page = linted(desk.client(IDS.guardian1).get(address))
        assert "You have answered again after this." in page.ours.text
        assert "In force as you answered" not in page.ours.text

    def test_a_refusal_that_closes_says_it_too(self, desk: Desk) -> None:
        page = linted(desk.client(IDS.guardian2).get(given(desk, NO, IDS.guardian2)))
        assert "these no longer see:" in page.ours.text
        assert "A no stays in force until you change it." in page.ours.text
