"""Create the tables of the welfare group and its rights matrix."""

import sqlalchemy as sa
from alembic import op

revision = "wx0002_create_welfare_group"
down_revision = "wx0001_create_provider"
branch_labels = None
depends_on = None

#: UTC: text of fixed width on SQLite, timestamptz on PostgreSQL.
INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")


def upgrade():
    """Create the tables."""
    create_welfare_group()
    create_matrix_version()
    create_membership()
    create_assignment()
    create_matrix_cell()
    create_personal_exception()


def downgrade():
    """Drop the tables."""
    op.drop_table("wilma_ext_personal_exception")
    op.drop_table("wilma_ext_matrix_cell")
    op.drop_table("wilma_ext_assignment")
    op.drop_table("wilma_ext_membership")
    op.drop_table("wilma_ext_matrix_version")
    op.drop_table("wilma_ext_welfare_group")


def create_welfare_group():
    """Create the table `wilma_ext_welfare_group`."""
    op.create_table(
        "wilma_ext_welfare_group",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("provider_ref", sa.String(length=200), nullable=False),
        sa.Column("county", sa.String(length=40), nullable=False),
        sa.Column("name_fi", sa.Text(), nullable=False),
        sa.Column("name_sv", sa.Text(), nullable=False),
        sa.Column("name_en", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wilma_ext_welfare_group")),
    )
    op.create_index(
        op.f("ix_wilma_ext_welfare_group_provider_ref"),
        "wilma_ext_welfare_group",
        ["provider_ref"],
        unique=False,
    )


def create_matrix_version():
    """Create the table `wilma_ext_matrix_version`."""
    op.create_table(
        "wilma_ext_matrix_version",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("provider_ref", sa.String(length=200), nullable=False),
        sa.Column("group_id", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("valid_from", INSTANT, nullable=True),
        sa.Column("valid_until", INSTANT, nullable=True),
        sa.Column("author", sa.String(length=200), nullable=False),
        sa.Column("approver", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["wilma_ext_welfare_group.id"],
            name=op.f("fk_wilma_ext_matrix_version_group_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wilma_ext_matrix_version")),
        sa.UniqueConstraint(
            "group_id", "version", name=op.f("uq_wilma_ext_matrix_version_group_id_version")
        ),
    )
    op.create_index(
        op.f("ix_wilma_ext_matrix_version_group_id_valid_from"),
        "wilma_ext_matrix_version",
        ["group_id", "valid_from"],
        unique=False,
    )


def create_membership():
    """Create the table `wilma_ext_membership`."""
    op.create_table(
        "wilma_ext_membership",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("provider_ref", sa.String(length=200), nullable=False),
        sa.Column("group_id", sa.String(length=32), nullable=False),
        sa.Column("person_ref", sa.String(length=200), nullable=False),
        sa.Column("profession", sa.String(length=40), nullable=False),
        sa.Column("valid_from", INSTANT, nullable=False),
        sa.Column("valid_until", INSTANT, nullable=True),
        sa.Column("added_by", sa.String(length=200), nullable=False),
        sa.Column("ended_by", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "valid_until IS NULL OR valid_from <= valid_until",
            name=op.f("ck_wilma_ext_membership_period"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id"],
            ["wilma_ext_welfare_group.id"],
            name=op.f("fk_wilma_ext_membership_group_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wilma_ext_membership")),
    )
    op.create_index(
        op.f("ix_wilma_ext_membership_provider_ref_person_ref"),
        "wilma_ext_membership",
        ["provider_ref", "person_ref"],
        unique=False,
    )


def create_assignment():
    """Create the table `wilma_ext_assignment`."""
    op.create_table(
        "wilma_ext_assignment",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("provider_ref", sa.String(length=200), nullable=False),
        sa.Column("membership_id", sa.String(length=32), nullable=False),
        sa.Column("school_ref", sa.String(length=200), nullable=False),
        sa.Column("substitute_of", sa.Text(), nullable=True),
        sa.Column("valid_from", INSTANT, nullable=False),
        sa.Column("valid_until", INSTANT, nullable=True),
        sa.CheckConstraint(
            "valid_until IS NULL OR valid_from <= valid_until",
            name=op.f("ck_wilma_ext_assignment_period"),
        ),
        sa.ForeignKeyConstraint(
            ["membership_id"],
            ["wilma_ext_membership.id"],
            name=op.f("fk_wilma_ext_assignment_membership_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wilma_ext_assignment")),
    )
    op.create_index(
        op.f("ix_wilma_ext_assignment_membership_id"),
        "wilma_ext_assignment",
        ["membership_id"],
        unique=False,
    )


def create_matrix_cell():
    """Create the table `wilma_ext_matrix_cell`."""
    op.create_table(
        "wilma_ext_matrix_cell",
        sa.Column("version_id", sa.String(length=32), nullable=False),
        sa.Column("profession", sa.String(length=40), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("provider_ref", sa.String(length=200), nullable=False),
        sa.Column("route", sa.String(length=40), nullable=False),
        sa.Column("detail", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["wilma_ext_matrix_version.id"],
            name=op.f("fk_wilma_ext_matrix_cell_version_id"),
        ),
        sa.PrimaryKeyConstraint(
            "version_id", "profession", "category", name=op.f("pk_wilma_ext_matrix_cell")
        ),
    )


def create_personal_exception():
    """Create the table `wilma_ext_personal_exception`."""
    op.create_table(
        "wilma_ext_personal_exception",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("provider_ref", sa.String(length=200), nullable=False),
        sa.Column("membership_id", sa.String(length=32), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("effect", sa.String(length=40), nullable=False),
        sa.Column("valid_from", INSTANT, nullable=False),
        sa.Column("valid_until", INSTANT, nullable=True),
        sa.Column("decided_by", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "valid_until IS NULL OR valid_from <= valid_until",
            name=op.f("ck_wilma_ext_personal_exception_period"),
        ),
        sa.ForeignKeyConstraint(
            ["membership_id"],
            ["wilma_ext_membership.id"],
            name=op.f("fk_wilma_ext_personal_exception_membership_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wilma_ext_personal_exception")),
    )
    op.create_index(
        op.f("ix_wilma_ext_personal_exception_membership_id_category"),
        "wilma_ext_personal_exception",
        ["membership_id", "category"],
        unique=False,
    )
