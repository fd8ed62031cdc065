"""The main user's browser on the pages of who decides about one pupil."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.web.desk import IDS, Desk
from tests.web.html import linted
from tests.web.sending import searched, sent_with
from wilma_ext.rights.decider.capacity import capacity_decisions
from wilma_ext.rights.decider.guardian_decision import guardian_decisions

GROUNDS = {"reason": "a secret reason", "document": "D-77"}


class MainUser:
    """The main user's browser and the addresses of one pupil."""

    def __init__(self, desk: Desk, pupil: str = IDS.pupil) -> None:
        self.desk, self.pupil = desk, pupil
        self.client: FlaskClient = desk.client(IDS.main_user)
        self.home = f"{desk.url}/deciders/{desk.provider()}/"
        self.page = f"{self.home}pupils/{desk.handle(pupil)}/"

    def text(self, url: str = "") -> str:
        return linted(self.client.get(url or self.page)).ours.text

    def searched(self, text: str, url: str = "") -> TestResponse:
        return searched(self.client, url or self.home, text)

    def review(self, kind: str, search: str = "", **typed: str) -> TestResponse:
        url = f"{self.page}{kind}"
        page = self.searched(search, url) if search else self.client.get(url)
        return self.client.post(url, data=sent_with(page, **{**GROUNDS, **typed}))

    def save(self, kind: str, review: TestResponse, **more: str) -> TestResponse:
        url = f"{self.page}{kind}/record"
        return self.client.post(url, data=sent_with(review, **more))

    def decide(self, stage: str, **typed: str) -> TestResponse:
        return self.save("capacity", self.review("capacity", decides=stage, **typed))

    def appoint(self, person: str = IDS.psykologi, **typed: str) -> TestResponse:
        review = self.review("guardian", person, person=person, **typed)
        return self.save("guardian", review)

    def rows(self) -> tuple[list[Any], list[Any]]:
        with self.desk.work() as work:
            place = (work, IDS.tenant, self.pupil)
            return capacity_decisions(*place), guardian_decisions(*place)

    def end(self, kind: str) -> TestResponse:
        rows = self.rows()[0 if kind == "capacity" else 1]
        url = f"{self.page}{kind}/{rows[0].id}/end"
        asked = self.client.get(url)
        linted(asked)
        return self.client.post(url, data=sent_with(asked))


@pytest.fixture
def main_user(desk: Desk) -> MainUser:
    return MainUser(desk)
