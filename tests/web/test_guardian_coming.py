"""What comes by itself, in the words of who reads it: guardian or pupil (issue 3.5, G15)."""

from datetime import date, timedelta

import pytest
from sqlalchemy import update

from tests.hosts.plain import User, db
from tests.web.desk import IDS, OPERATOR, Desk
from tests.web.html import Document, linted
from tests.web.test_guardian_pages import NO, YES, answered, child_url, on_one_engine
from tests.web.test_guardian_states import last_day, listed, seen, today, told
from tests.web.words import LANGUAGES, say
from wilma_ext.clock import birthday
from wilma_ext.rights.decider.capacity import record_capacity
from wilma_ext.vocabulary import Decider


def born(desk: Desk, day: date, pupil: str = IDS.pupil) -> None:
    with desk.app.app_context():
        db.session.execute(update(User).where(User.id == pupil).values(born=day))
        db.session.commit()


def turning(desk: Desk, age: int, *, days: int, pupil: str = IDS.pupil) -> date:
    """Let the pupil turn the age in so many days, and return that day."""
    there = today(desk) + timedelta(days=days)
    if (there.month, there.day) == (2, 29):
        there += timedelta(days=1)
    born(desk, there.replace(year=there.year - age), pupil)
    return there


def page_of(desk: Desk, person: str = IDS.guardian1, pupil: str = IDS.pupil) -> Document:
    return linted(desk.client(person).get(child_url(desk, pupil)))


def coming(page: Document) -> list[str]:
    """The sentences under the heading of what comes."""
    found = [e for e in page.by_class("govuk-list--bullet") if e.above("section") is None]
    return [item.text for listing in found for item in listing.all("li")]


class TestForAGuardian:
    def test_the_end_of_the_own_yes(self, desk: Desk) -> None:
        day = told(last_day(desk))
        assert coming(page_of(desk)) == [
            f"On {day} your yes ends by itself. It is not renewed without asking you."
        ]

    def test_the_eighteenth_birthday_comes_before_the_last_day(self, desk: Desk) -> None:
        desk.policy(joint_from_age=None)
        day = told(turning(desk, 18, days=40))
        assert coming(page_of(desk)) == [
            f"On {day} Pupil turns 18. Your consent ends and Pupil decides."
        ]
        desk.clock.ahead = timedelta(days=41)
        page = page_of(desk)
        assert "Pupil decides about these consents alone." in page.ours.text
        assert not list(page.ours.all("form"))

    def test_what_is_seen_ends_with_the_birthday_too(self, desk: Desk) -> None:
        desk.policy(joint_from_age=None)
        there = turning(desk, 18, days=40)
        desk.consent()  # the policy that widened counts for what is said after it
        text = seen(page_of(desk))
        assert f"May be seen until {told(there - timedelta(days=1))}" in text

    def test_the_age_from_which_the_pupil_joins(self, desk: Desk) -> None:
        there = turning(desk, 15, days=40)
        page = page_of(desk)
        assert coming(page)[0] == (
            f"On {told(there)} Pupil turns 15. After that nothing is shown before Pupil has said "
            "yes too."
        )
        assert len(coming(page)) == 2  # the yes itself still ends on its last day
        assert f"May be seen until {told(there - timedelta(days=1))}" in seen(page)
        desk.clock.ahead = timedelta(days=41)
        later = page_of(desk)
        assert "May be seen" not in later.ours.text
        assert "Not seen: the pupil has not answered yet" in seen(later)
        assert coming(later)[0] == "Pupil has not answered yet. Nothing is shown before that."

    @on_one_engine
    def test_a_birthday_that_is_far_or_changes_nothing_is_not_told(self, desk: Desk) -> None:
        turning(desk, 15, days=400)
        assert "turns" not in page_of(desk).ours.text
        turning(desk, 14, days=40)
        assert "turns" not in page_of(desk).ours.text
        desk.policy(joint_from_age=None)
        turning(desk, 15, days=40)
        assert "turns" not in page_of(desk).ours.text

    @on_one_engine
    def test_a_capacity_decision_replaces_the_ladder(self, desk: Desk) -> None:
        turning(desk, 15, days=40)
        with desk.work() as work:
            record_capacity(
                work,
                desk.state.register,
                actor=OPERATOR,
                provider_ref=IDS.tenant,
                pupil_ref=IDS.pupil,
                decides=Decider.GUARDIAN,
                reason="x",
                document="y",
            )
        assert "turns" not in page_of(desk).ours.text

    def test_the_school_is_waited_for(self, desk: Desk) -> None:
        answered(desk.client(IDS.guardian1), child_url(desk, IDS.sibling), YES)
        words = coming(page_of(desk, pupil=IDS.sibling))
        waited = "The school has not opened the view yet. Nothing is shown before that."
        assert words[0] == waited

    def test_another_is_waited_for_only_where_all_must_agree(self, desk: Desk) -> None:
        waited = "Another guardian has not answered yet. Nothing is shown before that."
        assert waited not in coming(page_of(desk))
        desk.policy(decides="all_guardians")
        assert waited in coming(page_of(desk))
        answered(desk.client(IDS.guardian2), child_url(desk, IDS.pupil), YES)
        assert waited not in coming(page_of(desk))

    def test_a_yes_that_does_not_count_any_more_is_asked_again(self, desk: Desk) -> None:
        desk.policy(joint_from_age=None)
        turning(desk, 17, days=-40)
        page = page_of(desk)
        assert "Who decides has changed since you answered." in page.ours.text
        assert "Not seen: your answer is needed again" in seen(page)
        assert "You are asked again" in listed(desk)
        desk.consent()
        assert "asked again" not in page_of(desk).ours.text

    @on_one_engine
    def test_two_last_days_are_told_apart(self, desk: Desk) -> None:
        end = last_day(desk)
        desk.clock.ahead = timedelta(days=(end - today(desk)).days - 40)  # past the sixty days
        answered(desk.client(IDS.guardian1), child_url(desk, IDS.pupil), YES)
        words = coming(page_of(desk))
        assert any(f"On {told(end)} your yes ends by itself: Absences, grades" in w for w in words)
        later = end.replace(year=end.year + 1)
        assert any(f"On {told(later)} your yes ends by itself: Grades" in w for w in words)


class TestForThePupil:
    def test_of_age_nobody_else_is_spoken_of(self, desk: Desk) -> None:
        client, url = desk.client(IDS.adult), child_url(desk, IDS.adult)
        answered(client, url, YES)
        page = linted(client.get(url))
        assert "guardian" not in page.ours.text.lower()
        assert "You decide alone." in page.ours.text
        assert "Your own" not in page.one("h1").text

    def test_jointly_the_guardian_is_waited_for(self, desk: Desk) -> None:
        turning(desk, 16, days=-40, pupil=IDS.sibling)
        client, url = desk.client(IDS.sibling), child_url(desk, IDS.sibling)
        answered(client, url, YES)
        page = linted(client.get(url))
        assert "You and a guardian must both agree." in page.ours.text
        assert "Your guardian has not answered yet. Nothing is shown before that." in coming(page)
        assert "Not seen: your guardian has not answered yet" in seen(page)
        assert "You may always meet" in page.ours.text
        for foreign in ("Another guardian", "The child", "turns"):
            assert foreign not in page.ours.text

    def test_the_eighteenth_birthday_in_own_words(self, desk: Desk) -> None:
        there = turning(desk, 18, days=40, pupil=IDS.sibling)
        client, url = desk.client(IDS.sibling), child_url(desk, IDS.sibling)
        answered(client, url, YES)
        words = coming(linted(client.get(url)))
        assert (
            f"On {told(there)} you turn 18. Your guardians' consent ends and you decide alone."
            in words
        )
        assert any("your yes ends by itself" in word for word in words)  # one's own goes on

    def test_a_guardians_history_is_the_guardians(self, desk: Desk) -> None:
        turning(desk, 16, days=-40, pupil=IDS.sibling)
        answered(desk.client(IDS.guardian1), child_url(desk, IDS.sibling), NO)
        client, url = desk.client(IDS.sibling), child_url(desk, IDS.sibling)
        answered(client, url, YES)
        page = linted(client.get(url))
        items = [item.text for item in page.by_class("wx-timeline__item")]
        assert "Your guardian" in items[1]
        assert "Answered no" not in items[1]  # that, not what
        assert "Answered yes" in items[0]
        assert "Not seen: somebody who decides has said no" in seen(page)

    @on_one_engine
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_the_list_speaks_to_the_pupil(self, desk: Desk, language: str) -> None:
        with desk.app.app_context():
            db.session.execute(
                update(User).where(User.id == IDS.pupil).values(guardian1_id=IDS.adult)
            )
            db.session.commit()
        page = linted(desk.client(IDS.adult, language).get(f"{desk.url}/guardian/"))
        assert say(language, "Your own consents") in page.ours.text


@pytest.mark.parametrize("day", [date(2012, 2, 29), date(2012, 2, 28), date(2011, 3, 1)])
@on_one_engine
def test_the_day_told_is_the_day_on_which_it_closes(desk: Desk, day: date) -> None:
    """The page's last day is the last on which the rule itself opens the pair."""
    age = next(a for a in range(8, 19) if birthday(day, a) > today(desk))
    born(desk, day)
    there = birthday(day, age)
    desk.policy(joint_from_age=None, own_from_age=age)
    desk.consent()
    if there > last_day(desk):
        there = last_day(desk) + timedelta(days=1)
    assert f"May be seen until {told(there - timedelta(days=1))}" in seen(page_of(desk))
    left = there - today(desk)
    desk.clock.ahead = left - timedelta(days=1)
    assert "May be seen until" in seen(page_of(desk))
    desk.clock.ahead = left
    assert "May be seen until" not in page_of(desk).ours.text


@on_one_engine
def test_of_a_consent_that_ended_at_eighteen_nothing_is_left_to_do(desk: Desk) -> None:
    desk.policy(joint_from_age=None)
    turning(desk, 18, days=5)
    desk.clock.ahead = timedelta(days=6)
    page = page_of(desk)
    assert "The pupil decides" in listed(desk)
    assert "Withdraw my consent" not in page.ours.text
    assert not page.by_class("govuk-summary-list")
