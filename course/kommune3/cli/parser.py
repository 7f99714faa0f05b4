"""The parser of all commands, with argparse's own words in the course's language too."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kommune3.i18n import N_
from kommune3.i18n import gettext as _

ARGPARSE_WORDS = (
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("%(prog)s: error: %(message)s\n"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("expected one argument"),
    N_("invalid %(type)s value: %(value)r"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
)

Subparsers = Any
"""What argparse gives to add commands to; its class is private."""


def build_parser() -> argparse.ArgumentParser:
    """The parser; its result has ``run``, a function of the arguments that returns an exit code."""
    from . import (
        check,
        collect,
        grade,
        lab,
        person,
        release,
        report,
        roster,
        samples,
        slides,
        start,
        translate,
        version,
    )

    vars(argparse)["_"] = _  # argparse looks its words up in a catalog of its own, which has no Danish
    parser = argparse.ArgumentParser(prog="kommune3", description=_("The course about Kommunen 3.0."))
    commands = parser.add_subparsers(title=_("commands"), metavar=_("COMMAND"), required=True)
    own = (
        start,
        lab,
        check,
        release,
        slides,
        translate,
        collect,
        grade,
        report,
        roster,
        person,
        samples,
        version,
    )
    for module in own:
        module.add(commands)
    return parser


def command(
    commands: Subparsers, name: str, help_text: str, run: Callable[[argparse.Namespace], int] | None = None
) -> argparse.ArgumentParser:
    """A command, or with no run a group of commands."""
    parser: argparse.ArgumentParser = commands.add_parser(name, help=help_text, description=help_text)
    if run is not None:
        parser.set_defaults(run=run)
    return parser


def group(commands: Subparsers, name: str, help_text: str) -> Subparsers:
    """A command that has commands of its own."""
    parser = command(commands, name, help_text)
    return parser.add_subparsers(title=_("commands"), metavar=_("COMMAND"), required=True)


def add_course(parser: argparse.ArgumentParser) -> None:
    """The option that lays a municipality's own files over the course."""
    text = _("a folder with your own files, laid over the course (or KOMMUNE3_COURSE)")
    parser.add_argument("--course", type=Path, metavar=_("FOLDER"), help=text)


def add_data(parser: argparse.ArgumentParser) -> None:
    """The option that says where people's data lies."""
    text = _("the folder with people's data (or KOMMUNE3_DATA)")
    parser.add_argument("--data", type=Path, metavar=_("FOLDER"), help=text)
