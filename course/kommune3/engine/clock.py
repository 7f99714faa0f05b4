"""The moment in UTC, and the day it is where the course is held."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

ZONE = "Europe/Copenhagen"


@lru_cache
def _zone() -> ZoneInfo:
    return ZoneInfo(ZONE)


def now() -> datetime:
    """The moment, in UTC."""
    return datetime.now(UTC)


def local(moment: datetime) -> datetime:
    """The moment on the course's clock; a moment without a zone is taken as UTC."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(_zone())


def today(moment: datetime | None = None) -> date:
    """The course's date now, or at the given moment."""
    return local(moment or now()).date()
