"""``kommune3 samples``: people who do not exist, so that HR's list can be looked at."""

from __future__ import annotations

import argparse

from kommune3.i18n import gettext as _

from .parser import Subparsers, add_course, add_data, command, group
from .places import course, register


def add(commands: Subparsers) -> None:
    """Add the commands."""
    samples = group(commands, "samples", _("sample people to look at"))
    for parser in (
        command(samples, "add", _("add the sample people"), put),
        command(samples, "remove", _("remove the sample people and all that they did"), remove),
    ):
        add_course(parser)
        add_data(parser)


def put(arguments: argparse.Namespace) -> int:
    """Add them."""
    from kommune3.register import people, samples

    chosen = course(arguments)
    with register(arguments) as opened:
        people.ensure_local(opened)  # trains the sample cohort, also where the course was never started
        samples.add(opened, chosen)
    print(_("The sample people are in the list."))
    return 0


def remove(arguments: argparse.Namespace) -> int:
    """Remove them."""
    from kommune3.register import samples

    with register(arguments) as opened:
        samples.remove(opened)
    print(_("The sample people are gone."))
    return 0
