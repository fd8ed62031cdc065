"""The policy of a world: its words typed, the rest the default."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from wilma_ext.errors import WilmaExtError
from wilma_ext.rights.policy import Policy, check_policy
from wilma_ext.simulate.document import WorldError
from wilma_ext.vocabulary import Profession


def policy_of(words: Mapping[str, Any]) -> Policy:
    """Return the policy that the words of a world give; the rest is the default."""
    values: dict[str, Any] = {}
    for key, word in words.items():
        if key not in Policy.__dataclass_fields__:
            raise WorldError((("policy", key), "Unknown field."))
        values[key] = _typed(key, word)
    policy = Policy(**values)
    try:
        check_policy(policy)
    except WilmaExtError as error:
        place = ("policy", getattr(error, "field", ""))
        raise WorldError((place, f"not a value of this key ({error})")) from error
    return policy


def _typed(key: str, word: Any) -> Any:
    default = getattr(Policy(), key)
    try:
        if key == "statutory_professions":
            return tuple(Profession(item) for item in word)
        if key == "fixed_until":
            return date.fromisoformat(word) if word not in ("", "null") else None
        if isinstance(default, bool):
            return {"true": True, "false": False}[word]
        if key in ("joint_from_age", "own_from_age", "look_up_minutes"):
            return None if key == "joint_from_age" and word in ("", "null") else int(word)
    except (KeyError, ValueError, TypeError) as error:
        raise WorldError((("policy", key), f"not a value of this key: {word}")) from error
    return word
