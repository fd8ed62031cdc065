"""The family's pages: children, the consent form, withdrawal, receipts and the log extract."""

from flask import Blueprint

from wilma_ext.blueprints.guardian import log_extract, routes


def blueprint() -> Blueprint:
    """Return the URL table of the family's pages."""
    table = Blueprint("guardian", __name__, url_prefix="/guardian")
    table.add_url_rule("/", "children", routes.children)
    table.add_url_rule("/<pupil>/", "child", routes.child)
    table.add_url_rule("/<pupil>/answer", "answer", routes.answer_form)
    table.add_url_rule("/<pupil>/answer", "save_answer", routes.save_answer, methods=["POST"])
    table.add_url_rule("/<pupil>/withdraw", "withdraw", routes.withdraw_consent, methods=["POST"])
    table.add_url_rule("/<pupil>/receipts/<answer>", "receipt", routes.receipt)
    table.add_url_rule("/<pupil>/receipts/<answer>.json", "receipt_file", routes.receipt_file)
    table.add_url_rule("/<pupil>/log-extract", "log_extract", log_extract.log_extract)
    table.add_url_rule("/schemas/receipt-1.json", "receipt_schema", routes.receipt_schema)
    return table
