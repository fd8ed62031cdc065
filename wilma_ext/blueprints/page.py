"""What a view returns once the unit of work has closed: a page, a way onwards, or a file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Response, make_response, redirect, request, url_for

from wilma_ext.blueprints.rendering import framed
from wilma_ext.blueprints.visit import NOTICE_COOKIE
from wilma_ext.state import current_state


@dataclass(frozen=True)
class Page:
    """A template with its frozen view model."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    status: int = 200

    def respond(self) -> Response:
        """Render the page; the database is not touched any more."""
        return make_response(framed(f"wilma_ext/{self.template}", self.context), self.status)


@dataclass(frozen=True)
class Onwards:
    """A redirect after an act (post/redirect/get), with a notice for the next page."""

    endpoint: str
    values: Mapping[str, Any] = field(default_factory=dict)
    notice: str = ""

    def respond(self) -> Response:
        """Redirect with 303, leaving the notice in a cookie that is read once."""
        response = make_response(redirect(url_for(self.endpoint, **self.values), 303))
        if self.notice:
            response.set_cookie(
                NOTICE_COOKIE,
                self.notice,
                max_age=60,
                path=current_state.settings.url_prefix,
                secure=request.is_secure,
                httponly=True,
                samesite="Lax",
            )
        return response


@dataclass(frozen=True)
class Download:
    """A file to keep; its name stands in the person's folder and tells of nobody."""

    name: str
    kind: str
    content: bytes

    def respond(self) -> Response:
        """Send the file as an attachment."""
        response = make_response(self.content)
        response.content_type = self.kind
        response.headers.set("Content-Disposition", "attachment", filename=self.name)
        return response


Outcome = Page | Onwards | Download
