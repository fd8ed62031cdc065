"""The queue of disagreements: only deciders, only until one of them answers anew (P28)."""

import pytest

from tests.hosts.plain import User, db
from tests.web.desk import IDS, Desk
from tests.web.html import Document, linted
from tests.web.office import office_of
from wilma_ext.oversight.event import Event
from wilma_ext.rights.consent.conflict import conflicts_of
from wilma_ext.rights.consent.consent import answer, latest_answer
from wilma_ext.rights.consent.giver import Giver
from wilma_ext.vocabulary import Capacity, Choice

on_one_engine = pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
EVERYTHING = tuple(
    f"{profession}:{category}"
    for profession in ("kuraattori", "psykologi", "terveydenhoitaja", "laakari")
    for category in ("absences", "grades")
)


def said(
    desk: Desk,
    person: str,
    no: tuple[str, ...] = (),
    capacity: Capacity = Capacity.GUARDIAN,
    pupil: str = IDS.pupil,
) -> None:
    """Answer about the pupil: no to the named pairs, yes to the others."""
    giver, shown = Giver(person, capacity, IDS.tenant, pupil), desk.form()
    choices = {p: Choice.NO if str(p) in no else Choice.YES for p in shown.form.pairs()}
    with desk.work() as work:
        last = latest_answer(work, giver)
        seen = last.id if last else None
    with desk.work() as work:
        answer(
            work,
            desk.state.register,
            giver=giver,
            shown=shown,
            choices=choices,
            last_seen=seen,
        )


def queue(desk: Desk, language: str = "en") -> Document:
    url = f"{desk.url}/secretary/{desk.provider()}/disagreements"
    return linted(desk.client(IDS.secretary, language).get(url))


def count(desk: Desk, schools: frozenset[str] | None = None, ref: str = IDS.tenant) -> int:
    with desk.work() as work:
        place = {"provider_ref": ref, "school_refs": schools}
        return len(conflicts_of(work, desk.state.register, **place))


def test_the_queue_says_who_said_what_and_not_why(desk: Desk) -> None:
    """The first guardian has said yes to all but the psychologist's grades."""
    assert count(desk) == 0
    assert "Nobody disagrees at the moment." in queue(desk).ours.text
    said(desk, IDS.guardian2, no=("kuraattori:absences",))
    words = queue(desk).ours.text
    for part in (f"{IDS.pupil} Pupil", "6A · School s-1", f"Person {IDS.guardian1}, guardian: Yes"):
        assert part in words
    assert f"Person {IDS.guardian2}, guardian: No" in words
    assert "A new answer of one of them resolves it, not the school." in words
    assert count(desk) == 1


def test_only_the_disputed_pairs_are_named(desk: Desk) -> None:
    said(desk, IDS.guardian2, no=("kuraattori:absences",))
    with desk.work() as work:
        (found,) = conflicts_of(
            work, desk.state.register, provider_ref=IDS.tenant, school_refs=None
        )
    pairs = {(voice.giver_ref, str(voice.pair), voice.value.value) for voice in found.voices}
    assert pairs == {
        (IDS.guardian1, "kuraattori:absences", "yes"),
        (IDS.guardian2, "kuraattori:absences", "no"),
        (IDS.guardian1, "psykologi:grades", "no"),
        (IDS.guardian2, "psykologi:grades", "yes"),
    }


def test_a_new_answer_resolves_it_and_nothing_else_does(desk: Desk) -> None:
    said(desk, IDS.guardian2, no=EVERYTHING)
    page = queue(desk)
    assert not list(page.ours.all("form", "button"))
    assert desk.client(IDS.kuraattori).get(desk.pupil_url()).status_code == 404
    said(desk, IDS.guardian2, no=("psykologi:grades",))
    assert count(desk) == 0
    assert IDS.pupil not in queue(desk).ours.text


def test_taking_back_the_yes_ends_the_disagreement(desk: Desk) -> None:
    said(desk, IDS.guardian2, no=EVERYTHING)
    assert count(desk) == 1
    desk.withdraw(IDS.guardian1)
    assert count(desk) == 0


def test_who_does_not_decide_disagrees_with_nobody(desk: Desk) -> None:
    said(desk, IDS.guardian2, no=EVERYTHING)
    with desk.app.app_context():
        pupil = db.session.get(User, IDS.pupil)
        assert pupil
        pupil.guardian2_id = None
        db.session.commit()
    assert count(desk) == 0


def test_the_pupils_own_no_counts(desk: Desk) -> None:
    with desk.app.app_context():
        pupil = db.session.get(User, IDS.pupil)
        assert pupil
        pupil.born = pupil.born.replace(year=pupil.born.year - 4) if pupil.born else None
        db.session.commit()
    said(desk, IDS.pupil, no=EVERYTHING, capacity=Capacity.PUPIL)
    words = queue(desk).ours.text
    assert "The pupil: No" in words
    assert f"Person {IDS.guardian1}, guardian: Yes" in words


@on_one_engine
def test_only_the_own_schools_and_provider(desk: Desk) -> None:
    said(desk, IDS.guardian2, no=EVERYTHING)
    assert count(desk, frozenset({IDS.house})) == 1
    assert count(desk, frozenset({IDS.second_house})) == 0
    assert count(desk, ref=IDS.other_tenant) == 0
    with office_of(desk, IDS.second_house) as other:
        assert "Nobody disagrees" in queue(other).ours.text
    foreign = f"{desk.url}/secretary/{desk.provider(IDS.other_tenant)}/disagreements"
    assert desk.client(IDS.secretary).get(foreign).status_code == 404
    own = desk.client(IDS.other_secretary).get(foreign)
    assert "Nobody disagrees" in linted(own).ours.text


@on_one_engine
def test_looking_at_the_queue_changes_nothing(desk: Desk) -> None:
    said(desk, IDS.guardian2, no=EVERYTHING)
    before = len(desk.events())
    queue(desk, "fi")
    queue(desk, "sv")
    assert [e.event for e in desk.events()[before:]] == []
    assert desk.events()[-1].event != Event.CONSENT_LISTED.value
