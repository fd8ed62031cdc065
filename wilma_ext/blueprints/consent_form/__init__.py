"""Pages of the main user: the consent form, its draft, its versions."""

from flask import Blueprint

from wilma_ext.blueprints.consent_form import drafts, editing, publishing, routes

_BOTH = ["GET", "POST"]


def blueprint() -> Blueprint:
    """Return the URL table of the form's pages."""
    table = Blueprint("consent_form", __name__, url_prefix="/consent-form")
    county = "/<provider>/<county>"
    table.add_url_rule("/<provider>/", "overview", routes.overview)
    table.add_url_rule(f"{county}/preview/<version>/<language>", "preview", routes.preview)
    table.add_url_rule(f"{county}/compare", "compare", routes.compare)
    table.add_url_rule(f"{county}/start", "start", drafts.start, methods=_BOTH)
    table.add_url_rule(f"{county}/texts/<language>", "texts", editing.texts, methods=_BOTH)
    table.add_url_rule(f"{county}/questions", "questions", editing.questions, methods=_BOTH)
    table.add_url_rule(f"{county}/terms", "terms", editing.terms, methods=_BOTH)
    table.add_url_rule(f"{county}/discard", "discard", drafts.discard, methods=_BOTH)
    table.add_url_rule(f"{county}/publish", "publish", publishing.publish, methods=_BOTH)
    return table
