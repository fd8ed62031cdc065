"""Create the tables of consent forms and answers."""

import sqlalchemy as sa
from alembic import op

revision = "wx0003_create_consent"
down_revision = "wx0002_create_welfare_group"
branch_labels = None
depends_on = None

#: UTC: text of fixed width on SQLite, timestamptz on PostgreSQL.
INSTANT = sa.DateTime(timezone=True).with_variant(sa.String(27), "sqlite")


def upgrade():
    """Create the tables."""
    create_capacity_decision()
    create_consent_form()
    create_answer()
    create_form_pair()
    create_form_text()
    create_answer_choice()
    create_answer_decider()


def downgrade():
    """Drop the tables."""
    op.drop_table("wilma_ext_answer_decider")
    op.drop_table("wilma_ext_answer_choice")
    op.drop_table("wilma_ext_form_text")
    op.drop_table("wilma_ext_form_pair")
    op.drop_table("wilma_ext_answer")
    op.drop_table("wilma_ext_consent_form")
    op.drop_table("wilma_ext_capacity_decision")


def create_capacity_decision():
    """Create the table `wilma_ext_capacity_decision`."""
    op.create_table(
        "wilma_ext_capacity_decision",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("provider_ref", sa.String(length=200), nullable=False),
        sa.Column("pupil_ref", sa.String(length=200), nullable=False),
        sa.Column("decides", sa.String(length=40), nullable=False),
        sa.Column("valid_from", INSTANT, nullable=False),
        sa.Column("valid_until", INSTANT, nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wilma_ext_capacity_decision")),
    )
    op.create_index(
        op.f("ix_wilma_ext_capacity_decision_provider_ref_pupil_ref"),
        "wilma_ext_capacity_decision",
        ["provider_ref", "pupil_ref"],
        unique=False,
    )


def create_consent_form():
    """Create the table `wilma_ext_consent_form`."""
    op.create_table(
        "wilma_ext_consent_form",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("provider_ref", sa.String(length=200), nullable=False),
        sa.Column("county", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("material", sa.Boolean(), nullable=False),
        sa.Column("published_at", INSTANT, nullable=True),
        sa.Column("author", sa.String(length=200), nullable=False),
        sa.Column("privacy_url", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wilma_ext_consent_form")),
        sa.UniqueConstraint(
            "provider_ref",
            "county",
            "version",
            name=op.f("uq_wilma_ext_consent_form_provider_ref_county_version"),
        ),
    )


def create_answer():
    """Create the table `wilma_ext_answer`."""
    op.create_table(
        "wilma_ext_answer",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("provider_ref", sa.String(length=200), nullable=False),
        sa.Column("number", sa.String(length=20), nullable=False),
        sa.Column("pupil_ref", sa.String(length=200), nullable=False),
        sa.Column("giver_ref", sa.String(length=200), nullable=False),
        sa.Column("capacity", sa.String(length=40), nullable=False),
        sa.Column("channel", sa.String(length=40), nullable=False),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("county", sa.String(length=40), nullable=False),
        sa.Column("form_id", sa.String(length=32), nullable=True),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("text_sha256", sa.String(length=64), nullable=False),
        sa.Column("given_at", INSTANT, nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("school_ref", sa.String(length=200), nullable=False),
        sa.Column("entered_by", sa.Text(), nullable=True),
        sa.Column("document", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["form_id"], ["wilma_ext_consent_form.id"], name=op.f("fk_wilma_ext_answer_form_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wilma_ext_answer")),
        sa.UniqueConstraint(
            "provider_ref", "number", name=op.f("uq_wilma_ext_answer_provider_ref_number")
        ),
    )
    op.create_index(
        op.f("ix_wilma_ext_answer_provider_ref_pupil_ref_given_at"),
        "wilma_ext_answer",
        ["provider_ref", "pupil_ref", "given_at"],
        unique=False,
    )


def create_form_pair():
    """Create the table `wilma_ext_form_pair`."""
    op.create_table(
        "wilma_ext_form_pair",
        sa.Column("form_id", sa.String(length=32), nullable=False),
        sa.Column("profession", sa.String(length=40), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("provider_ref", sa.String(length=200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["form_id"], ["wilma_ext_consent_form.id"], name=op.f("fk_wilma_ext_form_pair_form_id")
        ),
        sa.PrimaryKeyConstraint(
            "form_id", "profession", "category", name=op.f("pk_wilma_ext_form_pair")
        ),
    )


def create_form_text():
    """Create the table `wilma_ext_form_text`."""
    op.create_table(
        "wilma_ext_form_text",
        sa.Column("form_id", sa.String(length=32), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("part", sa.String(length=40), nullable=False),
        sa.Column("provider_ref", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["form_id"], ["wilma_ext_consent_form.id"], name=op.f("fk_wilma_ext_form_text_form_id")
        ),
        sa.PrimaryKeyConstraint("form_id", "language", "part", name=op.f("pk_wilma_ext_form_text")),
    )


def create_answer_choice():
    """Create the table `wilma_ext_answer_choice`."""
    op.create_table(
        "wilma_ext_answer_choice",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("provider_ref", sa.String(length=200), nullable=False),
        sa.Column("answer_id", sa.String(length=32), nullable=False),
        sa.Column("pupil_ref", sa.String(length=200), nullable=False),
        sa.Column("giver_ref", sa.String(length=200), nullable=False),
        sa.Column("capacity", sa.String(length=40), nullable=False),
        sa.Column("county", sa.String(length=40), nullable=False),
        sa.Column("profession", sa.String(length=40), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("value", sa.String(length=40), nullable=False),
        sa.Column("given_at", INSTANT, nullable=False),
        sa.Column("valid_from", INSTANT, nullable=False),
        sa.Column("valid_until", INSTANT, nullable=True),
        sa.Column("superseded_at", INSTANT, nullable=True),
        sa.Column("end_reason", sa.String(length=40), nullable=True),
        sa.CheckConstraint(
            "value <> 'no' OR valid_until IS NULL",
            name=op.f("ck_wilma_ext_answer_choice_no_stands"),
        ),
        sa.ForeignKeyConstraint(
            ["answer_id"],
            ["wilma_ext_answer.id"],
            name=op.f("fk_wilma_ext_answer_choice_answer_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wilma_ext_answer_choice")),
    )
    index_answer_choice()


def index_answer_choice():
    """Create the indexes of the table `wilma_ext_answer_choice`."""
    op.create_index(
        op.f("ix_wilma_ext_answer_choice_answer_id"),
        "wilma_ext_answer_choice",
        ["answer_id"],
        unique=False,
    )
    op.create_index(
        "ix_wilma_ext_answer_choice_pair",
        "wilma_ext_answer_choice",
        ["provider_ref", "pupil_ref", "category", "profession"],
        unique=False,
    )
    op.create_index(
        "uq_wilma_ext_answer_choice_standing",
        "wilma_ext_answer_choice",
        [
            "provider_ref",
            "pupil_ref",
            "giver_ref",
            "capacity",
            "county",
            "profession",
            "category",
        ],
        unique=True,
        sqlite_where=sa.text("superseded_at IS NULL"),
        postgresql_where=sa.text("superseded_at IS NULL"),
    )


def create_answer_decider():
    """Create the table `wilma_ext_answer_decider`."""
    op.create_table(
        "wilma_ext_answer_decider",
        sa.Column("answer_id", sa.String(length=32), nullable=False),
        sa.Column("person_ref", sa.String(length=200), nullable=False),
        sa.Column("provider_ref", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"],
            ["wilma_ext_answer.id"],
            name=op.f("fk_wilma_ext_answer_decider_answer_id"),
        ),
        sa.PrimaryKeyConstraint(
            "answer_id", "person_ref", name=op.f("pk_wilma_ext_answer_decider")
        ),
    )
