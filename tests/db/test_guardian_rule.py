"""Who is a guardian by a decision: one meaning for a statement and for whoever asks by id."""

from collections.abc import Mapping
from itertools import product
from typing import Any

import pytest
from sqlalchemy import insert, literal, select, update

from tests.db.appointment import ACTOR, NOW, Life, family, place
from tests.equivalence.loader import Place
from tests.oracle import building as b
from tests.oracle.civil import instant
from wilma_ext.errors import Conflict, Invalid, NotFound
from wilma_ext.models import AuditEvent
from wilma_ext.oversight.chain import append
from wilma_ext.oversight.event import Actor
from wilma_ext.rights.decider.capacity import record_capacity
from wilma_ext.rights.decider.guardian import children_of, entitled_refs, guardians_of
from wilma_ext.rights.decider.guardian_decision import (
    end_guardian,
    guardian_decisions,
    record_guardian,
)
from wilma_ext.rights.decider.guardianship import is_entitled_guardian, number_entitled
from wilma_ext.rights.decider.stage import one_pupil, pupil_values
from wilma_ext.vocabulary import Decider

__all__ = ["place"]

#: What the host says of Olga, or nothing; and whether she is entitled by that alone.
BY_HOST: Mapping[str, tuple[dict[str, Any] | None, bool]] = {
    "unknown": (None, False),
    "decides": ({}, True),
    "may not decide": ({"may_decide": False}, False),
    "not said": ({"may_decide": None}, False),
    "restricted": ({"restricted_information": True}, False),
    "restricted in both": ({"may_decide": False, "restricted_information": True}, False),
    "restriction not said": ({"restricted_information": None}, False),
}
BY_DECISION = ("none", "in force", "ended")


@pytest.mark.parametrize(("host", "decided"), list(product(BY_HOST, BY_DECISION)))
def test_statement_and_id_agree(place: Place, host: str, decided: str) -> None:
    row, by_host = BY_HOST[host]
    life = Life.of(place, family(b.guardian("maija")))
    if decided != "none":
        decision = life.appoint("2026-09-10T09:00")
    if decided == "ended":
        life.end("2026-09-11T09:00", decision)
    if row is not None:
        life.guard("olga", **row)
    restricted = row is not None and row.get("restricted_information", False) is not False
    entitled = by_host or (decided == "in force" and not restricted)
    refs = {name: life.loaded.ref(name) for name in ("aino", "maija", "olga")}
    values = pupil_values(place.register, life.loaded.provider_ref, refs["aino"], instant(NOW))
    bearing = one_pupil(place.register)
    asked = [is_entitled_guardian(bearing, literal(refs[name])) for name in ("maija", "olga")]
    with place.work(instant(NOW)) as work:
        told = work.connection.execute(
            select(*asked, number_entitled(bearing)).select_from(bearing.row), values
        ).one()
        by_id = entitled_refs(work, place.register, refs["aino"], instant(NOW))
        guardians = guardians_of(work, place.register, refs["aino"], instant(NOW))
        children = children_of(work, place.register, refs["olga"], instant(NOW))
    assert tuple(told) == (True, entitled, 1 + entitled)
    assert by_id == {refs["maija"]} | ({refs["olga"]} if entitled else set())
    listed = {guardian.person_ref: guardian for guardian in guardians}
    known = row is not None or decided == "in force"
    assert set(listed) == {refs["maija"]} | ({refs["olga"]} if known else set())
    if known:
        olga = listed[refs["olga"]]
        assert (olga.entitled, olga.appointed) == (entitled, decided == "in force")
    names = {pupil.pupil_ref for pupil in children}
    assert names == {life.loaded.ref("otso")} | ({refs["aino"]} if known else set())


def test_a_decision_does_not_follow_to_another_provider(place: Place) -> None:
    """The pupil is another provider's now: who was appointed there is nobody here (R25)."""
    life = Life.of(place, family())
    life.appoint("2026-09-10T09:00")
    aino, olga = life.loaded.ref("aino"), life.loaded.ref("olga")
    with place.work(instant(NOW)) as work:
        assert entitled_refs(work, place.register, aino, instant(NOW)) == {olga}
    host = place.host
    elsewhere = host.native(life.loaded.number, "elsewhere")
    with place.session() as session:
        provider = host.native(life.loaded.number, "another provider")
        session.execute(insert(host.schools), {"id": elsewhere, "provider_id": provider})
        moved = update(host.pupils).where(host.pupils.c.id == life.loaded.native("aino"))
        session.execute(moved.values(school_id=elsewhere))
    with place.work(instant(NOW)) as work:
        assert entitled_refs(work, place.register, aino, instant(NOW)) == frozenset()
        assert guardians_of(work, place.register, aino, instant(NOW)) == []
        children = children_of(work, place.register, olga, instant(NOW))
    assert aino not in {pupil.pupil_ref for pupil in children}


class TestTheActs:
    def _record(self, life: Life, at: str = NOW, **changes: Any) -> Any:
        asked: dict[str, Any] = {
            "actor": ACTOR,
            "provider_ref": life.loaded.provider_ref,
            "pupil_ref": life.loaded.ref("aino"),
            "person_ref": life.loaded.ref("olga"),
            "reason": "taken into care",
            "document": "D-1",
            **changes,
        }
        return life.act(at, lambda work: record_guardian(work, life.place.register, **asked))

    @pytest.mark.parametrize(
        ("changes", "code"),
        [
            ({"reason": " "}, "decision_reason"),
            ({"document": ""}, "decision_document"),
            ({"valid_until": instant(NOW)}, "period_past"),
        ],
    )
    def test_what_is_missing_is_told(
        self, place: Place, changes: dict[str, Any], code: str
    ) -> None:
        life = Life.of(place, family())
        with pytest.raises(Invalid, match=code):
            self._record(life, **changes)
        with place.work(instant(NOW)) as work:
            refs = life.loaded.provider_ref, life.loaded.ref("aino")
            assert guardian_decisions(work, *refs) == []

    @pytest.mark.parametrize(
        ("actor", "person", "code"),
        [
            ("otso", "otso", "own_appointment"),
            ("otso", "aino", "pupil_appointed"),
            ("aino", "olga", "own_family"),
            ("maija", "olga", "own_family"),
        ],
    )
    def test_nobody_appoints_oneself_nor_decides_about_the_own_child(
        self, place: Place, actor: str, person: str, code: str
    ) -> None:
        life = Life.of(place, family(b.guardian("maija", may_decide=False)))
        acts = Actor(life.loaded.ref(actor), "main_user")
        with pytest.raises(Invalid, match=code):
            self._record(life, actor=acts, person_ref=life.loaded.ref(person))

    def test_a_guardian_does_not_decide_who_is_able_to_decide(self, place: Place) -> None:
        life = Life.of(place, family(b.guardian("maija")))
        asked: dict[str, Any] = {
            "provider_ref": life.loaded.provider_ref,
            "pupil_ref": life.loaded.ref("aino"),
            "actor": Actor(life.loaded.ref("maija"), "main_user"),
        }
        said: dict[str, Any] = {"decides": Decider.GUARDIAN, "reason": "r", "document": "d"}
        with pytest.raises(Invalid, match="own_family"):
            life.act(NOW, lambda work: record_capacity(work, place.register, **asked, **said))

    def test_one_person_has_one_decision_in_force(self, place: Place) -> None:
        life = Life.of(place, family())
        first = self._record(life)
        with pytest.raises(Conflict):
            self._record(life, "2026-11-21T12:01")
        life.end("2026-11-21T12:02", first)
        with pytest.raises(Conflict):
            life.end("2026-11-21T12:03", first)
        second = self._record(life, "2026-11-21T12:04")
        with place.work(instant("2026-11-21T12:05")) as work:
            rows = guardian_decisions(work, life.loaded.provider_ref, life.loaded.ref("aino"))
            assert [row.id for row in rows] == [second, first]

    def test_a_stranger_is_not_found(self, place: Place) -> None:
        life, other = (Life.of(place, family()) for _ in range(2))
        decision = self._record(other)
        for changes in (
            {"person_ref": "999999999"},
            {"pupil_ref": "999999999"},
            {"pupil_ref": other.loaded.ref("aino")},
        ):
            with pytest.raises(NotFound):
                self._record(life, **changes)
        with pytest.raises(NotFound):
            life.end(NOW, decision)

    def test_both_acts_stand_in_the_log(self, place: Place) -> None:
        life = Life.of(place, family())
        about = {"provider_ref": life.loaded.provider_ref, "pupil_ref": life.loaded.ref("aino")}
        with place.work(instant(NOW)) as work:
            decision = record_guardian(
                work,
                place.register,
                actor=ACTOR,
                person_ref=life.loaded.ref("olga"),
                reason="a secret reason",
                document="D-7",
                **about,
            )
            end_later = dict(actor=ACTOR, decision_id=decision, **about)
            work.finish(append)
        with place.work(instant("2026-11-22T12:00")) as work:
            end_guardian(work, **end_later)
            work.finish(append)
        with place.work(instant("2026-11-22T12:01")) as work:
            of_provider = AuditEvent.provider_ref == life.loaded.provider_ref
            found = work.session.scalars(
                select(AuditEvent).where(of_provider).order_by(AuditEvent.sequence)
            ).all()
            assert [row.event for row in found] == [
                "guardian_decision:recorded",
                "guardian_decision:ended",
            ]
            assert {row.pupil_ref for row in found} == {about["pupil_ref"]}
            assert not any("secret" in str(vars(row)) for row in found)
