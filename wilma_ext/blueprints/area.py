"""What stands around a page of one provider: its name in the title, and the role's sections."""

from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from wilma_ext.blueprints.visit import current_visit, gettext
from wilma_ext.rights.provider import Names, providers
from wilma_ext.work import Work


@dataclass(frozen=True)
class Area:
    """One section of the role."""

    text: str
    url: str
    current: bool


def area(text: str, endpoint: str, **values: Any) -> Area:
    """Return a section, marked where the request is its own."""
    return Area(text, url_for(endpoint, **values), request.endpoint == endpoint)


def surroundings(work: Work, provider_ref: str, *areas: Area) -> dict[str, Any]:
    """Return the template values of what stands around the page."""
    start = area(gettext("Start page"), "wilma_ext.start")
    return {"provider_name": provider_name(work, provider_ref), "areas": (start, *areas)}


def provider_name(work: Work, provider_ref: str) -> str:
    """Return the provider's name in the language of the request."""
    for row in providers(work):
        if row.ref == provider_ref:
            names = Names(row.name_fi, row.name_sv, row.name_en)
            return names.in_language(current_visit().speech.code)
    return ""
