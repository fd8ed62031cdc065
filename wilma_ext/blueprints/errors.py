"""Error pages of our own, in the visitor's language; registered on our blueprint only (D1)."""

import logging
import secrets
from collections.abc import Callable

from flask import Blueprint, Response
from werkzeug.exceptions import BadRequest, Forbidden, RequestEntityTooLarge, Unauthorized
from werkzeug.exceptions import NotFound as HttpNotFound

from wilma_ext.blueprints.page import Page
from wilma_ext.blueprints.problem import problem_text
from wilma_ext.blueprints.visit import gettext
from wilma_ext.errors import (
    Conflict,
    Invalid,
    NotFound,
    NotPermitted,
    SchemaError,
    Unavailable,
)

log = logging.getLogger("wilma_ext")


def register_error_pages(blueprint: Blueprint) -> None:
    """Register a page for every error that a person can meet."""
    pages: list[tuple[type[Exception], Callable[[Exception], Response]]] = [
        (NotFound, _not_found),
        (HttpNotFound, _not_found),
        (NotPermitted, _forbidden),
        (Forbidden, _forbidden),
        (Unauthorized, _unauthorized),
        (Conflict, _conflict),
        (Invalid, _invalid),
        (BadRequest, _bad_request),
        (RequestEntityTooLarge, _too_large),
        (Unavailable, _unavailable),
        (SchemaError, _unavailable),
    ]
    for error, page in pages:
        blueprint.register_error_handler(error, page)


def not_found_page() -> Page:
    """Return the page of an unknown address, for a denial that must be committed (D10).

    It shows no notice of an act before, so that a denial never differs from an unknown page.
    """
    context = {
        "title": gettext("Page not found"),
        "message": gettext("The page does not exist, or you may not see it."),
        "advice": gettext("Check the address, or go to the start page and try from there."),
        "notices": [],
    }
    return Page("error.html", context, 404)


def _not_found(_error: Exception) -> Response:
    return not_found_page().respond()


def _forbidden(_error: Exception) -> Response:
    return _page(
        403,
        gettext("You cannot do this"),
        gettext("Your role does not allow this."),
        gettext("If you think that it should, contact the school."),
    )


def _unauthorized(_error: Exception) -> Response:
    return _page(
        401,
        gettext("Sign in first"),
        gettext("This page is for people who have signed in."),
        gettext("Sign in to the school system and come back."),
    )


def _conflict(_error: Exception) -> Response:
    return _page(
        409,
        gettext("Something changed in the meantime"),
        gettext("Nothing was saved, because something was changed elsewhere at the same time."),
        gettext("Go back, look at how things stand now, and try again."),
    )


def _invalid(error: Exception) -> Response:
    code = error.code if isinstance(error, Invalid) else ""
    return _page(
        422,
        gettext("This could not be done"),
        problem_text(code),
        gettext("Go back, correct it and try again."),
    )


def _bad_request(_error: Exception) -> Response:
    return _page(
        400,
        gettext("This could not be read"),
        gettext("The request was broken on its way, so nothing was saved."),
        gettext("Go back and try again."),
    )


def _too_large(_error: Exception) -> Response:
    return _page(
        413,
        gettext("This is too large"),
        gettext("More was sent than can be taken at once, so nothing was saved."),
        gettext("Go back and send less, for example a table in parts."),
    )


def _unavailable(error: Exception) -> Response:
    reference = secrets.token_hex(4)
    log.error("wilma_ext unavailable %s: %s", reference, type(error).__name__)
    return _page(
        503,
        gettext("The service is busy"),
        gettext("This could not be done and recorded just now. Nothing was shown or changed."),
        gettext("Wait a moment and try again."),
        reference,
    )


def _page(status: int, title: str, message: str, advice: str, reference: str = "") -> Response:
    context = {"title": title, "message": message, "advice": advice, "reference": reference}
    return Page("error.html", context, status).respond()
