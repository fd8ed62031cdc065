"""One choice of a policy as a word: read from a command, a form or a world, and written back."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from wilma_ext.errors import Invalid
from wilma_ext.rights.policy.policy import WORDS, Policy
from wilma_ext.vocabulary import Profession

#: How a choice that has no value is written.
NOTHING = ("", "null", "none")

_TRUTH = {"true": True, "false": False}
_AGES = ("joint_from_age", "own_from_age")


def choice_of(key: str, word: str | Sequence[str]) -> Any:
    """Return the value of a policy key; an unknown key or word is `Invalid`."""
    if key not in Policy.__dataclass_fields__:
        raise Invalid("policy_key", key)
    try:
        return _typed(key, word)
    except (KeyError, ValueError, TypeError) as error:
        raise Invalid("policy_word", key) from error


def choices_of(words: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of several keys."""
    return {key: choice_of(key, word) for key, word in words.items()}


def word_of(value: Any) -> str:
    """Return the word for a value, as `choice_of` reads it."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return ",".join(value)
    return str(value)


def _typed(key: str, word: str | Sequence[str]) -> Any:
    if key == "statutory_professions":
        names = word.split(",") if isinstance(word, str) else word
        return tuple(Profession(name.strip()) for name in names if name.strip())
    if not isinstance(word, str):
        raise TypeError("a word is wanted")
    if key in WORDS:
        return WORDS[key][WORDS[key].index(word)]
    if key in ("joint_from_age", "fixed_until") and word in NOTHING:
        return None
    if key == "fixed_until":
        return date.fromisoformat(word)
    if key in _AGES or key == "look_up_minutes":
        return int(word)
    return _TRUTH[word]
