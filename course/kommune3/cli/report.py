"""``kommune3 report``: HR's list in the terminal, as CSV or as a spreadsheet."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from kommune3.i18n import gettext as _

from .console import CommandError
from .parser import Subparsers, add_course, add_data, command
from .places import course, register

if TYPE_CHECKING:
    from kommune3.content import Course
    from kommune3.register import Register
    from kommune3.report import Query
    from kommune3.report.filters import Names

STATUSES = ("not_started", "started", "completed", "overdue", "left")
MOST_LINES = 1_000_000
MOST_NAMED = 10
"""Units or roles that an error names."""


def add(commands: Subparsers) -> None:
    """Add the command."""
    parser = command(commands, "report", _("show who has completed what"), run)
    parser.add_argument(
        "--format", choices=("table", "csv", "xlsx"), default="table", help=_("the form of the list")
    )
    parser.add_argument("--unit", default="", metavar=_("NAME"), help=_("only this unit"))
    parser.add_argument("--role", default="", metavar=_("ROLE"), help=_("only this role"))
    parser.add_argument("--status", choices=STATUSES, default="", help=_("only this status"))
    parser.add_argument(
        "--search", default="", metavar=_("TEXT"), help=_("only names, ids or e-mails with this")
    )
    parser.add_argument("-o", "--output", type=Path, metavar=_("FILE"), help=_("write to a file"))
    add_course(parser)
    add_data(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the list to the file, else to the terminal or pipe."""
    chosen = course(arguments)
    with register(arguments) as opened:
        query = asked(opened, chosen, arguments)
        if arguments.format == "table":
            return table(opened, chosen, query, arguments.output)
        return sheet(opened, chosen, query, arguments)


def asked(opened: Register, chosen: Course, arguments: argparse.Namespace) -> Query:
    """The query, with role and unit as the register has them. Raises CommandError."""
    from kommune3 import report
    from kommune3.report import filters

    unit, role = arguments.unit.strip(), arguments.role.strip()
    if role:
        told = _("The list has no role that is called “{name}”.")
        role = named(role, filters.roles(chosen), told)
    if unit:
        told = _("The list has no unit that is called “{name}”.")
        unit = named(unit, filters.units(opened, chosen), told)
    return report.Query(
        unit=unit, role=role, status=arguments.status, search=arguments.search, per_page=MOST_LINES
    )


def named(name: str, names: Names, told: str) -> str:
    """What a query knows it by. Raises CommandError, which names some that there are: an empty list would
    look like an answer."""
    from kommune3.report import filters

    if (found := filters.called(name, names)) is not None:
        return found
    known = [" / ".join(dict.fromkeys(reversed(one))) for one in names.values()]
    some = ", ".join(known[:MOST_NAMED]) + (" …" if len(known) > MOST_NAMED else "")
    told = told.format(name=name)
    raise CommandError(f"{told} {_('It has: {known}').format(known=some)}" if some else told)


def table(opened: Register, chosen: Course, query: Query, output: Path | None) -> int:
    """The list as text."""
    from kommune3 import report

    text = report.text_table(report.listing(opened, chosen, query), chosen)
    if output is None:
        print(text)
    else:
        output.write_text(text + "\n", encoding="utf-8")
    return 0


def sheet(opened: Register, chosen: Course, query: Query, arguments: argparse.Namespace) -> int:
    """The list as CSV or spreadsheet; a spreadsheet is not for a screen."""
    from kommune3 import report

    write = report.write_csv if arguments.format == "csv" else report.write_xlsx
    if arguments.output is not None:
        with arguments.output.open("wb") as file:
            write(opened, chosen, query, file)
        print(_("Written: {file}").format(file=arguments.output))
        return 0
    if arguments.format == "xlsx" and sys.stdout.isatty():
        raise CommandError(_("A spreadsheet cannot be shown here. Add -o list.xlsx to write it to a file."))
    write(opened, chosen, query, sys.stdout.buffer)
    return 0
