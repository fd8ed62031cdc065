"""Create the tables of the desks: bulk runs, note types, hand-off links."""

import sqlalchemy as sa
from alembic import op

revision = "wx0007_create_desk"
down_revision = "wx0006_deepen_consent"
branch_labels = None
depends_on = None

#: UTC: text of fixed width on SQLite, timestamptz on PostgreSQL.
INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")


def upgrade():
    """Create the tables."""
    create_bulk_run()
    create_bulk_item()
    create_note_type()
    create_hand_off()


def downgrade():
    """Drop the tables."""
    op.drop_table("wilma_ext_hand_off")
    op.drop_table("wilma_ext_note_type")
    op.drop_table("wilma_ext_bulk_item")
    op.drop_table("wilma_ext_bulk_run")


def create_bulk_run():
    """Create the table `wilma_ext_bulk_run`."""
    op.create_table(
        "wilma_ext_bulk_run",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("provider_ref", sa.String(length=200), nullable=False),
        sa.Column("group_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("chosen_by", sa.Text(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("started_by", sa.String(length=200), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.Column("finished_at", INSTANT, nullable=True),
        sa.Column("undoes", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["wilma_ext_welfare_group.id"],
            name=op.f("fk_wilma_ext_bulk_run_group_id"),
        ),
        sa.ForeignKeyConstraint(
            ["undoes"], ["wilma_ext_bulk_run.id"], name=op.f("fk_wilma_ext_bulk_run_undoes")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wilma_ext_bulk_run")),
    )
    op.create_index(
        op.f("ix_wilma_ext_bulk_run_provider_ref_created_at"),
        "wilma_ext_bulk_run",
        ["provider_ref", "created_at"],
        unique=False,
    )


def create_bulk_item():
    """Create the table `wilma_ext_bulk_item`."""
    op.create_table(
        "wilma_ext_bulk_item",
        sa.Column("run_id", sa.String(length=32), nullable=False),
        sa.Column("pupil_ref", sa.String(length=200), nullable=False),
        sa.Column("provider_ref", sa.String(length=200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("activation_id", sa.String(length=32), nullable=True),
        sa.Column("done_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(
            ["activation_id"],
            ["wilma_ext_activation.id"],
            name=op.f("fk_wilma_ext_bulk_item_activation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["wilma_ext_bulk_run.id"], name=op.f("fk_wilma_ext_bulk_item_run_id")
        ),
        sa.PrimaryKeyConstraint("run_id", "pupil_ref", name=op.f("pk_wilma_ext_bulk_item")),
    )
    op.create_index(
        op.f("ix_wilma_ext_bulk_item_run_id_outcome_position"),
        "wilma_ext_bulk_item",
        ["run_id", "outcome", "position"],
        unique=False,
    )


def create_note_type():
    """Create the table `wilma_ext_note_type`."""
    op.create_table(
        "wilma_ext_note_type",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("provider_ref", sa.String(length=200), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("shown", sa.Boolean(), nullable=False),
        sa.Column("unexplained", sa.Boolean(), nullable=False),
        sa.Column("letter", sa.String(length=4), nullable=False),
        sa.Column("label_fi", sa.Text(), nullable=False),
        sa.Column("label_sv", sa.Text(), nullable=False),
        sa.Column("label_en", sa.Text(), nullable=False),
        sa.Column("valid_from", INSTANT, nullable=False),
        sa.Column("valid_until", INSTANT, nullable=True),
        sa.Column("decided_by", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wilma_ext_note_type")),
    )
    op.create_index(
        op.f("ix_wilma_ext_note_type_provider_ref_code_valid_from"),
        "wilma_ext_note_type",
        ["provider_ref", "code", "valid_from"],
        unique=False,
    )


def create_hand_off():
    """Create the table `wilma_ext_hand_off`."""
    op.create_table(
        "wilma_ext_hand_off",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("provider_ref", sa.String(length=200), nullable=False),
        sa.Column("county", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("label_fi", sa.Text(), nullable=False),
        sa.Column("label_sv", sa.Text(), nullable=False),
        sa.Column("label_en", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wilma_ext_hand_off")),
    )
    op.create_index(
        op.f("ix_wilma_ext_hand_off_provider_ref_county_position"),
        "wilma_ext_hand_off",
        ["provider_ref", "county", "position"],
        unique=False,
    )
