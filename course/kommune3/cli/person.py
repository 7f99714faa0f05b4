"""``kommune3 person``: all that is held about somebody, and its erasure."""

from __future__ import annotations

import argparse
import json
import os
import stat
from pathlib import Path

from kommune3.i18n import gettext as _

from .console import CommandError, agreed
from .parser import Subparsers, add_data, command, group
from .places import register, settings, speak


def add(commands: Subparsers) -> None:
    """Add the commands."""
    person = group(commands, "person", _("one person's data"))
    exported = command(person, "export", _("write all that is held about a person, as JSON"), export)
    exported.add_argument("-o", "--output", type=Path, metavar=_("FILE"), help=_("write to a file"))
    erased = command(person, "erase", _("erase a person and all that they did, for good"), erase)
    erased.add_argument("--yes", action="store_true", help=_("do it without being asked"))
    for parser in (exported, erased):
        parser.add_argument("id", metavar="ID", help=_("the person's id"))
        add_data(parser)


def export(arguments: argparse.Namespace) -> int:
    """Print or write the JSON."""
    speak(settings(arguments))
    from kommune3.grading import forget
    from kommune3.register import people

    with register(arguments) as opened:
        held = people.export(opened, arguments.id)
        held |= {"nbgrader": forget.export(settings(arguments).data_dir, arguments.id)}
    text = json.dumps(held, ensure_ascii=False, indent=2)
    if arguments.output is None:
        print(text)
    else:
        write_private(arguments.output, text + "\n")
    return 0


def write_private(path: Path, text: str) -> None:
    """Write the file for its owner alone, also one that was there for others; Windows goes by its folder."""

    def opener(name: str, flags: int) -> int:
        return os.open(name, flags, 0o600)

    with open(path, "w", encoding="utf-8", opener=opener) as file:
        if stat.S_ISREG(os.fstat(file.fileno()).st_mode):  # a pipe or device is not ours
            path.chmod(0o600)
        file.write(text)


def erase(arguments: argparse.Namespace) -> int:
    """Ask, then erase."""
    speak(settings(arguments))
    from kommune3.grading import forget
    from kommune3.grading.gradebook import GradebookError
    from kommune3.grading.locks import FilesBusy
    from kommune3.register import people

    with register(arguments) as opened:
        person = people.get(opened, arguments.id)
        if person is None:
            raise CommandError(_("The register holds nobody with that id."))
        question = _("Erase {name} and all that they did? This cannot be undone.").format(name=person.name)
        if not (arguments.yes or agreed(question)):
            return 1
        try:
            with forget.erasing(settings(arguments).data_dir, person.id):
                clean = people.erase(opened, person.id)
        except (GradebookError, FilesBusy) as error:
            told = _("{name} is not erased yet. {reason} Try again.")
            raise CommandError(told.format(name=person.name, reason=error)) from error
    print(_("Erased."))
    if not clean:
        print(
            _("The register was in use all the while, so its log holds traces until the course is stopped.")
        )
    return 0
