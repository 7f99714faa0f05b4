"""``kommune3 translate``: the interface's strings in a file for those who translate them."""

from __future__ import annotations

import argparse
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from kommune3.i18n import gettext as _
from kommune3.i18n import place

from .console import CommandError
from .parser import Subparsers, add_course, command
from .places import settings

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog


def add(commands: Subparsers) -> None:
    """Add the command."""
    text = _("make a file for translating the interface, or take new strings into it")
    parser = command(commands, "translate", text, run)
    parser.add_argument(
        "language", metavar=_("LANGUAGE"), help=_("the language's code: nb, nn, sv, fi, en, …")
    )
    add_course(parser)


def run(arguments: argparse.Namespace) -> int:
    """Write the file, and say how far the translation is."""
    from kommune3.i18n import po, strings

    language, folder = _language(arguments.language), _folder(arguments)
    file = folder / place(language)
    before = _before(file, f"{folder.name}/{place(language)}", language)
    made = strings.to_translate(language, before)
    _write(file, po.written(made, by_id=False))
    total, left = len(strings.strings()), strings.left(made)
    print(_("{file} was written.").format(file=file))
    told = _("{done} of {total} strings are translated, {left} are left. Learners read {first} of those.")
    first = strings.left(made, strings.LEARNERS)
    print(told.format(done=total - left, total=total, left=left, first=first))
    return 0


def _language(asked: str) -> str:
    """The code as it is written in a path. Raises CommandError for one that nobody knows."""
    from kommune3.content.words import LANGUAGE
    from kommune3.i18n import po

    if not (LANGUAGE.fullmatch(asked) and po.known(asked)):
        told = _(
            '"{code}" is not the code of a language. Write it with two or three small letters: nb, sv, fi.'
        )
        raise CommandError(told.format(code=asked[:60]))
    return asked


def _folder(arguments: argparse.Namespace) -> Path:
    """A municipality's own folder, which need not be there yet. Raises CommandError."""
    folder = settings(arguments).course_dir
    if folder is None:
        raise CommandError(_("Give the folder with your own files: --course FOLDER."))
    if folder.exists() and not folder.is_dir():
        raise CommandError(_("{folder} is a file. Give a folder with --course.").format(folder=folder))
    return folder.resolve()


def _before(file: Path, shown: str, language: str) -> Catalog | None:
    """The file as it is; none where there is none. Raises ContentError where it is broken: it is left so."""
    from kommune3.content.document import read_text
    from kommune3.content.words import parsed
    from kommune3.i18n import MAX_BYTES

    return parsed(read_text(file, shown, MAX_BYTES), shown, language) if file.exists() else None


def _write(file: Path, text: bytes) -> None:
    """Write it whole or not at all; not where it has all of it already. Raises OSError."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if file.is_file() and file.read_bytes() == text:
        return
    aside = file.with_suffix(f".{secrets.token_hex(4)}")
    try:
        aside.write_bytes(text)
        aside.replace(file)
    finally:
        aside.unlink(missing_ok=True)  # only there where the disk is full, or somebody holds the old one
