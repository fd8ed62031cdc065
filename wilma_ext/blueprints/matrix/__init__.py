"""."""

from flask import Blueprint


def blueprint() -> Blueprint:
    return Blueprint("matrix", __name__, url_prefix="/matrix")
