"""The register's tables. Times are UTC; attempts and completions are only ever appended."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Date,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    TypeDecorator,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Moment(TypeDecorator[datetime]):
    """A moment in UTC, with its zone also where the database keeps none."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment as UTC."""
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment with its zone."""
        return value.replace(tzinfo=UTC) if value and value.tzinfo is None else value


# SQLite numbers rows by itself only where the type is exactly INTEGER
Number = BigInteger().with_variant(Integer, "sqlite")


class Base(DeclarativeBase):
    """Names constraints, so that a later migration can find them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class PersonRow(Base):
    """Somebody who takes the course. ``left``: no longer in the roster; kept until erased."""

    __tablename__ = "people"
    __table_args__ = (
        # holds what the list filters by, in the order it is shown
        Index("ix_people_list", "left_on", "sort", "id", "role", "unit"),
        # holds all that totals need, in the order they are counted: no row is read for them
        Index("ix_people_totals", "left_on", "role", "work_field", "unit", "standing", "deadline"),
    )

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    pseudonym: Mapped[str] = mapped_column(String(32), unique=True)
    """A random name for the audit log; nobody can tell whose it was once the person is erased."""
    origin: Mapped[str] = mapped_column(String(8))
    """local, roster or sample."""
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(254), default="")
    unit: Mapped[str] = mapped_column(String(200), default="")
    role: Mapped[str] = mapped_column(String(64), default="")
    work_field: Mapped[str] = mapped_column(String(64), default="", server_default="")
    """The field of work that decides how the role's path opens; empty until it is chosen."""
    manager: Mapped[str] = mapped_column(String(64), default="")
    start: Mapped[date | None] = mapped_column("start_date", Date)
    deadline: Mapped[date | None] = mapped_column(Date)
    left: Mapped[date | None] = mapped_column("left_on", Date)
    sort: Mapped[str] = mapped_column(String(600))
    """The name as Danish sorts it."""
    find: Mapped[str] = mapped_column(String(800))
    """What a search looks in, in lower case."""
    standing: Mapped[str] = mapped_column(String(4000), default="")
    """Modules started and completed, see standing.py; follows from attempts and completions."""


class AttemptRow(Base):
    """The path so far in one activity, and what the server found it to amount to."""

    __tablename__ = "attempts"
    __table_args__ = (
        UniqueConstraint("person_id", "key"),
        Index("ix_attempts_newest", "person_id", "activity", "id"),
        Index(
            "ix_attempts_passed",
            "person_id",
            "course_version",
            "activity",
            # the migration has it for PostgreSQL too; here it would load that dialect at each start
            sqlite_where=text("passed"),
        ),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Number, primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    module: Mapped[str] = mapped_column(String(64))
    activity: Mapped[str] = mapped_column(String(64))
    version: Mapped[str] = mapped_column(String(12))
    course_version: Mapped[str] = mapped_column(String(32))
    key: Mapped[str] = mapped_column(String(36))
    choices: Mapped[list[str]] = mapped_column(JSON)
    outcome: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The outcome without the single answers, which follow from choices and version."""
    passed: Mapped[bool]
    recorded_at: Mapped[datetime] = mapped_column(Moment)


class CompletionRow(Base):
    """That a person completed a module, in which course version, on what evidence."""

    __tablename__ = "completions"
    __table_args__ = (
        UniqueConstraint("person_id", "module", "course_version"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(Number, primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    module: Mapped[str] = mapped_column(String(64))
    course_version: Mapped[str] = mapped_column(String(32))
    evidence: Mapped[str] = mapped_column(String(32))
    attempt_id: Mapped[int | None] = mapped_column(ForeignKey("attempts.id", ondelete="CASCADE"), index=True)
    completed_at: Mapped[datetime] = mapped_column(Moment)


class AuditRow(Base):
    """What was done with people's data, when, and by whom; people under their pseudonym only."""

    __tablename__ = "audit"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(Number, primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
    action: Mapped[str] = mapped_column(String(32))
    subject: Mapped[str] = mapped_column(String(32), index=True)
    actor: Mapped[str] = mapped_column(String(32))
    detail: Mapped[dict[str, Any]] = mapped_column(JSON)


class CertificateRow(Base):
    """That somebody completed a role's path, as it was on the day; the number is what HR looks up."""

    __tablename__ = "certificates"
    __table_args__ = (Index("ix_certificates_person_id", "person_id"),)

    number: Mapped[str] = mapped_column(String(16), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    role: Mapped[str] = mapped_column(String(64))
    course_version: Mapped[str] = mapped_column(String(32))
    issued_at: Mapped[datetime] = mapped_column(Moment)
    modules: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    """Each module's id, title, day, course version and kind of evidence."""
