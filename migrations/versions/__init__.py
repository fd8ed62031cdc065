"""Frozen revisions; each imports only alembic and sqlalchemy."""
