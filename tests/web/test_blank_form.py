"""The form on paper: one language, nothing ticked, the exact text with version and hash (G20)."""

import pytest
from flask.testing import FlaskClient

from tests.web.desk import IDS, Desk
from tests.web.html import Document, linted
from tests.web.test_paper_pages import looked, paper_url, written
from tests.web.words import LANGUAGES, say

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


def blank(desk: Desk, client: FlaskClient, query: str = "", pupil: str = "") -> Document:
    place = f"{desk.url}/secretary/{desk.provider()}"
    whose = f"/pupils/{desk.handle(pupil)}" if pupil else ""
    return linted(client.get(f"{place}{whose}/blank-form{query}"))


def plain(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_exact_text_stands_on_it_in_one_language(desk: Desk, language: str) -> None:
    page = blank(desk, desk.client(IDS.secretary, "en"), f"?language={language}")
    form, words = desk.form().form, page.ours.text
    for part, text in form.texts[language].items():
        assert part == "changed" or all(plain(line) in words for line in text.splitlines()), part
    assert form.text_sha256(language) in words
    assert say(language, "Version %(number)s of the form", number=1) in words
    assert say(language, "Signature") in words
    assert page.ours.attributes["lang"] == language


def test_it_is_blank(desk: Desk) -> None:
    client = desk.client(IDS.secretary)
    page = blank(desk, client)
    assert not list(page.ours.all("input", "select", "button", "textarea"))
    assert page.ours.text.count("☐ Yes") == page.ours.text.count("☐ No") == 10
    assert "Pupil u-0" not in page.ours.text
    assert "Pupil's name:" in page.ours.text


def test_the_pupils_name_may_stand_on_it(desk: Desk) -> None:
    page = blank(desk, desk.client(IDS.secretary), pupil=IDS.sibling)
    assert f"Pupil: Pupil {IDS.sibling} , 6A · School s-1" in page.ours.text
    assert "Person u-0" not in page.ours.text


def test_an_unknown_language_is_one_that_the_form_has(desk: Desk) -> None:
    page = blank(desk, desk.client(IDS.secretary, "sv"), "?language=xx")
    assert page.ours.attributes["lang"] == "fi"


@pytest.mark.parametrize("language", LANGUAGES)
def test_recording_speaks_the_language_of_the_page(desk: Desk, language: str) -> None:
    client, url = desk.client(IDS.secretary, language), paper_url(desk)
    assert say(language, "Record a paper answer") in linted(client.get(url)).ours.text
    words = linted(looked(client, url)).ours.text
    told = "The paper counts from the moment it is saved, not from the day on it."
    assert say(language, told) in words
    assert say(language, "What changes") in words


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"signer": ""}, "Choose who has signed."),
        ({"signed_on": ""}, "Write the day that stands on the paper."),
        ({"signed_on": "31.2.2026"}, "Write the day as day, month and year"),
        ({"signed_on": "1.1.2199"}, "The day on the paper cannot be in the future."),
        ({"signed_on": "1.1.2001"}, "The paper was signed before this version"),
        ({"document": " "}, "Write the reference under which the paper is kept."),
        ({"language": ""}, "Choose the language of the paper."),
        ({"language": "xx"}, "Choose the language of the paper."),
        ({"act": ""}, "Choose whether the paper answers or withdraws."),
        ({"question-grades": ""}, "Choose yes or no: Grades"),
        ({"question-grades": "each"}, "Choose yes or no: School psychologist"),
        ({"token": "stale"}, "The page had been open too long"),
    ],
)
def test_a_mistake_is_told_and_what_was_written_is_kept(
    desk: Desk, changes: dict[str, str], told: str
) -> None:
    client, url = desk.client(IDS.secretary), paper_url(desk)
    page = linted(looked(client, url, **changes), 422)
    (summary,) = page.by_class("govuk-error-summary")
    assert told in summary.text
    kept = {**written(), **changes}
    assert page.fields.get("question-absences") == kept["question-absences"]
    if kept["document"].strip():
        texts = [e.attributes.get("value") for e in page.ours.all("input")]
        assert kept["document"] in texts


@pytest.mark.parametrize("version", ["0", "2", "99999999", "x", "²"])
def test_a_version_that_is_not_published_is_not_found(desk: Desk, version: str) -> None:
    client, url = desk.client(IDS.secretary), paper_url(desk)
    assert client.get(f"{url}?version={version}").status_code == 404
    sent = client.post(f"{url}/look", data=written(version=version))
    assert sent.status_code == 404
