"""Where this school system would write to families: here, only a line in its log."""

from typing import Any

from flask import Flask

from wilma_ext.signals import answer_recorded, consent_conflict, consent_ended


def init_app(app: Flask) -> None:
    """Hear of consents; a receiver must outlive the signal, so it is no inner function."""
    for signal in (answer_recorded, consent_conflict, consent_ended):
        signal.connect(_note, app)


def _note(app: Flask, *, person_refs: tuple[str, ...], **_: Any) -> None:
    app.logger.info("a letter about a consent, to %d", len(person_refs))
