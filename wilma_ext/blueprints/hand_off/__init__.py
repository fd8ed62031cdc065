"""Pages of the main user: links to the county's own services."""

from flask import Blueprint

from wilma_ext.blueprints.hand_off import routes


def blueprint() -> Blueprint:
    """Return the URL table of the hand-off links."""
    table = Blueprint("hand_off", __name__, url_prefix="/hand-offs/<provider>")
    table.add_url_rule("/", "channels", routes.channels, methods=["GET", "POST"])
    return table
