"""A host that does everything its own way: layout, errors, names, login and CSRF settings."""

from typing import Any

from flask import Blueprint, Flask, render_template, request
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, login_required
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect, FlaskForm

from tests import present
from tests.hosts.plain import Guest, add_sign_in, db, plain_register
from wilma_ext import WilmaExt

#: A blueprint named as one of the plugin's own.
guardian = Blueprint("guardian", __name__, url_prefix="/guardian")
#: A blueprint whose addresses begin like the plugin's and go on otherwise.
namesake = Blueprint("wilma", __name__, url_prefix="/wilma")

#: The address of every page of the host, for comparing it before and after.
PAGES = (
    "/",
    "/form",
    "/guardian/",
    "/guardian",
    "/guardian/children/",
    "/wilma/",
    "/private",
    "/no-such-page",
    "/guardian/no-such-page",
    "/static/hostile.css",
)


def welcome(app: Flask, database: SQLAlchemy) -> WilmaExt:
    """Take the plugin in, inside the host's own layout."""
    app.config["WILMA_EXT_BASE_TEMPLATE"] = "hostile_bridge.html"
    wilma_ext = WilmaExt(database, register=plain_register(), clock=present.clock)
    wilma_ext.init_app(app)
    return wilma_ext


def create_host(database_url: str, *, guest: Guest | None = welcome, **config: Any) -> Flask:
    """Return the host with the plain host's tables; `guest=None` leaves the plugin out."""
    app = Flask(__name__)
    app.url_map.strict_slashes = False
    app.config.from_mapping(
        {
            "SECRET_KEY": "another key for tests only",
            "SQLALCHEMY_DATABASE_URI": database_url,
            "REMEMBER_COOKIE_NAME": "hostile_remember",
            "SESSION_COOKIE_NAME": "hostile_session",
            **config,
        }
    )
    db.init_app(app)
    CSRFProtect(app)
    add_sign_in(app, _login_manager())
    app.register_blueprint(guardian)
    app.register_blueprint(namesake)
    _add_pages(app)
    app.context_processor(lambda: {"title": "Hostile", "_": str.upper, "language": "xx"})
    app.register_error_handler(404, _not_found)
    with app.app_context():
        db.create_all()
    if guest is not None:
        guest(app, db)
    return app


def _login_manager() -> LoginManager:
    manager = LoginManager()
    manager.login_view = "guardian.home"
    manager.session_protection = "strong"
    manager.login_message = "HOSTILE: sign in first"
    manager.login_message_category = "danger"
    return manager


def _add_pages(app: Flask) -> None:
    app.add_url_rule("/", "start", lambda: render_template("hostile_start.html"))
    app.add_url_rule("/form", "form", _form, methods=["GET", "POST"])
    app.add_url_rule("/private", "private", login_required(_private))


@guardian.get("/")
def home() -> ResponseReturnValue:
    return render_template("hostile_start.html", heading="The host's own guardian page")


@guardian.get("/children/")
def children() -> ResponseReturnValue:
    return render_template("hostile_start.html", heading="The host's own list of children")


@namesake.get("/")
def wilma() -> ResponseReturnValue:
    return render_template("hostile_start.html", heading="Another Wilma")


def _form() -> ResponseReturnValue:
    form = FlaskForm()
    sent = request.method == "POST"
    return render_template("hostile_form.html", form=form, sent=sent)


def _private() -> ResponseReturnValue:
    return render_template("hostile_start.html", heading="Only for those signed in")


def _not_found(_error: Exception) -> ResponseReturnValue:
    return render_template("hostile_404.html"), 404
