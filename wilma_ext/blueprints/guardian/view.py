"""What the family's templates show: frozen, in words, without ids or rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from wilma_ext.blueprints.label import category_label, profession_label, profession_title
from wilma_ext.blueprints.visit import current_visit, gettext
from wilma_ext.clock import civil_date
from wilma_ext.rights.consent_history import Act
from wilma_ext.rights.family import Consent, OwnState, Place
from wilma_ext.rights.pairs import ConsentPair
from wilma_ext.rights.receipt import Receipt, Said
from wilma_ext.state import current_state
from wilma_ext.vocabulary import Capacity, Choice, ConsentState, Decider


@dataclass(frozen=True)
class Tag:
    """A status in words, with the tone that only repeats it."""

    text: str
    tone: str


@dataclass(frozen=True)
class ChildCard:
    """One child on the list."""

    name: str
    meta: str
    handle: str
    status: Tag


@dataclass(frozen=True)
class Row:
    """A key and its values of a summary list."""

    key: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Event:
    """One line of the history."""

    title: str
    time: str
    by: str
    text: str
    answer_id: str | None


def status_tag(consent: Consent) -> Tag:
    """Return the status of one child in a few words (G2)."""
    if consent.place == Place.CLOSED:
        return Tag(gettext("Contact the school"), "plain")
    if consent.place == Place.PUPIL_DECIDES:
        return Tag(gettext("The pupil decides"), "plain")
    words = {
        OwnState.UNANSWERED: (gettext("Not answered"), "wait"),
        OwnState.NO: (gettext("You said no"), "plain"),
        OwnState.MIXED: (gettext("You said yes and no"), "info"),
        OwnState.WITHDRAWN: (gettext("You withdrew your consent"), "plain"),
        OwnState.ENDED: (gettext("Your consent has ended"), "wait"),
    }
    if consent.own_state != OwnState.YES:
        return Tag(*words[consent.own_state])
    if waits_for_others(consent):
        return Tag(gettext("You said yes, waiting for another"), "info")
    return Tag(gettext("You said yes"), "good")


def waits_for_others(consent: Consent) -> bool:
    """Tell whether one's own yes is not enough because somebody has not answered."""
    mine = [pair for pair, said in consent.own.items() if said.value == Choice.YES and said.alive]
    return any(consent.states.get(pair) == ConsentState.NONE for pair in mine)


def child_card(consent: Consent, handle: str) -> ChildCard:
    """Return the card of one child."""
    return ChildCard(
        consent.pupil.name,
        meta(consent),
        handle,
        status_tag(consent),
    )


def meta(consent: Consent) -> str:
    """Return class and school, for those only who may answer: they may be a child's secret."""
    if consent.place != Place.MAY_ANSWER:
        return ""
    return f"{consent.pupil.group_name} · {school_name(consent)}"


def school_name(consent: Consent) -> str:
    """Return the school's name in the language of the page, where it has one."""
    swedish = current_visit().speech.code == "sv" and consent.pupil.school_name_sv
    return consent.pupil.school_name_sv or "" if swedish else consent.pupil.school_name


def open_rows(consent: Consent) -> list[Row]:
    """Say for every category what is open to whom, or what it waits for (G13)."""
    if consent.form is None:
        return []
    rows = []
    for question in consent.form.questions:
        groups: dict[str, list[str]] = {}
        for pair in question.pairs():
            groups.setdefault(_effect(consent, pair), []).append(profession_label(pair.profession))
        lines = tuple(
            text if len(groups) == 1 else f"{text}: {', '.join(names)}"
            for text, names in groups.items()
        )
        rows.append(Row(category_label(current_state.register, question.category), lines))
    return rows


def _effect(consent: Consent, pair: ConsentPair) -> str:
    state = consent.states.get(pair)
    if state == ConsentState.LIVING:
        if pair in consent.opened:
            return gettext("May be seen")
        return gettext("Agreed. The school has not opened the view yet")
    said = consent.own.get(pair)
    if state == ConsentState.REFUSED:
        if said is not None and said.value == Choice.NO:
            return gettext("Not seen: you said no")
        return gettext("Not seen: somebody who decides has said no")
    if state == ConsentState.ENDED:
        return gettext("Not seen: the consent has ended")
    if said is not None and said.alive and said.value == Choice.YES:
        return gettext("Not seen: another has not answered yet")
    return gettext("Not seen: no consent")


def combined_effect(consent: Consent) -> list[str]:
    """Say in words who must agree and who has answered, without contact data (G13)."""
    words = []
    guardians = [other for other in consent.others if other.capacity == Capacity.GUARDIAN]
    pupil = [other for other in consent.others if other.capacity == Capacity.PUPIL]
    if consent.giver.capacity == Capacity.PUPIL and consent.stage == Decider.PUPIL:
        return [gettext("You decide alone.")]
    if consent.stage == Decider.JOINT and pupil:
        words.append(gettext("The pupil must agree too."))
        words.append(_told(pupil[0].answered, gettext("The pupil")))
    if consent.giver.capacity == Capacity.PUPIL:
        words.append(gettext("A guardian must agree too."))
    elif guardians and consent.all_must_agree:
        words.append(gettext("Every guardian must agree."))
    elif guardians:
        words.append(
            gettext("One guardian's yes is enough. If any guardian says no, nothing is shown.")
        )
    words += [_told(other.answered, gettext("Another guardian")) for other in guardians]
    return words


def _told(answered: bool, who: str) -> str:
    if answered:
        return gettext("%(who)s has answered.", who=who)
    return gettext("%(who)s has not answered yet.", who=who)


def history(acts: list[Act], own: bool = True) -> list[Event]:
    """Return the history in words; other people's answers without their contents."""
    return [_event(act) for act in acts]


def _event(act: Act) -> Event:
    if act.own:
        who = gettext("You")
    elif act.capacity == Capacity.PUPIL:
        who = gettext("The pupil")
    else:
        who = gettext("Another guardian")
    title = gettext("Consent withdrawn") if act.withdrawal else gettext("Answered")
    paper = gettext("Entered by the school from paper") if act.on_paper else ""
    version = gettext("Version %(number)s of the form", number=act.version) if act.version else ""
    text = ". ".join(part for part in (paper, version) if part)
    time = current_visit().speech.instant(act.given_at)
    return Event(title, time, who, text, act.answer_id if act.own else None)


def last_day(until: datetime) -> str:
    """Return the last day on which a consent is valid; it is stored as the midnight after."""
    return current_visit().speech.date(civil_date(until - timedelta(microseconds=1)))


def said_rows(receipt: Receipt) -> list[Row]:
    """Return what was said, one row for each category."""
    by_category: dict[str, list[Said]] = {}
    for said in sorted(receipt.said, key=lambda said: said.pair):
        by_category.setdefault(said.pair.category, []).append(said)
    register = current_state.register
    return [
        Row(category_label(register, category), tuple(_lines(said)))
        for category, said in by_category.items()
    ]


def _lines(said: list[Said]) -> list[str]:
    groups: dict[str, list[str]] = {}
    for one in said:
        groups.setdefault(_word(one), []).append(profession_title(one.pair.profession))
    if len(groups) == 1:
        word = next(iter(groups))
        return [gettext("%(answer)s, for every profession", answer=word)]
    return [f"{word}: {', '.join(names)}" for word, names in groups.items()]


def _word(said: Said) -> str:
    if said.value == Choice.NO:
        return gettext("No")
    if said.until is None:
        return gettext("Yes, until you withdraw it")
    return gettext("Yes, until %(day)s", day=last_day(said.until))


def own_rows(consent: Consent) -> list[Row]:
    """Return one's own standing choices, one row for each category."""
    standing = [
        Said(pair, said.value, said.row.valid_from, said.row.valid_until)
        for pair, said in sorted(consent.own.items())
        if said.alive
    ]
    by_category: Mapping[str, list[Said]] = {
        said.pair.category: [
            other for other in standing if other.pair.category == said.pair.category
        ]
        for said in standing
    }
    register = current_state.register
    return [
        Row(category_label(register, category), tuple(_lines(said)))
        for category, said in by_category.items()
    ]
