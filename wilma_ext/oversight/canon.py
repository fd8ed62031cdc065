"""Canonical bytes: the one way in which an event is written down before it is hashed."""

import json
import unicodedata
from typing import Any


def canonical(value: Any) -> bytes:
    """Return UTF-8 JSON with sorted keys and NFC text, of strings, integers and containers.

    Floats and lone surrogates have no one spelling and are refused (design 6).
    """
    return json.dumps(
        _plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    ).encode("utf-8", errors="strict")


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, dict):
        return {_plain(str(key)): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    raise TypeError(f"{type(value).__name__} has no canonical form")
