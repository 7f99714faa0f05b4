"""Reflections: drafts, submissions, marks and receipts; and cohorts with their trainers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "r0002"
down_revision = "r0001"

NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the tables, and let the database refuse to change what was sent or to take feedback back."""
    _cohorts()
    _drafts()
    _submissions()
    _marks()
    _receipts()
    if op.get_bind().dialect.name == "sqlite":
        _guard()


def _person(table: str, column: str = "person_id") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["people.id"], f"fk_{table}_{column}", ondelete="CASCADE")


def _cohort(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["cohort_id"], ["cohorts.id"], f"fk_{table}_cohort_id", ondelete="CASCADE")


def _cohorts() -> None:
    op.create_table(
        "cohorts",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("made_from", sa.String(300), nullable=False),
        sa.Column("deadline", sa.Date),
        sa.Column("sample", sa.Boolean, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_cohorts"),
    )
    for table, own in (("cohort_members", ["person_id"]), ("cohort_trainers", ["cohort_id", "person_id"])):
        op.create_table(
            table,
            sa.Column("person_id", sa.String(64), nullable=False),
            sa.Column("cohort_id", sa.String(64), nullable=False),
            sa.PrimaryKeyConstraint(*own, name=f"pk_{table}"),
            _person(table),
            _cohort(table),
        )
    op.create_index("ix_cohort_members_cohort_id", "cohort_members", ["cohort_id"])
    op.create_index("ix_cohort_trainers_person_id", "cohort_trainers", ["person_id"])


def _drafts() -> None:
    op.create_table(
        "drafts",
        sa.Column("person_id", sa.String(64), nullable=False),
        sa.Column("activity", sa.String(64), nullable=False),
        sa.Column("module", sa.String(64), nullable=False),
        sa.Column("version", sa.String(12), nullable=False),
        sa.Column("answers", sa.JSON, nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("saved_at", MOMENT),
        sa.PrimaryKeyConstraint("person_id", "activity", name="pk_drafts"),
        _person("drafts"),
    )


def _submissions() -> None:
    op.create_table(
        "submissions",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("person_id", sa.String(64), nullable=False),
        sa.Column("module", sa.String(64), nullable=False),
        sa.Column("activity", sa.String(64), nullable=False),
        sa.Column("assignment", sa.String(64), nullable=False),
        sa.Column("version", sa.String(12), nullable=False),
        sa.Column("course_version", sa.String(32), nullable=False),
        sa.Column("key", sa.String(36), nullable=False),
        sa.Column("way", sa.String(16), nullable=False),
        sa.Column("answers", sa.JSON, nullable=False),
        sa.Column("shared", sa.Boolean, nullable=False),
        sa.Column("passed", sa.Boolean, nullable=False),
        sa.Column("submitted_at", MOMENT, nullable=False),
        sa.Column("withdrawn_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name="pk_submissions"),
        _person("submissions"),
        sa.UniqueConstraint("person_id", "activity", "key", name="uq_submissions_person_id_activity_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_submissions_newest", "submissions", ["person_id", "activity", "id"])


def _marks() -> None:
    op.create_table(
        "marks",
        sa.Column("submission_id", NUMBER, nullable=False, autoincrement=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("auto", sa.Double),
        sa.Column("manual", sa.Double),
        sa.Column("comment", sa.Text, nullable=False),
        sa.Column("needs_manual", sa.Boolean, nullable=False),
        sa.Column("marked_at", MOMENT, nullable=False),
        sa.Column("returned_at", MOMENT),
        sa.PrimaryKeyConstraint("submission_id", name="pk_marks"),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submissions.id"], "fk_marks_submission_id", ondelete="CASCADE"
        ),
    )


def _receipts() -> None:
    op.create_table(
        "receipts",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("person_id", sa.String(64)),
        sa.Column("cohort_id", sa.String(64)),
        sa.Column("assignment", sa.String(64), nullable=False),
        sa.Column("activity", sa.String(64), nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("way", sa.String(16), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_receipts"),
        _person("receipts"),
        _cohort("receipts"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_receipts_person_id", "receipts", ["person_id"])
    op.create_index("ix_receipts_cohort_id", "receipts", ["cohort_id"])


KEPT = (
    *("id", "person_id", "module", "activity", "assignment", "version", "course_version"),
    *("key", "way", "shared", "passed", "submitted_at"),
)


def _guard() -> None:
    """A submission changes once at most, by being withdrawn and emptied; returned feedback stays returned."""
    same = " AND ".join(f"NEW.{column} IS OLD.{column}" for column in KEPT)
    emptied = "OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL AND json(NEW.answers) = '[]'"
    refuse = "BEGIN SELECT RAISE(ABORT, 'submissions are only ever appended or withdrawn'); END"
    orphaned = "NOT EXISTS (SELECT 1 FROM people WHERE id = OLD.person_id)"
    op.execute(
        f"CREATE TRIGGER submissions_never_changed BEFORE UPDATE ON submissions"
        f" WHEN NOT ({same} AND {emptied}) {refuse}"
    )
    op.execute(f"CREATE TRIGGER submissions_kept BEFORE DELETE ON submissions WHEN NOT ({orphaned}) {refuse}")
    op.execute(
        "CREATE TRIGGER marks_stay_returned BEFORE UPDATE ON marks"
        " WHEN OLD.returned_at IS NOT NULL AND NEW.returned_at IS NOT OLD.returned_at"
        " BEGIN SELECT RAISE(ABORT, 'returned feedback stays returned'); END"
    )
