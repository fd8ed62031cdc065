"""."""

from flask import Blueprint


def blueprint() -> Blueprint:
    return Blueprint("secretary", __name__, url_prefix="/secretary")
