"""Alembic environment: runs on the connection it is given and sees only the plugin's tables."""

from alembic import context

config = context.config
metadata = config.attributes["metadata"]
prefix = config.attributes["prefix"]


def include_name(name, type_, _parents):
    """Leave the host's tables out of every comparison."""
    return type_ != "table" or (name or "").startswith(prefix)


OPTIONS = {
    "target_metadata": metadata,
    "version_table": config.attributes["version_table"],
    "include_name": include_name,
    "render_as_batch": True,
    "compare_type": True,
}

if context.is_offline_mode():
    context.configure(dialect_name=config.attributes["dialect"], literal_binds=True, **OPTIONS)
else:
    context.configure(connection=config.attributes["connection"], **OPTIONS)
with context.begin_transaction():
    context.run_migrations()
