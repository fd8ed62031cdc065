"""What the school and the main user do: without its row in the log nothing happens (D10)."""

from collections.abc import Callable
from typing import Any

import pytest
from werkzeug.test import TestResponse

from tests.web import deciding
from tests.web.desk import IDS, Desk
from tests.web.desk_acts import fields_of, form_with, review, start
from tests.web.html import linted
from tests.web.sending import sent_with
from tests.web.test_consent_form_pages import Editor, texts_of
from tests.web.test_fail_closed import assert_unavailable, break_log, everything
from tests.web.test_hand_off_pages import ROW
from tests.web.test_hand_off_pages import url_of as hand_offs_url
from tests.web.test_note_type_pages import LABELLED
from tests.web.test_paper_pages import looked, paper_url
from tests.web.test_policy_pages import MainUser
from tests.web.test_secretary_bulk import give_consent
from tests.web.test_secretary_pages import desk_url

Sent = Callable[[], TestResponse]


def paper(desk: Desk) -> Sent:
    client, url = desk.client(IDS.secretary), paper_url(desk)
    fields = linted(looked(client, url)).fields
    return lambda: client.post(f"{url}/save", data=fields)


def list_taken_along(desk: Desk) -> Sent:
    client = desk.client(IDS.secretary)
    return lambda: client.get(f"{desk_url(desk)}unanswered.csv")


def starting(desk: Desk) -> Sent:
    give_consent(desk, IDS.sibling)
    client = desk.client(IDS.secretary)
    page = linted(client.get(desk_url(desk)))
    form = form_with(review(client, desk_url(desk), page, desk.handle(IDS.sibling)), "/runs/start")
    return lambda: client.post(form.attributes["action"], data=fields_of(form))


def driving(desk: Desk) -> Sent:
    return _of_run(desk, "/go-on")


def stopping(desk: Desk) -> Sent:
    return _of_run(desk, "/cancel")


def _of_run(desk: Desk, ending: str) -> Sent:
    give_consent(desk, IDS.sibling)
    client = desk.client(IDS.secretary)
    page = linted(client.get(desk_url(desk)))
    url = start(client, review(client, desk_url(desk), page, desk.handle(IDS.sibling)))
    form = form_with(linted(client.get(url)), ending)
    return lambda: client.post(form.attributes["action"], data=fields_of(form))


def closing(desk: Desk) -> Sent:
    client, url = desk.client(IDS.secretary), f"{desk_url(desk)}closing"
    classes = {"what": "classes", "group": f"{IDS.house}|6A"}
    form = form_with(linted(client.get(url, query_string=classes)), "/closing")
    return lambda: client.post(url, data=fields_of(form))


def policy(desk: Desk) -> Sent:
    user = MainUser(desk)
    data = sent_with(user.review("guardians", decides="all_guardians"))
    return lambda: user.client.post(f"{user.home}choices/guardians/save", data=data)


def form_published(desk: Desk) -> Sent:
    editor = Editor(desk)
    editor.complete()
    data = texts_of(editor.page("publish"))
    return lambda: editor.client.post(editor.url("publish"), data=data)


def capacity(desk: Desk) -> Sent:
    user = deciding.MainUser(desk)
    reviewed = user.review("capacity", decides="pupil")
    return lambda: user.save("capacity", reviewed)


def guardian(desk: Desk) -> Sent:
    user = deciding.MainUser(desk)
    reviewed = user.review("guardian", IDS.psykologi, person=IDS.psykologi)
    return lambda: user.save("guardian", reviewed)


def note_type(desk: Desk) -> Sent:
    client = desk.client(IDS.main_user)
    url = f"{desk.url}/note-types/{desk.provider()}/type?code=granted"
    data = sent_with(client.get(url), **LABELLED)
    return lambda: client.post(url, data=data)


def hand_off(desk: Desk) -> Sent:
    client, url = desk.client(IDS.main_user), hand_offs_url(desk)
    empty = {f"{name}_{n}": "" for name in ("address", "fi", "sv", "en") for n in range(6)}
    row: dict[str, Any] = {**empty, "address_0": "https://lunna.example/", **ROW}
    data = sent_with(client.get(url), **row)
    return lambda: client.post(f"{url}?county=luvn", data=data)


ACTS = [
    *(paper, list_taken_along, starting, driving, stopping, closing),
    *(policy, form_published, capacity, guardian, note_type, hand_off),
]


@pytest.mark.parametrize("act", ACTS)
def test_without_a_row_in_the_log_nothing_happens(desk: Desk, act: Callable[[Desk], Sent]) -> None:
    go = act(desk)
    before = everything(desk)
    break_log(desk)
    assert_unavailable(go())
    assert everything(desk) == before


@pytest.mark.parametrize("act", ACTS)
def test_with_the_log_in_order_it_happens(desk: Desk, act: Callable[[Desk], Sent]) -> None:
    go, before = act(desk), everything(desk)
    assert go().status_code in (200, 303)
    assert everything(desk) != before
