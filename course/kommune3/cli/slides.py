"""``kommune3 slides``: slides for the projector, for trainers."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from kommune3.i18n import gettext as _
from kommune3.i18n import ngettext

from .parser import Subparsers, add_course, command

if TYPE_CHECKING:
    from kommune3.content import Course


def add(commands: Subparsers) -> None:
    """Add the command."""
    parser = command(commands, "slides", _("make slides for the projector, which need no network"), run)
    parser.add_argument("modules", nargs="*", metavar=_("MODULE"), help=_("only these modules; else all"))
    text = _("the folder to write to; else slides")
    parser.add_argument("--out", type=Path, metavar=_("FOLDER"), default=Path("slides"), help=text)
    add_course(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the slides and say where they are."""
    from kommune3 import slides

    from .console import CommandError
    from .places import course

    found = course(arguments)
    wanted = _known(found, arguments.modules)
    out = arguments.out.expanduser()
    try:
        made = slides.write(found, out, wanted)
    except slides.SlidesError as error:
        raise CommandError(str(error)) from error
    n = len(made)
    print(ngettext("{n} deck of slides was written.", "{n} decks of slides were written.", n).format(n=n))
    print(_("Open {file} in a browser.").format(file=out / "index.html"))
    return 0


def _known(course: Course, wanted: list[str]) -> list[str]:
    """The modules that were asked for, each once. Raises CommandError for one that does not exist."""
    from kommune3.content.problem import did_you_mean

    from .console import CommandError

    ids = [module.id for module in course.modules]
    for name in wanted:
        if name not in ids:
            told = _('There is no module "{name}".').format(name=name)
            hint = did_you_mean(name, ids) or _("Run kommune3 check to see them.")
            raise CommandError(f"{told} {hint}")
    return list(dict.fromkeys(wanted))
