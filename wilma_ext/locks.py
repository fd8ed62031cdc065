"""Locks of one transaction: on a provider, its desk, then on pupils (design D10).

On PostgreSQL they are advisory and queue fairly, so that readers never starve a guardian; each
is a statement of its own, before anything is checked, at READ COMMITTED. On SQLite the
transaction itself is the lock, because it begins IMMEDIATE.
"""

import hashlib

from sqlalchemy import Connection, text

_EXCLUSIVE = text("SELECT pg_advisory_xact_lock(:key)")
_SHARED = text("SELECT pg_advisory_xact_lock_shared(:key)")


def lock_provider(connection: Connection, provider_ref: str, *, exclusive: bool) -> None:
    """Hold the provider: shared to look something up, exclusive to change who may see what."""
    _lock(connection, f"provider|{provider_ref}", exclusive=exclusive)


def lock_desk(connection: Connection, provider_ref: str) -> None:
    """Hold the enabling of a provider's pupils: two secretaries take turns."""
    _lock(connection, f"desk|{provider_ref}", exclusive=True)


def lock_pupil(
    connection: Connection, provider_ref: str, pupil_ref: str, *, exclusive: bool
) -> None:
    """Hold the pupil: shared to look up or activate, exclusive to answer."""
    _lock(connection, f"pupil|{provider_ref}|{pupil_ref}", exclusive=exclusive)


def lock_tick(connection: Connection, provider_ref: str) -> None:
    """Hold the provider's periodic work, which stands in nobody else's way."""
    _lock(connection, f"tick|{provider_ref}", exclusive=True)


def _lock(connection: Connection, name: str, *, exclusive: bool) -> None:
    if connection.dialect.name != "postgresql":
        return
    statement = _EXCLUSIVE if exclusive else _SHARED
    connection.execute(statement, {"key": _key(name)})


def _key(name: str) -> int:
    digest = hashlib.sha256(f"wilma_ext|{name}".encode()).digest()
    return int.from_bytes(digest[:8], "big", signed=True)
