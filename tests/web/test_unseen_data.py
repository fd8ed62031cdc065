"""Byte equality: what a worker may not see changes no byte of what the worker gets (W3, R15)."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from tests.e2e.checklist import covers
from tests.hosts.plain import db
from tests.hosts.world import add_absence, add_mark
from tests.present import present, today
from tests.web.desk import IDS, Desk
from tests.web.sending import searched
from tests.web.test_welfare_pages import CONSENT, opened
from wilma_ext.clock import civil_date
from wilma_ext.vocabulary import Route

#: What differs between two answers about the same data: form tokens, times of day, addresses.
PASSING = re.compile(r'(?<=value=")[^"]{40,}(?=")|(?<=\d{4} )\d{1,2}\.\d{2}|look-ups/[\w-]+')


@dataclass
class Worker:
    """A worker who has opened the pupil once, and looks at everything again and again."""

    client: FlaskClient
    pages: tuple[str, ...]

    def sees(self) -> tuple[str, ...]:
        answers = [self.client.get(page) for page in self.pages]
        answers.insert(1, searched(self.client, self.pages[0], "pupil"))
        assert {answer.status_code for answer in answers} == {200}
        return tuple(PASSING.sub("·", answer.text) for answer in answers)


def worker_of(desk: Desk, person: str) -> Worker:
    client, look_up = opened(desk, person)
    mine = desk.welfare(person)
    more = [f"{look_up}?period={period}" for period in ("four_weeks", "term")]
    start = (f"{mine}/", desk.pupil_url(person=person))
    return Worker(client, (*start, look_up, *more, f"{mine}/own-log"))


def written(desk: Desk, write: Callable[[], None]) -> None:
    with desk.app.app_context():
        write()
        db.session.commit()


def hidden_grade() -> None:
    now = present()
    for number, value in enumerate(("4", "10")):
        day, later = civil_date(now) - timedelta(days=number + 1), now + timedelta(days=30)
        add_mark(IDS.pupil, day, value, subject="Ruotsi", visible_from=later.replace(tzinfo=None))


def health_note() -> None:
    add_absence(IDS.pupil, today() - timedelta(days=2), "ill")


def unknown_note() -> None:
    add_absence(IDS.pupil, today() - timedelta(days=3), "never-heard-of")


def other_category() -> None:
    add_absence(IDS.pupil, today() - timedelta(days=4), "detention", 90)


def another_pupil() -> None:
    add_absence(IDS.sibling, today() - timedelta(days=1))
    add_mark(IDS.sibling, today() - timedelta(days=1), "5")


HIDDEN = [hidden_grade, health_note, unknown_note, other_category, another_pupil]


@covers("W3")
@pytest.mark.parametrize("write", HIDDEN, ids=lambda write: write.__name__)
def test_what_is_hidden_changes_no_byte(desk: Desk, write: Callable[[], None]) -> None:
    worker = worker_of(desk, IDS.kuraattori)
    before = worker.sees()
    written(desk, write)
    assert worker.sees() == before


@covers("W3")
def test_a_grade_is_no_byte_to_whom_grades_are_closed(desk: Desk) -> None:
    """The consent says no to the psychologist's grades."""
    worker = worker_of(desk, IDS.psykologi)
    before = worker.sees()
    written(desk, lambda: add_mark(IDS.pupil, today(), "6"))
    assert worker.sees() == before


@covers("W3")
def test_refused_and_never_asked_are_the_same_bytes(desk: Desk) -> None:
    """Once the family has said no, once the matrix asks for nothing."""
    desk.publish({**CONSENT, ("psykologi", "grades"): Route.CONSENT})
    worker = worker_of(desk, IDS.psykologi)
    refused = worker.sees()
    desk.publish(CONSENT)
    assert worker.sees() == refused


def test_what_is_shown_changes_the_bytes(desk: Desk) -> None:
    """The comparison can fail: a late arrival and a grade of today are seen."""
    worker = worker_of(desk, IDS.kuraattori)
    before = worker.sees()
    written(desk, lambda: add_absence(IDS.pupil, today(), "late", 5))
    after = worker.sees()
    assert after[3] != before[3]
    assert after[:3] == before[:3], "the list and the question tell nothing of the data"
    written(desk, lambda: add_mark(IDS.pupil, today(), "6"))
    assert worker.sees()[3] != after[3]
