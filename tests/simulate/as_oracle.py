"""A world file in the terms of the plain-Python oracle, which knows nothing of the plugin."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from tests.oracle import rules
from tests.oracle import world as oracle
from wilma_ext.rights.consent.pairs import ConsentPair
from wilma_ext.simulate.choices import policy_of
from wilma_ext.simulate.document import read_document
from wilma_ext.simulate.schema import world_of
from wilma_ext.simulate.world import BEGINNING, Answer, Check, World


def worlds(text: str) -> tuple[World, oracle.World]:
    """The file's world, for the simulator and for the oracle."""
    world = world_of(read_document(text).values)
    policy = policy_of(world.policy)
    keys = {key: getattr(policy, key) for key in oracle.DEFAULT_POLICY}
    return world, oracle.World(
        provider=world.provider,
        policies=(oracle.PolicyVersion(BEGINNING, keys),),
        schools=tuple(school.id for school in world.schools),
        pupils=tuple(oracle.Pupil(p.id, p.school, p.born, p.enrolled) for p in world.pupils),
        guardians=tuple(
            oracle.Guardian(g.id, g.of, g.may_decide, g.restricted, g.since, g.until)
            for g in world.guardians
        ),
        groups=tuple(oracle.Group(group.id, group.county) for group in world.groups),
        agreements=tuple(oracle.Agreement(a.county, a.since, a.until) for a in world.agreements),
        members=tuple(_member(member) for member in world.members),
        exceptions=tuple(
            oracle.PersonalException(e.member, e.category, e.effect, e.since, e.until)
            for e in _any(world.exceptions)
        ),
        matrix=tuple(oracle.MatrixEntry(m.since, m.group, m.cells) for m in world.matrix),
        answers=tuple(_answer(world, answer) for answer in world.answers),
        capacity=tuple(
            oracle.CapacityDecision(c.pupil, c.since, c.decides, c.until)
            for c in _any(world.capacity)
        ),
        activations=tuple(
            oracle.Activation(a.pupil, a.group, a.on, a.until) for a in world.activations
        ),
    )


def expected(world: oracle.World, check: Check, at: datetime) -> dict[str, Any]:
    """What the oracle says to a check, in the simulator's words."""
    if check.sees is not None:
        who = check.member or ""
        seen = rules.visible_pupils(world, who, check.category, at, check.necessity)
        return {"sees": list(seen)}
    if check.seen_by is not None:
        whom = check.pupil or ""
        return {"seen_by": list(rules.seen_by(world, whom, check.category, at, check.necessity))}
    who, whom = check.member or "", check.pupil or ""
    verdict = rules.decide(world, who, whom, check.category, at, check.necessity)
    return {"allowed": verdict.allowed, "because": verdict.because, "route": verdict.route}


def _any(rows: Any) -> Any:
    """Rows whose words the schema has checked, for the oracle's narrower types."""
    return rows


def _member(row: Any) -> oracle.Member:
    schools = tuple(oracle.Assignment(school, row.since, row.until) for school in row.schools)
    place = (row.group, row.profession, row.since, row.until)
    return oracle.Member(row.id, row.id, *place, schools, row.also)


def _answer(world: World, row: Answer) -> oracle.Answer:
    [*counties] = {group.county for group in world.groups}
    withdraw: Any = None
    if row.withdraw is not None:
        withdraw = _pairs(row.withdraw) or "all"
    return oracle.Answer(
        pupil=row.pupil,
        by=row.by,
        on=row.on,
        county=row.county or counties[0],
        capacity="pupil" if row.by == row.pupil else "guardian",
        yes=_pairs(row.yes),
        no=_pairs(row.no),
        until=row.until,
        withdraw=withdraw,
    )


def _pairs(pairs: Iterable[ConsentPair]) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for pair in sorted(pairs):
        found[pair.profession] = (*found.get(pair.profession, ()), pair.category)
    return found
