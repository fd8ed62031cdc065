"""Who decides, in words: who, why, and what follows for the answers."""

from wilma_ext.blueprints.label import decider_label
from wilma_ext.blueprints.visit import gettext
from wilma_ext.rights.decider.deciding import Deciding, Ground
from wilma_ext.rights.policy.policy import Policy
from wilma_ext.vocabulary import Decider


def stage_title(stage: Decider | None) -> str:
    """Return who decides today, or that nobody can."""
    return gettext("Nobody can consent") if stage is None else decider_label(stage.value)


def why_text(deciding: Deciding) -> str:
    """Return why it is so."""
    if deciding.ground == Ground.NO_BIRTH_DATE:
        return gettext(
            "The school system gives no date of birth. Until it does nobody can consent, and a "
            "decision recorded here does not change that."
        )
    if deciding.ground == Ground.CAPACITY_DECISION:
        return gettext("A recorded decision says so. It goes before the age.")
    return age_text(deciding)


def age_text(deciding: Deciding) -> str:
    """Return the pupil's age, and what it means by the policy."""
    age = gettext("The pupil's age: %(age)s.", age=deciding.age)
    return f"{age} {_ladder(deciding.policy)}"


def _ladder(policy: Policy) -> str:
    """Return from which age who decides, by the policy."""
    own, joint = policy.own_from_age, policy.joint_from_age
    if joint is None or joint >= own:
        return gettext("Pupils decide alone from the age of %(own)s.", own=own)
    return gettext(
        "Pupils decide together with the guardians from the age of %(joint)s, and alone from the "
        "age of %(own)s.",
        joint=joint,
        own=own,
    )


def effects(stage: Decider | None, policy: Policy, *, entitled: bool) -> list[str]:
    """Return what it means for the answers; `entitled` tells whether any guardian may decide."""
    if stage is None:
        return [gettext("Nothing opens with consent.")]
    if stage == Decider.PUPIL:
        return [
            gettext("Only the pupil's own answer counts."),
            gettext("The guardians' answers do not count now. They are kept."),
        ]
    if not entitled:
        return [gettext("No guardian may decide now, so nothing opens with consent.")]
    everyone = policy.decides == "all_guardians"
    if stage == Decider.JOINT:
        needed = (
            gettext("The pupil and every guardian must say yes.")
            if everyone
            else gettext("The pupil and one guardian must say yes.")
        )
        return [needed, gettext("A no of any of them closes.")]
    return [
        gettext("Every guardian must say yes.")
        if everyone
        else gettext("One guardian's yes is enough."),
        gettext("A no of any guardian closes."),
        gettext("The pupil's own answer does not count now. It is kept."),
    ]
