"""Five states of one's own word, told apart with dates; what is seen until when (G13, G17)."""

from datetime import date, timedelta

import pytest
from sqlalchemy import update

from tests.hosts.plain import User, db
from tests.web.desk import COUNTY, IDS, OPERATOR, Desk
from tests.web.html import Document, linted
from tests.web.test_guardian_pages import NO, YES, answered, child_url, on_one_engine
from tests.web.words import LANGUAGES, say, speech
from wilma_ext.clock import civil_date, school_year_end
from wilma_ext.rights.consent.validity import Validity
from wilma_ext.rights.form.consent_form import CHANGED, publish_form
from wilma_ext.vocabulary import Route


def today(desk: Desk) -> date:
    with desk.work() as work:
        return civil_date(work.now())


def last_day(desk: Desk) -> date:
    """The last day of a yes given now."""
    with desk.work() as work:
        return civil_date(school_year_end(work.now()) - timedelta(days=1))


def told(day: date) -> str:
    return speech("en").date(day)


def page_of(desk: Desk, pupil: str = IDS.pupil, language: str = "en") -> Document:
    return linted(desk.client(IDS.guardian1, language).get(child_url(desk, pupil)))


def own_answers(page: Document) -> str:
    """The list of one's own answers."""
    return page.by_class("govuk-summary-list")[0].text


def seen(page: Document) -> str:
    return page.by_class("govuk-summary-list")[1].text


def listed(desk: Desk) -> str:
    return linted(desk.client(IDS.guardian1).get(f"{desk.url}/guardian/")).ours.text


def publish(desk: Desk, *, material: bool) -> None:
    """Publish a new version of the form that tells what changed."""
    form = desk.form().form
    texts = {
        language: {**parts, CHANGED: f"Changed in {language}."}
        for language, parts in form.texts.items()
    }
    with desk.work() as work:
        publish_form(
            work,
            actor=OPERATOR,
            provider_ref=IDS.tenant,
            county=COUNTY,
            questions=form.questions,
            texts=texts,
            material=material,
        )


def move(desk: Desk, pupil: str = IDS.pupil, house: str = IDS.second_house) -> None:
    with desk.app.app_context():
        db.session.execute(update(User).where(User.id == pupil).values(house_id=house))
        db.session.commit()


class TestFiveStates:
    @on_one_engine
    def test_no_answer_is_the_form_and_a_tag(self, desk: Desk) -> None:
        assert page_of(desk, IDS.sibling).one("form").attributes["action"].endswith("/answer")
        assert "Not answered" in listed(desk)

    def test_given_has_its_last_day(self, desk: Desk) -> None:
        text = own_answers(page_of(desk))
        assert f"Yes, until {told(last_day(desk))}" in text
        assert "No: school psychologist" in text

    def test_refused_stands_without_an_end(self, desk: Desk) -> None:
        answered(desk.client(IDS.guardian1), child_url(desk, IDS.sibling), NO)
        text = own_answers(page_of(desk, IDS.sibling))
        assert text == "Absences, grades No, for every profession"

    def test_withdrawn_has_its_day_and_a_no_beside_it_stays(self, desk: Desk) -> None:
        desk.withdraw()
        text = own_answers(page_of(desk))
        assert f"Withdrawn {told(today(desk))}" in text
        assert "No: school psychologist" in text
        assert "Yes" not in text

    def test_ended_has_its_last_day_and_is_asked_again(self, desk: Desk) -> None:
        end = last_day(desk)
        desk.clock.ahead = timedelta(days=420)
        page = page_of(desk)
        assert f"Yes, ended {told(end)}" in own_answers(page)
        assert f"Your consent ended on {told(end)}. That is why you are asked again." in (
            page.ours.text
        )
        assert "Not seen: the consent has ended" in seen(page)
        assert "Answer again" in page.ours.text
        assert "Your consent has ended" in listed(desk)
        assert "May be seen" not in page.ours.text

    @on_one_engine
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_the_five_have_five_names(self, desk: Desk, language: str) -> None:
        names = [
            say(language, "Not answered"),
            say(language, "No"),
            say(language, "Yes, until %(day)s", day="X"),
            say(language, "Withdrawn %(day)s", day="X"),
            say(language, "Yes, ended %(day)s", day="X"),
        ]
        assert len(set(names)) == 5


class TestSeen:
    def test_what_is_open_has_its_last_day_and_its_professions(self, desk: Desk) -> None:
        text = seen(page_of(desk))
        until = told(last_day(desk))
        assert f"May be seen until {until}: school social worker (kuraattori)" in text
        assert "Agreed. Not shown to them at present: school nurse, school doctor" in text
        assert "Not seen: you said no: school psychologist" in text

    def test_an_open_consent_is_seen_until_it_is_withdrawn(self, desk: Desk) -> None:
        """The form too must say so: the earlier of its end and the policy's counts."""
        desk.policy(validity="open", activation="automatic")
        form = desk.form().form
        with desk.work() as work:
            publish_form(
                work,
                actor=OPERATOR,
                provider_ref=IDS.tenant,
                county=COUNTY,
                questions=form.questions,
                texts=form.texts,
                validity=Validity("open"),
            )
        client, url = desk.client(IDS.adult), child_url(desk, IDS.adult)
        answered(client, url, YES)
        page = linted(client.get(url))
        assert "May be seen until consent is withdrawn" in seen(page)
        assert "Yes, until you withdraw it" in own_answers(page)

    def test_the_matrix_closes_what_is_agreed_and_enabled(self, desk: Desk) -> None:
        desk.publish({("kuraattori", "grades"): Route.CONSENT})
        text = seen(page_of(desk))
        assert "Absences Agreed. Not shown to them at present" in text
        assert f"May be seen until {told(last_day(desk))}: school social worker" in text

    def test_automatic_opening_needs_no_school(self, desk: Desk) -> None:
        desk.policy(activation="automatic")
        answered(desk.client(IDS.guardian1), child_url(desk, IDS.sibling), YES)
        page = page_of(desk, IDS.sibling)
        assert "May be seen until" in seen(page)
        assert "The school has not opened the view yet" not in page.ours.text


class TestSoon:
    def test_an_end_within_thirty_days_is_told_on_list_and_page(self, desk: Desk) -> None:
        end = last_day(desk)
        desk.clock.ahead = timedelta(days=(end - today(desk)).days - 29)
        assert f"Your consent ends on {told(end)}" in listed(desk)
        words = f"Your consent ends on {told(end)}. After that you can answer again."
        assert words in page_of(desk).ours.text

    @on_one_engine
    def test_a_later_end_is_not(self, desk: Desk) -> None:
        end = last_day(desk)
        desk.clock.ahead = timedelta(days=(end - today(desk)).days - 32)
        assert "Your consent ends on" not in listed(desk) + page_of(desk).ours.text


class TestAskedAgain:
    def test_a_material_change_is_told_with_what_changed(self, desk: Desk) -> None:
        publish(desk, material=True)
        page = page_of(desk)
        day = told(today(desk))
        assert f"The form changed on {day}. That is why you are asked again." in page.ours.text
        assert "What changed: Changed in en." in page.ours.text
        assert f"Yes, ended {day}" in own_answers(page)
        assert "You are asked again" in listed(desk)
        form = linted(desk.client(IDS.guardian1).get(f"{child_url(desk, IDS.pupil)}answer"))
        assert "Changed in en." in form.ours.text
        assert "yes" not in form.fields.values()  # nothing is said anew by itself
        assert len(page.by_class("wx-timeline__item")) == 1
        assert "Version 1 of the form" in page.by_class("wx-timeline")[0].text

    def test_what_is_not_material_asks_nobody(self, desk: Desk) -> None:
        publish(desk, material=False)
        page = page_of(desk)
        assert "asked again" not in page.ours.text
        assert "Changed in en." not in page.ours.text
        assert "May be seen until" in seen(page)

    def test_a_change_of_school_asks_again_where_the_policy_says_so(self, desk: Desk) -> None:
        desk.policy(on_school_move="ask")
        move(desk)
        page = page_of(desk)
        assert "Pupil has changed schools. That is why you are asked again." in page.ours.text
        assert "Yes, ended" in own_answers(page)
        assert "May be seen" not in seen(page)
        answered(desk.client(IDS.guardian1), child_url(desk, IDS.pupil), YES)
        assert "asked again" not in page_of(desk).ours.text

    @on_one_engine
    def test_a_kept_consent_is_not_asked_again(self, desk: Desk) -> None:
        move(desk)
        assert "asked again" not in page_of(desk).ours.text
