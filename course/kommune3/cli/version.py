"""``kommune3 version``."""

from __future__ import annotations

import argparse
import platform

from kommune3 import __version__
from kommune3.i18n import gettext as _

from .parser import Subparsers, command


def add(commands: Subparsers) -> None:
    """Add the command."""
    command(commands, "version", _("show the version"), run)


def run(_arguments: argparse.Namespace) -> int:
    """Print the program's version and that of Python."""
    print(f"kommune3 {__version__} (Python {platform.python_version()})")
    return 0
