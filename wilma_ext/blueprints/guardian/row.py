"""Rows of the family's lists: what was said and what is seen, grouped so that they stay short."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from wilma_ext.blueprints.day import last_day
from wilma_ext.blueprints.label import category_label, in_row, profession_label
from wilma_ext.blueprints.visit import current_visit, gettext
from wilma_ext.clock import civil_date
from wilma_ext.rights.consent.family import Consent
from wilma_ext.rights.consent.own_pair import Ending, Word, WordState
from wilma_ext.rights.consent.pairs import ConsentPair
from wilma_ext.rights.consent.receipt import Receipt, Said
from wilma_ext.rights.consent.shown_pair import Showing, Shown
from wilma_ext.state import current_state
from wilma_ext.vocabulary import Capacity, Choice


@dataclass(frozen=True)
class Row:
    """A key and its values of a summary list."""

    key: str
    values: tuple[str, ...]


def own_rows(consent: Consent) -> list[Row]:
    """Return the person's own word on everything asked, each state told apart."""
    return _rows(
        consent.words,
        lambda pair: word_text(consent.words[pair]),
        lambda pair: consent.words[pair].state in (WordState.GIVEN, WordState.REFUSED),
    )


def shown_rows(consent: Consent, shown: Mapping[ConsentPair, Shown]) -> list[Row]:
    """Return what may be seen by whom until when, or what it lacks (G13)."""
    return _rows(
        shown,
        lambda pair: _shown_text(consent, pair, shown[pair]),
        lambda pair: shown[pair].showing == Showing.OPEN,
    )


def said_rows(receipt: Receipt) -> list[Row]:
    """Return what was said in one answer, or taken back by one withdrawal."""
    if receipt.withdrawal:
        return pair_rows(said.pair for said in receipt.said)
    said = {one.pair: one for one in receipt.said}
    return _rows(said, lambda pair: said_text(said[pair]))


def pair_rows(pairs: Iterable[ConsentPair]) -> list[Row]:
    """Return categories with the professions; categories of the same professions share a row."""
    alike: dict[str, list[str]] = {}
    for category, of_category in _by_category(pairs).items():
        alike.setdefault(_professions(of_category), []).append(category)
    return [Row(category_names(categories), (names,)) for names, categories in alike.items()]


def state_texts(receipt: Receipt, words: Mapping[ConsentPair, Word]) -> tuple[str, ...]:
    """Return what is in force of an answer now; one line where it is the same for all of it."""
    if all(_is_unchanged(one, words[one.pair]) for one in receipt.said):
        return (gettext("In force as you answered"),)
    groups = _grouped(words, lambda pair: word_text(words[pair]))
    if len(groups) == 1:
        return tuple(groups)
    whole = _by_category(words)
    return tuple(f"{text}: {_pairs(pairs, whole)}" for text, pairs in groups.items())


def _is_unchanged(said: Said, word: Word) -> bool:
    state = WordState.GIVEN if said.value == Choice.YES else WordState.REFUSED
    return word.state == state and word.until == said.until


def word_text(word: Word) -> str:
    """Return the state of a word."""
    if word.state == WordState.GIVEN:
        return _yes_until(word.until)
    if word.state == WordState.REFUSED:
        return gettext("No")
    if word.state == WordState.UNANSWERED:
        return gettext("Not answered")
    if word.over is None:
        return gettext("Yes, ended when the school changed")
    if word.state == WordState.WITHDRAWN:
        return gettext("Withdrawn %(day)s", day=_day(civil_date(word.over)))
    over = last_day(word.over) if word.ending == Ending.RAN_OUT else civil_date(word.over)
    return gettext("Yes, ended %(day)s", day=_day(over))


def said_text(said: Said) -> str:
    """Return what was said on one pair."""
    return gettext("No") if said.value == Choice.NO else _yes_until(said.until)


def _yes_until(until: datetime | None) -> str:
    if until is None:
        return gettext("Yes, until you withdraw it")
    return gettext("Yes, until %(day)s", day=_day(last_day(until)))


def _shown_text(consent: Consent, pair: ConsentPair, shown: Shown) -> str:
    if shown.showing == Showing.OPEN:
        if shown.until is None:
            return gettext("May be seen until consent is withdrawn")
        return gettext("May be seen until %(day)s", day=_day(last_day(shown.until)))
    if shown.showing == Showing.TO_ENABLE:
        return gettext("Agreed. The school has not opened the view yet")
    if shown.showing == Showing.NOT_IN_USE:
        return gettext("Agreed. Not shown to them at present")
    word = consent.words.get(pair, Word(WordState.UNANSWERED))
    if shown.showing == Showing.REFUSED:
        if word.state == WordState.REFUSED:
            return gettext("Not seen: you said no")
        return gettext("Not seen: somebody who decides has said no")
    if shown.showing == Showing.ENDED or word.state == WordState.ENDED:
        return gettext("Not seen: the consent has ended")
    return _missing(consent) if word.state == WordState.GIVEN else gettext("Not seen: no consent")


def _missing(consent: Consent) -> str:
    """Say whose yes is missing beside the person's own."""
    if consent.is_unheard():
        return gettext("Not seen: your answer is needed again")
    silent = {other.capacity for other in consent.needed_silent()}
    if silent == {Capacity.PUPIL}:
        return gettext("Not seen: the pupil has not answered yet")
    if consent.is_self:
        return gettext("Not seen: your guardian has not answered yet")
    return gettext("Not seen: another has not answered yet")


def _rows(
    pairs: Iterable[ConsentPair],
    text: Callable[[ConsentPair], str],
    is_told_for_all: Callable[[ConsentPair], bool] = lambda _pair: True,
) -> list[Row]:
    """Return a row for each category; categories that say the very same share one.

    Where one text holds for every profession, they are not named; that it is so is said only
    where it matters.
    """
    alike: dict[tuple[str, ...], list[str]] = {}
    for category, of_category in _by_category(pairs).items():
        groups = _grouped(of_category, text)
        lines = tuple(
            f"{line}: {_professions(of_group)}" if len(groups) > 1 or len(of_group) < 3 else line
            for line, of_group in groups.items()
        )
        if lines == tuple(groups) and is_told_for_all(of_category[0]):
            lines = (gettext("%(answer)s, for every profession", answer=lines[0]),)
        alike.setdefault(lines, []).append(category)
    return [Row(category_names(categories), lines) for lines, categories in alike.items()]


def _grouped(
    pairs: Iterable[ConsentPair], text: Callable[[ConsentPair], str]
) -> dict[str, list[ConsentPair]]:
    groups: dict[str, list[ConsentPair]] = {}
    for pair in pairs:
        groups.setdefault(text(pair), []).append(pair)
    return groups


def _by_category(pairs: Iterable[ConsentPair]) -> dict[str, list[ConsentPair]]:
    found: dict[str, list[ConsentPair]] = {}
    for pair in sorted(pairs):
        found.setdefault(pair.category, []).append(pair)
    return found


def _pairs(pairs: list[ConsentPair], whole: Mapping[str, list[ConsentPair]]) -> str:
    """Name pairs by their category, with the professions where these are not all of it."""
    return ", ".join(
        category_names([category])
        if of_category == whole[category]
        else f"{category_names([category])} ({_professions(of_category)})"
        for category, of_category in _by_category(pairs).items()
    )


def _professions(pairs: Iterable[ConsentPair]) -> str:
    return ", ".join(profession_label(pair.profession) for pair in sorted(pairs))


def category_names(categories: Iterable[str]) -> str:
    """Return the names of categories in a row; only the first begins with a capital letter."""
    return in_row(category_label(current_state.register, key) for key in categories)


def _day(day: date) -> str:
    return current_visit().speech.date(day)
