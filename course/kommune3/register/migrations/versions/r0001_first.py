"""People, attempts, completions and the audit log."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "r0001"
down_revision = None

NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the tables, and let the database itself refuse to change what was appended."""
    _people()
    _attempts()
    _completions()
    _audit()
    if op.get_bind().dialect.name == "sqlite":
        for table in ("attempts", "completions"):
            _append_only(table)


def _people() -> None:
    op.create_table(
        "people",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("pseudonym", sa.String(32), nullable=False),
        sa.Column("origin", sa.String(8), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("unit", sa.String(200), nullable=False),
        sa.Column("role", sa.String(64), nullable=False),
        sa.Column("manager", sa.String(64), nullable=False),
        sa.Column("start_date", sa.Date),
        sa.Column("deadline", sa.Date),
        sa.Column("left_on", sa.Date),
        sa.Column("sort", sa.String(600), nullable=False),
        sa.Column("find", sa.String(800), nullable=False),
        sa.Column("standing", sa.String(4000), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
        sa.UniqueConstraint("pseudonym", name="uq_people_pseudonym"),
    )
    op.create_index("ix_people_list", "people", ["left_on", "sort", "id", "role", "unit"])
    op.create_index("ix_people_totals", "people", ["left_on", "role", "unit", "standing", "deadline"])


def _attempts() -> None:
    op.create_table(
        "attempts",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("person_id", sa.String(64), nullable=False),
        sa.Column("module", sa.String(64), nullable=False),
        sa.Column("activity", sa.String(64), nullable=False),
        sa.Column("version", sa.String(12), nullable=False),
        sa.Column("course_version", sa.String(32), nullable=False),
        sa.Column("key", sa.String(36), nullable=False),
        sa.Column("choices", sa.JSON, nullable=False),
        sa.Column("outcome", sa.JSON, nullable=False),
        sa.Column("passed", sa.Boolean, nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_attempts"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], "fk_attempts_person_id", ondelete="CASCADE"),
        sa.UniqueConstraint("person_id", "key", name="uq_attempts_person_id_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_attempts_newest", "attempts", ["person_id", "activity", "id"])
    passed = sa.text("passed")
    op.create_index(
        "ix_attempts_passed",
        "attempts",
        ["person_id", "course_version", "activity"],
        sqlite_where=passed,
        postgresql_where=passed,
    )


def _completions() -> None:
    op.create_table(
        "completions",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("person_id", sa.String(64), nullable=False),
        sa.Column("module", sa.String(64), nullable=False),
        sa.Column("course_version", sa.String(32), nullable=False),
        sa.Column("evidence", sa.String(32), nullable=False),
        sa.Column("attempt_id", NUMBER),
        sa.Column("completed_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_completions"),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], "fk_completions_person_id", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["attempts.id"], "fk_completions_attempt_id", ondelete="CASCADE"
        ),
        sa.UniqueConstraint(
            "person_id", "module", "course_version", name="uq_completions_person_id_module_course_version"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_completions_attempt_id", "completions", ["attempt_id"])


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("action", sa.String(32), nullable=False),
        sa.Column("subject", sa.String(32), nullable=False),
        sa.Column("actor", sa.String(32), nullable=False),
        sa.Column("detail", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_subject", "audit", ["subject"])


def _append_only(table: str) -> None:
    """Refuse every change, and every deletion but the one that follows a person's own."""
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} are only ever appended'); END"
    orphaned = "NOT EXISTS (SELECT 1 FROM people WHERE id = OLD.person_id)"
    op.execute(f"CREATE TRIGGER {table}_never_changed BEFORE UPDATE ON {table} {refuse}")
    op.execute(f"CREATE TRIGGER {table}_kept BEFORE DELETE ON {table} WHEN NOT ({orphaned}) {refuse}")
