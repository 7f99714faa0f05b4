"""``kommune3 collect``: filled-in exercises that a trainer got by mail, into the register."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from kommune3.i18n import gettext as _
from kommune3.i18n import ngettext

from .console import CommandError
from .parser import Subparsers, add_course, add_data, command
from .places import course, register

if TYPE_CHECKING:
    from kommune3.content import Course
    from kommune3.grading.collect import Line
    from kommune3.register import Register
    from kommune3.register.cohorts import Cell


EARLIEST = 2000
"""An exercise that came in a year before this one has a slip of the finger in its date."""


def add(commands: Subparsers) -> None:
    """Add the command."""
    parser = command(
        commands, "collect", _("take in exercises that came by mail: notebooks, folders, zips"), run
    )
    parser.add_argument("paths", nargs="+", type=Path, metavar=_("PATH"), help=_("a notebook, folder or zip"))
    parser.add_argument("--cohort", required=True, metavar="ID", help=_("the cohort that they are from"))
    parser.add_argument("--assignment", metavar="ID", help=_("only this assignment's exercises"))
    parser.add_argument(
        "--person", metavar="ID", help=_("who all of it is from, whatever the files are called")
    )
    parser.add_argument(
        "--received",
        type=day,
        metavar=_("DATE"),
        help=_("the day they came (2026-11-30); else as the files say"),
    )
    add_course(parser)
    add_data(parser)


def day(text: str) -> datetime:
    """Noon of the day on the course's clock. Raises ValueError and ArgumentTypeError, which argparse tells.

    A completion keeps the day for good, so one that cannot be is refused here.
    """
    from kommune3.engine import clock

    found = date.fromisoformat(text)
    if found > clock.today():
        raise argparse.ArgumentTypeError(
            _("{day} has not come yet. Give the day they came.").format(day=found)
        )
    if found.year < EARLIEST:
        told = _("{day} is before the year {year}. Give the day they came.")
        raise argparse.ArgumentTypeError(told.format(day=found, year=EARLIEST))
    return datetime.combine(found, time(12), ZoneInfo(clock.ZONE))


day.__name__ = "date"  # argparse calls the kind of value by this name


def run(arguments: argparse.Namespace) -> int:
    """Take it in and say what became of each file; returns 1 where something was not taken."""
    from kommune3.grading.collect import Collector

    chosen = course(arguments)
    if arguments.assignment not in (None, *chosen.assignments):
        known = ", ".join(chosen.assignments)
        raise CommandError(_("The course has no such assignment. It has: {known}").format(known=known))
    with register(arguments) as opened:
        collector = Collector(
            opened,
            chosen,
            arguments.cohort,
            assignments=[arguments.assignment] if arguments.assignment else (),
            person=arguments.person,
            received=arguments.received,
        )
        lines = collector.collect(arguments.paths)
        tell(lines)
        table(opened, chosen, arguments.cohort)
    return 1 if any(line.became == "refused" for line in lines) else 0


def tell(lines: Sequence[Line]) -> None:
    """What became of the files, those where nothing happened in one line."""
    words = {
        "stored": _("taken in"),
        "older": _("not taken in: there is a newer one"),
        "marked": _("not taken in: it is marked already"),
        "withdrawn": _("not taken in: it was withdrawn"),
        "refused": _("could not be taken in"),
    }
    for line in lines:
        if line.became not in words:
            continue
        what = " ".join(part for part in (line.person, line.activity) if part)
        print(f"{line.file}: {f'{what}: ' if what else ''}{words[line.became]}")
        for sentence in line.told:
            print(f"    {sentence}")
    counts = Counter(line.became for line in lines)
    if n := counts["unchanged"]:
        print(ngettext("{n} is there already.", "{n} are there already.", n).format(n=n))
    if n := counts["empty"]:
        print(ngettext("{n} is not filled in yet.", "{n} are not filled in yet.", n).format(n=n))
    if not lines:
        print(_("There are no notebooks."))


def table(opened: Register, chosen: Course, cohort: str) -> None:
    """How each member's reflections now stand, one line for each."""
    from kommune3.register import cohorts
    from kommune3.report.text_table import columns, cut

    rows = [
        (line.person.id, cut(line.person.name), activity, state(cell))
        for line in cohorts.lines(opened, chosen, cohort)
        for activity, cell in line.cells.items()
    ]
    print()
    print("\n".join(columns([(_("Id"), _("Name"), _("Reflection"), _("Status")), *rows])))


def state(cell: Cell) -> str:
    """One of the four states, with what else is to be said."""
    words = {
        "checked": _("checked"),
        "not_passed": _("not passed"),
        "not_submitted": _("not submitted"),
        "could_not_check": _("could not be checked"),
    }
    said = [words[cell.state], _("late") if cell.late else "", _("marked") if cell.marked else ""]
    reason = f": {cell.reason}" if cell.reason else ""
    return ", ".join(part for part in said if part) + reason
