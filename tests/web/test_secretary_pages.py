"""The secretary's desk: who waits, enabling, disabling, and never a word of look-ups (S, R16)."""

import pytest
from flask.testing import FlaskClient

from tests.hosts.plain import User, db
from tests.hosts.world import add_pupil
from tests.web.desk import IDS, Desk
from tests.web.desk_acts import drive, enable_selected, press, review, start
from tests.web.html import Document, linted
from tests.web.words import LANGUAGES, say
from wilma_ext.oversight.event import Event

on_one_engine = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)


def desk_url(desk: Desk, tenant: str = IDS.tenant) -> str:
    return f"{desk.url}/secretary/{desk.provider(tenant)}/"


def pupil_url(desk: Desk, pupil: str) -> str:
    return f"{desk_url(desk)}pupils/{desk.handle(pupil)}"


@pytest.fixture
def secretary(desk: Desk) -> FlaskClient:
    return desk.client(IDS.secretary)


@pytest.fixture
def waiting(desk: Desk) -> Desk:
    """The sibling's guardian has said yes as well; nobody has enabled it."""
    client = desk.client(IDS.guardian1)
    url = f"{desk.url}/guardian/{desk.handle(IDS.sibling)}/answer"
    chosen = {"question-absences": "yes", "question-grades": "yes"}
    assert client.post(url, data={**linted(client.get(url)).fields, **chosen}).status_code == 303
    return desk


def names(page: Document) -> list[str]:
    return [row.text for row in page.ours.all("tr")][1:]


def acts(desk: Desk, event: Event) -> list[str | None]:
    return [e.pupil_ref for e in desk.events() if e.event == event.value]


class TestList:
    @on_one_engine
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_it_opens_on_those_who_wait(self, waiting: Desk, language: str) -> None:
        page = linted(waiting.client(IDS.secretary, language).get(desk_url(waiting)))
        (row,) = names(page)
        assert "u-0002 Pupil" in row
        assert say(language, "Waiting to be enabled") in row
        select = say(language, "Select %(name)s, %(group)s", name="u-0002 Pupil", group="6A")
        assert select in [e.text for e in page.ours.all("label")]

    @on_one_engine
    def test_the_figures_lead_to_their_pupils(self, waiting: Desk, secretary: FlaskClient) -> None:
        page = linted(secretary.get(desk_url(waiting)))
        counted = 0
        for link in (a for a in page.ours.all("a") if a.has_class("wx-tile")):
            shown = linted(secretary.get(link.attributes["href"]))
            number = next(int(word) for word in link.text.split() if word.isdigit())
            assert len(names(shown)) == number, link.text
            counted += number
        assert counted == 4  # every pupil of the provider, each once

    @on_one_engine
    def test_only_a_pupil_with_consent_can_be_selected(
        self, waiting: Desk, secretary: FlaskClient
    ) -> None:
        page = linted(secretary.get(f"{desk_url(waiting)}?state="))
        boxes = [e for e in page.ours.all("input") if e.attributes.get("type") == "checkbox"]
        assert [e.attributes["value"] for e in boxes] == [waiting.handle(IDS.sibling)]
        assert "No answer" in page.ours.text
        assert "Enabled" in page.ours.text

    @on_one_engine
    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("state=&search=u-0002", ["u-0002"]),
            ("state=&search=6a", ["u-0001", "u-0002", "u-0003", "u-0004"]),
            ("state=enabled", ["u-0001"]),
            ("state=&school=s-2", ["u-0003"]),
            ("state=&school=s-9", []),
            ("state=&search=nobody+like+this", []),
        ],
    )
    def test_filters_stand_in_the_url(
        self, waiting: Desk, secretary: FlaskClient, query: str, found: list[str]
    ) -> None:
        page = linted(secretary.get(f"{desk_url(waiting)}?{query}"))
        shown = [ref for ref in (f"u-000{n}" for n in range(1, 6)) if ref in " ".join(names(page))]
        assert shown == found
        if not found:
            assert "No pupil matches." in page.ours.text

    @on_one_engine
    def test_namesakes_are_told_apart(self, desk: Desk, secretary: FlaskClient) -> None:
        page = linted(secretary.get(f"{desk_url(desk)}?state="))
        assert "Same name" not in page.ours.text
        with desk.app.app_context():
            add_pupil("u-0077", IDS.house, class_name="6B")
            namesake = db.session.get(User, "u-0077")
            assert namesake
            namesake.last = "u-0001"
            db.session.commit()
        page = linted(secretary.get(f"{desk_url(desk)}?state="))
        assert page.ours.text.count("Same name as another pupil") == 2
        assert "6B" in page.ours.text

    @on_one_engine
    def test_fifty_stand_on_a_page_in_the_order_of_the_language(
        self, desk: Desk, secretary: FlaskClient
    ) -> None:
        with desk.app.app_context():
            for number in range(60):
                add_pupil(f"u-1{number:03}", IDS.house)
            for ref, last in (("u-1000", "Åberg"), ("u-1001", "Zetterberg"), ("u-1002", "Öhman")):
                pupil = db.session.get(User, ref)
                assert pupil
                pupil.last = last
            db.session.commit()
        first = linted(secretary.get(f"{desk_url(desk)}?state="))
        last = linted(secretary.get(f"{desk_url(desk)}?state=&page=2"))
        assert [len(names(page)) for page in (first, last)] == [50, 14]
        finnish = desk.client(IDS.secretary, "fi")
        ends = names(linted(finnish.get(f"{desk_url(desk)}?state=&page=2")))[-3:]
        assert [row.split()[0] for row in ends] == ["Zetterberg", "Åberg", "Öhman"]


class TestEnabling:
    def test_the_selected_are_enabled_and_the_worker_sees_them(self, waiting: Desk) -> None:
        secretary, worker = waiting.client(IDS.secretary), waiting.client(IDS.kuraattori)
        assert worker.get(waiting.pupil_url(IDS.sibling)).status_code == 404
        page = linted(secretary.get(desk_url(waiting)))
        done = enable_selected(secretary, desk_url(waiting), page, waiting.handle(IDS.sibling))
        assert "Enable the welfare group: 1 pupil" in done.ours.text
        assert "Enabled" in done.ours.text
        assert worker.get(waiting.pupil_url(IDS.sibling)).status_code == 200
        assert acts(waiting, Event.ACTIVATION_STARTED)[-1] == IDS.sibling

    def test_a_consent_that_ended_in_between_is_skipped_and_told(self, waiting: Desk) -> None:
        secretary = waiting.client(IDS.secretary)
        before = len(acts(waiting, Event.ACTIVATION_STARTED))
        page = linted(secretary.get(desk_url(waiting)))
        looked = review(secretary, desk_url(waiting), page, waiting.handle(IDS.sibling))
        waiting.withdraw(pupil=IDS.sibling)
        done = drive(secretary, start(secretary, looked))
        assert "the consent has been withdrawn" in done.ours.text
        assert len(acts(waiting, Event.ACTIVATION_STARTED)) == before

    def test_twice_enables_once(self, waiting: Desk) -> None:
        secretary, url = waiting.client(IDS.secretary), pupil_url(waiting, IDS.sibling)
        page = linted(secretary.get(url))
        form = next(iter(page.ours.all("form")))
        for _ in range(2):
            assert secretary.post(form.attributes["action"], data=page.fields).status_code == 303
        assert acts(waiting, Event.ACTIVATION_STARTED).count(IDS.sibling) == 1

    @on_one_engine
    def test_nobody_selected_is_told(self, waiting: Desk) -> None:
        secretary = waiting.client(IDS.secretary)
        fields = linted(secretary.get(desk_url(waiting))).fields
        told = secretary.post(f"{desk_url(waiting)}review", data={**fields, "query": "group=6A"})
        assert told.status_code == 303
        assert "group=6A" in told.location  # the filters are as they were
        page = linted(secretary.get(told.location))
        assert "Select at least one pupil." in page.ours.text


class TestPupil:
    @on_one_engine
    def test_the_page_says_who_what_and_since_when(
        self, desk: Desk, secretary: FlaskClient
    ) -> None:
        page = linted(secretary.get(pupil_url(desk, IDS.pupil)))
        for part in ("Pupil u-0001", "6A", "School s-1", "born 1.1.", "enabled by Person u-0301"):
            assert part in page.ours.text
        assert "Person u-0101, guardian" in page.ours.text
        assert "Absences" in page.ours.text

    def test_disabling_closes_and_leaves_the_consent(self, desk: Desk) -> None:
        """S14: for a reason, which the pupil's page and the log keep."""
        secretary, worker = desk.client(IDS.secretary), desk.client(IDS.kuraattori)
        url = f"{pupil_url(desk, IDS.pupil)}/disable"
        looked = linted(secretary.get(url))
        assert "Pupil u-0001 · 6A · School s-1 · born 1.1." in looked.one("h1").text
        assert worker.get(desk.pupil_url()).status_code == 200
        assert press(secretary, looked, "/disable", why="unclear").status_code == 303
        assert worker.get(desk.pupil_url()).status_code == 404
        page = linted(secretary.get(pupil_url(desk, IDS.pupil)))
        assert "The welfare group has been disabled for the pupil." in page.ours.text
        assert "Waiting to be enabled" in page.ours.text
        assert "disabled: something had to be cleared up" in page.ours.text
        (ended,) = [e for e in desk.events() if e.event == Event.ACTIVATION_ENDED.value]
        assert '"reason":"unclear"' in str(ended.canon)
        assert secretary.get(url).status_code == 303  # it is not enabled any more

    @on_one_engine
    @pytest.mark.parametrize("why", ["", "withdrawn", "disabled", "\N{SNOWMAN}"])
    def test_nothing_is_disabled_without_a_reason(self, desk: Desk, why: str) -> None:
        secretary, before = desk.client(IDS.secretary), len(desk.events())
        url = f"{pupil_url(desk, IDS.pupil)}/disable"
        told = press(secretary, linted(secretary.get(url)), "/disable", why=why)
        page = linted(told, 422)
        assert "Choose why the welfare group is disabled." in page.ours.text
        assert len(desk.events()) == before

    @on_one_engine
    def test_who_has_disabled_first_is_told_to_the_second(self, desk: Desk) -> None:
        first, second = desk.client(IDS.secretary), desk.client(IDS.secretary)
        url = f"{pupil_url(desk, IDS.pupil)}/disable"
        pages = [linted(client.get(url)) for client in (first, second)]
        press(first, pages[0], "/disable", why="leaving")
        told = press(second, pages[1], "/disable", why="mistake")
        assert (
            "Somebody else had disabled the pupil already."
            in linted(second.get(told.location)).ours.text
        )
        assert acts(desk, Event.ACTIVATION_ENDED) == [IDS.pupil]

    def test_a_withdrawal_closes_by_itself(self, desk: Desk) -> None:
        desk.withdraw()
        page = linted(desk.client(IDS.secretary).get(pupil_url(desk, IDS.pupil)))
        assert "Consent withdrawn" in page.ours.text
        assert not list(page.ours.all("form"))  # there is nothing to do
        assert acts(desk, Event.ACTIVATION_ENDED) == [IDS.pupil]

    def test_look_ups_leave_no_trace_on_the_desk(self, desk: Desk) -> None:
        """That a pupil is a client of welfare is secret towards the school."""
        secretary = desk.client(IDS.secretary)
        urls = (f"{desk_url(desk)}?state=", pupil_url(desk, IDS.pupil))
        before = [linted(secretary.get(url)).ours.text for url in urls]
        worker, url = desk.client(IDS.kuraattori), desk.pupil_url()
        page = linted(worker.get(url))
        purpose = next(e for e in page.ours.all("input") if e.attributes.get("name") == "purpose")
        sent = {**page.fields, "purpose": purpose.attributes["value"]}
        assert worker.post(url, data=sent, follow_redirects=True).status_code == 200
        assert [linted(secretary.get(url)).ours.text for url in urls] == before
