"""What the family's templates show: frozen, in words, without ids or rows."""

from dataclasses import dataclass
from datetime import datetime

from wilma_ext.blueprints.day import last_day
from wilma_ext.blueprints.guardian.sentence import first_name
from wilma_ext.blueprints.label import school_name
from wilma_ext.blueprints.visit import current_visit, gettext
from wilma_ext.rights.consent.consent_history import Act
from wilma_ext.rights.consent.family import Consent, OwnState
from wilma_ext.rights.consent.own_pair import Ending, WordState
from wilma_ext.rights.consent.place import Place
from wilma_ext.vocabulary import Capacity, Choice


@dataclass(frozen=True)
class Tag:
    """A status in words, with the tone that only repeats it."""

    text: str
    tone: str


@dataclass(frozen=True)
class ChildCard:
    """One child on the list, or the person's own consents."""

    title: str
    meta: str
    handle: str
    status: Tag


@dataclass(frozen=True)
class Event:
    """One line of the history."""

    title: str
    time: str
    by: str
    text: str
    answer_id: str | None


@dataclass(frozen=True)
class Head:
    """What the top of every page about one child shows."""

    name: str
    first_name: str
    is_self: bool
    meta: str
    handle: str
    status: Tag


def head_of(consent: Consent, handle: str, at: datetime) -> Head:
    """Return the top of a page about one child."""
    return Head(
        consent.pupil.name,
        first_name(consent),
        consent.is_self,
        meta(consent),
        handle,
        status_tag(consent, at),
    )


def child_card(consent: Consent, handle: str, at: datetime) -> ChildCard:
    """Return the card of one child."""
    title = gettext("Your own consents") if consent.is_self else consent.pupil.name
    return ChildCard(title, meta(consent), handle, status_tag(consent, at))


def status_tag(consent: Consent, at: datetime) -> Tag:
    """Return the status of one child in a few words (G2)."""
    if consent.place == Place.CLOSED:
        return Tag(gettext("Contact the school"), "plain")
    if consent.place == Place.PUPIL_DECIDES:
        return Tag(gettext("The pupil decides"), "plain")
    words = {
        OwnState.UNANSWERED: (gettext("Not answered"), "wait"),
        OwnState.YES: (gettext("You said yes"), "good"),
        OwnState.NO: (gettext("You said no"), "plain"),
        OwnState.MIXED: (gettext("You said yes and no"), "info"),
        OwnState.WITHDRAWN: (gettext("You withdrew your consent"), "plain"),
    }
    if consent.own_state == OwnState.ENDED:
        return _ended_tag(consent)
    if consent.is_unheard():
        return Tag(gettext("You are asked again"), "wait")
    soon = consent.ends_soon(at)
    if soon is not None:
        day = current_visit().speech.date(last_day(soon))
        return Tag(gettext("Your consent ends on %(day)s", day=day), "wait")
    if consent.own_state == OwnState.YES and consent.lacking():
        return Tag(gettext("You said yes, waiting for another"), "info")
    return Tag(*words[consent.own_state])


def _ended_tag(consent: Consent) -> Tag:
    if consent.endings().keys() & {Ending.NEW_FORM, Ending.NEW_SCHOOL}:
        return Tag(gettext("You are asked again"), "wait")
    if consent.own_yes():
        return Tag(gettext("A part of your consent has ended"), "wait")
    return Tag(gettext("Your consent has ended"), "wait")


def can_withdraw(consent: Consent) -> bool:
    """Tell whether there is a yes to take back: one in force, or one that could be so again."""
    over = {Ending.RAN_OUT, Ending.OF_AGE}
    return any(
        word.state == WordState.GIVEN or (word.state == WordState.ENDED and word.ending not in over)
        for word in consent.words.values()
    )


def meta(consent: Consent) -> str:
    """Return class and school, for those only who may answer: they may be a child's secret."""
    if consent.place != Place.MAY_ANSWER:
        return ""
    return f"{consent.pupil.group_name} · {school_name(consent.pupil)}"


def history(consent: Consent, acts: list[Act]) -> list[Event]:
    """Return the history in words; other people's answers without their contents."""
    return [_event(consent, act) for act in acts]


def _event(consent: Consent, act: Act) -> Event:
    paper = gettext("Entered by the school from paper") if act.on_paper else ""
    version = gettext("Version %(number)s of the form", number=act.version) if act.version else ""
    return Event(
        _title(act),
        current_visit().speech.instant(act.given_at),
        _by(consent, act),
        ". ".join(part for part in (paper, version) if part),
        act.answer_id if act.own else None,
    )


def _title(act: Act) -> str:
    if act.withdrawal:
        return gettext("Consent withdrawn")
    return {
        frozenset({Choice.YES}): gettext("Answered yes"),
        frozenset({Choice.NO}): gettext("Answered no"),
        frozenset(Choice): gettext("Answered yes and no"),
    }.get(act.said, gettext("Answered"))


def _by(consent: Consent, act: Act) -> str:
    if act.own:
        return gettext("You")
    if act.capacity == Capacity.PUPIL:
        return first_name(consent)
    return gettext("Your guardian") if consent.is_self else gettext("Another guardian")
