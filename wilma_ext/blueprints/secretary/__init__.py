"""The school secretary's pages: who waits to be enabled, one pupil, enable and disable."""

from flask import Blueprint

from wilma_ext.blueprints.secretary import (
    closing,
    conflict,
    one_pupil,
    paper,
    reminder,
    routes,
    run,
    selection,
)


def blueprint() -> Blueprint:
    """Return the URL table of the secretary's pages."""
    table = Blueprint("secretary", __name__, url_prefix="/secretary/<provider>")
    table.add_url_rule("/", "pupils", routes.pupils)
    table.add_url_rule("/review", "review", selection.review, methods=["POST"])
    table.add_url_rule("/runs", "runs", run.runs)
    table.add_url_rule("/runs/start", "start", selection.start, methods=["POST"])
    table.add_url_rule("/runs/<run>", "run", run.run_page)
    for name, act in (("go_on", run.go_on), ("cancel", run.cancel), ("undo", run.undo)):
        table.add_url_rule(f"/runs/<run>/{name.replace('_', '-')}", name, act, methods=["POST"])
    table.add_url_rule("/runs/<run>/again", "again", run.again, methods=["POST"])
    table.add_url_rule("/runs/<run>/result.csv", "run_csv", run.run_csv)
    table.add_url_rule("/runs/<run>/result.xlsx", "run_xlsx", run.run_xlsx)
    table.add_url_rule("/closing", "closing", closing.closing, methods=["GET", "POST"])
    table.add_url_rule("/pupils/<pupil>", "pupil", one_pupil.pupil_page)
    table.add_url_rule(
        "/pupils/<pupil>/enable", "enable_one", one_pupil.enable_one, methods=["POST"]
    )
    table.add_url_rule(
        "/pupils/<pupil>/disable", "disable", one_pupil.disable, methods=["GET", "POST"]
    )
    table.add_url_rule("/blank-form", "blank_form", paper.blank_form)
    one = "/pupils/<pupil>"
    table.add_url_rule(f"{one}/blank-form", "blank_form_for", paper.blank_form_for)
    table.add_url_rule(f"{one}/paper", "paper", paper.paper)
    table.add_url_rule(f"{one}/paper/look", "look_at_paper", paper.look_at_paper, methods=["POST"])
    table.add_url_rule(f"{one}/paper/save", "save_paper", paper.save_paper, methods=["POST"])
    table.add_url_rule("/disagreements", "conflicts", conflict.conflicts)
    table.add_url_rule("/unanswered", "unanswered", reminder.not_answered)
    table.add_url_rule("/unanswered.csv", "unanswered_file", reminder.not_answered_file)
    table.add_url_rule("/expiring", "expiring", reminder.ending_soon)
    table.add_url_rule("/expiring.csv", "expiring_file", reminder.ending_soon_file)
    return table
