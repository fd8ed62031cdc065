"""The main user's pages of the consent form: drafted, looked at, reviewed, published."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.web.desk import COUNTY, IDS, ONE_DATABASE, OTHER_MAIN_USER, Desk
from tests.web.html import Document, linted
from tests.web.sending import without_path
from tests.web.words import LANGUAGES, say
from wilma_ext.oversight.event import Event
from wilma_ext.vocabulary import Route

ASKED = {
    "question-absences": ["kuraattori", "psykologi"],
    "question-grades": ["kuraattori"],
}
NEWS = {"fi": "Lääkäriltä ei kysytä.", "sv": "Läkare frågas inte.", "en": "No doctor is asked."}


class Editor:
    """The main user's browser, and the pages of the form."""

    def __init__(self, desk: Desk, language: str = "en") -> None:
        self.desk = desk
        self.client: FlaskClient = desk.client(IDS.main_user, language)
        self.home = f"{desk.url}/consent-form/{desk.provider()}/"

    def url(self, page: str) -> str:
        return f"{self.home}{COUNTY}/{page}"

    def page(self, page: str) -> Document:
        return linted(self.client.get(self.url(page)))

    def overview(self) -> Document:
        return linted(self.client.get(self.home))

    def send(self, page: str, seen: Document | None = None, /, **chosen: Any) -> TestResponse:
        """Send the page as a browser would, with the choices made."""
        fields = texts_of(seen or self.page(page))
        return self.client.post(self.url(page), data={**fields, **named(chosen)})

    def start(self, source: str = "1") -> None:
        assert self.send("start", source=source).status_code == 303

    def complete(self) -> None:
        """Begin from the version in force and leave nothing to mend."""
        self.start()
        assert self.send("questions", **ASKED).status_code == 303
        for language, news in NEWS.items():
            assert self.send(f"texts/{language}", part__changed=news).status_code == 303

    def publish(self) -> TestResponse:
        return self.send("publish")


def named(chosen: dict[str, Any]) -> dict[str, Any]:
    return {name.replace("__", "-"): value for name, value in chosen.items()}


def texts_of(page: Document) -> dict[str, str]:
    """What the browser sends unasked, the texts as they stand in their boxes too."""
    written = {
        box.attributes["name"]: "".join(c for c in box.children if isinstance(c, str)).lstrip(
            "\r\n"
        )
        for box in page.ours.all("textarea")
    }
    lines = {
        line.attributes["name"]: line.attributes.get("value", "")
        for line in page.ours.all("input")
        if line.attributes.get("type") in ("text", "url")
    }
    return {**page.fields, **lines, **written}


@pytest.fixture
def editor(desk: Desk) -> Editor:
    return Editor(desk)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_stands_in_every_language(desk: Desk, language: str) -> None:
    editor = Editor(desk, language)
    assert say(language, "Start a draft") in editor.overview().ours.text
    editor.start()
    texts = [f"texts/{code}" for code in ("fi", "sv", "en", "ar")]
    for page in ("questions", "terms", "publish", "discard", "compare", *texts):
        editor.page(page)
    for version in ("draft", "1"):
        editor.page(f"preview/{version}/sv")
    assert say(language, "In force nowhere") in editor.overview().ours.text


def test_a_draft_becomes_the_form_in_force(editor: Editor) -> None:
    editor.complete()
    review = editor.page("publish").ours.text
    assert "What changes from version 1" in review
    assert "Not asked any more: Absences: School doctor" in review
    assert "The consent of 1 pupil ends now and is asked again." in review
    assert all(news in review for news in NEWS.values())
    assert editor.publish().status_code == 303
    overview = editor.overview().ours.text
    assert "The form has been published." in overview
    assert f"by Person {IDS.main_user}" in overview
    assert "a material change" in overview
    form = editor.desk.form().form
    assert (form.version, form.texts["sv"]["changed"]) == (2, NEWS["sv"])
    last = editor.desk.events()[-1]
    assert (last.event, last.actor_ref) == (Event.FORM_PUBLISHED, IDS.main_user)


def test_publishing_is_blocked_while_a_part_is_missing(editor: Editor) -> None:
    editor.complete()
    complete = editor.page("publish").fields
    assert editor.send("texts/sv", part__details="", part__changed="").status_code == 303
    review = editor.page("publish")
    links = {a.text: a.attributes["href"] for a in review.ours.all("a")}
    missing = [text for text in links if "is missing" in text]
    assert missing == [
        "Swedish: “More about who gets the data and why” is missing",
        "Swedish: “What has changed since the version before” is missing",
    ]
    assert {links[text] for text in missing} == {editor.url("texts/sv")}
    assert "Publish the form" not in review.ours.text
    linted(editor.client.post(editor.url("publish"), data={**complete, **basis(editor)}), 422)
    assert editor.desk.form().form.version == 1


def basis(editor: Editor) -> dict[str, str]:
    """The draft as it is now, which a page that offers no publishing does not send."""
    return {"based_on": editor.page("discard").fields["based_on"]}


def test_two_editors_lose_nothing(editor: Editor) -> None:
    editor.start()
    mine, theirs = editor.page("texts/fi"), Editor(editor.desk)
    assert theirs.send("texts/fi", part__title="Heidän otsikkonsa").status_code == 303
    answer = editor.send("texts/fi", mine, part__title="Minun otsikkoni")
    page = linted(answer, 409)
    assert texts_of(page)["part-title"] == "Minun otsikkoni"
    assert "Saved now: Heading Heidän otsikkonsa" in page.ours.text
    assert f"Person {IDS.main_user} saved the draft" in page.ours.text
    assert "Heidän otsikkonsa" in editor.page("preview/draft/fi").ours.text
    assert editor.send("texts/fi", page).status_code == 303
    assert "Minun otsikkoni" in editor.page("preview/draft/fi").ours.text


@pytest.mark.parametrize(
    ("name", "chosen"),
    [("questions", ASKED), ("terms", {"validity": "open"}), ("discard", {}), ("publish", {})],
)
def test_an_old_page_changes_nothing(editor: Editor, name: str, chosen: dict[str, Any]) -> None:
    editor.complete()
    old = editor.page(name)
    assert editor.send("texts/fi", part__title="Uudempi otsikko").status_code == 303
    linted(editor.send(name, old, **chosen), 409)
    text = editor.page("preview/draft/fi").ours.text
    assert "Uudempi otsikko" in text
    assert editor.desk.form().form.version == 1


@ONE_DATABASE
class TestQuestions:
    def test_only_what_the_matrix_opens_with_consent_is_offered(self, editor: Editor) -> None:
        editor.start()
        page = editor.page("questions")
        offered = {
            (box.attributes["name"], box.attributes["value"])
            for box in page.ours.all("input")
            if box.attributes.get("type") == "checkbox"
        }
        assert offered == {(name, who) for name, people in ASKED.items() for who in people}
        assert "They are left out when you save" in page.ours.text
        forged = editor.send("questions", **{"question-grades": ["laakari"]})
        assert "Choose among the professions" in linted(forged, 422).ours.text

    def test_a_closed_cell_is_named_before_publishing(self, editor: Editor) -> None:
        editor.complete()
        editor.desk.publish({("kuraattori", "absences"): Route.CONSENT})
        review = editor.page("publish").ours.text
        assert "so it cannot be asked: Absences: School psychologist" in review
        assert "Publish the form" not in review


@ONE_DATABASE
class TestTerms:
    @pytest.mark.parametrize(
        ("chosen", "told"),
        [
            ({"validity": "fixed", "fixed_until": ""}, "Write the last day of the consent."),
            ({"validity": "fixed", "fixed_until": "1.1.2020"}, "must be in the future"),
            ({"privacy_url": "http://example.com"}, "must begin with https://"),
            ({"material": "perhaps"}, "Choose whether the change is material."),
        ],
        ids=["no day", "past", "http", "tampered"],
    )
    def test_a_wrong_choice_is_told_at_its_field(
        self, editor: Editor, chosen: dict[str, str], told: str
    ) -> None:
        editor.start()
        assert told in linted(editor.send("terms", **chosen), 422).ours.text

    def test_another_rule_than_the_policys_is_warned_of(self, editor: Editor) -> None:
        assert "earlier of the two" not in editor.overview().ours.text
        editor.desk.policy(validity="open")
        told = "The form says: Until the end of the school year. The policy says: Until withdrawn."
        assert told in editor.overview().ours.text


@ONE_DATABASE
def test_a_winding_summary_is_warned_of_and_may_be_published(editor: Editor) -> None:
    editor.complete()
    assert "on average" not in editor.page("publish").ours.text
    winding = "{validity} " + "sana " * 130
    assert editor.send("texts/fi", part__summary=winding).status_code == 303
    told = editor.page("publish").ours.text
    assert "The Finnish summary has 137 words." in told
    assert "words on average. Use at most 15." in told
    assert editor.publish().status_code == 303


class TestOthers:
    def test_another_provider_finds_nothing(self, desk: Desk, editor: Editor) -> None:
        editor.start()
        stranger = desk.client(OTHER_MAIN_USER)
        pages = ("texts/fi", "questions", "publish", "preview/draft/fi", "compare")
        answers = [stranger.get(editor.url(page)) for page in pages]
        mine = f"{desk.url}/consent-form/{desk.provider(IDS.other_tenant)}/{COUNTY}"
        answers += [stranger.get(f"{mine}/{page}") for page in ("texts/fi", "preview/draft/fi")]
        assert {answer.status_code for answer in answers} == {404}
        assert len({without_path(answer) for answer in answers}) == 1

    def test_a_secretary_finds_nothing(self, desk: Desk, editor: Editor) -> None:
        editor.complete()
        sent = texts_of(editor.page("publish"))
        secretary = desk.client(IDS.secretary)
        assert secretary.get(editor.home).status_code == 404
        assert secretary.post(editor.url("publish"), data=sent).status_code == 404
        assert desk.form().form.version == 1

    @ONE_DATABASE
    def test_an_unknown_county_version_or_language_is_not_found(self, editor: Editor) -> None:
        editor.start()
        for page in ("preview/7/fi", "preview/x/fi", "preview/1/ar", "texts/tlh", "texts/FI"):
            assert editor.client.get(editor.url(page)).status_code == 404, page
        elsewhere = editor.url("questions").replace(COUNTY, "pirha")
        assert editor.client.get(elsewhere).status_code == 404
