"""Words of the pages, out of the catalogues that the pages use."""

from functools import cache

from wilma_ext.language import Speech, load_languages

LANGUAGES = ("fi", "sv", "en")


@cache
def speech(language: str) -> Speech:
    return load_languages(LANGUAGES)[language]


def say(language: str, message: str, **values: object) -> str:
    """Return the message as the page in the language has it."""
    return speech(language).gettext(message, **values)
