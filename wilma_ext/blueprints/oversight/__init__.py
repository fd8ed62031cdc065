"""Pages of the data protection officer: the log, one event, and the state of the chain."""

from flask import Blueprint

from wilma_ext.blueprints.oversight import routes


def blueprint() -> Blueprint:
    bp = Blueprint("oversight", __name__, url_prefix="/oversight")
    bp.add_url_rule("/<provider>/", "events", routes.events)
    bp.add_url_rule("/<provider>/events/<int:sequence>", "event", routes.event)
    bp.add_url_rule("/<provider>/verify", "verify", routes.verify_chain, methods=["POST"])
    return bp
