"""The plugin is a guest: the host answers byte for byte as before (D1)."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import pytest
from flask import Flask, session
from flask.testing import FlaskClient
from flask_sqlalchemy import SQLAlchemy

from tests.e2e import school
from tests.guest.snapshot import answers, differences, registry
from tests.hosts import hostile
from tests.hosts.plain import db
from tests.web.desk import IDS, build_desk
from tests.web.html import linted
from wilma_ext import WilmaExt, exempt_from_csrf
from wilma_ext.rights.provider import handles_of
from wilma_ext.state import KEY

CopyOf = Callable[[Callable[[str], None]], str]
SCHOOL = {"code": "sv", "group_id": "4", "pupil_id": "13", "filename": "school.css"}
HOSTILE = {"user_id": IDS.secretary, "filename": "hostile.css"}
on_one_engine = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


def sign_in_to_hostile(client: FlaskClient) -> None:
    assert client.get(f"/sign-in/{IDS.guardian1}").status_code == 302


VISITORS: dict[str, dict[str, Callable[[FlaskClient], Any] | None]] = {
    "school": {
        "nobody": None,
        "teacher": partial(school.sign_in, username="opettaja"),
        "guardian": partial(school.sign_in, username="huoltaja"),
    },
    "hostile": {"nobody": None, "guardian": sign_in_to_hostile},
}


@contextmanager
def lent(app: Flask) -> Iterator[Flask]:
    yield app
    if "school" in app.import_name:
        school.close(app)
        return
    with app.app_context():
        db.session.remove()
        db.engine.dispose()
        if KEY in app.extensions:
            app.extensions[KEY].engine.dispose()


def pair_of(name: str, copy_of: CopyOf) -> tuple[Flask, Flask, dict[str, str]]:
    """Return the host alone, the host with its guest, and what its addresses are filled with."""
    if name == "school":
        address = copy_of(school.build_school)
        return school.school_alone(address), school.school_app(address), SCHOOL
    address = copy_of(build_desk)
    return hostile.create_host(address, guest=None), hostile.create_host(address), HOSTILE


@pytest.fixture(params=["school", "hostile"])
def host_name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def hosts(
    host_name: str, template_database: CopyOf
) -> Iterator[tuple[Flask, Flask, dict[str, str]]]:
    alone, visited, values = pair_of(host_name, template_database)
    with lent(alone), lent(visited):
        yield alone, visited, values


@on_one_engine
def test_every_answer_is_the_same_to_the_byte(
    hosts: tuple[Flask, Flask, dict[str, str]], host_name: str
) -> None:
    alone, visited, values = hosts
    for visitor, sign_in in VISITORS[host_name].items():
        before, after = answers(alone, values, sign_in), answers(visited, values, sign_in)
        assert len(before) > 50
        assert differences(before, after) == [], visitor
        statuses = {status for status, _, _ in before.values()}
        assert {"200 OK", "404 NOT FOUND", "405 METHOD NOT ALLOWED"} <= statuses


@on_one_engine
def test_nothing_app_wide_has_changed(hosts: tuple[Flask, Flask, dict[str, str]]) -> None:
    alone, visited, _ = hosts
    before, after = registry(alone), registry(visited)
    assert differences(before, after) == []
    assert before["errors"]
    assert before["extensions"]
    assert before["template_context_processors"]


@on_one_engine
def test_nothing_app_wide_changes_by_the_first_visit(
    hosts: tuple[Flask, Flask, dict[str, str]],
) -> None:
    alone, visited, values = hosts
    for path in ("/wilma-ext/", "/wilma-ext/no/such/page", "/wilma-ext/guardian/"):
        visited.test_client().get(path)
    alone.test_client().get("/")
    assert differences(registry(alone), registry(visited)) == []
    assert differences(answers(alone, values), answers(visited, values)) == []


@on_one_engine
def test_an_unknown_address_is_the_hosts_outside_and_ours_inside(
    hosts: tuple[Flask, Flask, dict[str, str]],
) -> None:
    alone, visited, _ = hosts
    client = visited.test_client()
    assert client.get("/no-such-page").data == alone.test_client().get("/no-such-page").data
    assert 'class="wilma-ext"' not in client.get("/no-such-page").text
    assert client.get("/wilma-ext/no-such-page").status_code == 404
    assert 'class="wilma-ext"' in client.get("/wilma-ext/no-such-page").text


class TestTwins:
    """The same comparison notices a plugin that is no guest."""

    @staticmethod
    def error_handler(app: Flask) -> None:
        app.register_error_handler(404, lambda _error: ("ours", 404))

    @staticmethod
    def context_processor(app: Flask) -> None:
        app.context_processor(lambda: {"title": "Ours"})

    @staticmethod
    def header(app: Flask) -> None:
        app.after_request(lambda answer: (answer.headers.add("X-Ours", "1"), answer)[1])

    @staticmethod
    def session_key(app: Flask) -> None:
        app.before_request(lambda: session.__setitem__("ours", 1))

    @on_one_engine
    @pytest.mark.parametrize(
        "rude", ["error_handler", "context_processor", "header", "session_key"]
    )
    def test_is_noticed(self, template_database: CopyOf, rude: str) -> None:
        def guest(app: Flask, database: SQLAlchemy) -> WilmaExt:
            taken_in = hostile.welcome(app, database)
            getattr(TestTwins, rude)(app)
            return taken_in

        address = template_database(build_desk)
        alone = hostile.create_host(address, guest=None)
        spoilt = hostile.create_host(address, guest=guest)
        with lent(alone), lent(spoilt):
            assert differences(answers(alone, HOSTILE), answers(spoilt, HOSTILE))
            assert differences(registry(alone), registry(spoilt))


@on_one_engine
def test_two_apps_in_one_process_keep_apart(template_database: CopyOf) -> None:
    first = hostile.create_host(template_database(build_desk))
    elsewhere = {"WILMA_EXT_URL_PREFIX": "/consents", "WILMA_EXT_LANGUAGES": ["sv"]}
    second = hostile.create_host(template_database(build_desk), **elsewhere)
    with lent(first), lent(second):
        assert first.extensions[KEY] is not second.extensions[KEY]
        pages = []
        for app, prefix in ((first, "/wilma-ext"), (second, "/consents")):
            client = app.test_client()
            sign_in_to_hostile(client)
            page = client.get(f"{prefix}/guardian/", follow_redirects=True)
            assert page.status_code == 200
            assert f'href="{prefix}/' in page.text
            pages.append(page.text)
        assert "/consents" not in pages[0]
        assert "/wilma-ext/" not in pages[1]
        assert 'lang="sv"' in pages[1]
        engines = [app.extensions[KEY] for app in (first, second)]
        with first.app_context(), second.app_context():
            assert engines[0].engine.url != engines[1].engine.url


def exempted(app: Flask, database: SQLAlchemy) -> WilmaExt:
    taken_in = hostile.welcome(app, database)
    exempt_from_csrf(app, app.extensions["csrf"])
    return taken_in


def answered(app: Flask) -> Any:
    """Answer the consent form inside the hostile host."""
    client = app.test_client()
    sign_in_to_hostile(client)
    with app.app_context(), app.extensions[KEY].work() as work:
        handle = handles_of(work, IDS.tenant, [IDS.pupil])[IDS.pupil]
    url = f"/wilma-ext/guardian/{handle}/answer"
    chosen = {"question-absences": "no", "question-grades": "no"}
    return client.post(url, data={**linted(client.get(url)).fields, **chosen})


def test_our_forms_work_beside_an_app_wide_csrf_protection(template_database: CopyOf) -> None:
    with lent(hostile.create_host(template_database(build_desk), guest=exempted)) as app:
        answer = answered(app)
        assert answer.status_code == 303
        assert "/receipts/" in answer.headers["Location"]
        assert app.test_client().post("/form").status_code == 400  # the host's own stay protected


@on_one_engine
def test_without_the_exemption_the_host_refuses_our_forms(template_database: CopyOf) -> None:
    with lent(hostile.create_host(template_database(build_desk))) as app:
        assert answered(app).status_code == 400
