"""The effect of a policy told before it is saved is what happens when it is saved."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.db.policy_world import LATER, NOW, counts, place, saved, seen, told
from tests.equivalence.loader import Loaded, Place, load
from tests.oracle import building as b
from tests.oracle.civil import instant
from tests.oracle.world import Answer, Assignment, Custody, Form, World
from wilma_ext.errors import Invalid
from wilma_ext.rights.consent.pairs import pair_states
from wilma_ext.rights.policy import effect as effect_module
from wilma_ext.rights.policy.effect import Tally
from wilma_ext.rights.policy.policy import Policy
from wilma_ext.rights.policy.reach import REACH, Reach
from wilma_ext.vocabulary import ConsentState, Profession

__all__ = ["place"]


def both_yes() -> tuple[Answer, ...]:
    return b.yes(), b.yes("matti")


def youth(born: Any = b.YOUTH, **changes: Any) -> World:
    """A pupil of sixteen who has said yes together with one guardian."""
    said = (b.yes(), b.yes("aino"))
    return b.world(pupils=(b.aino(born),), answers=said, **changes)


def moved() -> World:
    there = Assignment("s2", instant("2026-08-01"))
    kaisa = b.member(schools=(Assignment("s1", instant("2026-08-01")), there))
    return b.world(pupils=(b.aino(moves=((instant("2026-10-01"), "s2"),)),), members=(kaisa,))


def custody(policy: str) -> World:
    """Matti has come to the guardians since Maija answered."""
    rows = (b.guardian("maija"), b.guardian("matti"))
    return b.world(
        policies=(b.policy(on_custody_change=policy),),
        guardians=(b.guardian("maija"),),
        custody=(Custody(instant("2026-10-01"), rows),),
    )


def reworded() -> World:
    forms = (Form(instant("2026-02-01"), material=True), Form(instant("2026-10-01"), material=True))
    return b.world(policies=(b.policy(on_material_change="keep"),), forms=forms)


def with_policy(**keys: Any) -> World:
    return b.world(policies=(b.policy(**keys),))


#: Name -> the world, the changes, and how many pupils have something closed or opened by them.
CASES: dict[str, tuple[World, dict[str, Any], int, int]] = {
    "one said yes": (b.world(), {"decides": "all_guardians"}, 1, 0),
    "both said yes": (b.world(answers=both_yes()), {"decides": "all_guardians"}, 0, 0),
    "wider": (with_policy(decides="all_guardians"), {"decides": "any_guardian"}, 0, 0),
    "own age": (youth(), {"own_from_age": 16}, 1, 0),
    "own age of the older": (youth(), {"own_from_age": 17}, 0, 0),
    "joint age": (b.world(), {"joint_from_age": 10}, 1, 0),
    "no joint age": (youth(), {"joint_from_age": None}, 0, 0),
    "custody kept": (custody("suspend"), {"on_custody_change": "keep"}, 0, 0),
    "custody suspends": (custody("keep"), {"on_custody_change": "suspend"}, 1, 0),
    "move asks": (moved(), {"on_school_move": "ask"}, 1, 0),
    "nobody moved": (b.world(), {"on_school_move": "ask"}, 0, 0),
    "material asks": (reworded(), {"on_material_change": "ask"}, 1, 0),
    "all off": (b.world(), {"mode": "off"}, 1, 0),
    "contact only": (b.world(), {"mode": "contact"}, 1, 0),
    "on again": (with_policy(mode="off"), {"mode": "consent"}, 0, 1),
    "no agreement": (b.world(), {"agreement_required": True}, 1, 0),
    "without agreement": (
        with_policy(agreement_required=True),
        {"agreement_required": False},
        0,
        1,
    ),
    "by hand again": (
        replace(with_policy(activation="automatic"), activations=()),
        {"activation": "manual"},
        1,
        0,
    ),
    "by itself from now on": (b.world(activations=()), {"activation": "automatic"}, 0, 0),
}
LATER_ON: dict[str, Any] = {
    "validity": "open",
    "look_up_minutes": 5,
    "necessity_text": True,
    "log_extract": "off",
    "paper_consent": False,
    "four_eyes": False,
}


def living(place: Place, loaded: Loaded, at: datetime) -> set[Any]:
    with place.work(at) as work:
        states = pair_states(
            work,
            place.register,
            provider_ref=loaded.provider_ref,
            pupil_ref=loaded.ref("aino"),
            county="luvn",
            at=at,
        )
    return {pair for pair, state in states.items() if state == ConsentState.LIVING}


def tally(items: set[Any]) -> Tally:
    return Tally(1 if items else 0, len(items))


@pytest.mark.parametrize("name", CASES)
def test_what_is_told_is_what_happens(place: Place, name: str) -> None:
    world, changes, closing, opening = CASES[name]
    loaded = load(place, world)
    effect = told(place, loaded, changes)
    seen_before, living_before = seen(place, loaded, NOW), living(place, loaded, NOW)
    saved(place, loaded, changes)
    seen_after, living_after = seen(place, loaded, LATER), living(place, loaded, LATER)
    assert effect.open == tally(seen_before)
    if Reach.CONSENT in effect.reaches:
        assert effect.living == tally(living_before)
    assert effect.closing == tally(seen_before - seen_after)
    assert effect.opening == tally(seen_after - seen_before)
    assert effect.ending == tally(living_before - living_after)
    assert effect.reviving == tally(living_after - living_before)
    assert (effect.closing.pupils, effect.opening.pupils) == (closing, opening)
    assert effect.answered == effect.examined == effect.enrolled == 1


@pytest.mark.parametrize("key", LATER_ON)
def test_what_acts_later_changes_nothing_that_stands(place: Place, key: str) -> None:
    loaded = load(place, b.world())
    effect = told(place, loaded, {key: LATER_ON[key]})
    assert REACH[key] in {Reach.LATER, Reach.TOLD, Reach.RECORDED}
    assert list(effect.changed) == [key]
    assert effect.closing == effect.opening == effect.ending == effect.reviving == Tally()
    before = seen(place, loaded, NOW), living(place, loaded, NOW)
    saved(place, loaded, {key: LATER_ON[key]})
    assert (seen(place, loaded, LATER), living(place, loaded, LATER)) == before


def test_what_the_law_opens_is_told_by_profession(place: Place) -> None:
    loaded = load(place, b.world())
    both = (Profession.KURAATTORI, Profession.PSYKOLOGI)
    wider = told(place, loaded, {"mode": "consent_and_statutory", "statutory_professions": both})
    assert (wider.law_opens, wider.law_closes) == (both, ())
    idle = told(place, loaded, {"statutory_professions": both})
    assert (idle.law_opens, idle.law_closes) == ((), ())


def test_two_counties_and_pupils_in_chunks(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(effect_module, "CHUNK", 1)
    world = b.world()
    otso = replace(b.aino(), id="otso")
    of_both = (replace(b.guardian("maija"), of=("aino", "otso")), b.guardian("matti"))
    answers = (*world.answers, replace(b.yes(), pupil="otso"), b.yes("matti", county="keusote"))
    loaded = load(
        place, replace(world, pupils=(b.aino(), otso), guardians=of_both, answers=answers)
    )
    effect = told(place, loaded, {"joint_from_age": 10})
    assert effect.answered == effect.enrolled == 2
    assert effect.living == effect.ending == Tally(2, 6)
    assert effect.open == effect.closing == Tally(1, 2)


def test_a_sample_is_spread_evenly_and_told(place: Place) -> None:
    names = tuple(f"pupil{number}" for number in range(6))
    world = b.world()
    loaded = load(
        place,
        replace(
            world,
            pupils=tuple(replace(b.aino(), id=name) for name in names),
            guardians=(replace(b.guardian("maija"), of=names), b.guardian("matti")),
            answers=tuple(replace(b.yes(), pupil=name) for name in names),
            activations=(),
        ),
    )
    effect = told(place, loaded, {"mode": "off", "joint_from_age": 10}, most=3)
    assert (effect.answered, effect.examined, effect.living) == (6, 3, Tally(3, 6))
    whole = told(place, loaded, {"joint_from_age": 10}, most=6)
    assert (whole.answered, whole.examined, whole.ending) == (6, 6, Tally(6, 12))


def test_what_cannot_be_decided_is_refused(place: Place) -> None:
    loaded = load(place, b.world())
    over = {"validity": "fixed", "fixed_until": (NOW - timedelta(days=1)).date()}
    for changes in ({"mode": "maybe"}, {"moods": 1}, over):
        before = counts(place)
        with pytest.raises(Invalid):
            told(place, loaded, changes)
        with pytest.raises(Invalid):
            saved(place, loaded, changes)
        assert counts(place) == before
    today = {"validity": "fixed", "fixed_until": NOW.date()}
    assert told(place, loaded, today).changed.keys() == {"validity", "fixed_until"}


def test_every_choice_has_a_reach() -> None:
    assert list(REACH) == list(Policy.__dataclass_fields__)
