"""The staff list: read from CSV, previewed, applied. A file with an error imports nothing at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from kommune3.content import Course
from kommune3.engine.cpr import holds_cpr
from kommune3.i18n import gettext as _

from .csv_file import MANGLED, UNREAD, RosterProblem, Unreadable, clean, controls, decode, heading, rows
from .errors import InvalidPerson, RosterStale
from .people import LOCAL, SAMPLE, Person, check_id
from .roster_change import Change, Preview, apply, preview
from .roster_columns import HEADINGS, LONGEST, REQUIRED, column_of, label

__all__ = ["Change", "Preview", "Roster", "RosterProblem", "RosterStale", "apply", "preview", "read_roster"]

MOST_PROBLEMS = 100
FIRST_YEAR = 1900
"""Before it, no living person began: what a system writes for "no date", or a year of two digits."""

_MIDNIGHT = r"([ T]00:00(:00)?)?"  # what staff systems write behind a date
_DATES = (
    re.compile(r"(?P<y>[0-9]{4})-(?P<m>[0-9]{1,2})-(?P<d>[0-9]{1,2})" + _MIDNIGHT),
    re.compile(r"(?P<d>[0-9]{1,2})[-./](?P<m>[0-9]{1,2})[-./](?P<y>[0-9]{4})" + _MIDNIGHT),
)


@dataclass(frozen=True)
class Roster:
    """A staff list without errors. ``warnings`` are worth a look but stop nothing; ``columns`` are those of
    HEADINGS that the file has."""

    people: tuple[Person, ...]
    warnings: tuple[RosterProblem, ...] = ()
    columns: frozenset[str] = frozenset(HEADINGS)


def read_roster(data: bytes, course: Course) -> Roster | list[RosterProblem]:
    """The roster in the file, or everything that is wrong with it, line by line (at most 100 problems)."""
    try:
        found = rows(decode(data), set(column_of()))
        line, header = next(found, (0, []))
        reading = _Reading(course, line, header)
        for line, row in found:
            reading.row(line, row)
            if len(reading.problems) > MOST_PROBLEMS:
                break
    except Unreadable as unreadable:
        return [unreadable.problem]
    return reading.roster()


@dataclass
class _Reading:
    """A roster on its way in: what has been read, and what was wrong with it."""

    course: Course
    line: int
    header: list[str]
    problems: list[RosterProblem] = field(default_factory=list)
    warnings: list[RosterProblem] = field(default_factory=list)
    people: dict[str, Person] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.header:
            raise Unreadable(
                _("The file is empty."), _("The first line names the columns: id, name, unit, role.")
            )
        known = column_of()
        self.columns = [known.get(heading(cell), "") for cell in self.header]
        self.roles = {
            name.casefold(): role.id for role in self.course.roles for name in (role.id, role.title)
        }
        self._check_columns()

    def _check_columns(self) -> None:
        missing = [column for column in REQUIRED if column not in self.columns]
        twice = sorted({column for column in self.columns if column and self.columns.count(column) > 1})
        if missing:
            what = _("These columns are missing: {names}.").format(names=", ".join(map(label, missing)))
            raise Unreadable(what, _("The first line must name the columns."), self.line)
        if twice:
            raise Unreadable(
                _("Several columns mean the same: {names}.").format(names=", ".join(map(label, twice))),
                "",
                self.line,
            )
        unused = [
            clean(cell)[:40] for cell, column in zip(self.header, self.columns, strict=True) if not column
        ]
        if any(unused):
            what = _("These columns are not used: {names}.").format(names=", ".join(filter(None, unused)))
            self.warnings.append(RosterProblem(self.line, what))

    def row(self, line: int, row: list[str]) -> None:
        """Take in one row."""
        wrong = _shape(row, len(self.columns))
        if wrong:
            self.problems.append(RosterProblem(line, *wrong))
            return
        # spreadsheets leave out empty cells at the end of a row
        cells = dict.fromkeys(HEADINGS, "")
        cells |= {column: clean(cell) for column, cell in zip(self.columns, row, strict=False) if column}
        found = [RosterProblem(line, what, hint) for what, hint in self._wrong(cells)]
        self.problems += found
        if not found:
            person = self._person(cells)
            self.people[person.id] = person
            self.lines[person.id] = line

    def _person(self, cells: dict[str, str]) -> Person:
        return Person(
            id=cells["id"].lower(),
            name=cells["name"],
            email=cells["email"],
            unit=cells["unit"],
            role=self.roles[cells["role"].casefold()],
            work_field=self._field(cells) or "",
            manager=cells["manager"].lower(),
            start=_date(cells["start"]),
            deadline=_date(cells["deadline"]),
        )

    def _field(self, cells: dict[str, str]) -> str | None:
        """The id of the field in its role, empty where none is given, None where the role has no such one."""
        asked, role = cells["work_field"].casefold(), self.roles.get(cells["role"].casefold())
        fields = self.course.role(role).fields if role else ()
        return next(
            (one.id for one in fields if asked in (one.id, one.title.casefold())), None if asked else ""
        )

    def _wrong(self, cells: dict[str, str]) -> Iterator[tuple[str, str]]:
        # not the unit: production unit numbers have ten digits as well; an id has a check of its own
        if holds_cpr("|".join(cell for column, cell in cells.items() if column not in ("id", "unit"))):
            what = _("The line holds what looks like a CPR number.")
            yield what, _("The course keeps none; use an employee number.")
            return
        yield from self._wrong_id(cells["id"].lower())
        if not cells["name"]:
            yield _("The name is missing."), ""
        for column, longest in LONGEST.items():
            if len(cells[column]) > longest:
                yield (
                    _("“{column}” is longer than {longest} characters.").format(
                        column=label(column), longest=longest
                    ),
                    "",
                )
        if cells["role"].casefold() not in self.roles:
            known = ", ".join(role.title for role in self.course.roles)
            what = _("The course has no role “{role}”.").format(role=cells["role"][:40])
            yield what, _("The roles are: {roles}.").format(roles=known)
        elif self._field(cells) is None:
            what = _("The role has no field of work “{field}”.").format(field=cells["work_field"][:40])
            fields = self.course.role(self.roles[cells["role"].casefold()]).fields
            known = ", ".join(one.title for one in fields)
            yield what, _("Its fields are: {fields}.").format(fields=known or "–")
        for column in ("start", "deadline"):
            if not _is_date(cells[column]):
                what = _("“{value}” is not a date.").format(value=cells[column][:40])
                yield what, _("Write 2026-12-31 or 31-12-2026.")

    def _wrong_id(self, person_id: str) -> Iterator[tuple[str, str]]:
        try:
            check_id(person_id)
        except InvalidPerson as error:
            yield str(error), ""
            return
        if person_id in self.lines:
            where = _("The id “{id}” is also on line {line}.").format(
                id=person_id, line=self.lines[person_id]
            )
            yield where, _("Each person has one line.")
        if person_id == LOCAL or person_id.startswith(SAMPLE):
            yield (
                _("The id “{id}” is kept for the course's own use.").format(id=person_id),
                _("Choose another."),
            )

    def roster(self) -> Roster | list[RosterProblem]:
        """What was read, or what was wrong."""
        if not self.people and not self.problems:
            return [RosterProblem(None, _("The file names the columns, but holds no people."))]
        if len(self.problems) > MOST_PROBLEMS:
            more = RosterProblem(
                None, _("There are more problems; these are the first {n}.").format(n=MOST_PROBLEMS)
            )
            return [*self.problems[:MOST_PROBLEMS], more]
        if self.problems:
            return self.problems
        warnings = (*self.warnings, *self._managers())
        return Roster(tuple(self.people.values()), warnings, frozenset(filter(None, self.columns)))

    def _managers(self) -> Iterator[RosterProblem]:
        unknown = [p for p in self.people.values() if p.manager and p.manager not in self.people]
        for person in unknown[:MOST_PROBLEMS]:
            what = _("The manager “{manager}” is not in the list.").format(manager=person.manager)
            yield RosterProblem(self.lines[person.id], what)


def _shape(row: list[str], columns: int) -> tuple[str, str] | None:
    """What is wrong with a row before its cells are looked at; never repeats what it holds."""
    if len(row) > columns and any(cell.strip() for cell in row[columns:]):
        hint = _("Put quotation marks around a field that holds the separator.")
        return _("There are more fields than columns."), hint
    if controls(row):
        return _("The line holds control characters."), _("Type the field again.")
    if any(UNREAD in cell or MANGLED.search(cell) for cell in row):
        return _("The line holds letters that cannot be read."), _("Save the file as CSV UTF-8.")
    return None


@lru_cache(maxsize=10_000)
def _date(text: str) -> date | None:
    """The date, None where there is none. Raises ValueError."""
    for shape in _DATES:
        if (found := shape.fullmatch(text)) and int(found["y"]) >= FIRST_YEAR:
            return date(int(found["y"]), int(found["m"]), int(found["d"]))
    if text:
        raise ValueError(text)
    return None


def _is_date(text: str) -> bool:
    try:
        _date(text)
    except ValueError:
        return False
    return True
