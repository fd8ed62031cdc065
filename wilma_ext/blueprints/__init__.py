"""Delivery: forms and pages. One parent blueprint; nothing of it touches the host's pages."""

from flask import Blueprint

from wilma_ext.blueprints import (
    consent_form,
    decider,
    guardian,
    guide,
    hand_off,
    matrix,
    note_type,
    oversight,
    policy,
    secretary,
    welfare,
)
from wilma_ext.blueprints.errors import register_error_pages
from wilma_ext.blueprints.guard import refuse_unmarked, refuse_unreadable
from wilma_ext.blueprints.headers import set_headers
from wilma_ext.blueprints.start import register_start
from wilma_ext.settings import Settings


def parent_blueprint(settings: Settings) -> Blueprint:
    """Return the one blueprint that the host registers, with its children inside."""
    parent = Blueprint(
        "wilma_ext",
        "wilma_ext",
        url_prefix=settings.url_prefix,
        static_folder="static/wilma_ext",
        static_url_path="/static",
        template_folder="templates",
    )
    parent.before_request(refuse_unmarked)
    parent.before_request(refuse_unreadable)
    parent.after_request(set_headers)
    register_error_pages(parent)
    register_start(parent)
    for child in (
        guardian,
        secretary,
        welfare,
        matrix,
        oversight,
        note_type,
        hand_off,
        guide,
        consent_form,
        policy,
        decider,
    ):
        parent.register_blueprint(child.blueprint())
    return parent
