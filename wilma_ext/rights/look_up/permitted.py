"""What a look-up permits of a category, what it rests on, and what of it is kept (D6)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wilma_ext.models import LookUp, LookUpCategory
from wilma_ext.oversight.canon import canonical
from wilma_ext.register import SchoolRegister
from wilma_ext.rights.access.decision import Verdict
from wilma_ext.rights.consent.grounds import Ground, grounds_of
from wilma_ext.rights.consent.pairs import pair_states
from wilma_ext.vocabulary import ConsentState, Detail, Route
from wilma_ext.work import Work


@dataclass(frozen=True)
class Permitted:
    """A category that is shown, with what it rests on."""

    category: str
    route: Route
    detail: Detail
    grounds: tuple[Ground, ...]
    #: The other professions that the consent covers too (W4).
    also: tuple[str, ...] = ()


def permitted_of(
    work: Work, register: SchoolRegister, pupil_ref: str, category: str, verdict: Verdict
) -> Permitted:
    """Return the category with its detail and, on the consent route, whose yes it rests on."""
    grounds: tuple[Ground, ...] = ()
    also: tuple[str, ...] = ()
    if verdict.route == Route.CONSENT:
        grounds = _grounds(work, register, pupil_ref, category, verdict)
        also = _also(work, register, pupil_ref, category, verdict)
    detail = Detail(verdict.facts["detail"] or Detail.ROWS)
    return Permitted(category, verdict.route, detail, grounds, also)


def _also(
    work: Work, register: SchoolRegister, pupil_ref: str, category: str, verdict: Verdict
) -> tuple[str, ...]:
    states = pair_states(
        work,
        register,
        provider_ref=verdict.facts["provider_ref"],
        pupil_ref=pupil_ref,
        county=verdict.facts["county"],
        at=verdict.at,
    )
    own = verdict.facts["profession"]
    living = sorted(pair for pair, state in states.items() if state == ConsentState.LIVING)
    return tuple(p.profession for p in living if p.category == category and p.profession != own)


def _grounds(
    work: Work, register: SchoolRegister, pupil_ref: str, category: str, verdict: Verdict
) -> tuple[Ground, ...]:
    return grounds_of(
        work,
        register,
        provider_ref=verdict.facts["provider_ref"],
        pupil_ref=pupil_ref,
        county=verdict.facts["county"],
        profession=verdict.facts["profession"],
        category=category,
        at=verdict.at,
    )


def category_row(
    work: Work, register: SchoolRegister, look_up: LookUp, category: str, verdict: Verdict
) -> LookUpCategory:
    """Return the row that stays with the look-up: what was decided for the category, and why."""
    permitted = (
        permitted_of(work, register, look_up.pupil_ref, category, verdict)
        if verdict.allowed
        else None
    )
    answers = [ground.answer_id for ground in permitted.grounds] if permitted else []
    return LookUpCategory(
        look_up_id=look_up.id,
        category=category,
        provider_ref=look_up.provider_ref,
        allowed=verdict.allowed,
        route=verdict.route.value,
        because=verdict.because.value if verdict.because else None,
        grounds=canonical({**_facts(verdict), "answers": answers}).decode(),
    )


#: The register and plugin facts that stay with a look-up for good (D6).
_KEPT = (
    "school_ref",
    "enrolled",
    "stage",
    "capacity_decision",
    "assignment_id",
    "agreement_id",
    "matrix_version_id",
    "activation_pair_id",
    "consent_state",
)


def _facts(verdict: Verdict) -> Mapping[str, Any]:
    return {key: verdict.facts[key] for key in _KEPT}
