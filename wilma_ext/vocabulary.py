"""The words of the field that are also storage: they are written once and never change."""

from enum import StrEnum


class Profession(StrEnum):
    """The four professional groups of individual pupil welfare (1287/2013)."""

    KURAATTORI = "kuraattori"
    PSYKOLOGI = "psykologi"
    TERVEYDENHOITAJA = "terveydenhoitaja"
    LAAKARI = "laakari"


class Route(StrEnum):
    """How a matrix cell opens a category: not at all, by consent (R1) or by law (R9, R10)."""

    OFF = "off"
    CONSENT = "consent"
    STATUTORY = "statutory"


class DisableReason(StrEnum):
    """Why a secretary disables the group for one pupil (S14).

    A family's wish is none of them: it is a withdrawal, and is recorded as one.
    """

    MISTAKE = "mistake"
    LEAVING = "leaving"
    UNCLEAR = "unclear"
    OTHER = "other"


class Detail(StrEnum):
    """How much of a category a cell shows (P11)."""

    TOTALS = "totals"
    ROWS = "rows"
    REASONS = "reasons"


class Office(StrEnum):
    """The offices a host may give a person inside one education provider."""

    SECRETARY = "secretary"
    MAIN_USER = "main_user"
    OFFICER = "officer"


class Choice(StrEnum):
    """What a person said about one pair (profession x category); nothing said is no row."""

    YES = "yes"
    NO = "no"


class Capacity(StrEnum):
    """In which capacity somebody answered (R6, R24)."""

    GUARDIAN = "guardian"
    PUPIL = "pupil"


class Channel(StrEnum):
    """How an answer reached the system (R23, R24)."""

    ONLINE = "online"
    PAPER = "paper"


class Decider(StrEnum):
    """Who decides for one pupil, by a recorded capacity decision or by the age ladder."""

    GUARDIAN = "guardian"
    JOINT = "joint"
    PUPIL = "pupil"


class Reason(StrEnum):
    """Why access is denied, in the order in which the conditions stand; the first is told."""

    NOT_A_MEMBER = "not_a_member"
    NOT_ASSIGNED = "not_assigned"
    NOT_ENROLLED = "not_enrolled"
    OWN_CHILD = "own_child"
    NO_AGREEMENT = "no_agreement"
    NOT_IN_MATRIX = "not_in_matrix"
    PERSONAL_DENIAL = "personal_denial"
    NO_CONSENT = "no_consent"
    CONSENT_REFUSED = "consent_refused"
    CONSENT_ENDED = "consent_ended"
    NOT_ACTIVATED = "not_activated"
    NECESSITY_NOT_STATED = "necessity_not_stated"
    HOST_VETO = "host_veto"


class ConsentState(StrEnum):
    """What the consent of one pair amounts to for the decision; `living` opens."""

    LIVING = "living"
    NONE = "none"
    REFUSED = "refused"
    ENDED = "ended"


class ChangeKind(StrEnum):
    """What was noticed to have changed in the host's register about a pupil (design 4.5, R25)."""

    SCHOOL = "school"
    CUSTODY = "custody"
    PROVIDER = "provider"


class Purpose(StrEnum):
    """Why a pupil is opened; a list, because free text would write a child's need into the
    school's database (P15)."""

    AGREED_WITH_PUPIL = "agreed_with_pupil"
    AGREED_WITH_FAMILY = "agreed_with_family"
    ATTENDANCE_CONCERN = "attendance_concern"
    SCHOOL_PROGRESS_CONCERN = "school_progress_concern"
    HEALTH_CHECK = "health_check"
    EXPERT_GROUP = "expert_group"


class Period(StrEnum):
    """How far back a look-up shows; never further than the present school year (P12)."""

    FOUR_WEEKS = "four_weeks"
    TERM = "term"
    SCHOOL_YEAR = "school_year"


class NoteKind(StrEnum):
    """What a lesson-note type means (P10); only `absence` and `late` are ever shown."""

    ABSENCE = "absence"
    LATE = "late"
    HEALTH = "health"
    CONDUCT = "conduct"
    OTHER = "other"


class Effect(StrEnum):
    """A personal exception of one member; a deny always wins (R11)."""

    ALLOW = "allow"
    DENY = "deny"


#: Data categories whose keys are fixed for good. A host may declare further ones.
FIXED_CATEGORIES = (
    "absences",
    "absence_reasons",
    "health_absences",
    "note_texts",
    "conduct",
    "grades",
    "verbal_grades",
    "contacts",
    "timetable",
    "detentions",
)

#: What `mode: contact` leaves open.
CONTACT_CATEGORIES = ("contacts", "timetable")

#: The professions to which the law gives necessary data without consent (R10).
STATUTORY_PROFESSIONS = (Profession.KURAATTORI, Profession.PSYKOLOGI)
