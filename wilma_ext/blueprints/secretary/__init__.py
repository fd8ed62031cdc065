"""The school secretary's pages: who waits to be enabled, one pupil, enable and disable."""

from flask import Blueprint

from wilma_ext.blueprints.secretary import routes


def blueprint() -> Blueprint:
    """Return the URL table of the secretary's pages."""
    table = Blueprint("secretary", __name__, url_prefix="/secretary/<provider>")
    table.add_url_rule("/", "pupils", routes.pupils)
    table.add_url_rule("/enable", "enable", routes.enable, methods=["POST"])
    table.add_url_rule("/pupils/<pupil>", "pupil", routes.pupil_page)
    table.add_url_rule("/pupils/<pupil>/enable", "enable_one", routes.enable_one, methods=["POST"])
    table.add_url_rule("/pupils/<pupil>/disable", "disable", routes.disable, methods=["POST"])
    return table
