"""What of a pupil may be seen, pair by pair, and until when; for the family (G13)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select

from wilma_ext.clock import birthday, midnight
from wilma_ext.models import ActivationPair, AnswerChoice, WelfareGroup
from wilma_ext.register import SchoolRegister
from wilma_ext.register.relation import native_id
from wilma_ext.rights.access.open_pair import open_pairs_of
from wilma_ext.rights.consent.family import Consent
from wilma_ext.rights.consent.open_pair import open_pairs
from wilma_ext.rights.consent.pairs import ConsentPair, States, pair_states
from wilma_ext.rights.decider.capacity import live_capacity
from wilma_ext.rights.welfare.matrix import matrix_at
from wilma_ext.rights.welfare.welfare_group import groups_of
from wilma_ext.vocabulary import ConsentState, Route
from wilma_ext.work import Work


class Showing(StrEnum):
    """Whether a pair is seen, or what it lacks."""

    OPEN = "open"
    #: Agreed; the school has not enabled it.
    TO_ENABLE = "to_enable"
    #: Agreed and perhaps enabled, but the school shows it to nobody at present.
    NOT_IN_USE = "not_in_use"
    REFUSED = "refused"
    ENDED = "ended"
    MISSING = "missing"


@dataclass(frozen=True)
class Shown:
    """One pair; `until` is when it closes by itself, None = not before somebody's act."""

    showing: Showing
    until: datetime | None = None


_UNAGREED = {
    ConsentState.REFUSED: Showing.REFUSED,
    ConsentState.ENDED: Showing.ENDED,
    ConsentState.NONE: Showing.MISSING,
}


def shown_pairs(work: Work, register: SchoolRegister, consent: Consent) -> dict[ConsentPair, Shown]:
    """Return what is seen of every pair that the form asks about."""
    if consent.form is None:
        return {}
    provider_ref, county = consent.giver.provider_ref, consent.form.county
    cells = consent_cells(work, provider_ref, county, work.now())
    opened = _opened(work, register, consent, _groups(work, provider_ref, county))
    rows = open_pairs(work, provider_ref, consent.giver.pupil_ref, dated=True)
    enabled = {_pair(row) for row in rows}
    ends = _ends(work, register, consent)
    found = {}
    for pair in consent.form.pairs():
        state = consent.states.get(pair, ConsentState.NONE)
        if state != ConsentState.LIVING:
            found[pair] = Shown(_UNAGREED[state])
        elif pair in opened:
            found[pair] = Shown(Showing.OPEN, ends.get(pair))
        elif pair in cells and pair not in enabled:
            found[pair] = Shown(Showing.TO_ENABLE, ends.get(pair))
        else:
            found[pair] = Shown(Showing.NOT_IN_USE, ends.get(pair))
    return found


def consent_cells(
    work: Work, provider_ref: str, county: str, at: datetime
) -> frozenset[ConsentPair]:
    """Return the pairs that the matrix of some group of the county opens with consent."""
    return frozenset(
        pair
        for group in _groups(work, provider_ref, county)
        for pair, cell in matrix_at(work, group.id, at).cells.items()
        if cell.route == Route.CONSENT
    )


def _groups(work: Work, provider_ref: str, county: str) -> list[WelfareGroup]:
    return [group for group in groups_of(work, provider_ref) if group.county == county]


def _opened(
    work: Work, register: SchoolRegister, consent: Consent, groups: list[WelfareGroup]
) -> set[ConsentPair]:
    pupil = native_id(register, "pupils", "id", consent.giver.pupil_ref)
    found = (
        open_pairs_of(work, register, group=group, pupils=[pupil], at=work.now())
        for group in groups
    )
    return {pair for of_group in found for _, pair in of_group}


def _ends(work: Work, register: SchoolRegister, consent: Consent) -> dict[ConsentPair, datetime]:
    """When each living pair stops living, by the very rule that decides, asked of later instants.

    The rule can change by itself only where a yes runs out, a birthday comes or a capacity
    decision ends. Guardianships are left out: their dates are not for everybody in the family.
    """
    living = {pair for pair, state in consent.states.items() if state == ConsentState.LIVING}
    ends: dict[ConsentPair, datetime] = {}
    for instant in _turning_points(work, consent) if living else []:
        later = _states_at(work, register, consent, instant)
        closed = {pair for pair in living if later.get(pair) != ConsentState.LIVING}
        ends |= dict.fromkeys(closed, instant)
        living -= closed
        if not living:
            break
    return ends


def _turning_points(work: Work, consent: Consent) -> list[datetime]:
    giver, at = consent.giver, work.now()
    found = set(
        work.session.scalars(
            select(AnswerChoice.valid_until)
            .where(
                AnswerChoice.provider_ref == giver.provider_ref,
                AnswerChoice.pupil_ref == giver.pupil_ref,
                AnswerChoice.superseded_at.is_(None),
                AnswerChoice.valid_until > at,
            )
            .distinct()
        )
    )
    capacity = live_capacity(work, giver.provider_ref, giver.pupil_ref, at)
    found.add(capacity.valid_until if capacity else None)
    ages = (consent.policy.joint_from_age, consent.policy.own_from_age)
    born = consent.pupil.birth_date
    found |= {midnight(birthday(born, age)) for age in ages if age and born}
    return sorted(instant for instant in found if instant is not None and instant > at)


def _states_at(work: Work, register: SchoolRegister, consent: Consent, instant: datetime) -> States:
    if consent.form is None:
        return {}
    return pair_states(
        work,
        register,
        provider_ref=consent.giver.provider_ref,
        pupil_ref=consent.giver.pupil_ref,
        county=consent.form.county,
        at=instant,
    )


def _pair(row: ActivationPair) -> ConsentPair:
    return ConsentPair(row.profession, row.category)
