"""What each choice means, what it does to families and staff, and where it comes from."""

from collections.abc import Mapping
from dataclasses import dataclass

from wilma_ext.blueprints.visit import lazy
from wilma_ext.rights.policy.reach import Reach


@dataclass(frozen=True)
class Meaning:
    """The words about one key of the policy."""

    #: The number among the choices P1-P28, or of the rule behind it.
    number: str
    text: object
    effect: object
    source: object


#: When a choice counts.
REACHES: Mapping[Reach, object] = {
    Reach.CONSENT: lazy(
        "A narrower choice counts at once, for earlier answers too. A wider one counts only for "
        "answers given after it."
    ),
    Reach.ACCESS: lazy("Closes and opens at once. Nobody's answer changes."),
    Reach.MEMBERS: lazy("Counts at once. Nobody's answer changes."),
    Reach.LAW: lazy("Counts at once for what the law opens. Consents are not affected."),
    Reach.LATER: lazy(
        "Counts for what is done after the change. Earlier answers stay as they are."
    ),
    Reach.TOLD: lazy("Counts at once, for earlier look-ups too. Nobody's answer changes."),
    Reach.RECORDED: lazy("Only recorded: nothing in the service follows this choice yet."),
}

_END = lazy(
    "General Data Protection Regulation, article 5: data are not open longer than needed. Schools "
    "ask by school year."
)
_OWN_CHOICE = lazy("The municipality's own choice; the law does not settle it.")

MEANINGS: Mapping[str, Meaning] = {
    "mode": Meaning(
        "P1",
        lazy("Whether pupils' data are opened to pupil welfare at all, and on what grounds."),
        lazy(
            "“Nothing is open” closes everything for all welfare staff, and families' pages list "
            "no pupils. If it is opened again, what was consented to and enabled opens again."
        ),
        lazy(
            "Act on the Openness of Government Activities (621/1999), sections 26 and 29: consent "
            "lifts secrecy. How much is opened is the municipality's own choice."
        ),
    ),
    "agreement_required": Meaning(
        "P1",
        lazy(
            "Whether data are open only while an agreement on the viewing connection with the "
            "wellbeing services county is in force."
        ),
        lazy(
            "Where it is demanded and no agreement is in force, everything is closed to the "
            "county's staff until one is recorded."
        ),
        lazy(
            "Act on Information Management in Public Administration (906/2019), section 23; the "
            "municipality's own choice."
        ),
    ),
    "school_scope": Meaning(
        "P17",
        lazy(
            "Whether a welfare worker sees pupils of the schools assigned to the worker, or of "
            "every school of the municipality."
        ),
        lazy(
            "All schools suits workers who serve many schools remotely. For families it means "
            "that more workers can open the same pupil."
        ),
        lazy("Act on Information Management in Public Administration (906/2019), section 16."),
    ),
    "statutory_professions": Meaning(
        "P16",
        lazy(
            "The professions that may see necessary data without consent, one pupil at a time, "
            "when the worker states the necessity."
        ),
        lazy(
            "Counts only where the mode and the rights matrix allow data by law. The school nurse "
            "and the school doctor never see these data without consent."
        ),
        lazy(
            "Act on the Status and Rights of Social Welfare Clients (812/2000), section 20; Pupil "
            "and Student Welfare Act (1287/2013), section 23."
        ),
    ),
    "decides": Meaning(
        "P2",
        lazy("Whether the yes of one guardian is enough, or all who may decide must say yes."),
        lazy(
            "A no of anybody who decides always closes. If all must consent, data stay closed "
            "until the last guardian has answered."
        ),
        lazy(
            "Act on Child Custody and Right of Access (361/1983), section 5: guardians decide "
            "together, unless otherwise ordered."
        ),
    ),
    "joint_from_age": Meaning(
        "P3",
        lazy("From this age a guardian's yes counts only with the pupil's own yes beside it."),
        lazy(
            "If the age is lowered, data of pupils who have reached it close until they say yes. "
            "A recorded decision on a pupil's capacity goes before the age."
        ),
        lazy(
            "Pupil and Student Welfare Act (1287/2013), section 19: the pupil's capacity decides, "
            "not an age. Administrative Procedure Act (434/2003), section 14: a pupil of fifteen "
            "is heard too."
        ),
    ),
    "own_from_age": Meaning(
        "P3",
        lazy("From this age only the pupil answers, and what guardians have consented to ends."),
        lazy(
            "An adult always decides alone, so 18 is the highest choice. A lower age ends the "
            "guardians' consents about pupils who have reached it."
        ),
        lazy(
            "Full age is 18 years. Below it: Pupil and Student Welfare Act (1287/2013), section 19."
        ),
    ),
    "on_custody_change": Meaning(
        "R6",
        lazy(
            "What becomes of a guardian's consent when the school system names other guardians "
            "than on the day of the answer."
        ),
        lazy(
            "If it is suspended, data stay closed until one of today's guardians answers. If it "
            "stays, it counts as long as its giver may decide."
        ),
        lazy(
            "Act on Child Custody and Right of Access (361/1983); who is no longer a guardian can "
            "never consent."
        ),
    ),
    "validity": Meaning(
        "P4",
        lazy("When a consent ends by itself. It is never renewed silently."),
        lazy(
            "When it has ended, data close without anybody doing anything, and the family may be "
            "asked again. A form can name an earlier end."
        ),
        _END,
    ),
    "fixed_until": Meaning(
        "P4",
        lazy("The last day of every consent, where consents are valid until a fixed day."),
        lazy("When the day is over, no consent can begin. Choose a new day in good time."),
        _END,
    ),
    "on_school_move": Meaning(
        "P26",
        lazy(
            "What becomes of a consent when the pupil moves to another school of the same "
            "municipality."
        ),
        lazy("A consent never follows a pupil to another education provider."),
        _OWN_CHOICE,
    ),
    "on_material_change": Meaning(
        "R23",
        lazy(
            "What becomes of earlier consents when a consent form is published whose content has "
            "changed."
        ),
        lazy(
            "If consent is asked again, earlier ones end when the new form is published, and "
            "families answer anew."
        ),
        lazy(
            "General Data Protection Regulation, article 7: it must be shown what was consented to."
        ),
    ),
    "activation": Meaning(
        "P6",
        lazy(
            "Whether the school secretary enables the welfare group for each pupil, or a consent "
            "opens the data by itself."
        ),
        lazy(
            "Changed to enabling at once, it counts for later consents only. Changed back, what "
            "has opened by itself closes until the secretary enables it."
        ),
        _OWN_CHOICE,
    ),
    "look_up_minutes": Meaning(
        "R13",
        lazy("How long a worker sees a pupil's data before the purpose must be stated again."),
        lazy("A look-up that is open keeps the time it was given."),
        lazy("Act on Information Management in Public Administration (906/2019), section 23."),
    ),
    "necessity_text": Meaning(
        "P15",
        lazy("How a worker states that data are necessary, where the law opens them."),
        lazy("What is stated stays with the look-up. Families are not asked or told anything."),
        lazy(
            "Act on the Status and Rights of Social Welfare Clients (812/2000), section 20; Act on "
            "Information Management in Public Administration (906/2019), section 23."
        ),
    ),
    "paper_consent": Meaning(
        "P21",
        lazy("Whether the school secretary may record a yes that a family has signed on paper."),
        lazy("A no or a withdrawal on paper is always recorded."),
        _OWN_CHOICE,
    ),
    "log_extract": Meaning(
        "P19",
        lazy("Whether a family gets an extract of when the pupil's data were looked up, and why."),
        lazy(
            "On request, the family's page only tells how to ask. By oneself, whoever may answer "
            "sees dates, professions, purposes and categories there, and never a name. A guardian "
            "sees nothing of a time when the pupil decided alone."
        ),
        lazy(
            "Act on the Openness of Government Activities (621/1999), section 11; General Data "
            "Protection Regulation, article 15."
        ),
    ),
    "four_eyes": Meaning(
        "R10",
        lazy("Whether a second main user must approve wider rights before they take effect."),
        lazy(
            "The service does not ask a second main user yet, whatever is chosen: one main user "
            "publishes alone."
        ),
        lazy(
            "Act on Information Management in Public Administration (906/2019), section 16; the "
            "municipality's own choice."
        ),
    ),
}
