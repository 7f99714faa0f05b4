"""From a cohort's gradebook to the register's marks: what the check found and what a trainer gave."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import text

from kommune3.i18n import gettext as _
from kommune3.register.marks import Mark

from .rows import UNDER_WAY
from .source import Source

QUERY = text(
    """SELECT p.activity, p.submission, p.reason, c.name, g.auto_score, g.manual_score, g.extra_credit,
        g.needs_manual_grade, m.manual_comment, n.flagged, CAST(strftime('%s', h.extension) AS INTEGER)
    FROM kommune3_projected p
    JOIN submitted_notebook n ON n.id = p.notebook_id
    JOIN submitted_assignment h ON h.id = n.assignment_id
    JOIN grade g ON g.notebook_id = n.id
    JOIN base_cell c ON c.id = g.cell_id
    LEFT JOIN (comment m JOIN base_cell s ON s.id = m.cell_id) ON m.notebook_id = n.id AND s.name = c.name
    WHERE p.submission <> :under_way
    ORDER BY p.person, p.activity"""
)


@dataclass(frozen=True)
class Cell:
    """The points and the comment of one graded cell."""

    name: str
    auto: float | None
    manual: float | None
    extra: float | None
    needs_manual: bool
    comment: str

    @property
    def given(self) -> float | None:
        """The trainer's points with extra credit, None where there are none."""
        return None if self.manual is None else self.manual + (self.extra or 0.0)

    @property
    def points(self) -> float | None:
        """What counts: the trainer's points, else the check's."""
        return self.auto if self.given is None else self.given


def read(gradebook: Any, sources: Mapping[str, Source]) -> list[Mark]:
    """A mark for each submission in the gradebook; ``sources`` by reflection."""
    cells: dict[tuple[str, int, str, bool, int | None], list[Cell]] = {}
    rows = gradebook.db.execute(QUERY, {"under_way": UNDER_WAY})
    for activity, submission, reason, name, auto, manual, extra, needs, comment, flagged, more in rows:
        cell = Cell(name, auto, manual, extra, bool(needs), comment or "")
        cells.setdefault((activity, submission, reason, bool(flagged), more), []).append(cell)
    return [
        replace(mark_of(sources[activity], submission, reason, several), flagged=flagged, extension=more)
        for (activity, submission, reason, flagged, more), several in cells.items()
        if activity in sources
    ]


def mark_of(source: Source, submission: int, reason: str, cells: Iterable[Cell]) -> Mark:
    """The mark that the graded cells of one notebook make."""
    by_name = {cell.name: cell for cell in cells}
    answer = by_name.get(source.activity)
    found = [by_name[test.grade_id].points for test in source.tests if test.grade_id in by_name]
    points = [one for one in found if one is not None]
    given = [by_name[test.grade_id].given for test in source.tests if test.grade_id in by_name]
    mark = Mark(
        submission=submission,
        state="could_not_check",
        reason=reason or _("The gradebook has no result of the check."),
        auto=sum(points) if points else None,
        manual=answer.given if answer else None,
        comment=answer.comment if answer else "",
        needs_manual=any(cell.needs_manual for cell in by_name.values()),
        check_given=given[0] if len(given) == 1 else None,
        settled=answer is None or answer.given is None or not answer.needs_manual,
    )
    if reason or len(points) < len(source.tests):
        return mark
    passed = sum(points) >= sum(test.points or 0.0 for test in source.tests)
    return replace(mark, state="checked" if passed else "not_passed", reason="")
