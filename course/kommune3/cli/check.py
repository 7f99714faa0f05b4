"""``kommune3 check``: every rule of the course, for its authors."""

from __future__ import annotations

import argparse

from kommune3.i18n import gettext as _
from kommune3.i18n import ngettext

from .parser import Subparsers, add_course, command
from .places import settings


def add(commands: Subparsers) -> None:
    """Add the command."""
    parser = command(commands, "check", _("check every file of the course"), run)
    add_course(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the problems, or what the course holds; returns 1 where there are problems."""
    from kommune3 import content

    chosen = settings(arguments)
    found = content.check(overlay=chosen.course_dir)
    for problem in found:
        print(problem)
    if found:
        n = len(found)
        print(ngettext("{n} problem found.", "{n} problems found.", n).format(n=n))
        return 1
    for module in content.report(content.load_course(chosen.course_dir)):
        print(module)
    print(_("The course keeps every rule."))
    return 0
