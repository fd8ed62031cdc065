"""The text of a form is one text: previewed, shown, answered, kept and compared."""

from html import unescape

import pytest
from sqlalchemy import select

from tests.web.desk import IDS, ONE_DATABASE, Desk
from tests.web.html import Document, Element, linted
from tests.web.test_consent_form_pages import NEWS, Editor
from tests.web.words import LANGUAGES
from wilma_ext.models import Answer, AnswerChoice
from wilma_ext.rights.consent.consent import latest_answer
from wilma_ext.rights.consent.giver import Giver
from wilma_ext.rights.form.change import FormChange, form_change
from wilma_ext.rights.form.consent_form import form_of, sha256_of
from wilma_ext.vocabulary import Capacity

GIVER = Giver(IDS.guardian1, Capacity.GUARDIAN, IDS.tenant, IDS.pupil)


@pytest.fixture
def editor(desk: Desk) -> Editor:
    return Editor(desk)


def answer_page(desk: Desk, language: str = "en", guardian: str = IDS.guardian1) -> Document:
    client = desk.client(guardian, language)
    return linted(client.get(f"{desk.url}/guardian/{desk.handle(IDS.pupil)}/answer"))


def before_the_law(page: Element) -> list[str]:
    """The paragraphs and questions of a form, in the order in which they are read."""
    return [element.text for element in page.all("p", "legend", "li", "label") if element.text]


def latest(desk: Desk) -> Answer:
    with desk.work() as work:
        found = latest_answer(work, GIVER)
        assert found is not None
        work.session.expunge(found)
    return found


def change(desk: Desk, language: str = "sv") -> FormChange:
    form, answered = desk.form().form, latest(desk).id
    with desk.work() as work:
        return form_change(
            work,
            provider_ref=IDS.tenant,
            answer_id=answered,
            current=form,
            language=language,
        )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guardian_sees_every_part_that_is_hashed(editor: Editor, language: str) -> None:
    editor.complete()
    preview = editor.page(f"preview/draft/{language}")
    editor.publish()
    desk = editor.desk
    form = desk.form().form
    shown = answer_page(desk, language)
    for page in (preview, shown):
        read = page.ours.text
        for part in form.full_text(language).split("\n"):
            assert part in read, part
    assert form.text_sha256(language) == sha256_of(form.full_text(language))
    assert "{validity}" not in form.full_text(language)
    section = next(e for e in preview.ours.all("section") if e.has_class("wx-phone"))
    parts = [line for line in before_the_law(section) if line in form.full_text(language)]
    known = set(parts)
    assert parts == [line for line in before_the_law(shown.ours) if line in known]


@ONE_DATABASE
def test_nothing_can_be_sent_from_the_preview(editor: Editor) -> None:
    editor.start()
    preview = editor.page("preview/draft/fi").ours
    assert not list(preview.all("form"))
    assert [e.attributes["type"] for e in preview.all("button")] == ["button"]
    assert not [e for e in preview.all("input") if "checked" in e.attributes]


def test_old_answers_stay_with_their_version(editor: Editor) -> None:
    desk = editor.desk
    before = latest(desk)
    editor.complete()
    editor.send("texts/fi", part__title="Uusi otsikko")
    editor.publish()
    after = latest(desk)
    assert (after.form_id, after.text_sha256) == (before.form_id, before.text_sha256)
    with desk.work() as work:
        form = form_of(work, IDS.tenant, after.form_id or "")
    assert (form.version, form.text_sha256(after.language)) == (1, after.text_sha256)
    assert "Uusi otsikko" not in form.full_text("fi")


def test_a_material_change_asks_again_with_nothing_chosen(editor: Editor) -> None:
    desk = editor.desk
    assert change(desk) == FormChange(1, asks_again=False, news=())
    assert [e for e in answer_page(desk).ours.all("input") if "checked" in e.attributes]
    editor.complete()
    editor.publish()
    told = change(desk)
    assert (told.answered, told.asks_again) == (1, True)
    assert [(news.version, news.text) for news in told.news] == [(2, NEWS["sv"])]
    page = answer_page(desk)
    assert not [e for e in page.ours.all("input") if "checked" in e.attributes]


def test_by_the_policy_to_keep_nobody_is_asked_again(editor: Editor) -> None:
    desk = editor.desk
    desk.policy(on_material_change="keep")
    desk.consent()
    editor.complete()
    assert "earlier answers stay" in editor.page("publish").ours.text
    editor.publish()
    assert not change(desk).asks_again
    assert [news.text for news in change(desk).news] == [NEWS["sv"]]
    assert [e for e in answer_page(desk).ours.all("input") if "checked" in e.attributes]


@ONE_DATABASE
def test_a_change_of_wording_asks_nobody(editor: Editor) -> None:
    editor.start()
    editor.send("questions", **{"question-absences": ["kuraattori"]})
    editor.send("terms", material="no")
    assert "The change is not material." in editor.page("publish").ours.text
    assert editor.publish().status_code == 303
    assert change(editor.desk) == FormChange(1, asks_again=False, news=())


def test_the_end_is_the_earlier_of_form_and_policy(editor: Editor) -> None:
    desk = editor.desk
    desk.policy(validity="open")
    desk.consent()
    school_year = desk.form().form.consent_ends(latest(desk).given_at)
    assert school_year is not None
    assert ends(desk) == {school_year}
    editor.complete()
    editor.send("terms", validity="open")
    editor.publish()
    desk.consent()
    assert ends(desk) == {None}
    desk.policy(validity="school_year")
    desk.withdraw()
    desk.consent()
    assert ends(desk) == {school_year}


def ends(desk: Desk) -> set[object]:
    """When what the guardian said last ends."""
    said = select(AnswerChoice).where(AnswerChoice.answer_id == latest(desk).id)
    with desk.work() as work:
        rows = work.session.scalars(said)
        return {row.valid_until for row in rows if row.value == "yes"}


@ONE_DATABASE
def test_two_versions_are_compared_in_words(editor: Editor) -> None:
    editor.complete()
    title = unescape(editor.desk.form().form.texts["fi"]["title"])
    editor.send("texts/fi", part__title="Uusi otsikko")
    editor.publish()
    page = linted(editor.client.get(editor.url("compare?older=1&newer=2&language=fi")))
    assert [e.text for e in page.ours.all("ins")][0] == "Uusi otsikko"
    assert [e.text for e in page.ours.all("del")][0] == title
    for words in ("Removed: ", "Added: Uusi otsikko", "Not asked any more: Grades: School nurse"):
        assert words in page.ours.text
    back = linted(editor.client.get(editor.url("compare?older=2&newer=1&language=fi")))
    assert "Asked now: Grades: School nurse" in back.ours.text
    lost = linted(editor.client.get(editor.url("compare?older=9&newer=x&language=tlh")))
    assert "From “Version 1” to “Version 2”" in lost.ours.text


@ONE_DATABASE
def test_an_older_version_is_restored_as_a_draft(editor: Editor) -> None:
    title = editor.desk.form().form.texts["fi"]["title"]
    editor.complete()
    editor.send("texts/fi", part__title="Uusi otsikko")
    editor.publish()
    chosen = linted(editor.client.get(editor.url("start?source=1"))).fields
    assert chosen["source"] == "1"
    editor.start("1")
    assert title in editor.page("preview/draft/fi").ours.text
    assert editor.desk.form().form.texts["fi"]["title"] == "Uusi otsikko"
