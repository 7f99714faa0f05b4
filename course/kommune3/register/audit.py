"""The audit log: what was done with people's data, when and by whom. No names, no ids."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from kommune3.engine import clock

from .tables import AuditRow, PersonRow


def note(
    session: Session,
    action: str,
    *,
    subject: str = "",
    by: str = "",
    detail: Mapping[str, Any] = MappingProxyType({}),
) -> None:
    """Add a line. ``subject`` is a pseudonym; ``by`` the id of who did it, stored as a pseudonym."""
    actor = session.scalar(select(PersonRow.pseudonym).where(PersonRow.id == by)) or "" if by else ""
    session.add(AuditRow(at=clock.now(), action=action, subject=subject, actor=actor, detail=dict(detail)))


def lines(session: Session) -> list[AuditRow]:
    """The whole log, oldest first."""
    return list(session.scalars(select(AuditRow).order_by(AuditRow.id)))
