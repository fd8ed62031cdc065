"""Deepen consent: validity of a form, paper, recorded guardians, noticed changes, ticks."""

import sqlalchemy as sa
from alembic import op

revision = "wx0006_deepen_consent"
down_revision = "wx0005_create_audit"
branch_labels = None
depends_on = None

#: UTC: text of fixed width on SQLite, timestamptz on PostgreSQL.
INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")


def upgrade():
    """Create the tables."""
    create_guardian_decision()
    create_known_pupil()
    create_observed_change()
    create_tick()
    create_told()
    add_to_answer_and_form()


def downgrade():
    """Drop the tables."""
    for column in ("revision", "fixed_until", "validity"):
        op.drop_column("wilma_ext_consent_form", column)
    op.drop_column("wilma_ext_answer", "signed_on")
    op.drop_table("wilma_ext_told")
    op.drop_table("wilma_ext_tick")
    op.drop_table("wilma_ext_observed_change")
    op.drop_table("wilma_ext_known_pupil")
    op.drop_table("wilma_ext_guardian_decision")


def create_guardian_decision():
    """Create the table `wilma_ext_guardian_decision`."""
    op.create_table(
        "wilma_ext_guardian_decision",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("provider_ref", sa.String(length=200), nullable=False),
        sa.Column("pupil_ref", sa.String(length=200), nullable=False),
        sa.Column("person_ref", sa.String(length=200), nullable=False),
        sa.Column("valid_from", INSTANT, nullable=False),
        sa.Column("valid_until", INSTANT, nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "valid_until IS NULL OR valid_from <= valid_until",
            name=op.f("ck_wilma_ext_guardian_decision_period"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wilma_ext_guardian_decision")),
    )
    op.create_index(
        op.f("ix_wilma_ext_guardian_decision_provider_ref_person_ref"),
        "wilma_ext_guardian_decision",
        ["provider_ref", "person_ref"],
        unique=False,
    )
    op.create_index(
        op.f("ix_wilma_ext_guardian_decision_provider_ref_pupil_ref"),
        "wilma_ext_guardian_decision",
        ["provider_ref", "pupil_ref"],
        unique=False,
    )


def create_known_pupil():
    """Create the table `wilma_ext_known_pupil`."""
    op.create_table(
        "wilma_ext_known_pupil",
        sa.Column("provider_ref", sa.String(length=200), nullable=False),
        sa.Column("pupil_ref", sa.String(length=200), nullable=False),
        sa.Column("school_ref", sa.String(length=200), nullable=True),
        sa.Column("guardians_sha256", sa.String(length=64), nullable=False),
        sa.Column("seen_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("provider_ref", "pupil_ref", name=op.f("pk_wilma_ext_known_pupil")),
    )


def create_observed_change():
    """Create the table `wilma_ext_observed_change`."""
    op.create_table(
        "wilma_ext_observed_change",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("provider_ref", sa.String(length=200), nullable=False),
        sa.Column("pupil_ref", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("observed_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wilma_ext_observed_change")),
    )
    op.create_index(
        "ix_wilma_ext_observed_change_of_pupil",
        "wilma_ext_observed_change",
        ["provider_ref", "pupil_ref", "kind", "observed_at"],
        unique=False,
    )


def create_tick():
    """Create the table `wilma_ext_tick`."""
    op.create_table(
        "wilma_ext_tick",
        sa.Column("provider_ref", sa.String(length=200), nullable=False),
        sa.Column("ticked_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("provider_ref", name=op.f("pk_wilma_ext_tick")),
    )


def create_told():
    """Create the table `wilma_ext_told`."""
    op.create_table(
        "wilma_ext_told",
        sa.Column("provider_ref", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("key", sa.String(length=300), nullable=False),
        sa.Column("told_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("provider_ref", "kind", "key", name=op.f("pk_wilma_ext_told")),
    )


def add_to_answer_and_form():
    """Add the day of a paper; the validity of a form and the count of its savings."""
    form = "wilma_ext_consent_form"
    word = sa.String(length=40)
    op.add_column("wilma_ext_answer", sa.Column("signed_on", sa.Date(), nullable=True))
    op.add_column(form, sa.Column("validity", word, server_default="school_year", nullable=False))
    op.add_column(form, sa.Column("fixed_until", sa.Date(), nullable=True))
    op.add_column(form, sa.Column("revision", sa.Integer(), server_default="1", nullable=False))
