"""What every template of ours knows; the host's templates know nothing of it (D1)."""

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from flask import request, url_for

from wilma_ext.blueprints.notice import notice_of
from wilma_ext.blueprints.visit import current_visit, gettext, ngettext
from wilma_ext.state import current_state


@dataclass(frozen=True)
class LanguageLink:
    """One language of the switch."""

    code: str
    name: str
    url: str
    current: bool


def template_context() -> dict[str, Any]:
    """Return words, dates, assets and the frame of the page."""
    settings, speech = current_state.settings, current_visit().speech
    return {
        "_": gettext,
        "ngettext": ngettext,
        "asset": asset,
        "page_language": speech.code,
        "page_direction": speech.direction,
        "languages": _language_links(),
        "notices": notice_of(request),
        "format_date": speech.date,
        "format_instant": speech.instant,
        "help_contact": settings.help_text,
        "help_url": settings.help_url,
        "accessibility_url": settings.accessibility_url,
        "guide_url": url_for("wilma_ext.guide.roles"),
        "start_url": url_for("wilma_ext.start"),
    }


def asset(name: str) -> str:
    """Return the URL of a static file with its content's fingerprint."""
    return url_for("wilma_ext.static", filename=name, v=_fingerprint(name))


@lru_cache(maxsize=64)
def _fingerprint(name: str) -> str:
    found = files("wilma_ext") / "static" / "wilma_ext" / name
    return sha256(found.read_bytes()).hexdigest()[:8]


def _language_links() -> list[LanguageLink]:
    """The switch; a host that chooses the language has a switch of its own."""
    if current_state.locale:
        return []
    here = current_visit().speech.code
    path = request.full_path.rstrip("?") if request.method == "GET" else request.path
    return [
        LanguageLink(
            code, speech.own_name, url_for("wilma_ext.language", code=code, back=path), code == here
        )
        for code, speech in current_state.languages.items()
    ]
