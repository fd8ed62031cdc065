"""Municipalities, schools, people, accounts, groups, pupils and guardians."""

import sqlalchemy as sa
from alembic import op

revision = "school0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _municipalities()
    _schools()
    _persons()
    _accounts()
    _teaching_groups()
    _pupils()
    _guardianships()


def downgrade() -> None:
    op.drop_table("guardianships")
    op.drop_table("pupils")
    op.drop_table("teaching_groups")
    op.drop_table("accounts")
    op.drop_table("persons")
    op.drop_table("schools")
    op.drop_table("municipalities")


def _municipalities() -> None:
    op.create_table(
        "municipalities",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("name_sv", sa.String(length=120), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_municipalities")),
    )


def _schools() -> None:
    op.create_table(
        "schools",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("name_sv", sa.String(length=120), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_schools_municipality_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schools")),
    )
    op.create_index(op.f("ix_schools_municipality_id"), "schools", ["municipality_id"])


def _persons() -> None:
    op.create_table(
        "persons",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("given_names", sa.String(length=120), nullable=False),
        sa.Column("family_name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("human_key", sa.String(length=36), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_persons")),
    )
    op.create_index(op.f("ix_persons_human_key"), "persons", ["human_key"])


def _accounts() -> None:
    op.create_table(
        "accounts",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("username", sa.String(length=60), nullable=False),
        sa.Column("password_hash", sa.String(length=255), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("is_teacher", sa.Boolean(), nullable=False),
        sa.Column("is_secretary", sa.Boolean(), nullable=False),
        sa.Column("is_main_user", sa.Boolean(), nullable=False),
        sa.Column("is_privacy_officer", sa.Boolean(), nullable=False),
        sa.Column("municipality_id", sa.Integer(), nullable=True),
        sa.Column("school_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["municipality_id"], ["municipalities.id"], name=op.f("fk_accounts_municipality_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_accounts_person_id")),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_accounts_school_id")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("username", name=op.f("uq_accounts_username")),
    )


def _teaching_groups() -> None:
    op.create_table(
        "teaching_groups",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("grade_level", sa.Integer(), nullable=False),
        sa.Column("teacher_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["school_id"], ["schools.id"], name=op.f("fk_teaching_groups_school_id")
        ),
        sa.ForeignKeyConstraint(
            ["teacher_id"], ["persons.id"], name=op.f("fk_teaching_groups_teacher_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_teaching_groups")),
        sa.UniqueConstraint("school_id", "name", name=op.f("uq_teaching_groups_school_id_name")),
    )
    op.create_index(op.f("ix_teaching_groups_teacher_id"), "teaching_groups", ["teacher_id"])


def _pupils() -> None:
    op.create_table(
        "pupils",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("school_id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("given_names", sa.String(length=120), nullable=False),
        sa.Column("family_name", sa.String(length=120), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=False),
        sa.Column("enrolled", sa.Boolean(), nullable=False),
        sa.Column("contact_protected", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["group_id"], ["teaching_groups.id"], name=op.f("fk_pupils_group_id")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["persons.id"], name=op.f("fk_pupils_person_id")),
        sa.ForeignKeyConstraint(["school_id"], ["schools.id"], name=op.f("fk_pupils_school_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pupils")),
        sa.UniqueConstraint("person_id", name=op.f("uq_pupils_person_id")),
    )
    op.create_index(op.f("ix_pupils_group_id"), "pupils", ["group_id"])
    op.create_index(op.f("ix_pupils_school_id"), "pupils", ["school_id"])


def _guardianships() -> None:
    op.create_table(
        "guardianships",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("pupil_id", sa.Integer(), nullable=False),
        sa.Column("guardian_id", sa.Integer(), nullable=False),
        sa.Column("may_decide", sa.Boolean(), nullable=False),
        sa.Column("restricted_information", sa.Boolean(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["guardian_id"], ["persons.id"], name=op.f("fk_guardianships_guardian_id")
        ),
        sa.ForeignKeyConstraint(
            ["pupil_id"], ["pupils.id"], name=op.f("fk_guardianships_pupil_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guardianships")),
        sa.UniqueConstraint(
            "pupil_id", "guardian_id", name=op.f("uq_guardianships_pupil_id_guardian_id")
        ),
    )
    op.create_index(op.f("ix_guardianships_guardian_id"), "guardianships", ["guardian_id"])
