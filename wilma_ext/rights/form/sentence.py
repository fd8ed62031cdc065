"""Sentences of a form that nobody edits: the right to services, and how long a yes is valid.

The first stands in every form (R8), so that no editor can leave it out. The second comes from the
form's own rule: a text says `{validity}`, which is filled in when the form is published, so that
the stored text is exact and final.
"""

from collections.abc import Mapping
from datetime import date

#: The part of a form that says so.
RIGHT_TO_SERVICES = "right_to_services"

#: Language -> the statement; in a further language the editor writes it.
STATEMENTS: Mapping[str, str] = {
    "fi": (
        "Oppilas saa aina tavata kuraattorin ja muut opiskeluhuollon työntekijät, "
        "vastasitpa mitä tahansa."
    ),
    "sv": ("Eleven får alltid träffa kuratorn och elevhälsans övriga personal, vad du än svarar."),
    "en": (
        "The pupil may always meet the school social worker and other pupil welfare staff, "
        "whatever you answer."
    ),
}

#: What a text says where the sentence on validity belongs.
PLACEHOLDER = "{validity}"

_VALIDITY: Mapping[str, Mapping[str, str]] = {
    "fi": {
        "school_year": "Suostumus on voimassa lukuvuoden loppuun, 31.7. asti.",
        "fixed": "Suostumus on voimassa {day} asti.",
        "open": "Suostumus on voimassa, kunnes peruutat sen.",
    },
    "sv": {
        "school_year": "Samtycket gäller till läsårets slut, till och med 31.7.",
        "fixed": "Samtycket gäller till och med {day}.",
        "open": "Samtycket gäller tills du återkallar det.",
    },
    "en": {
        "school_year": "The consent is valid until the end of the school year, 31 July.",
        "fixed": "The consent is valid until {day}.",
        "open": "The consent is valid until you withdraw it.",
    },
}


def validity_sentence(language: str, validity: str, fixed_until: date | None) -> str:
    """Return the sentence for the rule; empty in a language that has none of ours."""
    day = f"{fixed_until.day}.{fixed_until.month}.{fixed_until.year}" if fixed_until else ""
    return _VALIDITY.get(language, {}).get(validity, "").replace("{day}", day)


def filled(
    language: str, parts: Mapping[str, str], validity: str, fixed_until: date | None
) -> dict[str, str]:
    """Return the parts as they are published: our statement in place, the rule told."""
    sentence = validity_sentence(language, validity, fixed_until)
    told = {
        part: text.replace(PLACEHOLDER, sentence) if sentence else text
        for part, text in parts.items()
    }
    return {**told, **_statement(language)}


def reopened(
    language: str, parts: Mapping[str, str], validity: str, fixed_until: date | None
) -> dict[str, str]:
    """Return published parts as a draft has them: the rule may change, so its place is marked."""
    sentence = validity_sentence(language, validity, fixed_until)
    told = {
        part: text.replace(sentence, PLACEHOLDER) if sentence else text
        for part, text in parts.items()
    }
    return {**told, **_statement(language)}


def _statement(language: str) -> dict[str, str]:
    found = STATEMENTS.get(language)
    return {} if found is None else {RIGHT_TO_SERVICES: found}
