"""."""

from flask import Blueprint


def blueprint() -> Blueprint:
    return Blueprint("welfare", __name__, url_prefix="/welfare")
