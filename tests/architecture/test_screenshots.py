"""Every page that has an address of its own is in a picture, or stands here with a reason."""

from collections.abc import Iterable

import pytest
from werkzeug.routing import Map, Rule

from tools.screenshots.pictures import PICTURES, Picture
from tools.screenshots.route import OURS, page_at, url_map
from tools.weight import FILES

#: Addresses that one can open and that are no page.
NO_PICTURE = {
    "language": "keeps the language in a cookie and goes back: it answers with a redirect only",
    "static": "sheets, scripts, fonts",
}
NAMES = [picture.name for picture in PICTURES]


@pytest.fixture(scope="module")
def rules() -> Map:
    return url_map()


def pages(rules: Iterable[Rule], method: str = "GET") -> set[str]:
    """Return the pages of ours that may be asked for by the method; a file is none."""
    return {
        rule.endpoint.removeprefix(OURS)
        for rule in rules
        if rule.endpoint.startswith(OURS)
        and method in (rule.methods or ())
        and not rule.rule.endswith(FILES)
    }


def without_picture(rules: Iterable[Rule], pictures: Iterable[Picture]) -> set[str]:
    return pages(rules) - {picture.page for picture in pictures} - NO_PICTURE.keys()


def test_every_page_is_shown(rules: Map) -> None:
    assert without_picture(rules.iter_rules(), PICTURES) == set()


def test_what_has_no_picture_is_a_page_that_has_none(rules: Map) -> None:
    assert NO_PICTURE.keys() <= pages(rules.iter_rules())
    assert not NO_PICTURE.keys() & {picture.page for picture in PICTURES}


def test_every_picture_shows_a_page_that_is_there(rules: Map) -> None:
    known = pages(rules.iter_rules()) | pages(rules.iter_rules(), "POST")
    assert {picture.page for picture in PICTURES} - known == set()
    assert len(set(NAMES)) == len(NAMES)


@pytest.mark.parametrize("left_out", ["start", "matrix.versions", "decider.end_guardian"])
def test_a_page_without_a_picture_is_noticed(rules: Map, left_out: str) -> None:
    others = [picture for picture in PICTURES if picture.page != left_out]
    assert without_picture(rules.iter_rules(), others) == {left_out}


@pytest.mark.parametrize(
    ("path", "methods", "found"),
    [
        ("/new/", ["GET"], {"area.new"}),
        ("/new/", ["POST"], set()),
        ("/new.csv", ["GET"], set()),
    ],
)
def test_a_new_page_is_noticed(rules: Map, path: str, methods: list[str], found: set[str]) -> None:
    new = Rule(path, endpoint=f"{OURS}area.new", methods=methods)
    assert without_picture([*rules.iter_rules(), new], PICTURES) == found


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("http://localhost:1/wilma-ext/", "start"),
        ("/wilma-ext/matrix/p/groups/g/matrix?x=1", "matrix.matrix"),
        ("/wilma-ext/secretary/p/review", "secretary.review"),
        ("/wilma-ext/no-such-page", "miss"),
    ],
)
def test_an_address_tells_its_page(rules: Map, address: str, page: str) -> None:
    assert page_at(rules, address) == page
