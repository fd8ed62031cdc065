"""The bridge to the host's layout: does what a page writes come out where it should (D12)."""

import re
import secrets
from collections.abc import Iterator

from flask import render_template
from jinja2 import TemplateError

from wilma_ext.doctor.finding import Finding, error, ok
from wilma_ext.doctor.patient import Patient

_TITLE = re.compile(r"<title\b[^>]*>(.*?)</title>", re.DOTALL | re.IGNORECASE)
_WITHOUT = {
    "title": "pages have no title of their own",
    "head": "pages have neither styles nor scripts",
    "body": "pages are empty",
}


def template_findings(patient: Patient) -> Iterator[Finding]:
    """Render a page of a canary in the base template, as a visitor who has not signed in."""
    name = patient.state.settings.base_template
    try:
        html = _rendered(patient, canary := f"canary-{secrets.token_hex(8)}")
    except TemplateError as problem:
        message = f"it cannot be rendered: {type(problem).__name__}: {problem}"
        advice = "Mend the template that WILMA_EXT_BASE_TEMPLATE names; docs show a bridge."
        yield error("template_broken", name, message, advice)
        return
    titles = " ".join(_TITLE.findall(html))
    places = {"title": titles, "head": html, "body": html}
    for block, consequence in _WITHOUT.items():
        if f"{canary}-{block}" in places[block]:
            yield ok("template", name, f"the block wilma_ext_{block} comes out")
        else:
            message = f"the block wilma_ext_{block} does not come out: {consequence}"
            advice = (
                f"Put {{% block wilma_ext_{block} %}}{{% endblock %}} into the host's own block."
            )
            yield error("template_block", name, message, advice)


def _rendered(patient: Patient, canary: str) -> str:
    """Frame a page as the pages' own rendering does, with the canary for its contents."""
    settings = patient.state.settings
    page = {
        "base": settings.base_template,
        "title": f"{canary}-title",
        "sheets": [f"{canary}-head"],
        "body": f"{canary}-body",
        "language": settings.languages[0],
        "direction": "ltr",
    }
    with patient.app.test_request_context(f"{settings.url_prefix}/"):
        patient.app.preprocess_request()
        return render_template("wilma_ext/frame.html", wilma_ext_page=page)
