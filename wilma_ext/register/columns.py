"""The column contract of the register, version 1: what each SELECT of a host must give.

The host describes its world as SELECTs (design D2); this table is the whole of what the plugin
may assume about them. `doctor` and the contract test read it too.
"""

from dataclasses import dataclass
from enum import StrEnum

CONTRACT_VERSION = 1


class Kind(StrEnum):
    """What a column holds; an id keeps the host's own type."""

    ID = "id"
    TEXT = "text"
    DATE = "date"
    INSTANT = "instant"
    TRUTH = "truth"
    INTEGER = "integer"
    NUMBER = "number"


@dataclass(frozen=True)
class Column:
    """One column of a SELECT.

    `points_to` names the SELECT whose id this one repeats; `without` says what does not work
    where an optional column is absent.
    """

    name: str
    kind: Kind
    required: bool = True
    points_to: str = ""
    without: str = ""


def _id(name: str, points_to: str = "", *, required: bool = True, without: str = "") -> Column:
    return Column(name, Kind.ID, required, points_to, without)


def _optional(name: str, kind: Kind, without: str) -> Column:
    return Column(name, kind, required=False, without=without)


_PUPIL = _id("pupil_id", "pupils")

#: SELECT name -> its columns, in the order of design section 3.
CONTRACT: dict[str, tuple[Column, ...]] = {
    "schools": (
        _id("id"),
        _id("provider_id"),
        Column("name", Kind.TEXT),
        _optional("name_sv", Kind.TEXT, "Swedish pages show the Finnish name"),
    ),
    "pupils": (
        _id("id"),
        _id("school_id", "schools"),
        _id("person_id", "people", required=False, without="pupils cannot answer for themselves"),
        Column("given_names", Kind.TEXT),
        Column("family_name", Kind.TEXT),
        Column("group_name", Kind.TEXT),
        _optional("grade_level", Kind.INTEGER, "lists cannot be filtered by grade"),
        Column("birth_date", Kind.DATE),
        Column("enrolled", Kind.TRUTH),
        Column("contact_protected", Kind.TRUTH),
    ),
    "guardianships": (
        _PUPIL,
        _id("guardian_id", "people"),
        Column("may_decide", Kind.TRUTH),
        Column("restricted_information", Kind.TRUTH),
        _optional("valid_from", Kind.DATE, "guardianship is judged by today's rows only"),
        _optional("valid_until", Kind.DATE, "guardianship is judged by today's rows only"),
    ),
    "people": (
        _id("id"),
        Column("display_name", Kind.TEXT),
        _optional("email", Kind.TEXT, "members are found by name only"),
        _optional("language", Kind.TEXT, "the first page is in the browser's language"),
        _optional("human_id", Kind.TEXT, "two accounts of one human are not seen as one"),
    ),
    "offices": (
        _id("person_id", "people"),
        Column("office", Kind.TEXT),
        _id("provider_id"),
        _id("school_id", "schools", required=False, without="an office covers every school"),
    ),
    "lesson_notes": (
        _id("id"),
        _PUPIL,
        Column("day", Kind.DATE),
        _optional("starts_at", Kind.TEXT, "notes of a day stand in no order"),
        _optional("minutes", Kind.INTEGER, "totals count lessons only"),
        _optional("subject", Kind.TEXT, "the subject is not shown"),
        Column("type_code", Kind.TEXT),
        _optional("explained", Kind.TRUTH, "unexplained absences are told by their type only"),
        _optional("text", Kind.TEXT, "there is no free text to show"),
    ),
    "grades": (
        _id("id"),
        _PUPIL,
        Column("subject", Kind.TEXT),
        Column("value", Kind.TEXT),
        Column("scale", Kind.TEXT),
        Column("kind", Kind.TEXT),
        Column("day", Kind.DATE),
        _optional("visible_from", Kind.INSTANT, "grades cannot be held back until a given day"),
        _optional("verbal", Kind.TEXT, "there are no verbal grades to show"),
    ),
    "vetoes": (
        _PUPIL,
        _id("person_id", "people", required=False, without="a veto stops every worker"),
        _optional("category", Kind.TEXT, "a veto stops every category"),
        _optional("valid_from", Kind.INSTANT, "a veto has no beginning"),
        _optional("valid_until", Kind.INSTANT, "a veto has no end"),
    ),
}

#: A host may leave these SELECTs out; what then does not work.
OPTIONAL_SELECTS = {
    "lesson_notes": "absences cannot be shown",
    "grades": "grades cannot be shown",
    "vetoes": "the host cannot narrow access further",
}
