"""No page of the example weighs more than a slow phone should have to fetch (X19)."""

from collections.abc import Callable, Iterator, Mapping

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.e2e.checklist import covers
from tests.e2e.school import build_school, close, school_app, sign_in
from tools.weight import MOST_BYTES, MOST_SCRIPT, PEOPLE, Fetch, Weight, weigh, weights

ONE_DATABASE = pytest.mark.parametrize("engine_name", ["sqlite"])
#: Of the largest: what the links and the forms must have led to.
HEAVY = {
    "guardian.child",
    "guardian.child, sent",
    "secretary.pupils",
    "secretary.pupils, sent",
    "welfare.pupil, sent",
    "matrix.matrix",
    "oversight.events",
    "policy.choices",
}


@pytest.fixture
def school(template_database: Callable[[Callable[[str], None]], str]) -> Iterator[Flask]:
    app = school_app(template_database(build_school))
    yield app
    close(app)


def fetched_by(client: FlaskClient) -> Fetch:
    def fetch(path: str, sent: Mapping[str, str] | None) -> bytes:
        way = {"method": "GET"} if sent is None else {"method": "POST", "data": sent}
        with client.open(path, follow_redirects=True, **way) as answer:
            assert answer.status_code == 200, (path, answer.status)
            return answer.get_data()

    return fetch


@covers("X19")
@ONE_DATABASE
def test_every_page_is_light(school: Flask) -> None:
    met: dict[str, Weight] = {}
    for username in PEOPLE:
        client = school.test_client()
        sign_in(client, username)
        for weight in weights(school.url_map, fetched_by(client)):
            met[weight.page] = weight
    assert set(met) >= HEAVY
    assert all(weight.html and weight.css and weight.js for weight in met.values())
    assert not [weight for weight in met.values() if weight.is_too_much]


def test_the_scale_weighs() -> None:
    """Every sheet and script is counted, and the limits are limits."""
    page = b'<link rel="stylesheet" href="/a.css"><script src="/b.js"></script>'
    light = weigh("light", page, lambda _path, _sent: b"p {}")
    assert light.total < 200
    assert light.css == light.js > 0
    assert not light.is_too_much
    assert Weight("script", 1, 1, MOST_SCRIPT).is_too_much
    assert Weight("page", MOST_BYTES, 0, 0).is_too_much
    assert not Weight("page", MOST_BYTES - 2, 1, 0).is_too_much
