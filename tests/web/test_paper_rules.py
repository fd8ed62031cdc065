"""What a paper may say and what of it counts: version, day, policy, custody (R3, R23, R24, P21)."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.hosts.plain import User, db
from tests.web.desk import COUNTY, IDS, OPERATOR, Desk
from wilma_ext.clock import civil_date, midnight
from wilma_ext.errors import Conflict, Invalid
from wilma_ext.models import Answer, AnswerChoice
from wilma_ext.rights.consent.giver import Giver
from wilma_ext.rights.consent.pairs import ConsentPair, pair_states
from wilma_ext.rights.consent.paper import Paper, form_version, signers_of, versions_of
from wilma_ext.rights.consent.paper_answer import Look, enter, look_at
from wilma_ext.rights.consent.standing import Standing
from wilma_ext.rights.form.consent_form import publish_form
from wilma_ext.rights.person import pupil_of
from wilma_ext.rights.provider import default_questions
from wilma_ext.vocabulary import Capacity, Choice, ConsentState

ABSENCES = ConsentPair("kuraattori", "absences")
WITHDRAWS: Mapping[str, Any] = {"choices": None}


def today(desk: Desk) -> date:
    with desk.work() as work:
        return civil_date(work.now())


def a_paper(desk: Desk, version: int = 1, **changes: Any) -> Paper:
    """Return a paper of the sibling's only guardian: yes to everything, signed today."""
    with desk.work() as work:
        form = form_version(work, IDS.tenant, version)
    said = {
        "giver": Giver(IDS.guardian1, Capacity.GUARDIAN, IDS.tenant, IDS.sibling),
        "form": form,
        "language": "fi",
        "signed_on": today(desk),
        "document": "Folder 7",
        "choices": dict.fromkeys(form.pairs(), Choice.YES),
    }
    return Paper(**{**said, **changes})


def looked(desk: Desk, paper: Paper) -> Look:
    with desk.work() as work:
        return look_at(work, desk.state.register, paper, entered_by=IDS.secretary)


def entered(desk: Desk, paper: Paper, **more: Any) -> Look:
    look = looked(desk, paper)
    seen = {"last_seen": look.last_seen, **more}
    with desk.work() as work:
        enter(work, desk.state.register, paper, entered_by=IDS.secretary, **seen)
    return look


def refused(desk: Desk, paper: Paper) -> str:
    """Return why the paper cannot be recorded; neither look nor act gets past the rule."""
    with pytest.raises(Invalid) as shown:
        looked(desk, paper)
    with pytest.raises(Invalid) as stopped, desk.work() as work:
        enter(work, desk.state.register, paper, entered_by=IDS.secretary, last_seen=None)
    assert shown.value.code == stopped.value.code
    return shown.value.code


def state(desk: Desk, pair: ConsentPair = ABSENCES) -> ConsentState | None:
    with desk.work() as work:
        found = pair_states(
            work,
            desk.state.register,
            provider_ref=IDS.tenant,
            pupil_ref=IDS.sibling,
            county=COUNTY,
            at=work.now(),
        )
    return found.get(pair)


def new_version(desk: Desk, *, material: bool = True) -> None:
    form = desk.form().form
    with desk.work() as work:
        publish_form(
            work,
            actor=OPERATOR,
            provider_ref=IDS.tenant,
            county=COUNTY,
            questions=default_questions(),
            texts=form.texts,
            material=material,
        )


class TestVersion:
    def test_a_yes_on_an_old_version_does_not_count(self, desk: Desk) -> None:
        old = a_paper(desk)
        desk.clock.ahead += timedelta(days=2)
        new_version(desk)
        look = entered(desk, old)
        assert look.left_behind
        assert state(desk) == ConsentState.ENDED
        entered(desk, a_paper(desk, 2))
        assert state(desk) == ConsentState.LIVING

    def test_the_day_of_typing_alone_would_let_it_count(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The twin: without the version that was answered, the change is not noticed."""
        monkeypatch.setattr(Standing, "_version_said_to", lambda _self, choice: choice.c.given_at)
        old = a_paper(desk)
        desk.clock.ahead += timedelta(days=2)
        new_version(desk)
        entered(desk, old)
        assert state(desk) == ConsentState.LIVING

    def test_it_counts_where_nothing_material_has_changed(self, desk: Desk) -> None:
        old = a_paper(desk)
        desk.clock.ahead += timedelta(days=2)
        new_version(desk, material=False)
        assert not entered(desk, old).left_behind
        assert state(desk) == ConsentState.LIVING

    def test_it_counts_where_the_policy_keeps_old_answers_until_it_asks(self, desk: Desk) -> None:
        desk.policy(on_material_change="keep")
        old = a_paper(desk)
        desk.clock.ahead += timedelta(days=2)
        new_version(desk)
        assert not entered(desk, old).left_behind
        assert state(desk) == ConsentState.LIVING
        desk.policy(on_material_change="ask")
        assert state(desk) == ConsentState.ENDED

    def test_a_no_on_an_old_version_blocks(self, desk: Desk) -> None:
        old = a_paper(desk)
        desk.clock.ahead += timedelta(days=2)
        new_version(desk)
        entered(desk, a_paper(desk, 1, signed_on=old.signed_on, choices=no(old)))
        assert state(desk) == ConsentState.REFUSED

    def test_the_answer_keeps_the_version_and_its_text(self, desk: Desk) -> None:
        old = a_paper(desk)
        desk.clock.ahead += timedelta(days=2)
        new_version(desk)
        entered(desk, old)
        with desk.work() as work:
            row = work.session.scalars(select(Answer).where(Answer.pupil_ref == IDS.sibling)).one()
            assert row.form_id == old.form.form_id
            assert row.text_sha256 == old.form.text_sha256("fi")
            assert [v.number for v in versions_of(work, IDS.tenant)] == [2, 1]


def no(paper: Paper) -> dict[ConsentPair, Choice]:
    return dict.fromkeys(paper.form.pairs(), Choice.NO)


class TestDay:
    def test_it_is_not_in_the_future(self, desk: Desk) -> None:
        tomorrow = today(desk) + timedelta(days=1)
        assert refused(desk, a_paper(desk, signed_on=tomorrow)) == "paper_future"
        assert refused(desk, a_paper(desk, signed_on=tomorrow, **WITHDRAWS)) == "paper_future"

    def test_it_is_not_before_the_version_was_published(self, desk: Desk) -> None:
        early = today(desk) - timedelta(days=1)
        assert refused(desk, a_paper(desk, signed_on=early)) == "paper_before_version"
        entered(desk, a_paper(desk, signed_on=early, **WITHDRAWS))  # a letter needs no version

    def test_the_end_is_reckoned_from_the_day_on_the_paper(self, desk: Desk) -> None:
        """Typing it in late adds no school year, and what has ended is not revived."""
        old = a_paper(desk)
        desk.clock.ahead += timedelta(days=430)
        look = entered(desk, old)
        assert look.ended
        assert state(desk) == ConsentState.ENDED
        with desk.work() as work:
            rows = work.session.scalars(
                select(AnswerChoice).where(AnswerChoice.pupil_ref == IDS.sibling)
            )
            assert {row.valid_until for row in rows} == {
                old.form.consent_ends(midnight(old.signed_on))
            }


class TestPolicy:
    def test_no_yes_is_taken_from_paper_where_the_policy_says_so(self, desk: Desk) -> None:
        desk.policy(paper_consent=False)
        assert refused(desk, a_paper(desk)) == "paper_not_allowed"
        assert state(desk) is None

    def test_a_no_is_taken_all_the_same(self, desk: Desk) -> None:
        desk.policy(paper_consent=False)
        paper = a_paper(desk)
        mixed = {**dict(paper.choices or {}), ABSENCES: Choice.NO}
        look = entered(desk, a_paper(desk, choices=mixed))
        assert look.left_out == frozenset(mixed) - {ABSENCES}
        assert state(desk) == ConsentState.REFUSED
        assert state(desk, ConsentPair("kuraattori", "grades")) is None

    def test_a_withdrawal_is_taken_all_the_same(self, desk: Desk) -> None:
        entered(desk, a_paper(desk))
        desk.policy(paper_consent=False)
        entered(desk, a_paper(desk, **WITHDRAWS))
        assert state(desk) is None


class TestSigner:
    def test_who_lost_custody_can_only_take_back(self, desk: Desk) -> None:
        entered(desk, a_paper(desk))
        with desk.app.app_context():
            sibling = db.session.get(User, IDS.sibling)
            assert sibling
            sibling.guardian1_id = IDS.guardian2
            db.session.commit()
        assert refused(desk, a_paper(desk)) == "paper_not_entitled"
        with desk.work() as work:
            register = desk.state.register
            pupil = pupil_of(work, register, IDS.sibling, IDS.tenant)
            found = {s.giver.person_ref: s.decides for s in signers_of(work, register, pupil)}
        assert found == {IDS.guardian1: False, IDS.guardian2: True}
        entered(desk, a_paper(desk, **WITHDRAWS))
        with desk.work() as work:
            last = work.session.scalars(select(Answer).order_by(Answer.given_at.desc())).first()
            assert last
            assert (last.act, last.giver_ref) == ("withdrawal", IDS.guardian1)

    def test_a_deciding_pupil_may_sign(self, desk: Desk) -> None:
        giver = Giver(IDS.adult, Capacity.PUPIL, IDS.tenant, IDS.adult)
        entered(desk, a_paper(desk, giver=giver))
        guardian = Giver(IDS.guardian2, Capacity.GUARDIAN, IDS.tenant, IDS.adult)
        assert refused(desk, a_paper(desk, giver=guardian)) == "paper_not_entitled"

    def test_a_stranger_can_neither_answer_nor_take_back(self, desk: Desk) -> None:
        giver = Giver(IDS.strangers_guardian, Capacity.GUARDIAN, IDS.tenant, IDS.sibling)
        assert refused(desk, a_paper(desk, giver=giver)) == "paper_not_entitled"
        assert refused(desk, a_paper(desk, giver=giver, **WITHDRAWS)) == "paper_not_entitled"


def test_what_is_left_open_is_refused(desk: Desk) -> None:
    paper = a_paper(desk)
    some = {pair: said for pair, said in (paper.choices or {}).items() if pair != ABSENCES}
    assert refused(desk, a_paper(desk, choices=some)) == "every_question"
    assert refused(desk, a_paper(desk, document="  ")) == "paper_document"
    assert refused(desk, a_paper(desk, language="ar")) == "paper_language"


def test_a_stale_look_records_nothing(desk: Desk) -> None:
    paper = a_paper(desk)
    entered(desk, paper)
    other = a_paper(desk, choices=no(paper))
    with pytest.raises(Conflict), desk.work() as work:
        enter(work, desk.state.register, other, entered_by=IDS.secretary, last_seen=None)
    assert state(desk) == ConsentState.LIVING
