"""The effect of a change in words: figures, when it counts, and what deserves a second thought."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from wilma_ext.blueprints.label import profession_label
from wilma_ext.blueprints.policy.meaning import REACHES
from wilma_ext.blueprints.visit import current_visit, gettext, lazy, ngettext
from wilma_ext.rights.policy.caution import Caution, Cautioned
from wilma_ext.rights.policy.effect import PolicyEffect, Tally
from wilma_ext.rights.policy.reach import REACH, Reach
from wilma_ext.rights.provider import county_name
from wilma_ext.work import Work

_CAUTIONS: Mapping[Caution, object] = {
    Caution.ALL_CLOSED: lazy("Nothing is open: no welfare worker sees anything of any pupil."),
    Caution.CONTACT_ONLY: lazy(
        "Only contact details and the timetable can be open. Everything else is closed."
    ),
    Caution.JOINT_NEVER: lazy(
        "The pupil decides alone at the age at which both would consent together, or before. "
        "So they never consent together."
    ),
    Caution.LAW_FOR_NOBODY: lazy(
        "No profession may see data by law, so only consent opens anything."
    ),
    Caution.NEVER_ENDS: lazy("Consents do not end by themselves, not even after years."),
    Caution.NOBODY_CHECKS: lazy("Nobody at the school looks at a consent before it opens data."),
    Caution.LOOK_UPS_TOLD: lazy(
        "Guardians see by themselves that pupil welfare has looked at data, also where the pupil "
        "does not want them to know."
    ),
}


def caution_text(work: Work, provider_ref: str, told: Cautioned) -> str:
    """Return a caution as a sentence."""
    if told.caution == Caution.NO_AGREEMENT:
        county = county_name(work, provider_ref, told.county)
        return gettext(
            "No agreement is in force: %(county)s. Everything is closed to its staff.",
            county=county.in_language(current_visit().speech.code),
        )
    return str(_CAUTIONS[told.caution])


@dataclass(frozen=True)
class Figure:
    """One line of the figures."""

    key: str
    value: str


def figures(effect: PolicyEffect) -> tuple[Figure, ...]:
    """Return how many pupils it is about; none where nothing that stands can change."""
    if not effect.reaches & {Reach.CONSENT, Reach.ACCESS, Reach.MEMBERS}:
        return ()
    lines = [
        Figure(gettext("Pupils in the schools"), _number(effect.enrolled)),
        Figure(gettext("Pupils about whom somebody has answered"), _number(effect.answered)),
        Figure(gettext("Open to welfare staff today"), _tally(effect.open)),
    ]
    if effect.reaches & {Reach.CONSENT, Reach.ACCESS}:
        lines += _movements(effect)
    return tuple(lines)


def _movements(effect: PolicyEffect) -> Iterator[Figure]:
    yield Figure(gettext("Would close at once"), _tally(effect.closing))
    yield Figure(gettext("Would open at once"), _tally(effect.opening))
    if Reach.CONSENT in effect.reaches:
        yield Figure(gettext("Consents that would end, enabled or not"), _tally(effect.ending))
    if effect.reviving.pupils:
        yield Figure(gettext("Consents that would count again"), _tally(effect.reviving))


def notes(effect: PolicyEffect) -> tuple[str, ...]:
    """Return when the change counts, and what the figures do not tell."""
    told = [str(REACHES[reach]) for reach in dict.fromkeys(REACH[key] for key in effect.changed)]
    told += _law_notes(effect)
    if Reach.MEMBERS in effect.reaches:
        told.append(
            gettext(
                "The change is about which workers see what is open. It is not counted how many "
                "pupils a single worker would see."
            )
        )
    if figures(effect) and effect.examined < effect.answered:
        told.append(
            gettext(
                "Counted from a sample: %(examined)s of the %(answered)s pupils about whom "
                "somebody has answered. The operator's command counts them all.",
                examined=effect.examined,
                answered=effect.answered,
            )
        )
    if figures(effect):
        told.append(
            gettext(
                "The figures are of this moment. A right is one profession and one category of "
                "data. They tell what is open to the group by consent; the schools assigned to a "
                "worker and personal exceptions are not counted."
            )
        )
    return tuple(told)


def _law_notes(effect: PolicyEffect) -> Iterator[str]:
    if effect.law_opens:
        yield gettext(
            "By law, case by case, where the rights matrix allows it: %(professions)s. Pupils in "
            "the schools: %(pupils)s.",
            professions=_professions(effect.law_opens),
            pupils=effect.enrolled,
        )
    if effect.law_closes:
        yield gettext(
            "No longer by law: %(professions)s. Pupils in the schools: %(pupils)s.",
            professions=_professions(effect.law_closes),
            pupils=effect.enrolled,
        )


def _professions(professions: tuple[str, ...]) -> str:
    return ", ".join(profession_label(profession) for profession in professions)


def _number(pupils: int) -> str:
    return ngettext("%(num)s pupil", "%(num)s pupils", pupils)


def _tally(tally: Tally) -> str:
    if not tally.pupils:
        return gettext("None")
    rights = ngettext("%(num)s right", "%(num)s rights", tally.pairs)
    return f"{_number(tally.pupils)}, {rights}"
