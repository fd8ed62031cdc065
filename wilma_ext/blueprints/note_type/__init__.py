"""Pages of the main user: what the school's lesson-note types mean (P10)."""

from flask import Blueprint

from wilma_ext.blueprints.note_type import routes

_BOTH = ["GET", "POST"]


def blueprint() -> Blueprint:
    """Return the URL table of the note types; a code stands in the query, it may be any text."""
    table = Blueprint("note_type", __name__, url_prefix="/note-types/<provider>")
    table.add_url_rule("/", "types", routes.types)
    table.add_url_rule("/type", "edit", routes.edit, methods=_BOTH)
    table.add_url_rule("/import", "import_table", routes.import_table, methods=_BOTH)
    table.add_url_rule("/import/save", "save_table", routes.save_table, methods=["POST"])
    return table
