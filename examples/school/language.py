"""Finnish, Swedish and English pages: the school system's own small translation."""

from datetime import date
from urllib.parse import urlsplit

from flask import Blueprint, Flask, abort, redirect, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from examples.school.words import WORDS

LANGUAGES = {"fi": "Suomi", "sv": "Svenska", "en": "English"}
COOKIE = "school_language"

blueprint = Blueprint("language", __name__)


def init_app(app: Flask) -> None:
    app.register_blueprint(blueprint)
    app.context_processor(_texts)
    app.add_template_filter(day_month_year)


def current_language() -> str:
    """Return the language chosen, else that of the account, else that of the browser."""
    chosen = request.cookies.get(COOKIE, "")
    if chosen in LANGUAGES:
        return chosen
    if current_user and current_user.is_authenticated and current_user.language in LANGUAGES:
        return str(current_user.language)
    return request.accept_languages.best_match(LANGUAGES) or "fi"


def word(key: str) -> str:
    """Return the text in the current language."""
    return WORDS[key][list(LANGUAGES).index(current_language())]


def day_month_year(day: date) -> str:
    """Write a date as Finns do in all three languages: 21.11.2026."""
    return f"{day.day}.{day.month}.{day.year}"


def local_path(target: str | None) -> str:
    """Return the target if it is a page of this site, else the start page."""
    target = target or "/"
    parts = urlsplit(target)
    local = target.startswith("/") and not target.startswith(("//", "/\\"))
    return target if local and not parts.scheme and not parts.netloc else "/"


@blueprint.get("/language/<code>")
def choose(code: str) -> ResponseReturnValue:
    if code not in LANGUAGES:
        abort(404)
    response = redirect(local_path(request.args.get("next")))
    response.set_cookie(
        COOKIE, code, max_age=365 * 86_400, httponly=True, samesite="Lax", secure=request.is_secure
    )
    return response


def _texts() -> dict[str, object]:
    return {"word": word, "language": current_language(), "languages": LANGUAGES}
