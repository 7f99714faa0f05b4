"""``kommune3 roster``: import the staff list from the command line."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kommune3.i18n import gettext as _

from .console import agreed
from .parser import Subparsers, add_course, add_data, command, group
from .places import course, register

if TYPE_CHECKING:
    from kommune3.register.roster import Preview

MOST_SHOWN = 20


def add(commands: Subparsers) -> None:
    """Add the commands."""
    parser = command(group(commands, "roster", _("the staff list")), "import", _("import a CSV file"), run)
    parser.add_argument(
        "file", type=Path, metavar=_("FILE"), help=_("CSV with id, name, unit, role and more")
    )
    parser.add_argument("--yes", action="store_true", help=_("do it without being asked"))
    add_course(parser)
    add_data(parser)


def run(arguments: argparse.Namespace) -> int:
    """Show what the file would change, ask, and import all of it or nothing."""
    from kommune3.register import roster

    found = roster.read_roster(arguments.file.read_bytes(), course(arguments))
    if isinstance(found, list):
        for problem in found:
            print(problem, file=sys.stderr)
        print(_("Nothing was imported."), file=sys.stderr)
        return 1
    with register(arguments) as opened:
        changes = roster.preview(opened, found)
        for line in summary(changes):
            print(line)
        if not (arguments.yes or agreed(_("Import this?"))):
            return 1
        roster.apply(opened, changes)
    print(_("The staff list was imported."))
    return 0


def summary(changes: Preview) -> Iterator[str]:
    """What would change, in lines."""
    for warning in changes.warnings:
        yield str(warning)
    for heading, names in (
        (_("New"), [person.name for person in changes.new]),
        (_("Changed"), [change.person.name for change in changes.changed]),
        (_("Back again"), [person.name for person in changes.returning]),
        (_("Left"), [person.name for person in changes.leaving]),
    ):
        shown = ", ".join(names[:MOST_SHOWN]) + (" …" if len(names) > MOST_SHOWN else "")
        yield f"{heading}: {len(names)}" + (f" ({shown})" if names else "")
    yield f"{_('Unchanged')}: {changes.unchanged}"
