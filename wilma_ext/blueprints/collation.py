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


class _Letters(dict[int, str]):
    """What each letter sorts as; one without an entry sorts as itself without its accent."""

    def __init__(self, own: dict[str, str]) -> None:
        super().__init__((ord(letter), sorts_as) for letter, sorts_as in own.items())

    def __missing__(self, code: int) -> str:
        self[code] = bare = unicodedata.normalize("NFD", chr(code))[0]
        return bare


_NORDIC_LETTERS, _OTHER_LETTERS = _Letters(_NORDIC), _Letters(_OTHER)


def collation_key(language: str, *names: str) -> tuple[tuple[str, str], ...]:
    """Return the sort key of names in order of weight: first letters alone, then as written."""
    letters = _NORDIC_LETTERS if language in ("fi", "sv") else _OTHER_LETTERS
    return tuple((_primary(name, letters), name) for name in names)


def _primary(name: str, letters: _Letters) -> str:
    return unicodedata.normalize("NFC", name).lower().translate(letters)
