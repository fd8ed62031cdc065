"""The school system's own migrations, run by `flask db upgrade`."""

from alembic import context
from flask import current_app

database = current_app.extensions["migrate"].db
options = current_app.extensions["migrate"].configure_args


def run_offline() -> None:
    """Write the statements instead of running them."""
    url = database.engine.url.render_as_string(hide_password=False)
    context.configure(url=url, target_metadata=database.metadata, literal_binds=True, **options)
    with context.begin_transaction():
        context.run_migrations()


def run_online() -> None:
    with database.engine.connect() as connection:
        context.configure(connection=connection, target_metadata=database.metadata, **options)
        with context.begin_transaction():
            context.run_migrations()


if context.is_offline_mode():
    run_offline()
else:
    run_online()
