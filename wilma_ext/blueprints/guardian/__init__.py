"""."""

from flask import Blueprint


def blueprint() -> Blueprint:
    return Blueprint("guardian", __name__, url_prefix="/guardian")
