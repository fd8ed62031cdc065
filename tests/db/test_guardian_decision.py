"""A person appointed by a decision decides as a guardian, as long as it is in force (R6)."""

from typing import Any

import pytest
from sqlalchemy import false

from tests.db.appointment import Life, family, place
from tests.equivalence.loader import Place
from tests.oracle import building as b
from tests.oracle.world import Guardian
from wilma_ext.rights.access import own_child
from wilma_ext.rights.decider import guardianship

__all__ = ["place"]

MAIJA, MATTI = b.guardian("maija"), b.guardian("matti")
APPOINTED, SAID, ENABLED, LATER = (f"2026-09-{day}T09:00" for day in (10, 11, 12, 20))


def in_care(place: Place, *guardians: Guardian, **changes: Any) -> tuple[Life, str]:
    """Olga is appointed, says yes, and the secretary enables."""
    life = Life.of(place, family(*guardians, **changes))
    decision = life.appoint(APPOINTED)
    life.say(b.yes("olga", SAID))
    life.enable(ENABLED)
    return life, decision


@pytest.fixture
def blind(place: Place, monkeypatch: pytest.MonkeyPatch) -> Place:
    """The same database, asked by statements that know of no appointment."""
    monkeypatch.setattr(guardianship, "_ever_appointed", lambda _: false())
    return Place(place.host, place.connection)


class TestTheAppointedPersonDecides:
    def test_a_yes_opens_while_the_decision_is_in_force(self, place: Place) -> None:
        life, decision = in_care(place)
        assert life.because("2026-09-12T10:00") == ""
        life.end("2026-11-01T09:00", decision)
        assert life.because("2026-11-01T08:59") == ""
        assert life.because("2026-11-01T09:00") == "no_consent"

    def test_its_last_day_ends_it_without_anybody(self, place: Place) -> None:
        life = Life.of(place, family())
        life.appoint(APPOINTED, until="2026-10-01T00:00")
        life.say(b.yes("olga", SAID))
        life.enable(ENABLED)
        assert life.because("2026-09-30T23:59") == ""
        assert life.because("2026-10-01T00:00") == "no_consent"

    def test_without_a_decision_the_same_yes_is_nobodys(self, place: Place) -> None:
        life = Life.of(place, family())
        life.say(b.yes("olga", SAID))
        life.enable(ENABLED)
        assert life.because() == "no_consent"

    def test_a_statement_that_knows_no_appointment_is_noticed(
        self, place: Place, blind: Place
    ) -> None:
        life, _ = in_care(place)
        life.place = blind
        assert life.because() == "no_consent"

    def test_a_parents_no_stands(self, place: Place) -> None:
        life, _ = in_care(place, MAIJA)
        life.say(b.no("maija", LATER))
        assert life.because() == "consent_refused"

    def test_the_appointed_persons_no_stands_while_appointed(self, place: Place) -> None:
        life = Life.of(place, family(MAIJA))
        decision = life.appoint(APPOINTED)
        life.say(b.yes("maija", SAID))
        life.enable(ENABLED)
        life.say(b.no("olga", LATER))
        assert life.because() == "consent_refused"
        life.end("2026-10-01T09:00", decision)
        life.say(b.yes("maija", "2026-10-02T09:00"))
        life.enable("2026-10-03T09:00")
        assert life.because() == ""

    def test_a_restriction_in_the_host_wins(self, place: Place) -> None:
        life, _ = in_care(place)
        life.guard("olga", restricted_information=True)
        assert life.because() == "no_consent"
        life.restrict("olga", restricted=False)
        assert life.because() == ""

    def test_an_unknown_restriction_counts_as_one(self, place: Place) -> None:
        life, _ = in_care(place)
        life.guard("olga", restricted_information=None)
        assert life.because() == "no_consent"

    def test_who_may_not_decide_by_the_host_does_by_the_decision(self, place: Place) -> None:
        life = Life.of(place, family(b.guardian("olga", may_decide=False)))
        life.appoint(APPOINTED)
        life.say(b.yes("olga", SAID))
        life.enable(ENABLED)
        assert life.because() == ""

    def test_every_guardian_is_the_appointed_one_too(self, place: Place) -> None:
        everyone = (b.policy(decides="all_guardians"),)
        life = Life.of(place, family(MAIJA, MATTI, policies=everyone))
        life.appoint(APPOINTED)
        for person, minute in (("maija", "10"), ("matti", "11")):
            life.say(b.yes(person, f"2026-09-11T09:{minute}"))
        assert life.because() == "no_consent"
        life.say(b.yes("olga", "2026-09-11T09:12"))
        life.enable(ENABLED)
        assert life.because() == ""

    def test_one_person_counts_once(self, place: Place) -> None:
        everyone = (b.policy(decides="all_guardians"),)
        life = Life.of(place, family(MAIJA, policies=everyone))
        life.appoint(APPOINTED, person="maija")
        life.say(b.yes("maija", SAID))
        life.enable(ENABLED)
        assert life.because() == ""


class TestCustody:
    def test_an_appointment_suspends_what_was_said_before(self, place: Place) -> None:
        said = {"answers": (b.yes(),), "activations": (b.enable(),)}
        life = Life.of(place, family(MAIJA, MATTI, **said))
        assert life.because() == ""
        life.appoint("2026-10-01T09:00")
        assert life.because("2026-10-01T08:59") == ""
        assert life.because("2026-10-01T09:00") == "no_consent"
        life.say(b.yes("maija", "2026-10-02T09:00"))
        life.enable("2026-10-03T09:00")
        assert life.because() == ""

    def test_its_end_does_too_and_both_together(self, place: Place) -> None:
        life = Life.of(place, family(MAIJA))
        before = life.appoint(APPOINTED)
        life.say(b.yes("maija", SAID))
        life.enable(ENABLED)
        assert life.because() == ""
        life.end(LATER, before)
        assert life.because() == "no_consent"
        life.say(b.yes("maija", "2026-10-01T09:00"))
        life.enable("2026-10-02T09:00")
        assert life.because() == ""
        life.end("2026-10-04T09:00", life.appoint("2026-10-03T09:00"))
        assert life.because() == "no_consent"

    def test_a_lifted_restriction_makes_a_new_guardian(self, place: Place) -> None:
        life = Life.of(place, family(MAIJA, b.guardian("olga", restricted=True)))
        life.appoint(APPOINTED)
        life.say(b.yes("maija", SAID))
        life.enable(ENABLED)
        assert life.because() == ""
        life.restrict("olga", restricted=False)
        assert life.because() == "no_consent"

    def test_where_the_provider_keeps_nothing_is_suspended(self, place: Place) -> None:
        life = Life.of(place, family(MAIJA, policies=(b.policy(on_custody_change="keep"),)))
        life.say(b.yes("maija", "2026-09-09T09:00"))
        life.appoint(APPOINTED)
        life.enable(ENABLED)
        assert life.because() == ""

    def test_a_statement_blind_to_the_change_is_noticed(
        self, place: Place, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        life = Life.of(place, family(MAIJA))
        life.say(b.yes("maija", "2026-09-09T09:00"))
        life.enable("2026-09-09T10:00")
        life.end(LATER, life.appoint(APPOINTED))
        assert life.because() == "no_consent"
        monkeypatch.setattr(guardianship, "_appointed_since", lambda *_: false())
        life.place = Place(place.host, place.connection)
        assert life.because() == ""


class TestOwnChild:
    @pytest.mark.parametrize("account", ["kaisa", "kaisa-home"])
    def test_an_appointed_worker_is_denied(self, place: Place, account: str) -> None:
        kaisa = b.member(also=("kaisa-home",))
        life = Life.of(place, b.world(members=(kaisa,)))
        decision = life.appoint("2026-10-01T09:00", person=account)
        life.say(b.yes("maija", "2026-10-02T09:00"))
        life.enable("2026-10-03T09:00")
        assert life.because() == "own_child"
        life.end("2026-10-04T09:00", decision)
        assert life.because() != "own_child"

    def test_a_statement_that_forgets_it_is_noticed(
        self, place: Place, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        life = Life.of(place, b.world())
        life.appoint("2026-10-01T09:00", person="kaisa")
        life.say(b.yes("maija", "2026-10-02T09:00"))
        life.enable("2026-10-03T09:00")
        assert life.because() == "own_child"
        monkeypatch.setattr(own_child, "_appointed", lambda _: false())
        life.place = Place(place.host, place.connection)
        assert life.because() == ""
