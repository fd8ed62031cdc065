"""The guide: what each role sees, what it must not do, whom to ask."""

from flask import Blueprint

from wilma_ext.blueprints.guide import routes


def blueprint() -> Blueprint:
    """Return the URL table of the guide."""
    table = Blueprint("guide", __name__, url_prefix="/guide")
    table.add_url_rule("/", "roles", routes.roles)
    table.add_url_rule("/<role>", "role", routes.role)
    return table
