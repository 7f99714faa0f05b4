"""What HR asks of the register, and what it is answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, NamedTuple

from kommune3.register.people import Person
from kommune3.register.progress import ModuleProgress

PersonStatus = Literal["not_started", "started", "completed", "overdue", "left"]
STATUSES: tuple[PersonStatus, ...] = ("not_started", "started", "completed", "overdue", "left")


@dataclass(frozen=True)
class Query:
    """Filters; empty text is "all". Those who left are found under the status ``left`` alone."""

    unit: str = ""
    role: str = ""
    status: str = ""
    """A PersonStatus; one that does not exist finds nobody."""
    search: str = ""
    """Words that each must occur in name, id, e-mail or unit, in any case."""
    page: int = 1
    per_page: int = 50


class PersonLine(NamedTuple):
    """A person and how far along their role's path they are."""

    person: Person
    status: PersonStatus
    """``overdue``: the deadline has passed and the path is not completed."""
    done: int
    """Modules completed, of ``required`` ones on the path that can be."""
    required: int
    last: datetime | None
    """When the newest completion was, UTC."""
    modules: Sequence[ModuleProgress]


@dataclass
class Counts:
    """How many people are where. Somebody overdue is counted as overdue only."""

    not_started: int = 0
    started: int = 0
    completed: int = 0
    overdue: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.not_started + self.started + self.completed + self.overdue

    def add(self, status: str, people: int) -> None:
        """Count so many people more with this status."""
        setattr(self, status, getattr(self, status) + people)


@dataclass
class ModuleTotals:
    """How many of those whose path holds the module are where with it."""

    module: str
    counts: Counts = field(default_factory=Counts)
    roles: dict[str, Counts] = field(default_factory=dict)
    units: dict[str, Counts] = field(default_factory=dict)


@dataclass
class Totals:
    """Counts over the query's unit and role, whatever its status and search; without those who left."""

    people: Counts = field(default_factory=Counts)
    roles: dict[str, Counts] = field(default_factory=dict)
    units: dict[str, Counts] = field(default_factory=dict)
    modules: list[ModuleTotals] = field(default_factory=list)


@dataclass(frozen=True)
class Listing:
    """One page of people, how many there are in all, the units to choose from, and the totals."""

    lines: list[PersonLine]
    total: int
    page: int
    pages: int
    units: list[str]
    totals: Totals
