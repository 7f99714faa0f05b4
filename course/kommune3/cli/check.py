"""``kommune3 check``: every rule of the course, for its authors."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from kommune3.i18n import gettext as _
from kommune3.i18n import ngettext

from .loading import no_garbage
from .parser import Subparsers, add_course, command
from .places import settings, speak

if TYPE_CHECKING:
    from kommune3.content import Course, Problem


def add(commands: Subparsers) -> None:
    """Add the command."""
    parser = command(commands, "check", _("check every file of the course"), run)
    add_course(parser)


def run(arguments: argparse.Namespace) -> int:
    """Print the problems, or what the course holds; returns 1 where there are problems."""
    with no_garbage():
        return _run(arguments)


def _run(arguments: argparse.Namespace) -> int:
    from kommune3 import content

    chosen = settings(arguments)
    speak(chosen)
    found = content.check(overlay=chosen.course_dir)
    course = None if found else content.load_course(chosen.course_dir)
    if course is not None:
        found = _exercises(course)
    for problem in found:
        print(problem)
    if course is None or found:
        n = len(found)
        print(ngettext("{n} problem found.", "{n} problems found.", n).format(n=n))
        return 1
    for module in content.report(course):
        print(module)
    for left in content.still_to_translate(course):
        print(left)
    print(_("The course keeps every rule."))
    return 0


def _exercises(course: Course) -> list[Problem]:
    """The exercises that are not what nbgrader makes of their sources, where nbgrader can be asked."""
    from kommune3.grading import release

    from .console import CommandError

    if course.reflections and not release.installed():
        print(_("nbgrader is not installed, so nobody looked whether exercises/ fits solutions/."))
        return []
    try:
        return release.compare(course)
    except release.ReleaseError as error:
        raise CommandError(str(error)) from error
