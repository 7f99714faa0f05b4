"""Fields of work, which decide how a path opens, and certificates for paths that are complete."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "r0003"
down_revision = "r0002"


def upgrade() -> None:
    """Add the field to people, let totals be counted by it without reading rows, and create certificates."""
    op.add_column("people", sa.Column("work_field", sa.String(64), nullable=False, server_default=""))
    op.drop_index("ix_people_totals", "people")
    counted = ["left_on", "role", "work_field", "unit", "standing", "deadline"]
    op.create_index("ix_people_totals", "people", counted)
    op.create_table(
        "certificates",
        sa.Column("number", sa.String(16), nullable=False),
        sa.Column("person_id", sa.String(64), nullable=False),
        sa.Column("role", sa.String(64), nullable=False),
        sa.Column("course_version", sa.String(32), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("modules", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_certificates"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], "fk_certificates_person_id", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_certificates_person_id", "certificates", ["person_id"])
