"""What the desk knows of every pupil's consent: states, latest acts, what ends soon, conflicts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from wilma_ext.register import SchoolRegister
from wilma_ext.rights.consent.conflict import disputes_about
from wilma_ext.rights.consent.likeness import (
    Child,
    Question,
    cutoffs_at,
    reached_age,
    states_of_school,
)
from wilma_ext.rights.consent.likeness_fact import SOON, Act, Facts, Said
from wilma_ext.rights.consent.likeness_reading import facts_of
from wilma_ext.rights.consent.pairs import ConsentPair, States
from wilma_ext.vocabulary import Choice, ConsentState
from wilma_ext.work import Work


@dataclass(frozen=True, eq=False)
class Standings:
    """States by pupil, and what follows from the acts."""

    county: str
    states: Mapping[str, States]
    acts: Mapping[str, Sequence[Act]]
    ending: frozenset[str]
    conflicts: frozenset[str]

    def latest_act(self, pupil_ref: str) -> str | None:
        """Return `answer` or `withdrawal`, whichever came last for the county."""
        for act in reversed(self.acts.get(pupil_ref, ())):
            if act.county == self.county:
                return str(act.act)
        return None

    def answered_on(self, pupil_ref: str) -> date | None:
        """Return the day of the latest act."""
        acts = self.acts.get(pupil_ref)
        return acts[-1].given_on if acts else None

    def living(self, states: States) -> frozenset[ConsentPair]:
        """Return the pairs that live; pupils of one kind share their states."""
        if not states:
            return frozenset()
        found = self._living.get(id(states))
        if found is None:
            found = self._living[id(states)] = living_of(states)
        return found

    @property
    def _living(self) -> dict[int, frozenset[ConsentPair]]:
        kept: dict[int, frozenset[ConsentPair]] = self.__dict__.setdefault("kept", {})
        return kept


def standings_of(
    work: Work,
    register: SchoolRegister,
    *,
    provider_ref: str,
    county: str,
    children: Sequence[Child],
    school_refs: Sequence[str],
    at: datetime,
) -> Standings:
    """Return the standings of the enrolled pupils of the schools at the instant."""
    facts = facts_of(
        work,
        register,
        provider_ref=provider_ref,
        county=county,
        school_refs=school_refs,
        at=at,
    )
    now, later = Question(provider_ref, county, at), Question(provider_ref, county, at + SOON)
    states = states_of_school(work, register, now, children, facts)
    ages = (cutoffs_at(now.at), cutoffs_at(later.at))
    doubtful = [child for child in children if _may_end(child, states, facts, *ages)]
    then = states_of_school(work, register, later, doubtful, facts)
    ending = {ref for ref in then if living_of(states[ref]) - living_of(then[ref])}
    doubted = {ref for ref, said in facts.said.items() if _may_conflict(said, states.get(ref, {}))}
    conflicts = disputes_about(work, register, provider_ref, doubted, at) if doubted else {}
    return Standings(county, states, facts.acts, frozenset(ending), frozenset(conflicts))


def living_of(states: States) -> frozenset[ConsentPair]:
    """Return the pairs whose consent lives."""
    return frozenset(pair for pair, state in states.items() if state == ConsentState.LIVING)


def _may_end(
    child: Child,
    states: Mapping[str, States],
    facts: Facts,
    ages_now: Sequence[date],
    ages_later: Sequence[date],
) -> bool:
    """A cheap look: some yes runs out, or the pupil reaches an age. The rule decides the rest."""
    ref, born = child.pupil_ref, child.birth_date
    if ref not in states:
        return False
    if ref in facts.singular or any(row.until for row in facts.guardians.get(ref, ())):
        return True
    runs_out = any(one.alive and not one.lasts for one in facts.said[ref])
    return runs_out or reached_age(born, ages_now) != reached_age(born, ages_later)


def _may_conflict(said: Sequence[Said], states: States) -> bool:
    """A cheap look: a yes stands where a no refuses. The rule of disagreement decides the rest."""
    if len(said) < 2:
        return False
    yes = {pair for one in said if one.value == Choice.YES and one.alive for pair in one.pairs}
    no = {pair for one in said if one.value == Choice.NO for pair in one.pairs}
    return any(states.get(pair) == ConsentState.REFUSED for pair in yes & no)
