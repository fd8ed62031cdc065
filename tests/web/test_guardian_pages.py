"""The family's pages: the form, the receipt, withdrawal, and what a guardian is told (G)."""

import re

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.web.desk import IDS, Desk
from tests.web.html import Document, Element, linted
from tests.web.words import LANGUAGES, say
from wilma_ext.oversight.event import Event

YES = {"question-absences": "yes", "question-grades": "yes"}
NO = {"question-absences": "no", "question-grades": "no"}
on_one_engine = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


def child_url(desk: Desk, pupil: str, tenant: str = IDS.tenant) -> str:
    return f"{desk.url}/guardian/{desk.handle(pupil, tenant)}/"


def form_of(client: FlaskClient, url: str) -> Document:
    return linted(client.get(f"{url}answer"))


def answered(client: FlaskClient, url: str, chosen: dict[str, str]) -> TestResponse:
    """Answer as a browser does, from the form as it stands."""
    return client.post(f"{url}answer", data={**form_of(client, url).fields, **chosen})


def radios(page: Document, name: str) -> list[Element]:
    return [e for e in page.ours.all("input") if e.attributes.get("name") == name]


def buttons(page: Document) -> list[str]:
    return [element.text for element in page.ours.all("button")]


class TestChildren:
    @on_one_engine
    def test_the_only_child_needs_no_chooser(self, desk: Desk) -> None:
        client = desk.client(IDS.strangers_guardian)
        page = client.get(f"{desk.url}/", follow_redirects=True)
        assert page.request.path == child_url(desk, IDS.stranger, IDS.other_tenant)
        assert linted(page).one("form")

    @on_one_engine
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_several_children_are_listed_with_their_states(self, desk: Desk, language: str) -> None:
        page = linted(desk.client(IDS.guardian1, language).get(f"{desk.url}/guardian/"))
        assert f"Pupil {IDS.pupil}" in page.ours.text
        assert f"Pupil {IDS.sibling}" in page.ours.text
        for state in ("You said yes and no", "Not answered"):
            assert say(language, state) in page.ours.text

    @on_one_engine
    def test_a_person_without_children_is_told_so(self, desk: Desk) -> None:
        page = linted(desk.client(IDS.officer).get(f"{desk.url}/guardian/"))
        assert "There is nobody here" in page.ours.text


@on_one_engine
@pytest.mark.parametrize("language", LANGUAGES)
class TestForm:
    def test_the_child_stands_in_heading_and_button(self, desk: Desk, language: str) -> None:
        page = form_of(desk.client(IDS.guardian1, language), child_url(desk, IDS.sibling))
        assert f"Pupil {IDS.sibling}, 6A" in page.one("h1").text
        wanted = say(language, "Save my answers about %(name)s", name="Pupil")
        assert buttons(page) == [wanted]

    def test_nothing_is_chosen_before_the_first_answer(self, desk: Desk, language: str) -> None:
        page = form_of(desk.client(IDS.guardian1, language), child_url(desk, IDS.sibling))
        assert len(radios(page, "question-absences")) == 3
        assert not [e for e in page.ours.all("input") if "checked" in e.attributes]

    def test_earlier_choices_stand_as_they_were(self, desk: Desk, language: str) -> None:
        page = form_of(desk.client(IDS.guardian1, language), child_url(desk, IDS.pupil))
        assert page.fields["question-absences"] == "yes"
        assert page.fields["question-grades"] == "each"
        assert page.fields["pair-grades-psykologi"] == "no"
        assert page.fields["pair-grades-kuraattori"] == "yes"

    def test_yes_and_no_look_alike(self, desk: Desk, language: str) -> None:
        page = form_of(desk.client(IDS.guardian1, language), child_url(desk, IDS.sibling))
        for name in ("question-absences", "pair-grades-kuraattori"):
            yes, no = radios(page, name)[:2]
            assert yes.attributes["class"] == no.attributes["class"]
            boxes = [e.parent for e in (yes, no)]
            assert len({e.attributes["class"] for e in boxes if e}) == 1
            labels = [next(e.all("label")) for e in boxes if e]
            assert len({e.attributes["class"] for e in labels}) == 1

    def test_what_goes_by_law_cannot_be_ticked(self, desk: Desk, language: str) -> None:
        client = desk.client(IDS.guardian1, language)
        page = form_of(client, child_url(desk, IDS.sibling))
        law = desk.form().form.texts[language]["by_law"].splitlines()
        (section,) = page.by_class("wx-section")
        assert law[0] in section.text
        assert [e.text for e in section.all("li")] == law[1:]
        assert not list(section.all("input", "form"))

    def test_it_is_short_and_in_short_sentences(self, desk: Desk, language: str) -> None:
        page = form_of(desk.client(IDS.guardian1, language), child_url(desk, IDS.sibling))
        texts = desk.form().form.texts[language]
        assert texts["summary"].splitlines()[0] in page.ours.text
        before_the_form = page.ours.text.split(texts["question:absences"])[0]
        words = before_the_form.split(texts["title"])[-1].split()
        assert 30 <= len(words) <= 120
        assert mean_sentence(texts["summary"]) <= 15
        assert mean_sentence(" ".join(texts.values())) <= 15


def mean_sentence(text: str) -> float:
    """Return how many words a sentence has on average."""
    marks = text.replace("?", ".").replace(":\n", ".").replace("\n", " ").split(".")
    sentences = [part.split() for part in marks if part.strip()]
    return sum(map(len, sentences)) / len(sentences)


class TestErrors:
    @on_one_engine
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_an_unanswered_question_is_told_at_both_places(self, desk: Desk, language: str) -> None:
        client, url = desk.client(IDS.guardian1, language), child_url(desk, IDS.sibling)
        page = linted(answered(client, url, {"question-absences": "no"}), 422)
        question = desk.form().form.texts[language]["question:grades"]
        told = say(language, "Choose yes or no: %(question)s", question=question)
        (summary,) = page.by_class("govuk-error-summary__list")
        (link,) = summary.all("a")
        (target,) = [
            e for e in page.all() if f"#{e.attributes.get('id')}" == link.attributes["href"]
        ]
        assert link.text == told
        assert target.attributes["name"] == "question-grades"
        (message,) = page.by_class("govuk-error-message")
        assert message.text.endswith(told)
        fieldset = target.above("fieldset")
        assert fieldset
        assert message.attributes["id"] in fieldset.attributes["aria-describedby"]
        assert page.one("title").text.startswith(say(language, "Error:"))
        assert page.fields["question-absences"] == "no"  # what was chosen is not lost

    @on_one_engine
    def test_choosing_each_demands_every_profession(self, desk: Desk) -> None:
        client, url = desk.client(IDS.guardian1), child_url(desk, IDS.sibling)
        chosen = {**YES, "question-grades": "each", "pair-grades-psykologi": "no"}
        page = linted(answered(client, url, chosen), 422)
        assert len(page.by_class("govuk-error-message")) == 3
        assert page.fields["pair-grades-psykologi"] == "no"
        assert not [e for e in desk.events() if e.pupil_ref == IDS.sibling]


class TestAnswering:
    def test_the_receipt_says_what_was_saved(self, desk: Desk) -> None:
        client, url = desk.client(IDS.guardian1), child_url(desk, IDS.sibling)
        saved = answered(client, url, {**YES, "question-grades": "no"})
        assert saved.status_code == 303
        page = linted(client.get(saved.headers["Location"]))
        shown = desk.form()
        for part in ("Your answer has been saved.", "Yes, until 31.7.", "No, for every"):
            assert part in page.ours.text
        assert re.search(r"\b\d{4}-[2-9A-Z]{5}-[2-9A-Z]{5}\b", page.ours.text)  # its number
        assert shown.form.text_sha256("en") in page.ours.text
        assert f"Version {shown.form.version}" in page.ours.text
        assert len(page.by_class("govuk-notification-banner")) == 1
        again = linted(client.get(saved.headers["Location"]))
        assert not again.by_class("govuk-notification-banner")  # a reload does not repeat it

    def test_a_refusal_is_not_an_unanswered_form(self, desk: Desk) -> None:
        client, url = desk.client(IDS.guardian1), child_url(desk, IDS.sibling)
        assert answered(client, url, NO).status_code == 303
        page = linted(client.get(url))
        assert "You said no" in page.ours.text
        assert "Withdraw my consent" not in buttons(page)  # there is nothing to take back
        (event,) = [e for e in desk.events() if e.pupil_ref == IDS.sibling]
        assert event.event == Event.CONSENT_ANSWERED.value

    def test_sending_twice_answers_once(self, desk: Desk) -> None:
        client, url = desk.client(IDS.guardian1), child_url(desk, IDS.sibling)
        sent = {**form_of(client, url).fields, **YES}
        first, second = (client.post(f"{url}answer", data=sent) for _ in range(2))
        assert first.headers["Location"] == second.headers["Location"]
        assert len([e for e in desk.events() if e.pupil_ref == IDS.sibling]) == 1

    def test_another_answer_in_between_is_a_conflict(self, desk: Desk) -> None:
        client, url = desk.client(IDS.guardian1), child_url(desk, IDS.sibling)
        old = {**form_of(client, url).fields, **YES}
        assert answered(client, url, NO).status_code == 303
        page = linted(client.post(f"{url}answer", data=old), 409)
        assert "Nothing was saved" in page.ours.text
        assert "You said no" in linted(client.get(url)).ours.text

    def test_an_ended_session_is_sent_to_sign_in_with_nothing_saved(self, desk: Desk) -> None:
        client, url = desk.client(IDS.guardian1), child_url(desk, IDS.sibling)
        sent = {**form_of(client, url).fields, **YES}
        client.get("/sign-out")
        assert client.post(f"{url}answer", data=sent).status_code in (302, 401)
        assert not [e for e in desk.events() if e.pupil_ref == IDS.sibling]


class TestWithdrawal:
    def test_it_is_one_tap_and_closes_at_once(self, desk: Desk) -> None:
        worker = desk.client(IDS.kuraattori)
        assert worker.get(desk.pupil_url()).status_code == 200
        client, url = desk.client(IDS.guardian1), child_url(desk, IDS.pupil)
        page = linted(client.get(url))
        (form,) = page.ours.all("form")
        done = client.post(form.attributes["action"], data=page.fields)
        assert done.status_code == 303
        assert worker.get(desk.pupil_url()).status_code == 404
        after = linted(client.get(url))
        assert "It took effect at once" in after.ours.text
        assert "May be seen" not in after.ours.text
        assert "Consent withdrawn" in after.ours.text
        assert desk.events()[-1].event != Event.CONSENT_ANSWERED.value

    def test_it_looks_like_changing_the_answer(self, desk: Desk) -> None:
        page = linted(desk.client(IDS.guardian1).get(child_url(desk, IDS.pupil)))
        (group,) = page.by_class("govuk-button-group")
        classes = {e.attributes["class"] for e in group.all("a", "button")}
        assert classes == {"govuk-button govuk-button--secondary"}

    def test_a_second_withdrawal_changes_nothing(self, desk: Desk) -> None:
        client, url = desk.client(IDS.guardian1), child_url(desk, IDS.pupil)
        sent = linted(client.get(url)).fields
        for _ in range(2):
            assert client.post(f"{url}withdraw", data=sent).status_code == 303
        withdrawn = [e for e in desk.events() if e.event == Event.CONSENT_WITHDRAWN.value]
        assert len(withdrawn) == 1
