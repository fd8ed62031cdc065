"""Lesson notes with their types, and grades."""

import sqlalchemy as sa
from alembic import op

revision = "school0002"
down_revision = "school0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _note_types()
    _lesson_notes()
    _grades()


def downgrade() -> None:
    op.drop_table("grades")
    op.drop_table("lesson_notes")
    op.drop_table("note_types")


def _note_types() -> None:
    op.create_table(
        "note_types",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.Column("label_fi", sa.String(length=120), nullable=False),
        sa.Column("label_sv", sa.String(length=120), nullable=False),
        sa.Column("label_en", sa.String(length=120), nullable=False),
        sa.Column("is_absence", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note_types")),
        sa.UniqueConstraint("code", name=op.f("uq_note_types_code")),
    )


def _lesson_notes() -> None:
    op.create_table(
        "lesson_notes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("type_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("starts_at", sa.String(length=5), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("subject", sa.String(length=60), nullable=True),
        sa.Column("explained", sa.Boolean(), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupils.id"], name=op.f("fk_lesson_notes_pupil_id")),
        sa.ForeignKeyConstraint(
            ["type_id"], ["note_types.id"], name=op.f("fk_lesson_notes_type_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lesson_notes")),
    )
    op.create_index(op.f("ix_lesson_notes_pupil_id_day"), "lesson_notes", ["pupil_id", "day"])


def _grades() -> None:
    op.create_table(
        "grades",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("value", sa.String(length=10), nullable=False),
        sa.Column("scale", sa.String(length=10), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("visible_from", sa.DateTime(), nullable=True),
        sa.Column("verbal", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["pupil_id"], ["pupils.id"], name=op.f("fk_grades_pupil_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grades")),
    )
    op.create_index(op.f("ix_grades_pupil_id_day"), "grades", ["pupil_id", "day"])
