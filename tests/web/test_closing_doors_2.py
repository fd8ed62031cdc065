"""More doors that an attack found ajar: each is tried again here, and stays shut."""

from datetime import timedelta
from io import BytesIO
from typing import Any
from urllib.parse import parse_qs

import pytest
from sqlalchemy import update

from tests.web.desk import IDS, ONE_DATABASE, Desk
from tests.web.desk_acts import drive, fields_of, form_with, review, start
from tests.web.html import linted
from tests.web.sending import sent_with
from tests.web.test_guardian_pages import child_url
from tests.web.test_secretary_bulk import give_consent
from tests.web.test_secretary_pages import desk_url
from wilma_ext.blueprints.note_type.forms import LONGEST_TABLE
from wilma_ext.blueprints.note_type.table import MOST_ROWS
from wilma_ext.models import AnswerChoice
from wilma_ext.opaque_id import is_own_id
from wilma_ext.rights.desk.bulk_run import chosen_in

HEAD = "code;kind;label_fi;label_sv;label_en"


def row(code: str) -> str:
    return f"{code};absence;Poissa;Borta;Away"


def imported(desk: Desk, text: str = "", file: bytes = b"") -> Any:
    """Send a table of note types, typed or as a file."""
    client = desk.client(IDS.main_user)
    url = f"{desk.url}/note-types/{desk.provider()}/import"
    sent: dict[str, Any] = sent_with(client.get(url), table=text)
    if file:
        sent["file"] = (BytesIO(file), "types.csv")
    return client.post(url, data=sent, content_type="multipart/form-data")


class TestTableOfNoteTypes:
    """What is no table is told in words, and nothing of a table is left out silently."""

    @ONE_DATABASE
    def test_lines_that_end_as_on_an_old_machine_are_lines(self, desk: Desk) -> None:
        page = linted(imported(desk, file="\r".join((HEAD, row("a"), row("b"))).encode()))
        assert "Save" in page.ours.text

    @ONE_DATABASE
    @pytest.mark.parametrize(
        ("file", "told"),
        [
            (f"{HEAD}\n{row('a')}\0".encode(), "The table could not be read."),
            (f"{HEAD}\n{row('a')}".encode("utf-16"), "The table could not be read."),
            (f"{HEAD}\n{'x' * (LONGEST_TABLE + 1)}".encode(), "The table is too long."),
            (f"{HEAD}\na;{'x' * 140_000}".encode(), "The table is too long."),
            (b"\xff" * 300_000, "The table is too long."),
        ],
        ids=["nul", "utf-16", "long", "long field", "bytes"],
    )
    def test_what_cannot_be_read_or_kept_is_told(self, desk: Desk, file: bytes, told: str) -> None:
        assert told in linted(imported(desk, file=file), 422).ours.text

    @ONE_DATABASE
    def test_no_row_is_left_out_silently(self, desk: Desk) -> None:
        rows = [row(f"n{number}") for number in range(MOST_ROWS + 1)]
        refused = linted(imported(desk, "\n".join((HEAD, *rows))), 422)
        assert "The table is too long." in refused.ours.text
        linted(imported(desk, "\n".join((HEAD, *rows[1:]))))


class TestRuns:
    """The id of a run is ours, and whose run it is follows from its pupils."""

    @ONE_DATABASE
    @pytest.mark.parametrize("sent", ["x" * 300, "../up", "ä" * 20, "short"], ids=ascii)
    def test_a_closing_takes_no_id_from_outside(self, desk: Desk, sent: str) -> None:
        """A long one would have been sealed, then sent, then refused by the database."""
        client, url = desk.client(IDS.secretary), f"{desk_url(desk)}closing"
        classes = {"what": "classes", "group": f"{IDS.house}|6A"}
        answer = client.post(url, data={**classes, "run": sent, "token": "x"})
        form = fields_of(form_with(linted(answer, 422), "/closing"))
        (given,) = form["run"]
        assert given != sent
        assert is_own_id(given)

    def test_a_query_says_nothing_of_schools_and_names_nobody(self) -> None:
        query = "state=waiting&in=s-99&in=&search=Virtanen+Elli"
        chosen = parse_qs(chosen_in(query, {"s-1", "s-2"}))
        assert chosen == {"state": ["waiting"], "in": ["s-1", "s-2"]}


@ONE_DATABASE
def test_a_withdrawal_between_the_look_and_the_start_stops_no_run(desk: Desk) -> None:
    """The look was of a moment ago; of a consent that ends soon the desk looks ahead, too."""
    client, family = desk.client(IDS.secretary), desk.client(IDS.guardian1)
    give_consent(desk, IDS.sibling)
    with desk.work() as work:
        soon = work.now() + timedelta(days=10)
        mine = AnswerChoice.pupil_ref == IDS.sibling
        work.session.execute(update(AnswerChoice).where(mine).values(valid_until=soon))
    page = linted(client.get(desk_url(desk)))
    seen = review(client, desk_url(desk), page, desk.handle(IDS.sibling))
    url = child_url(desk, IDS.sibling)
    withdrawn = family.post(f"{url}withdraw", data=linted(family.get(url)).fields)
    assert withdrawn.status_code == 303
    result = drive(client, start(client, seen))
    assert "the consent has been withdrawn" in result.ours.text
