"""Note types as configuration: what an unknown type hides, and what a provider says of it (P10)."""

from io import BytesIO
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.hosts.plain import db
from tests.hosts.world import add_absence
from tests.web.desk import IDS, ONE_DATABASE, OTHER_MAIN_USER, Desk
from tests.web.html import linted
from tests.web.sending import sent_with
from wilma_ext.clock import civil_date
from wilma_ext.rights.look_up.note_type import list_types

GRANTED = {"kind": "absence", "shown": "y", "label_fi": "Vapaa", "label_sv": "Ledig"}
LABELLED = {**GRANTED, "label_en": "Leave"}


class Types:
    """The main user's browser on the pages of the note types."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.client: FlaskClient = desk.client(IDS.main_user)
        self.home = f"{desk.url}/note-types/{desk.provider()}/"

    def address(self, code: str) -> str:
        return f"{self.home}type?code={code}"

    def say(self, code: str, **fields: str) -> Any:
        page = self.client.get(self.address(code))
        return self.client.post(self.address(code), data=sent_with(page, **fields))

    def table(self, text: str, **more: Any) -> Any:
        page = self.client.get(f"{self.home}import")
        return self.client.post(f"{self.home}import", data=sent_with(page, table=text, **more))

    def save(self, review: Any) -> Any:
        return self.client.post(f"{self.home}import/save", data=sent_with(review))

    def listed(self) -> dict[str, bool | None]:
        with self.desk.work() as work:
            found = list_types(work, self.desk.state.register, IDS.tenant, work.now())
            return {item.code: item.meaning and item.meaning.shown for item in found}


@pytest.fixture
def types(desk: Desk) -> Types:
    with desk.app.app_context():
        with desk.work() as work:
            today = civil_date(work.now())
        for _ in range(3):
            add_absence(IDS.pupil, today, "granted", 45)
        db.session.commit()
    return Types(desk)


def looked_up(desk: Desk) -> str:
    client, url = desk.client(IDS.kuraattori), desk.pupil_url()
    page = client.get(url)
    opened = client.post(url, data=sent_with(page, purpose="agreed_with_pupil"))
    shown = client.get(opened.headers["Location"])
    assert shown.status_code == 200
    return str(shown.text)


def test_an_unknown_type_is_listed_first_and_hidden(types: Types) -> None:
    page = linted(types.client.get(types.home))
    assert "2 types are in use and unknown" in page.ours.text  # the declared category's, too
    first = next(iter(page.ours.all("tbody"))).text
    assert first.index("granted") < first.index("away")
    assert "Leave" not in looked_up(types.desk)


def test_what_is_said_of_a_type_shows_its_notes_at_once(types: Types) -> None:
    assert types.say("granted", **LABELLED).status_code == 303
    assert "Leave" in looked_up(types.desk)
    assert types.listed()["granted"] is True
    (event,) = [e for e in types.desk.events() if e.event == "note_types:changed"]
    assert b"granted" in event.canon


def test_a_shown_type_can_be_hidden_and_counts_no_more(types: Types) -> None:
    assert "Absent" in looked_up(types.desk)
    assert types.say("away", kind="absence", shown="").status_code == 303
    assert "Absent (A)" not in looked_up(types.desk)


def test_a_health_mark_stays_hidden_whatever_is_sent(types: Types) -> None:
    assert types.client.get(types.address("ill")).status_code == 404
    told = types.table("code;kind;label_fi;label_sv;label_en\nill;absence;S;S;S\n")
    assert told.status_code == 422
    assert "It stays hidden" in told.text
    assert types.listed()["ill"] is False


@ONE_DATABASE
def test_conduct_is_never_shown(types: Types) -> None:
    """The box may be ticked; a kind that has no category stays hidden all the same."""
    assert types.say("granted", **{**LABELLED, "kind": "conduct"}).status_code == 303
    assert types.listed()["granted"] is False
    assert "Leave" not in looked_up(types.desk)


@ONE_DATABASE
def test_a_type_without_a_name_in_swedish_is_refused_and_kept(types: Types) -> None:
    told = types.say("granted", **{**LABELLED, "label_sv": ""})
    assert told.status_code == 422
    linted(told, status=422)
    assert "needs a name in all three languages" in told.text
    assert 'value="Leave"' in told.text
    assert types.listed()["granted"] is None


def test_two_main_users_notice_each_other(types: Types) -> None:
    page = types.client.get(types.address("granted"))
    assert types.say("granted", **LABELLED).status_code == 303
    late = types.client.post(
        types.address("granted"), data=sent_with(page, **{**LABELLED, "label_en": "Other"})
    )
    assert late.status_code == 409
    assert "Leave" in looked_up(types.desk)


def test_a_national_class_fills_the_form(types: Types) -> None:
    page = linted(types.client.get(f"{types.address('granted')}&like=leave"))
    assert (
        'value="Beviljad ledighet"'
        in types.client.get(f"{types.address('granted')}&like=leave").text
    )
    assert "Leave granted in advance" in page.ours.text


class TestTable:
    def test_a_table_is_reviewed_then_saved(self, types: Types) -> None:
        review = types.table("code;kind\ngranted;leave\naway;unexplained\n")
        assert review.status_code == 200
        linted(review)
        assert "2 types would change" in review.text
        assert "Leave granted in advance · Absence · Shown · (A)" in review.text
        assert types.listed()["granted"] is None  # nothing is saved before the second look
        assert types.save(review).status_code == 303
        assert types.listed()["granted"] is True
        assert "Leave granted in advance" in looked_up(types.desk)

    def test_a_file_is_read_like_the_text(self, types: Types) -> None:
        data = "code,kind,shown\r\ngranted,leave,no\r\n".encode("utf-8-sig")
        review = types.table("", file=(BytesIO(data), "types.csv"))
        assert "1 type would change" in review.text
        assert types.save(review).status_code == 303
        assert types.listed()["granted"] is False

    @ONE_DATABASE
    @pytest.mark.parametrize(
        ("table", "told"),
        [
            ("nothing here", "The first line must name the columns"),
            ("code;kind\n", "The table has no rows"),
            ("code;kind\nx;sauna\n", "Line 2: kind: The kind is not known"),
            ("code;kind\nx;leave\nx;late\n", "Line 3: code: The code stands in the table twice"),
            ("code;kind;shown\nx;leave;perhaps\n", "Line 2: shown: Write yes or no"),
            ("code;kind;letter\nx;leave;ABC\n", "Line 2: letter: Write at most two"),
            ("code;kind\naway;absence\n", "needs a name in all three languages"),
        ],
    )
    def test_a_bad_table_is_refused_by_its_line(self, types: Types, table: str, told: str) -> None:
        answer = types.table(table)
        assert answer.status_code == 422
        assert told in answer.text

    def test_a_change_after_the_review_is_a_conflict(self, types: Types) -> None:
        review = types.table("code;kind\ngranted;leave\n")
        types.say("granted", **LABELLED)
        assert types.save(review).status_code == 409
        assert "Leave granted" not in looked_up(types.desk)


def test_only_the_own_main_user_sees_and_says(types: Types) -> None:
    for person in (IDS.secretary, IDS.kuraattori, OTHER_MAIN_USER):
        client = types.desk.client(person)
        assert client.get(types.home).status_code == 404
        assert client.get(types.address("granted")).status_code == 404
    other = Types(types.desk)
    other.client = types.desk.client(OTHER_MAIN_USER)
    other.home = f"{types.desk.url}/note-types/{types.desk.provider(IDS.other_tenant)}/"
    assert "granted" not in other.client.get(other.home).text
    assert other.say("granted", **LABELLED).status_code == 303
    assert "Leave" not in looked_up(types.desk)
