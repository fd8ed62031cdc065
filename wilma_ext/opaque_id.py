"""The plugin's own ids: random, unguessable text that means nothing (design: ids are opaque)."""

import re
import secrets
import string

#: As `new_id` makes them.
_OWN = re.compile(r"[A-Za-z][A-Za-z0-9_-]{15,31}")


def new_id() -> str:
    """Return a random id of more than 128 bits that may stand in a URL and on a command line.

    It begins with a letter: one that began with a dash was an option to the operator's shell.
    """
    return secrets.choice(string.ascii_letters) + secrets.token_urlsafe(16)


def is_own_id(text: str) -> bool:
    """Tell whether the text could be an id of the plugin's own that a page was given."""
    return _OWN.fullmatch(text) is not None
