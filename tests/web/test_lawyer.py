"""What a lawyer would try first, through the real pages.

Each case is a world file too (the rules, readable by a lawyer) and a test here or in the module
of the birthdays (the same through the pages, on both databases).
"""

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from tests.hosts.plain import User, db
from tests.web.desk import IDS, Desk
from tests.web.desk_acts import press
from tests.web.html import Document, linted
from tests.web.test_guardian_family import CLOSED, HIDDEN, variant
from tests.web.test_guardian_pages import NO, YES, answered, child_url
from tests.web.test_guardian_states import publish
from tests.web.test_secretary_pages import pupil_url
from tests.web.test_welfare_pages import opened

ROOT = Path(__file__).parents[2]

#: What is tried -> the world file, and the test.
CASES = {
    "one guardian says yes and the other no": (
        "two-guardians-disagree",
        "test_one_guardian_says_yes_and_the_other_no",
    ),
    "a guardian withdraws what the other gave": (
        "withdrawal-of-another-guardian",
        "test_nobody_withdraws_what_another_gave",
    ),
    "the 18th birthday at Helsinki midnight": (
        "eighteenth-birthday",
        "test_a_guardians_yes_ends_at_helsinki_midnight",
    ),
    "the 18th birthday when the clocks are turned": (
        "eighteenth-birthday-and-the-clocks",
        "test_a_guardians_yes_ends_at_helsinki_midnight",
    ),
    "the 18th birthday of one born on 29 February": (
        "birthday-on-leap-day",
        "test_a_guardians_yes_ends_at_helsinki_midnight",
    ),
    "custody is lost after consenting": ("custody-lost", "test_custody_lost_after_consenting"),
    "a guardian of restricted information opens the form": (
        "restricted-guardian",
        "test_a_guardian_of_restricted_information_opens_the_form",
    ),
    "a teacher is also a guardian": (
        "teacher-and-guardian",
        "test_a_worker_who_is_also_a_guardian",
    ),
    "version 2 of the text is published": (
        "new-text-asks-again",
        "test_version_2_of_the_text_is_published",
    ),
    "the pupil moves to another provider": (
        "pupil-has-left",
        "test_the_pupil_moves_to_another_provider",
    ),
    "a withdrawn consent is enabled by mistake": (
        "withdrawn-and-enabled-by-mistake",
        "test_a_withdrawn_consent_is_enabled_by_mistake",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_each_case_is_a_world_and_a_test(case: str) -> None:
    world, test = CASES[case]
    assert (ROOT / "examples" / "worlds" / f"{world}.yaml").exists()
    modules = Path(__file__).parent.glob("test_lawyer*.py")
    assert any(f"def {test}(" in module.read_text() for module in modules)


def seen(desk: Desk, pupil: str = IDS.pupil, person: str = IDS.kuraattori) -> bool:
    """Whether the worker may open the pupil; a forbidden pupil answers like an unknown one."""
    answer = desk.client(person).get(desk.pupil_url(pupil, person))
    assert answer.status_code in (200, 404)
    return answer.status_code == 200


def in_host(desk: Desk, person: str = IDS.pupil, **columns: object) -> None:
    """The host changes a row of its own, and tells nobody."""
    with desk.app.app_context():
        db.session.execute(update(User).where(User.id == person).values(**columns))
        db.session.commit()


def actions(page: Document) -> list[str]:
    return [form.attributes["action"].rsplit("/", 1)[1] for form in page.ours.all("form")]


def enable(desk: Desk, pupil: str = IDS.pupil) -> None:
    secretary = desk.client(IDS.secretary)
    page = linted(secretary.get(pupil_url(desk, pupil)))
    assert press(secretary, page, "/enable").status_code == 303


def withdraw(client: FlaskClient, url: str) -> None:
    assert press(client, linted(client.get(url)), "/withdraw").status_code == 303


def test_one_guardian_says_yes_and_the_other_no(desk: Desk) -> None:
    url = child_url(desk, IDS.pupil)
    worker, shown = opened(desk)
    assert worker.get(shown).status_code == 200
    assert answered(desk.client(IDS.guardian2), url, NO).status_code == 303
    assert worker.get(shown).status_code == 404
    assert not seen(desk)
    page = linted(desk.client(IDS.guardian1).get(url))
    assert "Not seen: somebody who decides has said no" in page.ours.text
    assert answered(desk.client(IDS.guardian1), url, YES).status_code == 303
    assert not seen(desk)  # saying yes once more does not outvote a no
    assert answered(desk.client(IDS.guardian2), url, YES).status_code == 303
    assert not seen(desk)  # what a no has closed, only the secretary opens
    enable(desk)
    assert seen(desk)


def test_nobody_withdraws_what_another_gave(desk: Desk) -> None:
    url = child_url(desk, IDS.pupil)
    mine, other = desk.client(IDS.guardian1), desk.client(IDS.guardian2)
    page = linted(other.get(f"{url}answer"))
    assert "withdraw" not in actions(page)  # there is nothing of one's own to take back
    with_a_token_of_the_first = linted(mine.get(url)).fields
    refused = other.post(f"{url}withdraw", data=with_a_token_of_the_first)
    assert refused.status_code == 422
    assert seen(desk)
    withdraw(mine, url)
    assert not seen(desk)


def test_custody_lost_after_consenting(desk: Desk) -> None:
    url = child_url(desk, IDS.pupil)
    worker, shown = opened(desk)
    in_host(desk, guardian1_id=None)
    assert worker.get(shown).status_code == 404  # on the very next request
    former = desk.client(IDS.guardian1)
    assert former.get(url).status_code == 404
    assert former.post(f"{url}answer", data=YES).status_code == 404
    page = linted(desk.client(IDS.guardian2).get(url))
    assert IDS.guardian1 not in page.ours.text
    assert answered(desk.client(IDS.guardian2), url, YES).status_code == 303
    assert not seen(desk)
    enable(desk)
    assert seen(desk)  # by the consent of the one who decides today
    in_host(desk, guardian1_id=IDS.guardian1)
    assert not seen(desk)  # and who decides has changed again: that one is asked too


def test_a_guardian_of_restricted_information_opens_the_form(desk: Desk) -> None:
    assert seen(desk)
    with variant(desk, HIDDEN["restricted information"]) as other:
        client, url = other.client(IDS.guardian1), child_url(other, IDS.pupil)
        page = linted(client.get(url))
        assert CLOSED in page.ours.text
        assert client.get(f"{url}answer").status_code == 303  # to the same closed page
        linted(client.post(f"{url}answer", data=YES), 403)
        assert not seen(other)  # the yes of before counts no more
        withdraw(client, url)  # what can always be done is to take it back


def test_a_worker_who_is_also_a_guardian(desk: Desk) -> None:
    """The role in use counts: a guardian of one's child, a worker of the others."""
    in_host(desk, guardian2_id=IDS.kuraattori)
    desk.consent()
    assert not seen(desk)  # the own child, though the other guardian said yes
    assert seen(desk, person=IDS.psykologi)
    both, url = desk.client(IDS.kuraattori), child_url(desk, IDS.pupil)
    assert answered(both, url, NO).status_code == 303  # as a guardian, like any other
    assert not seen(desk, person=IDS.psykologi)
    desk.consent(pupil=IDS.sibling)
    assert seen(desk, IDS.sibling)
    page = both.get(child_url(desk, IDS.sibling))
    assert page.status_code == 404  # a client's family page is not for the worker


def test_version_2_of_the_text_is_published(desk: Desk) -> None:
    client, url = desk.client(IDS.guardian1), child_url(desk, IDS.pupil)
    publish(desk, material=False)
    assert seen(desk)  # a comma asks nobody again
    version_2 = {**linted(client.get(f"{url}answer")).fields, **YES}
    publish(desk, material=True)
    assert not seen(desk)
    page = linted(client.get(url))
    assert "The form changed on" in page.ours.text
    assert "Your earlier answer stays as it was" in page.ours.text
    assert client.post(f"{url}answer", data=version_2).status_code == 409
    assert answered(client, url, YES).status_code == 303
    assert not seen(desk)
    enable(desk)
    assert seen(desk)


def test_the_pupil_moves_to_another_provider(desk: Desk) -> None:
    worker, shown = opened(desk)
    url = child_url(desk, IDS.pupil)
    in_host(desk, house_id=IDS.other_tenants_house)
    assert worker.get(shown).status_code == 404
    assert not seen(desk)
    client = desk.client(IDS.guardian1)
    assert client.get(f"{url}answer").status_code in (303, 404)
    there = linted(client.get(child_url(desk, IDS.pupil, IDS.other_tenant)))
    assert actions(there) == ["answer"]  # asked anew: nothing has followed
    assert not [box for box in there.ours.all("input") if "checked" in box.attributes]
    noticed = desk.app.test_cli_runner().invoke(args=["wilma-ext", "tick"])
    assert noticed.exit_code == 0, noticed.output
    in_host(desk, house_id=IDS.house)
    assert not seen(desk)  # a return revives nothing
    assert answered(client, url, YES).status_code == 303
    enable(desk)
    assert seen(desk)


def test_a_withdrawn_consent_is_enabled_by_mistake(desk: Desk) -> None:
    guardian, secretary = desk.client(IDS.guardian1), desk.client(IDS.secretary)
    url = child_url(desk, IDS.sibling)
    assert answered(guardian, url, YES).status_code == 303
    old_page = linted(secretary.get(pupil_url(desk, IDS.sibling)))
    withdraw(guardian, url)
    press(secretary, old_page, "/enable")
    assert not seen(desk, IDS.sibling)
    assert answered(guardian, url, YES).status_code == 303
    assert not seen(desk, IDS.sibling)  # the mistake of before opens nothing later either
    enable(desk, IDS.sibling)
    assert seen(desk, IDS.sibling)
