"""Talking to the person at the terminal: UTF-8, plain messages, questions, and no stack traces."""

from __future__ import annotations

import os
import sys
import traceback

from kommune3.i18n import gettext as _

FORESEEN = {
    "kommune3.content.problem": "ContentError",
    "kommune3.lab.errors": "LabError",
    "kommune3.register.errors": "RegisterError",
    "kommune3.service.server": "PortError",
    "kommune3.service.settings": "SettingsError",
}
"""Where errors are whose message is for the reader. Nobody raised one of a module that was never loaded."""


def utf8_console() -> None:
    """Let Danish letters through to consoles and pipes that are not UTF-8."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def complain(error: Exception) -> int:
    """Say on stderr what went wrong; returns the exit code."""
    print(message(error), file=sys.stderr)
    if os.environ.get("KOMMUNE3_DEBUG"):
        traceback.print_exception(error)
    return 1


def message(error: Exception) -> str:
    """What to tell the person at the terminal."""
    if foreseen(error):
        return str(error)
    if isinstance(error, OSError):
        return about_file(error)
    told = _("Something unforeseen went wrong ({name}). Set KOMMUNE3_DEBUG=1 and try again to see where.")
    return told.format(name=type(error).__name__)


def about_file(error: OSError) -> str:
    """What is wrong with a file that was to be read or written."""
    match error:
        case FileNotFoundError():
            told = _("There is no file or folder {file}.")
        case PermissionError():
            told = _("You may not read or write {file}.")
        case IsADirectoryError():
            told = _("{file} is a folder, not a file.")
        case _:
            told = _("{file} cannot be read or written ({reason}).")
    return told.format(file=error.filename or "?", reason=error.strerror or type(error).__name__)


def foreseen(error: Exception) -> bool:
    """Whether the error's message was written for the person who reads it."""
    loaded = [(sys.modules[module], name) for module, name in FORESEEN.items() if module in sys.modules]
    return isinstance(error, (CommandError, *(getattr(module, name) for module, name in loaded)))


class CommandError(Exception):
    """A command that cannot be done as asked; the message says why and what to do."""


def agreed(question: str) -> bool:
    """Whether the person answers yes; no where nobody can answer."""
    if not sys.stdin.isatty():
        print(_("Nothing was changed. Add --yes to do it without being asked."))
        return False
    try:
        answer = input(f"{question} [{_('y')}/N] ").strip().lower()
    except EOFError:  # Ctrl-D is no answer, and so no yes
        print()
        return False
    return answer in (_("y"), _("yes"))
