"""Pages of the main user: the welfare group, its members and the rights matrix."""

from flask import Blueprint

from wilma_ext.blueprints.matrix import cells, members, routes

_BOTH = ["GET", "POST"]


def blueprint() -> Blueprint:
    bp = Blueprint("matrix", __name__, url_prefix="/matrix")
    group = "/<provider>/groups/<group>"
    bp.add_url_rule("/<provider>/", "groups", routes.groups)
    bp.add_url_rule(f"{group}/versions", "versions", routes.versions)
    bp.add_url_rule(f"{group}/matrix", "matrix", cells.matrix, methods=_BOTH)
    bp.add_url_rule(f"{group}/publish", "publish", cells.publish, methods=["POST"])
    bp.add_url_rule(f"{group}/add-member", "add_member", members.add_member, methods=_BOTH)
    bp.add_url_rule(
        "/<provider>/members/<membership>/end", "end_member", members.end_member, methods=_BOTH
    )
    return bp
