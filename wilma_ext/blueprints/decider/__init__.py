"""Pages of the main user: who decides about a pupil, and the decisions recorded on it."""

from flask import Blueprint

from wilma_ext.blueprints.decider import capacity, guardian, routes

_BOTH = ["GET", "POST"]


def blueprint() -> Blueprint:
    bp = Blueprint("decider", __name__, url_prefix="/deciders")
    pupil = "/<provider>/pupils/<pupil>"
    bp.add_url_rule("/<provider>/", "pupils", routes.pupils, methods=_BOTH)
    bp.add_url_rule(f"{pupil}/", "pupil", routes.pupil_page)
    for kind, views in (("capacity", capacity), ("guardian", guardian)):
        bp.add_url_rule(f"{pupil}/{kind}", f"{kind}", views.review, methods=_BOTH)
        bp.add_url_rule(f"{pupil}/{kind}/record", f"record_{kind}", views.record, methods=["POST"])
        bp.add_url_rule(f"{pupil}/{kind}/<decision>/end", f"end_{kind}", views.end, methods=_BOTH)
    return bp
