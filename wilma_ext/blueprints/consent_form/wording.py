"""The words for a form's parts, languages, terms, and for what keeps a draft from publishing."""

from collections.abc import Mapping

from wilma_ext.blueprints.label import category_label, profession_title, word
from wilma_ext.blueprints.problem import problem_text
from wilma_ext.blueprints.visit import current_visit, gettext, lazy
from wilma_ext.language import Speech
from wilma_ext.rights.consent.pairs import ConsentPair
from wilma_ext.rights.consent.validity import Validity
from wilma_ext.rights.form.publication import Problem
from wilma_ext.state import current_state

#: Languages in which families often read; a deployment's own come before them.
FURTHER_LANGUAGES = ("en", "se", "ar", "ckb", "et", "fa", "ru", "so", "sq", "th", "uk", "vi", "zh")

_PARTS: Mapping[str, object] = {
    "title": lazy("Heading"),
    "summary": lazy("Summary above the questions"),
    "right_to_services": lazy("The right to services"),
    "by_law": lazy("Data given by law"),
    "withdrawal": lazy("How to withdraw"),
    "details": lazy("More about who gets the data and why"),
    "changed": lazy("What has changed since the version before"),
}

_HINTS: Mapping[str, object] = {
    "title": lazy("One short question or sentence."),
    "summary": lazy(
        "Who would see the data, why, for how long, that answering is voluntary, that a no has no "
        "consequence. Each line is a paragraph. Write {validity} where the sentence on validity "
        "belongs."
    ),
    "right_to_services": lazy(
        "That the pupil may always meet the school social worker and other pupil welfare staff, "
        "whatever is answered. Every form says so."
    ),
    "by_law": lazy("The first line leads in. Each line after it is one item of the list."),
    "details": lazy("Who gives the data, who receives them, for what use. Shown when opened."),
    "changed": lazy("Those who have answered before read this first. A few sentences."),
}


def part_label(part: str) -> str:
    """Return the name of a part: "Question: Absences"."""
    kind, _, category = part.partition(":")
    if kind == "question" and category:
        label = category_label(current_state.register, category)
        return gettext("Question: %(category)s", category=label)
    return word(_PARTS, part)


def part_hint(part: str) -> str:
    """Return what belongs in the part."""
    if part.startswith("question:"):
        return gettext("What is asked, in a few words. It stands above the answers Yes and No.")
    return str(_HINTS.get(part, ""))


def pair_label(pair: ConsentPair) -> str:
    """Return a pair in words: "Absences: School nurse"."""
    category = category_label(current_state.register, pair.category)
    return f"{category}: {profession_title(pair.profession)}"


def language_name(code: str) -> str:
    """Return the language's name in the language of the page."""
    name = current_visit().speech.locale.languages.get(code, code)
    return str(name[:1].upper() + name[1:])


def speech_of(code: str) -> Speech:
    """Return how the language is written, whether or not the pages exist in it."""
    return current_state.languages.get(code) or Speech(code)


def offered_languages() -> tuple[str, ...]:
    """Return the languages in which a text may be written: the pages' own, then further ones."""
    return tuple(dict.fromkeys(("fi", "sv", *current_state.languages, *FURTHER_LANGUAGES)))


def validity_words(rule: Validity) -> str:
    """Return the rule in words."""
    if rule.word == "fixed" and rule.fixed_until is not None:
        return gettext("Until %(day)s", day=current_visit().speech.date(rule.fixed_until))
    if rule.word == "open":
        return gettext("Until withdrawn")
    return gettext("Until the end of the school year")


def problem_words(problem: Problem) -> str:
    """Return in words what keeps the draft from being published."""
    if problem.pair is not None:
        return gettext(
            "The rights matrix does not open this with consent, so it cannot be asked: %(pair)s",
            pair=pair_label(problem.pair),
        )
    language, part = language_name(problem.language), part_label(problem.part)
    if problem.code == "form_language_missing":
        return gettext("%(language)s: the text is missing", language=language)
    if problem.code == "form_part_missing":
        return gettext("%(language)s: “%(part)s” is missing", language=language, part=part)
    if problem.code == "form_placeholder":
        return gettext(
            "%(language)s: “%(part)s” says {validity}. Write the sentence yourself in this "
            "language.",
            language=language,
            part=part,
        )
    return problem_text(problem.code)
