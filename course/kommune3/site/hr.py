"""What HR's pages show besides the lines themselves: totals as bars, filters, links between pages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from ..content import Course
from ..i18n import gettext as _
from ..register.people import sort_key

if TYPE_CHECKING:
    from ..report import Counts, Listing, Query

ORDER = ("completed", "started", "not_started", "overdue")
"""The statuses from left to right in a bar."""
FILTERS = ("not_started", "started", "completed", "overdue", "left")
WIDTH = 1000
"""Units of a bar's drawing, whatever its size on screen."""


@dataclass(frozen=True)
class Segment:
    """A stretch of a bar, in WIDTH units, and the number it stands for."""

    status: str
    start: int
    width: int
    count: int


@dataclass(frozen=True)
class Bar:
    """A named total as a bar."""

    name: str
    total: int
    segments: tuple[Segment, ...]

    @property
    def completed(self) -> int:
        """Per cent completed, rounded down: 100 only when nobody is missing."""
        return 100 * self.segments[0].count // self.total if self.total else 0


def bar(name: str, counts: Counts) -> Bar:
    """The counts one after the other along a bar that they fill exactly."""
    numbers = [int(getattr(counts, status)) for status in ORDER]
    total, before, segments = sum(numbers), 0, []
    for status, number in zip(ORDER, numbers, strict=True):
        start, end = (WIDTH * edge // total if total else 0 for edge in (before, before + number))
        segments.append(Segment(status, start, end - start, number))
        before += number
    return Bar(name, total, tuple(segments))


def hr_context(course: Course, listing: Listing, query: Query) -> dict[str, Any]:
    """What the list's template needs."""
    totals = listing.totals
    titles = {module.id: module.title for module in course.modules}
    roles = {role.id: role.title for role in course.roles}
    return {
        "listing": listing,
        "query": query,
        "filters": FILTERS,
        "filtered": bool(query.unit or query.role or query.status or query.search),
        "titles": titles,
        "roles": roles,
        "seen_roles": [role for role in course.roles if role.id in course.info.hr_sees_roles],
        "order": ORDER,
        "overall": bar(_("Everybody"), totals.people),
        "by_module": [bar(titles.get(one.module, one.module), one.counts) for one in totals.modules],
        "by_unit": [
            bar(name or _("No unit"), totals.units[name]) for name in sorted(totals.units, key=sort_key)
        ],
        "around": pages_around(listing.page, listing.pages),
    }


def pages_around(page: int, pages: int) -> list[int | None]:
    """The page numbers to link: first, last, those around the current one; None for a gap."""
    wanted = sorted({1, pages, *range(page - 1, page + 2)} & set(range(1, pages + 1)))
    found: list[int | None] = []
    for number in wanted:
        if found and number - (found[-1] or 0) > 1:
            found.append(None)
        found.append(number)
    return found


def link_to(base: str, query: Query) -> Callable[..., str]:
    """A function that gives the address of the list, or of another page with the same filters."""

    def link(target: str = "/hr", **changes: object) -> str:
        names = ("unit", "role", "status", "search")
        wanted = {name: getattr(query, name) for name in names} | changes
        words = urlencode({name: value for name, value in wanted.items() if value})
        return f"{base}{target}" + (f"?{words}" if words else "")

    return link
