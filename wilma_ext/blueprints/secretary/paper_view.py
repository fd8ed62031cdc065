"""The second look at a paper in words: whose it is, what it says, and what recording it does."""

from dataclasses import dataclass

from wilma_ext.blueprints.day import last_day
from wilma_ext.blueprints.label import category_label, in_sentence, profession_title, school_name
from wilma_ext.blueprints.secretary.view import day
from wilma_ext.blueprints.visit import current_visit, gettext, lazy
from wilma_ext.rights.consent.own_answer import OwnChoice
from wilma_ext.rights.consent.pairs import ConsentPair
from wilma_ext.rights.consent.paper import Paper, Signer
from wilma_ext.rights.consent.paper_answer import Look, Newer
from wilma_ext.rights.form.consent_form import Form
from wilma_ext.rights.person import Pupil
from wilma_ext.state import current_state
from wilma_ext.vocabulary import Capacity, Choice


@dataclass(frozen=True)
class Row:
    """A key and its value of a summary list."""

    key: str
    value: str


@dataclass(frozen=True)
class Change:
    """One pair: what stands now, and what stands once the paper is recorded."""

    category: str
    profession: str
    now: str
    after: str


def asked(form: Form, language: str) -> list[tuple[str, list[str]]]:
    """Return every question of the form with the professions that it is about."""
    texts = form.texts[language]
    return [
        (
            texts[f"question:{question.category}"],
            [profession_title(profession) for profession in question.professions],
        )
        for question in form.questions
    ]


def paper_rows(paper: Paper, signer: Signer, pupil: Pupil) -> list[Row]:
    """Return about whom and whose the paper is, the day, the reference and the version (S17)."""
    known = current_state.languages.get(paper.language)
    rows = [
        Row(gettext("Pupil"), pupil.name),
        Row(
            gettext("Class"),
            f"{pupil.group_name}, {school_name(pupil)}",
        ),
        Row(gettext("Date of birth"), day(pupil.birth_date)),
        Row(gettext("Signed by"), f"{signer.name}, {in_sentence(_role(signer))}"),
        Row(gettext("Day on the paper"), current_visit().speech.date(paper.signed_on)),
        Row(gettext("Reference of the paper"), paper.document),
        Row(gettext("Language of the paper"), known.own_name if known else paper.language),
    ]
    if paper.choices is not None:
        number = gettext("Version %(number)s of the form", number=paper.form.version)
        rows.append(Row(gettext("Form"), number))
    return rows


def _role(signer: Signer) -> str:
    guardian = signer.giver.capacity == Capacity.GUARDIAN
    return gettext("Guardian") if guardian else gettext("The pupil")


def changes(paper: Paper, look: Look) -> list[Change]:
    """Return every pair that the paper speaks of, as it stands and as it will stand."""
    pairs = sorted(look.before if paper.choices is None else paper.choices)
    return [
        Change(
            category_label(current_state.register, pair.category),
            profession_title(pair.profession),
            _now(look.before.get(pair)),
            _after(paper, look, pair),
        )
        for pair in pairs
    ]


def _now(own: OwnChoice | None) -> str:
    if own is None:
        return gettext("Nothing stands")
    if not own.alive:
        return gettext("Yes, ended")
    return gettext("Yes") if own.value == Choice.YES else gettext("No")


def _after(paper: Paper, look: Look, pair: ConsentPair) -> str:
    if paper.choices is None:
        own = look.before[pair]
        return gettext("Withdrawn") if own.value == Choice.YES else gettext("No")
    if pair in look.left_out:
        return gettext("The yes is not recorded")
    if look.said[pair] == Choice.NO:
        return gettext("No")
    if look.left_behind:
        return gettext("Yes, but it does not count")
    return gettext("Yes, ended") if look.ended else gettext("Yes")


_ANSWERED = lazy(
    "%(name)s has answered online on %(time)s, after this paper was signed. "
    "The newer answer would be replaced."
)
_WITHDRAWN = lazy(
    "%(name)s has withdrawn the consent online on %(time)s, after this paper was signed. "
    "This paper would replace that."
)
_ANSWERED_THAT_DAY = lazy(
    "%(name)s has answered online on %(time)s, on the day when this paper was signed. "
    "That answer would be replaced."
)
_WITHDRAWN_THAT_DAY = lazy(
    "%(name)s has withdrawn the consent online on %(time)s, on the day when this paper was "
    "signed. This paper would replace that."
)
_OTHER_PAPER = lazy(
    "A newer paper of %(name)s, signed on %(day)s, has been recorded. This paper would replace it."
)


def newer_text(paper: Paper, newer: Newer | None, name: str) -> str:
    """Say that the signer has spoken after the paper was signed, or nothing."""
    if newer is None:
        return ""
    speech, same_day = current_visit().speech, newer.day == paper.signed_on
    if newer.on_paper:
        words = _OTHER_PAPER
    elif newer.withdrawal:
        words = _WITHDRAWN_THAT_DAY if same_day else _WITHDRAWN
    else:
        words = _ANSWERED_THAT_DAY if same_day else _ANSWERED
    values = {"name": name, "time": speech.instant(newer.at), "day": speech.date(newer.day)}
    return str(words) % values


def notes(paper: Paper, look: Look) -> list[str]:
    """Say from when and until when it counts, and what of the paper does not count."""
    if paper.choices is None:
        told = [gettext("A withdrawal takes effect as soon as it is saved.")]
        if not any(own.value == Choice.YES for own in look.before.values()):
            told.append(gettext("This person has no yes that stands. The paper is kept on record."))
        return told
    told = [gettext("The paper counts from the moment it is saved, not from the day on it.")]
    if look.left_out:
        told.append(gettext("The provider takes no yes from paper. Only the no is recorded."))
    if Choice.YES not in look.said.values():
        return told
    if look.left_behind:
        told.append(
            gettext(
                "The paper is of an old version, and the form has changed since. "
                "A yes on it does not count: ask for a new answer."
            )
        )
    told.append(_validity(look))
    return told


def _validity(look: Look) -> str:
    if look.ends is None:
        return gettext("A yes on the paper is in force until it is withdrawn.")
    day = current_visit().speech.date(last_day(look.ends))
    if look.ended:
        return gettext("A yes on the paper ended on %(day)s. It opens nothing.", day=day)
    return gettext("A yes on the paper is in force until %(day)s.", day=day)
