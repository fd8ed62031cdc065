"""Create the tables of activations and look-ups."""

import sqlalchemy as sa
from alembic import op

revision = "wx0004_create_look_up"
down_revision = "wx0003_create_consent"
branch_labels = None
depends_on = None

#: UTC: text of fixed width on SQLite, timestamptz on PostgreSQL.
INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")


def upgrade():
    """Create the tables."""
    create_activation()
    create_activation_pair()
    create_look_up()
    create_look_up_category()


def downgrade():
    """Drop the tables."""
    op.drop_table("wilma_ext_look_up_category")
    op.drop_table("wilma_ext_look_up")
    op.drop_table("wilma_ext_activation_pair")
    op.drop_table("wilma_ext_activation")


def create_activation():
    """Create the table `wilma_ext_activation`."""
    op.create_table(
        "wilma_ext_activation",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("provider_ref", sa.String(length=200), nullable=False),
        sa.Column("pupil_ref", sa.String(length=200), nullable=False),
        sa.Column("group_id", sa.String(length=32), nullable=False),
        sa.Column("valid_from", INSTANT, nullable=False),
        sa.Column("activated_by", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["wilma_ext_welfare_group.id"],
            name=op.f("fk_wilma_ext_activation_group_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wilma_ext_activation")),
    )
    op.create_index(
        op.f("ix_wilma_ext_activation_provider_ref_pupil_ref"),
        "wilma_ext_activation",
        ["provider_ref", "pupil_ref"],
        unique=False,
    )


def create_activation_pair():
    """Create the table `wilma_ext_activation_pair`."""
    op.create_table(
        "wilma_ext_activation_pair",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("provider_ref", sa.String(length=200), nullable=False),
        sa.Column("activation_id", sa.String(length=32), nullable=False),
        sa.Column("pupil_ref", sa.String(length=200), nullable=False),
        sa.Column("group_id", sa.String(length=32), nullable=False),
        sa.Column("profession", sa.String(length=40), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("valid_from", INSTANT, nullable=False),
        sa.Column("valid_until", INSTANT, nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["activation_id"],
            ["wilma_ext_activation.id"],
            name=op.f("fk_wilma_ext_activation_pair_activation_id"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["wilma_ext_welfare_group.id"],
            name=op.f("fk_wilma_ext_activation_pair_group_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wilma_ext_activation_pair")),
    )
    op.create_index(
        "ix_wilma_ext_activation_pair_of_pupil",
        "wilma_ext_activation_pair",
        ["provider_ref", "pupil_ref", "group_id", "profession", "category"],
        unique=False,
    )
    op.create_index(
        "uq_wilma_ext_activation_pair_open",
        "wilma_ext_activation_pair",
        ["provider_ref", "pupil_ref", "group_id", "profession", "category"],
        unique=True,
        sqlite_where=sa.text("valid_until IS NULL"),
        postgresql_where=sa.text("valid_until IS NULL"),
    )


def create_look_up():
    """Create the table `wilma_ext_look_up`."""
    op.create_table(
        "wilma_ext_look_up",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("provider_ref", sa.String(length=200), nullable=False),
        sa.Column("membership_id", sa.String(length=32), nullable=False),
        sa.Column("actor_ref", sa.String(length=200), nullable=False),
        sa.Column("pupil_ref", sa.String(length=200), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("necessity", sa.Text(), nullable=False),
        sa.Column("opened_at", INSTANT, nullable=False),
        sa.Column("valid_until", INSTANT, nullable=False),
        sa.ForeignKeyConstraint(
            ["membership_id"],
            ["wilma_ext_membership.id"],
            name=op.f("fk_wilma_ext_look_up_membership_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wilma_ext_look_up")),
    )
    op.create_index(
        op.f("ix_wilma_ext_look_up_membership_id_opened_at"),
        "wilma_ext_look_up",
        ["membership_id", "opened_at"],
        unique=False,
    )
    op.create_index(
        op.f("ix_wilma_ext_look_up_provider_ref_pupil_ref_opened_at"),
        "wilma_ext_look_up",
        ["provider_ref", "pupil_ref", "opened_at"],
        unique=False,
    )


def create_look_up_category():
    """Create the table `wilma_ext_look_up_category`."""
    op.create_table(
        "wilma_ext_look_up_category",
        sa.Column("look_up_id", sa.String(length=32), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("provider_ref", sa.String(length=200), nullable=False),
        sa.Column("allowed", sa.Boolean(), nullable=False),
        sa.Column("route", sa.String(length=40), nullable=False),
        sa.Column("because", sa.Text(), nullable=True),
        sa.Column("grounds", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["look_up_id"],
            ["wilma_ext_look_up.id"],
            name=op.f("fk_wilma_ext_look_up_category_look_up_id"),
        ),
        sa.PrimaryKeyConstraint(
            "look_up_id", "category", name=op.f("pk_wilma_ext_look_up_category")
        ),
    )
