"""What each choice of a policy acts on: on what stands, or on what is done from now on."""

from collections.abc import Mapping
from enum import StrEnum


class Reach(StrEnum):
    """What a choice acts on."""

    #: On consents: what narrows counts at once, what widens for answers given after it.
    CONSENT = "consent"
    #: On access, whatever families have answered: it closes and opens at once.
    ACCESS = "access"
    #: On which members see what is open.
    MEMBERS = "members"
    #: On what the law opens case by case.
    LAW = "law"
    #: On what is done from now on; nothing that stands changes.
    LATER = "later"
    #: On what families are told of look-ups, earlier ones too.
    TOLD = "told"
    #: On nothing yet: the choice is kept for what is to come.
    RECORDED = "recorded"


#: Key of the policy -> what a change of it acts on.
REACH: Mapping[str, Reach] = {
    "mode": Reach.ACCESS,
    "decides": Reach.CONSENT,
    "joint_from_age": Reach.CONSENT,
    "own_from_age": Reach.CONSENT,
    "validity": Reach.LATER,
    "fixed_until": Reach.LATER,
    "activation": Reach.CONSENT,
    "agreement_required": Reach.ACCESS,
    "school_scope": Reach.MEMBERS,
    "statutory_professions": Reach.LAW,
    "on_school_move": Reach.CONSENT,
    "on_custody_change": Reach.CONSENT,
    "on_material_change": Reach.CONSENT,
    "look_up_minutes": Reach.LATER,
    "necessity_text": Reach.LATER,
    "log_extract": Reach.TOLD,
    "paper_consent": Reach.LATER,
    "four_eyes": Reach.RECORDED,
}
