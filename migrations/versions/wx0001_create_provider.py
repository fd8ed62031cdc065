"""Create the tables of the provider, its policy and its counties."""

import sqlalchemy as sa
from alembic import op

revision = "wx0001_create_provider"
down_revision = None
branch_labels = None
depends_on = None

#: UTC: text of fixed width on SQLite, timestamptz on PostgreSQL.
INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")


def upgrade():
    """Create the tables."""
    create_agreement()
    create_county()
    create_handle()
    create_policy()
    create_provider()


def downgrade():
    """Drop the tables."""
    op.drop_table("wilma_ext_provider")
    op.drop_table("wilma_ext_policy")
    op.drop_table("wilma_ext_handle")
    op.drop_table("wilma_ext_county")
    op.drop_table("wilma_ext_agreement")


def create_agreement():
    """Create the table `wilma_ext_agreement`."""
    op.create_table(
        "wilma_ext_agreement",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("provider_ref", sa.String(length=200), nullable=False),
        sa.Column("county", sa.String(length=40), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("valid_from", INSTANT, nullable=False),
        sa.Column("valid_until", INSTANT, nullable=True),
        sa.CheckConstraint(
            "valid_until IS NULL OR valid_from < valid_until",
            name=op.f("ck_wilma_ext_agreement_period"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wilma_ext_agreement")),
    )
    op.create_index(
        op.f("ix_wilma_ext_agreement_provider_ref_county"),
        "wilma_ext_agreement",
        ["provider_ref", "county"],
        unique=False,
    )


def create_county():
    """Create the table `wilma_ext_county`."""
    op.create_table(
        "wilma_ext_county",
        sa.Column("provider_ref", sa.String(length=200), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("name_fi", sa.Text(), nullable=False),
        sa.Column("name_sv", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("provider_ref", "key", name=op.f("pk_wilma_ext_county")),
    )


def create_handle():
    """Create the table `wilma_ext_handle`."""
    op.create_table(
        "wilma_ext_handle",
        sa.Column("handle", sa.String(length=32), nullable=False),
        sa.Column("provider_ref", sa.String(length=200), nullable=False),
        sa.Column("pupil_ref", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("handle", name=op.f("pk_wilma_ext_handle")),
        sa.UniqueConstraint(
            "provider_ref", "pupil_ref", name=op.f("uq_wilma_ext_handle_provider_ref_pupil_ref")
        ),
    )


def create_policy():
    """Create the table `wilma_ext_policy`."""
    op.create_table(
        "wilma_ext_policy",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("provider_ref", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("valid_from", INSTANT, nullable=False),
        sa.Column("valid_until", INSTANT, nullable=True),
        sa.Column("decided_by", sa.String(length=200), nullable=False),
        sa.Column("mode", sa.String(length=40), nullable=False),
        sa.Column("decides", sa.String(length=40), nullable=False),
        sa.Column("joint_from_age", sa.Integer(), nullable=True),
        sa.Column("own_from_age", sa.Integer(), nullable=False),
        sa.Column("validity", sa.String(length=40), nullable=False),
        sa.Column("fixed_until", sa.Date(), nullable=True),
        sa.Column("activation", sa.String(length=40), nullable=False),
        sa.Column("agreement_required", sa.Boolean(), nullable=False),
        sa.Column("school_scope", sa.String(length=40), nullable=False),
        sa.Column("statutory_kuraattori", sa.Boolean(), nullable=False),
        sa.Column("statutory_psykologi", sa.Boolean(), nullable=False),
        sa.Column("on_school_move", sa.String(length=40), nullable=False),
        sa.Column("on_custody_change", sa.String(length=40), nullable=False),
        sa.Column("on_material_change", sa.String(length=40), nullable=False),
        sa.Column("look_up_minutes", sa.Integer(), nullable=False),
        sa.Column("necessity_text", sa.Boolean(), nullable=False),
        sa.Column("log_extract", sa.String(length=40), nullable=False),
        sa.Column("paper_consent", sa.Boolean(), nullable=False),
        sa.Column("four_eyes", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wilma_ext_policy")),
        sa.UniqueConstraint(
            "provider_ref", "version", name=op.f("uq_wilma_ext_policy_provider_ref_version")
        ),
    )
    op.create_index(
        op.f("ix_wilma_ext_policy_provider_ref_valid_from"),
        "wilma_ext_policy",
        ["provider_ref", "valid_from"],
        unique=False,
    )


def create_provider():
    """Create the table `wilma_ext_provider`."""
    op.create_table(
        "wilma_ext_provider",
        sa.Column("ref", sa.String(length=200), nullable=False),
        sa.Column("handle", sa.String(length=32), nullable=False),
        sa.Column("name_fi", sa.Text(), nullable=False),
        sa.Column("name_sv", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.Column("created_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("ref", name=op.f("pk_wilma_ext_provider")),
        sa.UniqueConstraint("handle", name=op.f("uq_wilma_ext_provider_handle")),
    )
