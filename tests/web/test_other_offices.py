"""What an office is told of pupils who have moved on, of people who have left, and of no id."""

import pytest
from sqlalchemy import create_engine, literal, select, text
from sqlalchemy.exc import DBAPIError
from werkzeug.test import TestResponse

from tests.hosts.plain import User, db
from tests.hosts.world import add_person
from tests.web.desk import IDS, ONE_DATABASE, Desk
from tests.web.desk_acts import drive, enable_selected, press, start
from tests.web.html import linted
from tests.web.office import office_of
from tests.web.test_bad_input import sealed
from tests.web.test_secretary_bulk import give_consent
from tests.web.test_secretary_pages import desk_url
from wilma_ext.engine import guarded

COLLEAGUE = "u-0399"


def move(desk: Desk, pupil: str, house: str, class_name: str) -> None:
    with desk.app.app_context():
        row = db.session.get_one(User, pupil)
        row.house_id, row.class_name = house, class_name
        db.session.commit()


def words(answer: TestResponse) -> str:
    """What is read: of a page its words only, for two letters stand in some token by chance."""
    return linted(answer).ours.text if answer.mimetype == "text/html" else answer.text


def test_the_class_of_who_has_moved_is_the_new_schools_to_tell(desk: Desk) -> None:
    """A secretary of one school learns no class of another; one of the whole provider does."""
    give_consent(desk, IDS.sibling)
    with office_of(desk, IDS.house) as narrow:
        secretary = narrow.client(IDS.secretary)
        page = linted(secretary.get(f"{desk_url(narrow)}?select=all"))
        looked = linted(press(secretary, page, "/review"))
        run = start(secretary, looked)
        drive(secretary, run)
        assert "6A" in secretary.get(f"{run}/result.csv").text
        move(desk, IDS.sibling, IDS.second_house, "8Z")
        for url in (f"{run}/result.csv", f"{desk_url(narrow)}closing"):
            told = words(secretary.get(url))
            assert "u-0002 Pupil" in told
            assert "8Z" not in told
    whole = desk.client(IDS.secretary)
    for url in (f"{run}/result.csv", f"{desk_url(desk)}closing"):
        assert "8Z" in whole.get(url).text


def test_a_left_out_pupil_of_another_school_has_no_link(desk: Desk) -> None:
    """The page behind it would be none of the secretary's."""
    give_consent(desk, IDS.sibling)
    with office_of(desk, IDS.house) as narrow:
        secretary = narrow.client(IDS.secretary)
        page = linted(secretary.get(f"{desk_url(narrow)}?select=all"))
        run = start(secretary, linted(press(secretary, page, "/review")))
        move(desk, IDS.sibling, IDS.second_house, "8Z")
        done = drive(secretary, run)
        assert "the pupil is not in the school any more" in done.ours.text
        assert desk.handle(IDS.sibling) not in secretary.get(run).text
        assert "8Z" not in done.ours.text
    assert desk.handle(IDS.sibling) in desk.client(IDS.secretary).get(run).text


def test_a_person_who_has_left_is_told_in_words_not_by_an_id(desk: Desk) -> None:
    """The host's id may be an e-mail or an identity number (D8)."""
    give_consent(desk, IDS.sibling)
    with desk.app.app_context():
        add_person(COLLEAGUE, office="secretary", tenant=IDS.tenant)
        db.session.commit()
    secretary, colleague = desk.client(IDS.secretary), desk.client(COLLEAGUE)
    page = linted(secretary.get(f"{desk_url(desk)}?select=all"))
    enable_selected(secretary, desk_url(desk), page)
    pages = (f"{desk_url(desk)}runs", f"{desk_url(desk)}pupils/{desk.handle(IDS.sibling)}")
    assert all("Person u-0301" in colleague.get(url).text for url in pages)
    with desk.app.app_context():
        db.session.delete(db.session.get_one(User, IDS.secretary))
        db.session.commit()
    for url in pages:
        told = linted(colleague.get(url)).ours.text
        assert "Unknown to the school system" in told
        assert IDS.secretary not in told


def test_an_error_of_the_database_names_nobody_in_the_hosts_log(desk: Desk) -> None:
    """Who looked whom up is not the technicians' to read: values stay out of the message (P13)."""

    def told() -> str:
        failing = select(literal(IDS.pupil)).select_from(text("no_such_table"))
        with pytest.raises(DBAPIError) as error, desk.work() as work:
            work.connection.execute(failing)
        return str(error.value)

    assert IDS.pupil not in told()
    desk.state.engine.hide_parameters = False
    assert IDS.pupil in told(), "without the engine's setting they stand there"


def test_a_given_engine_is_quiet_with_us_and_stays_as_it_is(desk: Desk) -> None:
    with desk.app.app_context():
        theirs = create_engine(desk.state.engine.url)
    ours = guarded(theirs)
    assert (ours.hide_parameters, theirs.hide_parameters) == (True, False)
    for engine in (ours, theirs):
        engine.dispose()


@ONE_DATABASE
@pytest.mark.parametrize(("number", "status"), [(100, 404), (101, 422)])
def test_no_more_are_chosen_by_name_than_a_page_offers(
    desk: Desk, number: int, status: int
) -> None:
    secretary = desk.client(IDS.secretary)
    token = sealed(desk, IDS.secretary, f"select:{desk.provider()}")
    sent = {"token": token, "welfare_group": desk.group(), "pupil": [str(n) for n in range(number)]}
    linted(secretary.post(f"{desk_url(desk)}review", data=sent), status)
