"""Pages of pupil welfare staff: pupils one may open, the purpose, the look-up, the own log."""

from flask import Blueprint

from wilma_ext.blueprints.welfare import routes


def blueprint() -> Blueprint:
    bp = Blueprint("welfare", __name__, url_prefix="/welfare")
    bp.add_url_rule("/<membership>/", "pupils", routes.pupils, methods=["GET", "POST"])
    bp.add_url_rule("/<membership>/pupils/<handle>", "pupil", routes.pupil, methods=["GET", "POST"])
    bp.add_url_rule("/<membership>/look-ups/<look_up>", "look_up", routes.look_up)
    bp.add_url_rule("/<membership>/own-log", "own_log", routes.own_log)
    return bp
