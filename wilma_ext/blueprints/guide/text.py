"""The chapters of the guide, in plain words: one for each role."""

from collections.abc import Mapping
from dataclasses import dataclass

from wilma_ext.blueprints.visit import lazy
from wilma_ext.errors import NotFound


@dataclass(frozen=True)
class Chapter:
    """What a role sees, what it must not do, whom it asks; each sentence in the page's language."""

    key: str
    title: object
    sees: tuple[object, ...]
    must_not: tuple[object, ...]
    asks: tuple[object, ...]


def chapter_of(key: str) -> Chapter:
    """Return the chapter of a role, or `NotFound`."""
    if key not in CHAPTERS:
        raise NotFound("no such chapter")
    return CHAPTERS[key]


_GUARDIAN = Chapter(
    "guardian",
    lazy("For guardians"),
    (
        lazy("You see your own children, what you have answered, and what may be seen of them."),
        lazy("You can answer yes or no, change your answer and withdraw it at any time."),
        lazy("Every answer gives you a receipt that you can print or save."),
        lazy("You see whether another guardian has answered, but not what."),
    ),
    (
        lazy("You cannot answer for another guardian. Everybody answers for themselves."),
        lazy("Do not write about appointments or health here. Contact pupil welfare directly."),
    ),
    (
        lazy("Ask the school secretary about the form, or if you want to answer on paper."),
        lazy("Ask the data protection officer of the municipality about the log."),
    ),
)

_PUPIL = Chapter(
    "pupil",
    lazy("For pupils"),
    (
        lazy("You see who may see your absences and grades, and until when."),
        lazy("When you are old enough, you decide alone or together with your guardians."),
        lazy("You can say no or change your mind at any time. Nothing bad follows from it."),
    ),
    (lazy("You need no consent to meet the school social worker or the nurse. Just go."),),
    (
        lazy("Ask the school secretary if you do not understand the form."),
        lazy("Ask the school social worker what the data are used for."),
    ),
)

_SECRETARY = Chapter(
    "secretary",
    lazy("For school secretaries"),
    (
        lazy("You see the pupils of your schools, their consents and what is enabled."),
        lazy("You enable the welfare group for pupils with consent, one by one or many at once."),
        lazy("You record answers that a family gives on paper."),
        lazy("A withdrawal closes the view by itself. You have nothing to do."),
    ),
    (
        lazy("You never see who has been looked up, nor whether anybody is a client of welfare."),
        lazy("Do not persuade a family. A no is as good an answer as a yes."),
        lazy("Guardians who disagree must agree themselves. The school does not choose."),
    ),
    (
        lazy("Ask the main user about the form, the policy and the rights."),
        lazy("Ask the head of the school about custody and restricted information."),
    ),
)

_WELFARE = Chapter(
    "welfare",
    lazy("For pupil welfare staff"),
    (
        lazy("You see the names of the pupils whom you may open, and nothing else of them."),
        lazy("You open one pupil at a time and say what you need the data for."),
        lazy("You see only what the family has consented to, or what the law gives you."),
    ),
    (
        lazy("Do not open a pupil out of curiosity, or a child of your own or of a friend."),
        lazy("Do not copy the data elsewhere than into the county's own records."),
        lazy("Nothing can be written here. Appointments and messages belong to the county."),
    ),
    (
        lazy("Ask the school secretary when a pupil is missing from your list."),
        lazy("Ask the main user when your school or your role is wrong."),
    ),
)

_MAIN_USER = Chapter(
    "main_user",
    lazy("For main users"),
    (
        lazy("You decide who belongs to the welfare group and what each profession may see."),
        lazy("You keep the consent form, the policy and the meaning of lesson notes."),
        lazy("You record decisions on who decides about a pupil."),
    ),
    (
        lazy("You do not see the log of look-ups, nor any pupil's data."),
        lazy("You cannot add yourself to the welfare group."),
        lazy("Do not change the meaning of a form without asking the families again."),
    ),
    (
        lazy("Ask the data protection officer before you widen any right."),
        lazy("Ask the county who works in which school."),
    ),
)

_OFFICER = Chapter(
    "officer",
    lazy("For data protection officers"),
    (
        lazy("You see the log of every answer, right and look-up of your municipality."),
        lazy("You can check that the log is unbroken."),
    ),
    (
        lazy("Your own reading of the log is recorded, too."),
        lazy("That a pupil is a client of pupil welfare is secret from the school."),
    ),
    (lazy("Ask the keeper of the service about the seal of the log and its copies."),),
)

#: Key of the role -> its chapter.
CHAPTERS: Mapping[str, Chapter] = {
    chapter.key: chapter
    for chapter in (_GUARDIAN, _PUPIL, _SECRETARY, _WELFARE, _MAIN_USER, _OFFICER)
}
