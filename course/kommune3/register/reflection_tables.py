"""The tables for reflections, what a trainer says about them, and cohorts. Times are UTC.

The texts are private: their author's and, where shared, the author's trainers'. ``report`` never reads them.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, Date, Double, ForeignKey, Index, String, Text, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from .tables import Base, Moment, Number


class DraftRow(Base):
    """What somebody is writing. Empty without ``saved_at``: the row stays, so that revisions only grow."""

    __tablename__ = "drafts"

    person_id: Mapped[str] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    activity: Mapped[str] = mapped_column(String(64), primary_key=True)
    module: Mapped[str] = mapped_column(String(64))
    version: Mapped[str] = mapped_column(String(12))
    """The version of the activity that the answers were written in."""
    answers: Mapped[list[str]] = mapped_column(JSON)
    revision: Mapped[int]
    saved_at: Mapped[datetime | None] = mapped_column(Moment)


class SubmissionRow(Base):
    """A reflection that was sent. The newest one not withdrawn counts; withdrawing empties the answers."""

    __tablename__ = "submissions"
    __table_args__ = (
        UniqueConstraint("person_id", "activity", "key"),
        Index("ix_submissions_newest", "person_id", "activity", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Number, primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    module: Mapped[str] = mapped_column(String(64))
    activity: Mapped[str] = mapped_column(String(64))
    assignment: Mapped[str] = mapped_column(String(64))
    version: Mapped[str] = mapped_column(String(12))
    course_version: Mapped[str] = mapped_column(String(32))
    key: Mapped[str] = mapped_column(String(36))
    way: Mapped[str] = mapped_column(String(16))
    """page, notebook or mail."""
    answers: Mapped[list[str]] = mapped_column(JSON)
    shared: Mapped[bool]
    passed: Mapped[bool]
    """Whether the check of form found nothing that keeps it from passing."""
    submitted_at: Mapped[datetime] = mapped_column(Moment)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)


class MarkRow(Base):
    """What grading made of a submission. ``manual`` are the trainer's points; None until they are given."""

    __tablename__ = "marks"

    submission_id: Mapped[int] = mapped_column(
        ForeignKey("submissions.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    state: Mapped[str] = mapped_column(String(16))
    """checked, not_passed or could_not_check."""
    reason: Mapped[str] = mapped_column(String(500))
    auto: Mapped[float | None] = mapped_column(Double)
    manual: Mapped[float | None] = mapped_column(Double)
    comment: Mapped[str] = mapped_column(Text)
    needs_manual: Mapped[bool]
    flagged: Mapped[bool] = mapped_column(default=False, server_default=false())
    check_given: Mapped[float | None] = mapped_column(Double)
    """Points that a trainer gave in the check's place; they are in ``auto``, too."""
    extension: Mapped[int | None]
    """Seconds after the deadline that a trainer gave this person."""
    marked_at: Mapped[datetime] = mapped_column(Moment)
    returned_at: Mapped[datetime | None] = mapped_column(Moment)


class CohortRow(Base):
    """People who are trained together."""

    __tablename__ = "cohorts"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    made_from: Mapped[str] = mapped_column(String(300))
    """How its people were chosen, in words for the trainer."""
    deadline: Mapped[date | None] = mapped_column(Date)
    sample: Mapped[bool]
    made_at: Mapped[datetime] = mapped_column(Moment)


class MemberRow(Base):
    """That a person is in a cohort; nobody is in two."""

    __tablename__ = "cohort_members"

    person_id: Mapped[str] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), primary_key=True)
    cohort_id: Mapped[str] = mapped_column(ForeignKey("cohorts.id", ondelete="CASCADE"), index=True)


class TrainerRow(Base):
    """Who trains a cohort, and may read what its members share."""

    __tablename__ = "cohort_trainers"

    cohort_id: Mapped[str] = mapped_column(ForeignKey("cohorts.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[str] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class ReceiptRow(Base):
    """That something came in which could not be read: whose, for what, and why; never what it held."""

    __tablename__ = "receipts"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(Number, primary_key=True)
    person_id: Mapped[str | None] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"), index=True)
    cohort_id: Mapped[str | None] = mapped_column(ForeignKey("cohorts.id", ondelete="CASCADE"), index=True)
    assignment: Mapped[str] = mapped_column(String(64))
    activity: Mapped[str] = mapped_column(String(64))
    """"" for all reflections of the assignment. Of a file from nobody in particular, the SHA-256 of it."""
    reason: Mapped[str] = mapped_column(String(500))
    way: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime] = mapped_column(Moment)
