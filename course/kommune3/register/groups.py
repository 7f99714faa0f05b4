"""What people can be chosen by: the units, and the months in which somebody began."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import select

from .people import sort_key
from .store import Register
from .tables import PersonRow


class Groups(NamedTuple):
    """Of those who have not left: units by name, months ("2026-11") newest first."""

    units: list[str]
    months: list[str]


def groups(register: Register) -> Groups:
    """The units and months that somebody is in."""
    here = PersonRow.left.is_(None)
    with register.read() as session:
        units = session.scalars(select(PersonRow.unit).where(here).distinct())
        days = session.scalars(select(PersonRow.start).where(here).distinct())
        months = {day.isoformat()[:7] for day in days if day is not None}
        return Groups(sorted(filter(None, units), key=sort_key), sorted(months, reverse=True))
