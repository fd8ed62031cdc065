"""Response headers of our own pages; set only where the host has set none (D1, D12)."""

from flask import Response, request

from wilma_ext.blueprints.notice import forget_notice
from wilma_ext.settings import Settings
from wilma_ext.state import current_state

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)

_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

#: A file whose name carries its fingerprint never changes.
_FOR_EVER = "public, max-age=31536000, immutable"


def set_headers(response: Response) -> Response:
    """Forbid storing, sniffing and framing; a page of ours is never in a cache (X17)."""
    for name, value in _ALWAYS.items():
        response.headers.setdefault(name, value)
    if request.endpoint and request.endpoint.endswith(".static"):
        response.headers["Cache-Control"] = _FOR_EVER if "v" in request.args else "no-cache"
        return response
    response.headers["Cache-Control"] = "no-store, private"
    response.headers.pop("ETag", None)
    response.vary.add("Cookie")
    if _is_strict(current_state.settings):
        response.headers.setdefault("Content-Security-Policy", _POLICY)
    return forget_notice(request, response)


def _is_strict(settings: Settings) -> bool:
    """Our own layout is clean; inside a host's the header could break what is the host's."""
    return settings.strict_csp or settings.base_template == Settings.base_template
