"""The plugin in this school system: the whole of the integration."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy

from examples.school import letters
from examples.school.language import current_language
from examples.school.register import school_register
from wilma_ext import WilmaExt


def integrate(app: Flask, db: SQLAlchemy) -> None:
    """Take the plugin in; the last step of the factory."""
    app.config.setdefault("WILMA_EXT_BASE_TEMPLATE", "wilma_ext_bridge.html")
    wilma_ext = WilmaExt(db, register=school_register(), locale=current_language)
    wilma_ext.init_app(app)
    letters.init_app(app)
