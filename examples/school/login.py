"""Signing in and out."""

import re

from flask import Blueprint, Flask, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, current_user, login_user, logout_user
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired

from examples.school.accounts import DEMO_ACCOUNTS
from examples.school.database import db
from examples.school.language import current_language, local_path, word
from examples.school.models import Account

blueprint = Blueprint("login", __name__)
manager = LoginManager()
manager.login_view = "login.sign_in"
manager.login_message = None

PERSON_ID = re.compile(r"[1-9][0-9]{0,8}")


class SignInForm(FlaskForm):
    """A user name and a password; the sign-out button is the same form without fields."""

    username = StringField(validators=[InputRequired()])
    password = PasswordField(validators=[InputRequired()])


def init_app(app: Flask) -> None:
    manager.init_app(app)
    app.register_blueprint(blueprint)
    app.context_processor(lambda: {"sign_out_form": FlaskForm})


@manager.user_loader
def load_account(person_id: str) -> Account | None:
    return db.session.get(Account, int(person_id)) if PERSON_ID.fullmatch(person_id) else None


@blueprint.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> ResponseReturnValue:
    if current_user.is_authenticated and request.method == "GET":
        return redirect(local_path(request.args.get("next")))
    form = SignInForm()
    account = _known_account(form) if form.validate_on_submit() else None
    if account is not None:
        login_user(account)
        return redirect(local_path(request.args.get("next")))
    page = render_template(
        "sign_in.html",
        form=form,
        problem=_problem(form),
        accounts=DEMO_ACCOUNTS if current_app.config.get("SCHOOL_DEMO_ACCOUNTS") else (),
        tasks_language=current_language(),
    )
    return page, 200 if request.method == "GET" else 422


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    if FlaskForm().validate_on_submit():
        logout_user()
    return redirect(url_for("pages.start"))


def _known_account(form: SignInForm) -> Account | None:
    query = db.select(Account).filter_by(username=(form.username.data or "").strip().lower())
    account = db.session.scalar(query)
    return account if account and account.has_password(form.password.data or "") else None


def _problem(form: SignInForm) -> str:
    if request.method == "GET":
        return ""
    return word("form_expired" if "csrf_token" in form.errors else "wrong_password")
