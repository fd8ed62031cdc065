"""The consent state of every pair that anybody has spoken of, for one pupil or for many."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Select, bindparam, select, tuple_

from wilma_ext.models import AnswerChoice
from wilma_ext.register import SchoolRegister
from wilma_ext.register.reference import Native, as_reference
from wilma_ext.register.relation import id_type, native_id
from wilma_ext.rights.access.bearing import fenced_named, pupil_layer
from wilma_ext.rights.access.bound import AT, PROVIDER_REF, values_at
from wilma_ext.rights.access.period import open_ended
from wilma_ext.rights.consent.consent_state import consent_state
from wilma_ext.rights.consent.standing import Pair, Standing
from wilma_ext.vocabulary import ConsentState, Profession
from wilma_ext.work import Work


@dataclass(frozen=True)
class ConsentPair:
    """A pair (profession x category), the atom of a consent (R8)."""

    profession: str
    category: str

    def __lt__(self, other: "ConsentPair") -> bool:
        """Sort by category, then in the order in which the professions are always named."""
        return self._place() < other._place()

    def _place(self) -> tuple[str, int, str]:
        known = [item.value for item in Profession]
        place = known.index(self.profession) if self.profession in known else len(known)
        return (self.category, place, self.profession)

    def __str__(self) -> str:
        return f"{self.profession}:{self.category}"


States = Mapping[ConsentPair, ConsentState]


def pair_states(
    work: Work,
    register: SchoolRegister,
    *,
    provider_ref: str,
    pupil_ref: str,
    county: str,
    at: datetime,
) -> dict[ConsentPair, ConsentState]:
    """Return the state of every pair on which something stands for the pupil and county."""
    pupil = native_id(register, "pupils", "id", pupil_ref)
    found = states_of_pupils(
        work, register, provider_ref=provider_ref, pupils=[pupil], county=county, at=at
    )
    return found.get(pupil_ref, {})


def states_of_pupils(
    work: Work,
    register: SchoolRegister,
    *,
    provider_ref: str,
    pupils: list[Native],
    county: str,
    at: datetime,
) -> dict[str, dict[ConsentPair, ConsentState]]:
    """Return the same for several pupils in one statement; a pupil of whom nothing is said is not
    in it."""
    values = {**_values(register, provider_ref, county, at), **_named(pupils)}
    found: dict[str, dict[ConsentPair, ConsentState]] = {}
    statement = _statement(register, alone=len(pupils) == 1)
    for ref, profession, category, state in work.connection.execute(statement, values):
        found.setdefault(ref, {})[ConsentPair(profession, category)] = ConsentState(state)
    return found


def states_of_pairs(
    work: Work,
    register: SchoolRegister,
    *,
    provider_ref: str,
    wanted: Sequence[tuple[str, ConsentPair]],
    county: str,
    at: datetime,
) -> dict[tuple[str, ConsentPair], ConsentState]:
    """Return the state of the named pairs of the named pupils alone."""
    pupils = {ref: native_id(register, "pupils", "id", ref) for ref, _ in wanted}
    values = {
        **_values(register, provider_ref, county, at),
        **_named(pupils.values()),
        "pairs": [(ref, pair.profession, pair.category) for ref, pair in wanted],
    }
    statement = _statement(register, by_pair=True)
    return {
        (ref, ConsentPair(profession, category)): ConsentState(state)
        for ref, profession, category, state in work.connection.execute(statement, values)
    }


def _values(
    register: SchoolRegister, provider_ref: str, county: str, at: datetime
) -> dict[str, Any]:
    return {
        **values_at(at),
        "provider_ref": provider_ref,
        "provider": native_id(register, "schools", "provider_id", provider_ref),
        "county": county,
    }


def _named(pupils: Iterable[Native]) -> dict[str, Any]:
    """The pupils in the host's own type, and as we store them: so that both find their index."""
    natives = list(pupils)
    refs = [as_reference(native) for native in natives]
    return {"pupils": natives, "pupil": natives[0] if natives else None, "refs": refs}


@lru_cache(maxsize=16)
def _statement(
    register: SchoolRegister, *, by_pair: bool = False, alone: bool = False
) -> Select[Any]:
    layer, pupil = pupil_layer(register, with_member=False)
    kind = id_type(register, "pupils", "id")
    wanted = bindparam("pupil" if alone else "pupils", type_=kind, expanding=not alone)
    bearing = fenced_named(register, layer, pupil, wanted)
    choice = AnswerChoice.__table__.alias()
    said = select(
        choice.c.pupil_ref, choice.c.profession, choice.c.category, choice.c.county
    ).where(
        choice.c.provider_ref == PROVIDER_REF,
        choice.c.pupil_ref.in_(bindparam("refs", expanding=True)),
        choice.c.county == bindparam("county"),
        choice.c.given_at <= AT,
        open_ended(choice.c.superseded_at),
    )
    if by_pair:
        of_choice = tuple_(choice.c.pupil_ref, choice.c.profession, choice.c.category)
        said = said.where(of_choice.in_(bindparam("pairs", expanding=True)))
    spoken = said.distinct().subquery()
    pair = Pair(spoken.c.profession, spoken.c.category, spoken.c.county, within=(spoken,))
    state = consent_state(Standing(bearing, pair))
    return select(bearing.row.c.pupil_ref, spoken.c.profession, spoken.c.category, state).join_from(
        bearing.row, spoken, spoken.c.pupil_ref == bearing.row.c.pupil_ref
    )
