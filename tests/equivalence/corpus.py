"""Small worlds that one fact closes: each is denied for that reason alone.

Found by search over random worlds, then written down with as few facts as possible.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tests.oracle import building as b
from tests.oracle.civil import instant
from tests.oracle.world import (
    Assignment,
    Form,
    Group,
    PersonalException,
    Pupil,
    Question,
    Veto,
    World,
)

AUGUST = instant("2026-08-01")
OCTOBER = instant("2026-10-01")
LAW = b.policy(mode="consent_and_statutory")
BY_LAW = b.matrix(kuraattori={"absences": "statutory"})
TURNED_15 = date(2011, 11, 2)


@dataclass(frozen=True)
class Case:
    """A world, and what is asked of it: may Kaisa see Aino's absences at noon of 21.11.2026?"""

    world: World
    necessity: str | None = None

    @property
    def question(self) -> Question:
        return Question("kaisa", "aino", "absences", instant(b.NOW), self.necessity)


def _moved(on_school_move: str) -> World:
    """From the second school to Kaisa's."""
    aino = Pupil("aino", "s2", b.CHILD, moves=((OCTOBER, "s1"),))
    return b.world(pupils=(aino,), policies=(b.policy(on_school_move=on_school_move),))


def _young(*policies: object, also: bool = True, enabled: str = "2026-10-16T09:00") -> World:
    said = (b.yes(), b.yes("aino")) if also else (b.yes(),)
    return b.world(
        pupils=(b.aino(b.YOUTH),),
        policies=policies,
        answers=said,
        activations=(b.enable(enabled),),
    )


#: One world for each condition.
CLOSED_BY: dict[str, Case] = {
    "not_a_member": Case(
        b.world(members=(b.member(until=OCTOBER),), policies=(b.policy(school_scope="all"),))
    ),
    "not_assigned": Case(b.world(members=(b.member(schools=(Assignment("s2", AUGUST),)),))),
    "not_enrolled": Case(b.world(pupils=(b.aino(enrolled=False),))),
    "own_child": Case(b.world(members=(b.member(also=("matti",)),))),
    "no_agreement": Case(b.world(policies=(b.policy(agreement_required=True),))),
    "not_in_matrix": Case(b.world(matrix=(*b.world().matrix, b.matrix("2026-11-01")))),
    "personal_denial": Case(
        b.world(exceptions=(PersonalException("kaisa", "absences", "deny", AUGUST),))
    ),
    "no_consent": Case(b.world(pupils=(b.aino(TURNED_15),))),
    "consent_refused": Case(
        b.world(
            guardians=(b.guardian("maija"), b.guardian("matti", since=date(2026, 10, 1))),
            answers=(b.yes(), b.no("matti")),
        )
    ),
    "consent_ended": Case(b.world(answers=(b.yes(until="2026-11-01"),))),
    "not_activated": Case(b.world(activations=())),
    "necessity_not_stated": Case(b.world(policies=(LAW,), matrix=(BY_LAW,))),
    "host_veto": Case(b.world(vetoes=(Veto("aino"),))),
}

#: One world for each finer rule.
CLOSED_BY_RULE: dict[str, Case] = {
    "custody": Case(
        b.world(guardians=(b.guardian("maija"), b.guardian("matti", since=date(2026, 10, 1))))
    ),
    "a no is not left behind": Case(
        b.world(
            forms=(Form(OCTOBER, material=True),),
            answers=(b.no("matti"), b.yes("maija", "2026-10-05T10:00")),
            activations=(b.enable("2026-10-06T09:00"),),
        )
    ),
    "policy window": Case(
        b.world(
            policies=(
                b.policy(decides="all_guardians"),
                b.policy("2026-10-01", decides="any_guardian"),
            ),
            activations=(b.enable("2026-10-02T09:00"),),
        )
    ),
    "every guardian": Case(b.world(policies=(b.policy(decides="all_guardians"),))),
    "same school": Case(_moved("ask")),
    "same meaning": Case(b.world(forms=(Form(OCTOBER, material=True),))),
    "half-open end": Case(b.world(answers=(b.yes(until=b.NOW),))),
    "own age": Case(
        _young(
            b.policy(),
            b.policy("2026-10-01", own_from_age=16),
            b.policy("2026-10-15", own_from_age=18),
        )
    ),
    "joint age": Case(_young(b.policy(), b.policy("2026-10-01", joint_from_age=None), also=False)),
    "ended activation": Case(
        b.world(answers=(b.yes(), b.withdraw(), b.yes(on="2026-10-02T10:00")))
    ),
    "ended activation with an end": Case(
        b.world(
            answers=(b.yes(), b.withdraw(), b.yes(on="2026-10-02T10:00")),
            activations=(b.enable(until="2026-12-31"),),
        )
    ),
    "same human": Case(b.world(members=(b.member(also=("matti",)),))),
    "same county": Case(
        b.world(
            groups=(Group("hva", "luvn"), Group("hvb", "hus")),
            answers=(b.yes(county="hus"),),
            policies=(b.policy(activation="automatic"),),
        )
    ),
}
