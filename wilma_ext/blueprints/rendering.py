"""A page is rendered by itself, then put into the base template: the host's layout or ours.

Our names (`_`, `form`, `languages`) would otherwise hide the host's of the same name in its own
layout, and the host's context processors would reach into our pages (design D1).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import current_app, render_template, url_for

from wilma_ext.blueprints.context import asset, template_context
from wilma_ext.blueprints.visit import current_visit, gettext
from wilma_ext.state import current_state


@dataclass(frozen=True)
class Framed:
    """All that a base template may know of a page, under the one name `wilma_ext_page`."""

    base: str
    title: object
    #: A Jinja module: it prints as the markup of the page.
    body: object
    sheets: tuple[str, ...]
    script: str
    language: str
    direction: str
    start_url: str
    service: str
    skip: str


def framed(template: str, context: Mapping[str, Any]) -> str:
    """Return the whole page as HTML."""
    body = current_app.jinja_env.get_template(template)
    module: Any = body.make_module({**template_context(), **context})
    settings, speech = current_state.settings, current_visit().speech
    sheet = "wilma-ext-rtl.css" if speech.direction == "rtl" else "wilma-ext.css"
    page = Framed(
        base=settings.base_template,
        title=module.page_title,
        body=module,
        sheets=(asset(sheet), *([settings.theme_css] if settings.theme_css else [])),
        script=asset("wilma-ext.js"),
        language=speech.code,
        direction=speech.direction,
        start_url=url_for("wilma_ext.start"),
        service=gettext("Pupil welfare and school data"),
        skip=gettext("Skip to main content"),
    )
    return render_template("wilma_ext/frame.html", wilma_ext_page=page)
