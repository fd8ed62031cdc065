"""Host ids: parsed once into the host's own type, stored by the plugin as text.

This is the only module that turns one into the other (design D2). Host meets host natively; our
text meets the host's side cast; our text is never cast to a number (SQLite reads '12abc' as 12).
"""

import re
import uuid
from typing import Any

from sqlalchemy import ColumnElement, Integer, String, Uuid, cast, func
from sqlalchemy.types import TypeEngine

from wilma_ext.errors import NotFound, RegisterError

_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,18})")
_LARGEST = 2**63 - 1
_LONGEST = 200

Native = int | str | uuid.UUID


def parse(text: object, kind: TypeEngine[Any]) -> Native:
    """Return the id in the host's own type; one that does not round-trip is unknown."""
    value = str(text)
    native = _PARSERS[family(kind)](value)
    if native is None or as_reference(native) != value:
        raise NotFound(f"no such id: {value[:40]!r}")
    return native


def known(text: str, kind: TypeEngine[Any]) -> Native | None:
    """Return the id in the host's own type, or None where no such id can be."""
    try:
        return parse(text, kind)
    except NotFound:
        return None


def as_reference(native: object) -> str:
    """Return the text under which the plugin stores a host id."""
    return native.hex if isinstance(native, uuid.UUID) else str(native)


def as_text(column: ColumnElement[Any]) -> ColumnElement[str]:
    """Return the SQL expression of the same text for a host id column."""
    text = cast(column, String(_LONGEST))
    return func.replace(text, "-", "") if family(column.type) == "uuid" else text


def family(kind: TypeEngine[Any]) -> str:
    """Return `integer`, `text` or `uuid`; another type of id is refused."""
    if isinstance(kind, Uuid):
        return "uuid"
    if isinstance(kind, Integer):
        return "integer"
    if isinstance(kind, String):
        return "text"
    raise RegisterError(f"an id must be an integer, a text or a UUID, not {kind!r}")


def _integer(value: str) -> int | None:
    if not _WHOLE.fullmatch(value) or abs(int(value)) > _LARGEST:
        return None
    return int(value)


def _text(value: str) -> str | None:
    encodable = value.isprintable() and not any("\ud800" <= c <= "\udfff" for c in value)
    return value if value and encodable and len(value) <= _LONGEST else None


def _uuid(value: str) -> uuid.UUID | None:
    return uuid.UUID(hex=value) if re.fullmatch(r"[0-9a-f]{32}", value) else None


_PARSERS = {"integer": _integer, "text": _text, "uuid": _uuid}
