"""Pages of the main user: the municipality's choices, their effect, and every version of them."""

from flask import Blueprint

from wilma_ext.blueprints.policy import change, routes


def blueprint() -> Blueprint:
    bp = Blueprint("policy", __name__, url_prefix="/policy")
    subject = "/<provider>/choices/<subject>"
    bp.add_url_rule("/<provider>/", "choices", routes.choices)
    bp.add_url_rule("/<provider>/history", "history", routes.history)
    bp.add_url_rule(subject, "change", change.change, methods=["GET", "POST"])
    bp.add_url_rule(f"{subject}/save", "save", change.save, methods=["POST"])
    return bp
