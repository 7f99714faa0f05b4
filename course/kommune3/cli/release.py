"""``kommune3 release``: the exercises that learners get, made from their sources by nbgrader, for authors."""

from __future__ import annotations

import argparse

from kommune3.i18n import gettext as _

from .parser import Subparsers, add_course, command


def add(commands: Subparsers) -> None:
    """Add the command."""
    parser = command(commands, "release", _("make exercises/ from solutions/"), run)
    add_course(parser)


def run(arguments: argparse.Namespace) -> int:
    """Make the exercises and say which were written."""
    from kommune3 import i18n
    from kommune3.content.load import attempt, places
    from kommune3.grading import release

    from .console import CommandError
    from .places import settings

    # A new reflection has no exercise yet, so the course need not be whole.
    course, problems = attempt(places(settings(arguments).course_dir, None))
    if course is None:
        raise CommandError("\n".join(map(str, problems)))
    i18n.use(course.info.language, course.places.overlay)
    try:
        written = release.release(course)
    except release.ReleaseError as error:
        raise CommandError(str(error)) from error
    for file in written:
        print(_("{file} was written.").format(file=file))
    if not written:
        print(_("Every exercise is as its source wants it."))
    return 0
