"""One request: who visits, in which language, and the notice left by the page before."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from babel.support import LazyProxy
from flask import g, request

from wilma_ext.identity import person_of
from wilma_ext.language import Speech
from wilma_ext.state import current_state

LANGUAGE_COOKIE = "wilma_ext_language"
NOTICE_COOKIE = "wilma_ext_notice"


@dataclass
class Visit:
    """The visitor of this request."""

    #: The signed-in person, or None.
    person_ref: str | None
    speech: Speech
    #: Whether the language was chosen, not guessed from the browser.
    chosen: bool


def current_visit() -> Visit:
    """Return the request's visit; identity is resolved before any unit of work opens (D2)."""
    visit: Visit | None = g.get("wilma_ext_visit")
    if visit is None:
        state = current_state
        person = person_of(state.register, state.identity())
        visit = g.wilma_ext_visit = Visit(person, *_speech())
    return visit


def _speech() -> tuple[Speech, bool]:
    """The host's choice where it has one, else the switch's, else the browser's."""
    state = current_state
    code = state.locale() if state.locale else request.cookies.get(LANGUAGE_COOKIE)
    if code is not None and code in state.languages:
        return state.languages[code], True
    best = request.accept_languages.best_match(list(state.languages))
    return state.languages[best or next(iter(state.languages))], False


def gettext(message: str, **values: object) -> str:
    """Return the message in the language of the request."""
    return current_visit().speech.gettext(message, **values)


def ngettext(one: str, many: str, num: int, **values: object) -> str:
    """Return the message for a number in the language of the request."""
    return current_visit().speech.ngettext(one, many, num, **values)


def lazy(message: str) -> Any:
    """Return a message that is translated when it is shown; for labels of form classes."""
    return LazyProxy(gettext, message, enable_cache=False)


def is_own_path(path: str) -> bool:
    """Tell whether a redirect target is a plain path of this site (V3.7.2)."""
    parts = urlsplit(path)
    plain = path.startswith("/") and not path.startswith("//") and path.isprintable()
    return plain and "\\" not in path and not parts.scheme and not parts.netloc
