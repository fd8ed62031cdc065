"""Sorting names as the reader's language sorts them: Å, Ä and Ö after Z in Finnish and Swedish.

The standard library sorts so only where the machine happens to have the locale installed.
"""

import unicodedata

#: Letters of their own after Z, and what sorts as another letter does (SFS 4600).
_NORDIC = {
    "å": "{",
    "ä": "|",
    "æ": "|",
    "ö": "}",
    "ø": "}",
    "õ": "}",
    "ő": "}",
    "ü": "y",
    "ű": "y",
    "đ": "d",
    "ð": "d",
    "ß": "ss",
    "þ": "th",
    "ł": "l",
    "œ": "}",
}
_OTHER = {"æ": "ae", "ø": "o", "đ": "d", "ð": "d", "ß": "ss", "þ": "th", "ł": "l", "œ": "oe"}


def collation_key(language: str, *names: str) -> tuple[tuple[str, str], ...]:
    """Return the sort key of names in order of weight: first letters alone, then as written."""
    letters = _NORDIC if language in ("fi", "sv") else _OTHER
    return tuple((_primary(name, letters), name) for name in names)


def _primary(name: str, letters: dict[str, str]) -> str:
    lowered = unicodedata.normalize("NFC", name).lower()
    return "".join(letters.get(char) or _bare(char) for char in lowered)


def _bare(char: str) -> str:
    """Return the letter without its accent; one that has none as it is."""
    return unicodedata.normalize("NFD", char)[0]
