"""Create the tables of the audit chain, append-only on both engines."""

import sqlalchemy as sa
from alembic import op

revision = "wx0005_create_audit"
down_revision = "wx0004_create_look_up"
branch_labels = None
depends_on = None

#: UTC: text of fixed width on SQLite, timestamptz on PostgreSQL.
INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")


#: Tables whose rows are written once.
APPEND_ONLY = ("wilma_ext_audit_link", "wilma_ext_audit_event")


def protect_sqlite(table):
    """Refuse UPDATE, DELETE and INSERT OR REPLACE, which walks past the first two."""
    refuse = "SELECT RAISE(ABORT, 'the audit log is append-only')"
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} BEGIN {refuse}; END"
        )
    op.execute(
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE provider_ref = NEW.provider_ref "
        f"AND sequence = NEW.sequence) BEGIN {refuse}; END"
    )


def protect_postgresql(table):
    """Refuse UPDATE, DELETE and TRUNCATE."""
    op.execute(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION wilma_ext_audit_refuse()"
    )
    op.execute(
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION wilma_ext_audit_refuse()"
    )


def upgrade():
    """Create the tables."""
    create_audit_event()
    create_audit_head()
    create_audit_link()
    if op.get_context().dialect.name == "sqlite":
        for table in APPEND_ONLY:
            protect_sqlite(table)
        return
    op.execute(
        "CREATE FUNCTION wilma_ext_audit_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$"
    )
    for table in APPEND_ONLY:
        protect_postgresql(table)


def downgrade():
    """Drop the tables."""
    op.drop_table("wilma_ext_audit_link")
    op.drop_table("wilma_ext_audit_head")
    op.drop_table("wilma_ext_audit_event")
    if op.get_context().dialect.name != "sqlite":
        op.execute("DROP FUNCTION wilma_ext_audit_refuse()")


def create_audit_event():
    """Create the table `wilma_ext_audit_event`."""
    op.create_table(
        "wilma_ext_audit_event",
        sa.Column("provider_ref", sa.String(length=200), nullable=False),
        sa.Column("sequence", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("canon", sa.LargeBinary(), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.Column("event", sa.String(length=40), nullable=False),
        sa.Column("actor_ref", sa.String(length=200), nullable=False),
        sa.Column("actor_role", sa.String(length=40), nullable=False),
        sa.Column("pupil_ref", sa.String(length=200), nullable=True),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("provider_ref", "sequence", name=op.f("pk_wilma_ext_audit_event")),
    )
    op.create_index(
        op.f("ix_wilma_ext_audit_event_provider_ref_actor_ref_sequence"),
        "wilma_ext_audit_event",
        ["provider_ref", "actor_ref", "sequence"],
        unique=False,
    )
    op.create_index(
        op.f("ix_wilma_ext_audit_event_provider_ref_at"),
        "wilma_ext_audit_event",
        ["provider_ref", "at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_wilma_ext_audit_event_provider_ref_event_sequence"),
        "wilma_ext_audit_event",
        ["provider_ref", "event", "sequence"],
        unique=False,
    )
    op.create_index(
        op.f("ix_wilma_ext_audit_event_provider_ref_pupil_ref_sequence"),
        "wilma_ext_audit_event",
        ["provider_ref", "pupil_ref", "sequence"],
        unique=False,
    )


def create_audit_head():
    """Create the table `wilma_ext_audit_head`."""
    op.create_table(
        "wilma_ext_audit_head",
        sa.Column("provider_ref", sa.String(length=200), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("at", INSTANT, nullable=True),
        sa.PrimaryKeyConstraint("provider_ref", name=op.f("pk_wilma_ext_audit_head")),
    )


def create_audit_link():
    """Create the table `wilma_ext_audit_link`."""
    op.create_table(
        "wilma_ext_audit_link",
        sa.Column("provider_ref", sa.String(length=200), nullable=False),
        sa.Column("sequence", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(length=32), nullable=False),
        sa.Column("hash", sa.LargeBinary(length=32), nullable=False),
        sa.PrimaryKeyConstraint("provider_ref", "sequence", name=op.f("pk_wilma_ext_audit_link")),
    )
