"""Every view of the plugin carries a mark, and nobody passes it by another's address (D9, X18)."""

from typing import Any

import pytest
from flask import Blueprint, Flask
from flask.testing import FlaskClient
from flask_login import LoginManager
from werkzeug.test import TestResponse

from tests.hosts.plain import add_sign_in, db
from tests.web.addresses import (
    ACTS,
    PEOPLE,
    UNKNOWN,
    Address,
    add_foreign_member,
    addresses,
    foreign_values,
    own_values,
    unknown_values,
)
from tests.web.desk import IDS, Desk, desk_register
from tests.web.html import linted
from tests.web.sending import without_path
from wilma_ext import WilmaExt, extension
from wilma_ext.blueprints.permission import HELD_BY, Permission, Role

#: What the address decides is the same on each database.
on_one_engine = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)

SECRETS = ("Pupil u-00", "Person u-0", "School s-")
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store, private",
}


def unmarked(app: Flask) -> list[str]:
    """Name every endpoint of the plugin whose view carries no permission."""
    return [
        endpoint
        for endpoint, view in app.view_functions.items()
        if endpoint.startswith("wilma_ext.")
        and not endpoint.endswith(".static")
        and not isinstance(getattr(view, "permission", None), Permission)
    ]


def mark_of(desk: Desk, address: Address) -> Permission:
    return Permission(getattr(desk.app.view_functions[address.endpoint], "permission", ""))


def assert_headers(answer: TestResponse) -> None:
    for name, value in ALWAYS.items():
        assert answer.headers.get(name) == value, (answer.request.path, answer.status, name)
    assert "Cookie" in answer.headers["Vary"]
    assert "ETag" not in answer.headers
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def asked(client: FlaskClient, url: str, method: str) -> TestResponse:
    answer = client.open(url, method=method, data={} if method == "POST" else None)
    assert answer.status_code < 500, (method, url)
    return answer


def assert_tells_nothing(answer: TestResponse) -> None:
    assert not [secret for secret in SECRETS if secret in answer.text], answer.request.path


@on_one_engine
def test_every_view_carries_a_permission_of_one_role(desk: Desk) -> None:
    assert unmarked(desk.app) == []
    held = {mark_of(desk, address) for address in addresses(desk)}
    assert held == set(HELD_BY) == set(Permission)


@on_one_engine
def test_only_language_schema_and_the_unknown_page_are_for_anybody(desk: Desk) -> None:
    free = {a.endpoint for a in addresses(desk) if HELD_BY[mark_of(desk, a)] == Role.ANYBODY}
    schema = "wilma_ext.guardian.receipt_schema"
    assert free == {"wilma_ext.language", "wilma_ext.miss", schema}


@on_one_engine
class TestUnmarked:
    """A view that somebody adds to our blueprint without a mark."""

    @pytest.fixture
    def open_door(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
        def forgetful(settings: Any) -> Blueprint:
            blueprint = made(settings)
            blueprint.add_url_rule("/open-door", "open_door", lambda: "Pupil u-0001", methods=ACTS)
            return blueprint

        made = extension.parent_blueprint
        monkeypatch.setattr(extension, "parent_blueprint", forgetful)
        app = Flask("unmarked")
        app.config.update(desk.app.config)
        db.init_app(app)
        add_sign_in(app, LoginManager())
        WilmaExt(db, register=desk_register()).init_app(app)
        return Desk(app, desk.clock)

    @pytest.mark.parametrize("method", sorted(ACTS))
    def test_answers_403_to_everybody(self, open_door: Desk, method: str) -> None:
        for client in (open_door.app.test_client(), open_door.client(IDS.main_user)):
            answer = asked(client, "/wilma-ext/open-door", method)
            linted(answer, 403)
            assert_tells_nothing(answer)

    def test_fails_the_lint(self, open_door: Desk) -> None:
        assert unmarked(open_door.app) == ["wilma_ext.open_door"]


def visits(desk: Desk) -> list[tuple[Address, str, dict[str, str]]]:
    """Return every route and method with the values of one who belongs there."""
    return [
        (address, method, own_values(desk, address.area))
        for address in addresses(desk)
        for method in sorted(address.methods)
    ]


@on_one_engine
def test_every_answer_forbids_storing_and_sniffing(desk: Desk) -> None:
    seen = set()
    for address, method, values in visits(desk):
        for person in {PEOPLE.get(address.area, IDS.guardian1), IDS.strangers_guardian}:
            answer = asked(desk.client(person), address.filled(values), method)
            assert_headers(answer)
            seen.add(answer.status_code)
    assert {200, 303, 404, 422} <= seen
    assert_headers(desk.app.test_client().get("/wilma-ext/no/such/page"))


@on_one_engine
def test_a_method_that_is_not_offered_is_refused(desk: Desk) -> None:
    offered: dict[str, set[str]] = {}
    for address in addresses(desk):
        offered.setdefault(address.pattern, set()).update(address.methods)
    values = own_values(desk, "")
    for address in addresses(desk):
        client = desk.client(PEOPLE.get(address.area, IDS.guardian1))
        for method in {"GET", "POST", "PUT", "PATCH", "DELETE"} - offered[address.pattern]:
            answer = asked(client, address.filled(values), method)
            if method == "GET":  # the address falls to the page of unknown addresses
                assert answer.status_code in (404, 405), address.pattern
            else:
                assert answer.status_code == 405, (method, address.pattern)
            assert_tells_nothing(answer)


def narrowed(address: Address) -> list[str]:
    """Return the names whose value somebody else's handle can take."""
    return sorted(address.names & {"provider", "group", "membership", "pupil", "handle"})


def test_anothers_handle_is_as_unknown_as_a_random_one(desk: Desk) -> None:
    add_foreign_member(desk)
    compared = 0
    for address, method, values in visits(desk):
        foreign = foreign_values(desk, address.area)
        client = desk.client(PEOPLE.get(address.area, IDS.guardian1))
        for name in narrowed(address):
            case = (method, address.pattern, name)
            theirs = asked(client, address.filled({**values, name: foreign[name]}), method)
            nobodys = asked(client, address.filled({**values, name: UNKNOWN}), method)
            assert theirs.status_code == nobodys.status_code, case
            assert theirs.status_code in (404, 422), case
            assert without_path(theirs) == without_path(nobodys), case
            assert_tells_nothing(theirs)
            compared += 1
    assert compared > 25


@on_one_engine
def test_a_random_address_is_the_page_of_unknown_addresses(desk: Desk) -> None:
    for address in addresses(desk):
        if address.area and address.names:
            client = desk.client(PEOPLE.get(address.area, IDS.guardian1))
            missing = client.get("/wilma-ext/no/such/page")
            for method in sorted(address.methods):
                answer = asked(client, address.filled(unknown_values(address.names)), method)
                linted(answer, 404)
                assert without_path(answer) == without_path(missing), address.pattern


@on_one_engine
@pytest.mark.parametrize("area", sorted(PEOPLE))
def test_one_role_does_not_open_anothers_pages(desk: Desk, area: str) -> None:
    others = {name: one for name, one in PEOPLE.items() if one != PEOPLE[area]}
    for address, method, values in visits(desk):
        if address.area != area or not address.names:
            continue
        for person in others.values():
            answer = asked(desk.client(person), address.filled(values), method)
            assert answer.status_code == 404, (method, address.pattern, person)
            assert_tells_nothing(answer)


@on_one_engine
def test_nobody_signed_in_is_sent_to_the_hosts_sign_in(desk: Desk) -> None:
    for address, method, values in visits(desk):
        if HELD_BY[mark_of(desk, address)] == Role.ANYBODY:
            continue
        answer = asked(desk.app.test_client(), address.filled(values), method)
        assert answer.status_code in (302, 401, 403), (method, address.pattern)
        assert_tells_nothing(answer)


@on_one_engine
def test_nothing_is_written_by_asking_in_vain(desk: Desk) -> None:
    before = len(desk.events())
    for address, method, values in visits(desk):
        if address.area not in ("welfare", "oversight"):  # where asking itself is recorded
            asked(desk.client(IDS.strangers_guardian), address.filled(values), method)
            asked(desk.app.test_client(), address.filled(values), method)
    assert len(desk.events()) == before
