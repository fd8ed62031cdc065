"""."""

from flask import Blueprint


def blueprint() -> Blueprint:
    return Blueprint("oversight", __name__, url_prefix="/oversight")
