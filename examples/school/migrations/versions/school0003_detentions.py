"""Detentions."""

import sqlalchemy as sa
from alembic import op

revision = "school0003"
down_revision = "school0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _detentions()


def downgrade() -> None:
    op.drop_table("detentions")


def _detentions() -> None:
    op.create_table(
        "detentions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("served", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=True),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupils.id"], name=op.f("fk_detentions_pupil_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_detentions")),
    )
    op.create_index(op.f("ix_detentions_pupil_id"), "detentions", ["pupil_id"])
