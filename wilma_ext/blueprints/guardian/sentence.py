"""Sentences to a family: who must agree, why it is asked again, what comes by itself (G13, G16)."""

from collections.abc import Iterable
from datetime import datetime

from wilma_ext.blueprints.day import last_day
from wilma_ext.blueprints.guardian.row import category_names
from wilma_ext.blueprints.visit import current_visit, gettext
from wilma_ext.clock import civil_date
from wilma_ext.rights.consent.coming import Coming, Happening
from wilma_ext.rights.consent.family import Consent, Other
from wilma_ext.rights.consent.own_pair import Ending
from wilma_ext.vocabulary import Capacity, Decider


def first_name(consent: Consent) -> str:
    """Return what the child is called in the middle of a sentence."""
    return (consent.pupil.given_names.split() or [consent.pupil.name])[0]


def combined_effect(consent: Consent) -> list[str]:
    """Say who must agree and who has answered; whom one waits for is told with what comes."""
    awaited = consent.needed_silent() if consent.own_yes() else ()
    told = [_told(consent, other) for other in consent.others if other not in awaited]
    return list(dict.fromkeys([*_who_must_agree(consent), *told]))


def _who_must_agree(consent: Consent) -> list[str]:
    guardians = [other for other in consent.others if other.capacity == Capacity.GUARDIAN]
    if consent.is_self:
        if consent.stage == Decider.PUPIL:
            return [gettext("You decide alone.")]
        if consent.all_must_agree and len(guardians) > 1:
            return [gettext("You and all your guardians must agree.")]
        return [gettext("You and a guardian must both agree.")]
    words = []
    if guardians and consent.all_must_agree:
        words.append(gettext("Every guardian must agree."))
    elif guardians:
        words.append(
            gettext("One guardian's yes is enough. If any guardian says no, nothing is shown.")
        )
    if consent.stage == Decider.JOINT:
        words.append(gettext("%(name)s must agree too.", name=first_name(consent)))
    return words


def _told(consent: Consent, other: Other) -> str:
    who = _name_of(consent, other.capacity)
    if other.answered:
        return gettext("%(who)s has answered.", who=who)
    return gettext("%(who)s has not answered yet.", who=who)


def _name_of(consent: Consent, capacity: Capacity | None) -> str:
    """Name another person by the role alone."""
    if capacity == Capacity.PUPIL:
        return first_name(consent)
    if not consent.is_self:
        return gettext("Another guardian")
    guardians = [other for other in consent.others if other.capacity == Capacity.GUARDIAN]
    return gettext("One of your guardians") if len(guardians) > 1 else gettext("Your guardian")


def asked_again(consent: Consent, at: datetime) -> list[str]:
    """Say why the person is asked again, or that the yes is about to end (G16, G17)."""
    endings = consent.endings()
    words = []
    if Ending.NEW_FORM in endings:
        day = _day(endings[Ending.NEW_FORM])
        words += [
            gettext("The form changed on %(day)s. That is why you are asked again.", day=day),
            gettext("Your earlier answer stays as it was, with the version that you answered."),
        ]
    if Ending.NEW_SCHOOL in endings:
        words.append(_moved(consent))
    if Ending.RAN_OUT in endings:
        day = _last(endings[Ending.RAN_OUT])
        words.append(
            gettext("Your consent ended on %(day)s. That is why you are asked again.", day=day)
        )
    if consent.is_unheard():
        words.append(
            gettext("Who decides has changed since you answered. That is why you are asked again.")
        )
    soon = consent.ends_soon(at)
    if soon is not None and not words:
        words.append(
            gettext(
                "Your consent ends on %(day)s. After that you can answer again.", day=_last(soon)
            )
        )
    return words


def _moved(consent: Consent) -> str:
    if consent.is_self:
        return gettext("You have changed schools. That is why you are asked again.")
    return gettext(
        "%(name)s has changed schools. That is why you are asked again.", name=first_name(consent)
    )


def coming_sentences(consent: Consent, coming: Iterable[Coming]) -> list[str]:
    """Say what comes next by itself, a sentence for each."""
    return [_coming(consent, one) for one in coming]


def _coming(consent: Consent, coming: Coming) -> str:
    if coming.happening == Happening.ANOTHER_TO_ANSWER:
        who = _name_of(consent, coming.capacity)
        return gettext("%(who)s has not answered yet. Nothing is shown before that.", who=who)
    if coming.happening == Happening.SCHOOL_TO_ENABLE:
        return gettext("The school has not opened the view yet. Nothing is shown before that.")
    if coming.happening == Happening.OWN_YES_ENDS:
        return _own_end(coming)
    if coming.happening == Happening.DECISION_ENDS:
        return gettext(
            "On %(day)s the school's decision on who answers ends. "
            "After that, age tells who answers.",
            day=_day(coming.at),
        )
    return _birthday(consent, coming)


def _own_end(coming: Coming) -> str:
    day = _last(coming.at)
    if not coming.categories:
        return gettext(
            "On %(day)s your yes ends by itself. It is not renewed without asking you.", day=day
        )
    return gettext(
        "On %(day)s your yes ends by itself: %(what)s. It is not renewed without asking you.",
        day=day,
        what=category_names(coming.categories),
    )


def _birthday(consent: Consent, coming: Coming) -> str:
    said = {"day": _day(coming.at), "age": coming.age, "name": first_name(consent)}
    if coming.happening == Happening.PUPIL_DECIDES and consent.is_self:
        return gettext(
            "On %(day)s you turn %(age)s. Your guardians' consent ends and you decide alone.",
            **said,
        )
    if coming.happening == Happening.PUPIL_DECIDES and coming.ends_own:
        return gettext(
            "On %(day)s %(name)s turns %(age)s. Your consent ends and %(name)s decides.", **said
        )
    if coming.happening == Happening.PUPIL_DECIDES:
        return gettext("On %(day)s %(name)s turns %(age)s and decides alone.", **said)
    return gettext(
        "On %(day)s %(name)s turns %(age)s. After that nothing is shown before %(name)s has said "
        "yes too.",
        **said,
    )


def _day(at: datetime | None) -> str:
    return current_visit().speech.date(civil_date(at)) if at else ""


def _last(at: datetime | None) -> str:
    return current_visit().speech.date(last_day(at)) if at else ""
