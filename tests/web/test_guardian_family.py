"""What a guardian learns of the others who decide, and what nobody is told (G12-G15)."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from sqlalchemy import Select, false, select, true, update

from tests.hosts.plain import User, db
from tests.web.desk import IDS, Desk, beside, close, desk_register
from tests.web.html import linted
from tests.web.test_guardian_pages import NO, YES, answered, buttons, child_url, on_one_engine
from wilma_ext.register import SchoolRegister

CLOSED = "You cannot answer here. The school can tell you more. Contact the school."


class TestTwoGuardians:
    @on_one_engine
    def test_one_yes_is_enough_and_a_no_closes(self, desk: Desk) -> None:
        page = linted(desk.client(IDS.guardian2).get(child_url(desk, IDS.pupil)))
        assert "One guardian's yes is enough" in page.ours.text
        assert "Another guardian has answered." in page.ours.text

    def test_every_guardian_must_agree(self, desk: Desk) -> None:
        desk.policy(decides="all_guardians")
        page = linted(desk.client(IDS.guardian1).get(child_url(desk, IDS.pupil)))
        assert "Every guardian must agree." in page.ours.text
        assert "Another guardian has not answered yet." in page.ours.text
        assert "Not seen: another has not answered yet" in page.ours.text
        children = linted(desk.client(IDS.guardian1).get(f"{desk.url}/guardian/"))
        assert "May be seen" not in children.ours.text

    def test_a_no_of_the_other_closes_without_a_name(self, desk: Desk) -> None:
        url = child_url(desk, IDS.pupil)
        assert answered(desk.client(IDS.guardian2), url, NO).status_code == 303
        page = linted(desk.client(IDS.guardian1).get(url))
        assert "Not seen: somebody who decides has said no" in page.ours.text
        for secret in (IDS.guardian2, "example.com", "Person"):
            assert secret not in page.ours.text

    def test_the_history_tells_who_and_when_and_of_others_no_more(self, desk: Desk) -> None:
        url = child_url(desk, IDS.pupil)
        answered(desk.client(IDS.guardian2), url, NO)
        page = linted(desk.client(IDS.guardian1).get(url))
        (history,) = page.by_class("wx-timeline")
        items = list(history.all("li"))
        assert [("You" in e.text, "Another guardian" in e.text) for e in items] == [
            (False, True),
            (True, False),
        ]
        assert all("Version 1 of the form" in e.text for e in items)
        assert [len(list(e.all("a"))) for e in items] == [0, 1]  # the receipt is one's own only

    @on_one_engine
    def test_anothers_receipt_does_not_exist(self, desk: Desk) -> None:
        url = child_url(desk, IDS.pupil)
        given = answered(desk.client(IDS.guardian2), url, NO).headers["Location"]
        assert desk.client(IDS.guardian2).get(given).status_code == 200
        assert desk.client(IDS.guardian1).get(given).status_code == 404


class TestPupil:
    """The pupil of age decides, and has the same pages in words of their own."""

    def test_a_guardian_sees_that_the_pupil_decides_and_not_what(self, desk: Desk) -> None:
        url = child_url(desk, IDS.adult)
        before = desk.client(IDS.guardian2).get(url)
        assert answered(desk.client(IDS.adult), url, YES).status_code == 303
        after = desk.client(IDS.guardian2).get(url)
        page = linted(after)
        assert "The pupil decides" in page.ours.text
        assert after.data == before.data
        assert not list(page.ours.all("form"))
        listed = linted(desk.client(IDS.guardian2).get(f"{desk.url}/guardian/"))
        assert "The pupil decides" in listed.ours.text

    def test_a_guardians_answer_is_refused(self, desk: Desk) -> None:
        client, url = desk.client(IDS.guardian2), child_url(desk, IDS.adult)
        assert client.get(f"{url}answer").status_code == 303
        linted(client.post(f"{url}answer", data=YES), 403)

    @on_one_engine
    def test_the_pupil_is_spoken_to(self, desk: Desk) -> None:
        client, url = desk.client(IDS.adult), child_url(desk, IDS.adult)
        assert buttons(linted(client.get(f"{url}answer"))) == ["Save my answers"]
        answered(client, url, YES)
        page = linted(client.get(url))
        assert "Your consents" in page.one("h1").text
        assert "You decide alone." in page.ours.text
        assert "The child" not in page.ours.text


def guardianships(may_decide: bool, restricted: bool) -> Select[tuple[str, str, bool, bool]]:
    """The first guardian of each pupil, in the way of the variant."""
    return select(
        User.id.label("pupil_id"),
        User.guardian1_id.label("guardian_id"),
        (true() if may_decide else false()).label("may_decide"),
        (true() if restricted else false()).label("restricted_information"),
    ).where(User.house_id.is_not(None), User.guardian1_id.is_not(None))


#: Reasons that are not told, each as the host's register would state it.
HIDDEN: dict[str, Callable[[SchoolRegister], SchoolRegister]] = {
    "may not decide": lambda r: replace(r, guardianships=guardianships(False, False)),
    "restricted information": lambda r: replace(r, guardianships=guardianships(True, True)),
    "both": lambda r: replace(r, guardianships=guardianships(False, True)),
}


@contextmanager
def variant(desk: Desk, change: Callable[[SchoolRegister], SchoolRegister]) -> Iterator[Desk]:
    """The same database under a register that says something else of the guardians."""
    register = change(desk_register())
    other = beside(desk, register)
    yield other
    close(other)


def shown_and_refused(desk: Desk) -> list[bytes]:
    """Return what a guardian gets in every way to the child's consent."""
    client, url = desk.client(IDS.guardian1), child_url(desk, IDS.pupil)
    answers = [
        client.get(url),
        client.get(f"{desk.url}/guardian/"),
        client.post(f"{url}answer", data=YES),
    ]
    assert [a.status_code for a in answers] == [200, 200, 403]
    return [_TOKEN.sub(b"TOKEN", answer.data) for answer in answers]


#: The token of a form carries the instant at which it was made.
_TOKEN = re.compile(rb'(?<=name="token" type="hidden" value=")[^"]+')


def test_every_hidden_reason_has_the_same_bytes(desk: Desk) -> None:
    found = {}
    for name, change in HIDDEN.items():
        with variant(desk, change) as other:
            found[name] = shown_and_refused(other)
            page = linted(other.client(IDS.guardian1).get(child_url(other, IDS.pupil)))
            assert CLOSED in page.ours.text
            # One's own yes can be taken back whatever the reason; it tells of one's own act only.
            forms = [form.attributes["action"] for form in page.ours.all("form")]
            assert [action.rsplit("/", 1)[1] for action in forms] == ["withdraw"]
            assert not page.by_class("wx-timeline")
    with desk.app.app_context():
        db.session.execute(update(User).where(User.house_id.is_not(None)).values(born=None))
        db.session.commit()
    found["unknown birth date"] = shown_and_refused(desk)
    assert len({tuple(pages) for pages in found.values()}) == 1


@on_one_engine
def test_the_closed_page_says_the_same_of_a_child_with_and_without_answers(desk: Desk) -> None:
    client, url = desk.client(IDS.guardian1), child_url(desk, IDS.pupil)
    page = linted(client.get(url))
    [form] = [f for f in page.ours.all("form") if f.attributes["action"].endswith("/withdraw")]
    [token] = [i for i in form.all("input") if i.attributes["name"] == "token"]
    client.post(form.attributes["action"], data={"token": token.attributes["value"]})
    with variant(desk, HIDDEN["restricted information"]) as other:
        client = other.client(IDS.guardian1)
        pages = [client.get(child_url(other, pupil)).text for pupil in (IDS.pupil, IDS.sibling)]
        first = pages[0].replace(IDS.pupil, "X").replace(other.handle(IDS.pupil), "H")
        second = pages[1].replace(IDS.sibling, "X").replace(other.handle(IDS.sibling), "H")
        assert first == second
